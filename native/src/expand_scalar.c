#include "expand.h"

void lpf_expand_gray_scalar(const uint8_t *row, uint32_t width, const uint32_t *palette,
                            uint8_t *target) {
  (void)palette;
  for (uint32_t x = 0; x < width; x++, target += 3) {
    target[0] = target[1] = target[2] = row[x];
  }
}

void lpf_expand_palette_scalar(const uint8_t *row, uint32_t width, const uint32_t *palette,
                               uint8_t *target) {
  for (uint32_t x = 0; x < width; x++, target += 3) {
    const uint32_t color = palette[row[x]];
    target[0] = (uint8_t)color;
    target[1] = (uint8_t)(color >> 8);
    target[2] = (uint8_t)(color >> 16);
  }
}
