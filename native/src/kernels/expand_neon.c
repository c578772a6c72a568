#include "kernels/expand.h"
#include "kernels/neon.h"

#if LPF_HAVE_NEON

void lpf_expand_gray_neon(const uint8_t *row, uint32_t width, const uint32_t *palette,
                          uint8_t *target) {
  size_t x = 0;
  for (; x + 16 <= width; x += 16, target += 48) {
    const uint8x16_t gray = vld1q_u8(row + x);
    vst3q_u8(target, (uint8x16x3_t){{gray, gray, gray}});
  }
  lpf_expand_gray_scalar(row + x, width - (uint32_t)x, palette, target);
}

#endif
