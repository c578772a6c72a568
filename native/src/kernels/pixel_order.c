#include <string.h>

#include "kernels/unfilter.h"

lpf_pixel_order lpf_order_pixels(const int8_t from[4], uint32_t pixel_bytes,
                                 uint32_t filtered_bytes) {
  lpf_pixel_order order = {.pixel_bytes = pixel_bytes};
  memcpy(order.from, from, sizeof order.from);
  memset(order.shuffle, LPF_NO_BYTE, sizeof order.shuffle);
  for (uint32_t pixel = 0; pixel < 4; pixel++) {
    for (uint32_t byte = 0; byte < pixel_bytes; byte++) {
      const uint32_t target = pixel * 4 + byte;
      if (from[byte] == LPF_OPAQUE_BYTE) {
        order.opaque[target] = 0xff;
        continue;
      }
      const size_t source = (size_t)pixel * filtered_bytes + (uint8_t)from[byte];
      order.shuffle[source / 16][target] = (uint8_t)(source % 16);
    }
  }
  return order;
}
