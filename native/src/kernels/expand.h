/* What finishes unfiltered pixels: out of bits, out of gray, out of a table, times alpha. */
#ifndef LPF_EXPAND_H
#define LPF_EXPAND_H

#include <stddef.h>
#include <stdint.h>

/*
 * From a gray byte a pixel to `pixel_bytes`, 3 or 4, equal bytes; but of 4 bytes the one at
 * `alpha_at`, 0 or 3, becomes 255. Writes exactly width * pixel_bytes bytes, and reads up to 15
 * bytes beyond the row.
 */
typedef void lpf_expand_gray(const uint8_t *row, size_t width, uint32_t pixel_bytes,
                             uint32_t alpha_at, uint8_t *target);

lpf_expand_gray lpf_expand_gray_scalar;
lpf_expand_gray lpf_expand_gray_avx2; /* where lpf_unfilter_bytes_avx2 is */
lpf_expand_gray lpf_expand_gray_neon; /* where lpf_unfilter_bytes_neon is */

/* Multiplies the colours of pixels of four bytes by the alpha byte, at `alpha_at`, 0 or 3: each
   becomes (c * a + 127) / 255. The target may not overlap. */
typedef void lpf_premultiply_row(const uint8_t *pixels, size_t width, uint32_t alpha_at,
                                 uint8_t *target);

lpf_premultiply_row lpf_premultiply_scalar;
lpf_premultiply_row lpf_premultiply_avx2;
lpf_premultiply_row lpf_premultiply_neon;

/* Packed pixels of 1, 2 or 4 bits, the leftmost in the highest bits, to a byte each. */
void lpf_unpack_bits(const uint8_t *packed, size_t width, uint32_t bits, uint8_t *target);

/* Finished pixels, one for each value of a smaller pixel. */
typedef struct lpf_pixel_table {
  uint32_t count;       /* at most 256 */
  uint32_t pixel_bytes; /* 1, 2, 3, 4, 6 or 8 */
  uint32_t step;        /* bytes from an entry to the next: 1, 2, 4 or 8 */
  _Alignas(8) uint8_t entries[256 * 8];
  uint8_t planes[4][256]; /* of pixels of 3 or 4 bytes: the first byte of each, the second, ... */
} lpf_pixel_table;

/* Makes one of `count` pixels that follow each other. */
void lpf_make_table(lpf_pixel_table *table, const uint8_t *pixels, uint32_t count,
                    uint32_t pixel_bytes);

/* From a byte a pixel, below the table's count, to the pixel's entry. */
typedef void lpf_look_up_row(const uint8_t *row, size_t width, const lpf_pixel_table *table,
                             uint8_t *target);

lpf_look_up_row lpf_look_up_row_scalar;
lpf_look_up_row lpf_look_up_row_avx2;
lpf_look_up_row lpf_look_up_row_neon;
lpf_look_up_row lpf_look_up_row_avx512; /* where AVX2's are, if lpf_cpu_has_avx512() */

#endif
