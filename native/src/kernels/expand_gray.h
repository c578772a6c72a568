/*
 * expand_gray.h: from a gray byte a pixel to three or four bytes, sixteen pixels at a time. A
 * template: the file that includes it has included vectors before.
 */
#include "kernels/expand.h"

/* Byte i of the pixels that are made is gray byte i / 3 or i / 4. */
static const uint8_t THREE_TIMES[48] = {
    0, 0, 0, 1, 1, 1, 2,  2,  2,  3,  3,  3,  4,  4,  4,  5,  5,  5,  6,  6,  6,  7,  7,  7,
    8, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 11, 12, 12, 12, 13, 13, 13, 14, 14, 14, 15, 15, 15};
static const uint8_t FOUR_TIMES[64] = {
    0,  0,  0,  0,  1,  1,  1,  1,  2,  2,  2,  2,  3,  3,  3,  3,  4,  4,  4,  4,  5,  5,
    5,  5,  6,  6,  6,  6,  7,  7,  7,  7,  8,  8,  8,  8,  9,  9,  9,  9,  10, 10, 10, 10,
    11, 11, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 15};

static LPF_ALWAYS_INLINE void expand_gray(const uint8_t *row, size_t width,
                                          const size_t pixel_bytes, uint32_t alpha_at,
                                          uint8_t *target) {
  const uint8_t *times = pixel_bytes == 3 ? THREE_TIMES : FOUR_TIMES;
  uint8_t opaque[16] = {0};
  for (size_t i = alpha_at; pixel_bytes == 4 && i < 16; i += 4) {
    opaque[i] = 0xff;
  }
  const lpf_half alpha = lpf_load_half(opaque);
  size_t x = 0;
  for (; x + 16 <= width; x += 16) {
    const lpf_half gray = lpf_load_half(row + x);
    for (size_t part = 0; part < pixel_bytes; part++, target += 16) {
      const lpf_half pixels = lpf_shuffle_half(gray, lpf_load_half(times + part * 16));
      lpf_store_half(target, pixel_bytes == 4 ? lpf_or_half(pixels, alpha) : pixels);
    }
  }
  lpf_expand_gray_scalar(row + x, width - x, (uint32_t)pixel_bytes, alpha_at, target);
}

void LPF_KERNEL(lpf_expand_gray)(const uint8_t *row, size_t width, uint32_t pixel_bytes,
                                 uint32_t alpha_at, uint8_t *target) {
  if (pixel_bytes == 3) {
    expand_gray(row, width, 3, alpha_at, target);
  } else {
    expand_gray(row, width, 4, alpha_at, target);
  }
}
