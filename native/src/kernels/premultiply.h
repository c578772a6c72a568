/*
 * premultiply.h: colours times alpha. Plain C for the compiler to make vectors of: a template that
 * each kind of kernels includes, so that it is compiled for their instructions.
 */
#include <string.h>

#include "base/always_inline.h"
#include "kernels/expand.h"

/* In both halves of 16 bits: (product + 127) / 255, for products of at most 255 * 255. */
static LPF_ALWAYS_INLINE uint32_t divide_both_by_255(uint32_t products) {
  const uint32_t rounded = products + 0x00800080u;
  return (rounded + (rounded >> 8 & 0x00ff00ffu)) >> 8 & 0x00ff00ffu;
}

/* `alpha_at` is in bits: 0 or 24. Alpha itself is multiplied by 255, so that it stays. */
static LPF_ALWAYS_INLINE void premultiply(const uint8_t *restrict pixels, size_t width,
                                          const uint32_t alpha_at, uint8_t *restrict target) {
  for (size_t x = 0; x < width; x++) {
    uint32_t pixel;
    memcpy(&pixel, pixels + x * 4, 4);
    const uint32_t alpha = pixel >> alpha_at & 0xff;
    pixel |= 0xffu << alpha_at;
    const uint32_t even = divide_both_by_255((pixel & 0x00ff00ffu) * alpha);
    const uint32_t odd = divide_both_by_255((pixel >> 8 & 0x00ff00ffu) * alpha);
    pixel = even | odd << 8;
    memcpy(target + x * 4, &pixel, 4);
  }
}

void LPF_KERNEL(lpf_premultiply)(const uint8_t *pixels, size_t width, uint32_t alpha_at,
                                 uint8_t *target) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  alpha_at = 3 - alpha_at;
#endif
  if (alpha_at == 0) {
    premultiply(pixels, width, 0, target);
  } else {
    premultiply(pixels, width, 24, target);
  }
}
