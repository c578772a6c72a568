#include "unfilter.h"
uint32_t lpf_unfilter_color_avx2(const lpf_filtered_rows *rows, uint32_t available, uint8_t *target,
                                 ptrdiff_t stride, const uint8_t *prior) {
  return lpf_unfilter_color_scalar(rows, available, target, stride, prior);
}
