#include "expand.h"
void lpf_expand_gray_avx2(const uint8_t *row, uint32_t width, const uint32_t *palette,
                          uint8_t *target) {
  lpf_expand_gray_scalar(row, width, palette, target);
}
void lpf_expand_palette_avx2(const uint8_t *row, uint32_t width, const uint32_t *palette,
                             uint8_t *target) {
  lpf_expand_palette_scalar(row, width, palette, target);
}
