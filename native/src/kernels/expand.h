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

/* How far an entry is from the next in a table of pixels of this size: 1, 2, 4 or 8 bytes. */
uint32_t lpf_table_step(uint32_t pixel_bytes);

/* From a byte a pixel to the pixel's entry in the table. `pixel_bytes` is 1, 2, 3, 4, 6 or 8. */
void lpf_look_up_row(const uint8_t *row, size_t width, const uint8_t *table, uint32_t pixel_bytes,
                     uint8_t *target);

#endif
