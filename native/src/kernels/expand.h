/* From one byte a pixel, gray or palette index, to three: B,G,R. */
#ifndef LPF_EXPAND_H
#define LPF_EXPAND_H

#include <stdint.h>

/* Writes exactly width * 3 bytes. `palette` is ignored by the gray ones. */
typedef void lpf_expand_row(const uint8_t *row, uint32_t width, const uint32_t *palette,
                            uint8_t *target);

lpf_expand_row lpf_expand_gray_scalar;
lpf_expand_row lpf_expand_palette_scalar;

/* Only where LPF_HAVE_AVX2, and for processors where lpf_cpu_has_avx2(). */
lpf_expand_row lpf_expand_gray_avx2;

/* Only where LPF_HAVE_NEON. */
lpf_expand_row lpf_expand_gray_neon;

#endif
