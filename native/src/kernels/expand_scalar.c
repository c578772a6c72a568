#include "kernels/expand.h"

#include <string.h>

void lpf_expand_gray_scalar(const uint8_t *row, uint32_t width, const uint32_t *palette,
                            uint8_t *target) {
  (void)palette;
  for (uint32_t x = 0; x < width; x++, target += 3) {
    target[0] = target[1] = target[2] = row[x];
  }
}

/* Stores pairs of pixels in eight bytes, of which the next pair overwrites the last two. */
void lpf_expand_palette_scalar(const uint8_t *row, uint32_t width, const uint32_t *palette,
                               uint8_t *target) {
  uint32_t x = 0;
  for (; width - x >= 3; x += 2, target += 6) {
    uint64_t pair = palette[row[x]] | (uint64_t)palette[row[x + 1]] << 24;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    pair = __builtin_bswap64(pair);
#endif
    memcpy(target, &pair, 8);
  }
  for (; x < width; x++, target += 3) {
    const uint32_t color = palette[row[x]];
    target[0] = (uint8_t)color;
    target[1] = (uint8_t)(color >> 8);
    target[2] = (uint8_t)(color >> 16);
  }
}
