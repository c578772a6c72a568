#include "kernels/permute.h"

void lpf_permute_row_scalar(const uint8_t *row, size_t width, size_t pixel_bytes,
                            const lpf_pixel_order *order, uint8_t *target) {
  for (size_t x = 0; x < width; x++, row += pixel_bytes, target += order->pixel_bytes) {
    for (size_t i = 0; i < order->pixel_bytes; i++) {
      target[i] = order->from[i] == LPF_OPAQUE_BYTE ? 0xff : row[order->from[i]];
    }
  }
}
