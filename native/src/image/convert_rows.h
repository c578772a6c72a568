/*
 * convert_rows.h: rows of pixels in one layout become rows in another, with no filter in between:
 * what reading and writing a BMP is. Chosen once for an image, in the same three ways as the rows
 * of a PNG (row_plan.h): permute, table, generic; or a copy.
 */
#ifndef LPF_CONVERT_ROWS_H
#define LPF_CONVERT_ROWS_H

#include "image/generic_rows.h"
#include "image/layout.h"
#include "image/row_plan.h"
#include "image/source.h"

typedef struct lpf_row_conversion lpf_row_conversion;

/* Reads and writes exactly the pixels; the rows are apart. */
typedef void lpf_convert_row(const lpf_row_conversion *conversion, const uint8_t *row, size_t width,
                             uint8_t *target);

struct lpf_row_conversion {
  lpf_convert_row *convert;
  lpf_layout from;
  const lpf_layout *into;
  lpf_pixel_order order;
  lpf_generic generic;
  lpf_row_plan indexed; /* how rows of indices are finished */
};

/* R, G, B, A of every index. */
typedef const uint8_t lpf_palette[256][4];

/*
 * Plans a conversion. `from` has samples of 8 or 16 bits, or indices of 1, 2, 4 or 8 bits, and is
 * copied; only indices have a `palette`, which is copied, too. What is gray can become anything but
 * indices, colour no gray layout; indices can become indices of a byte, of one bit where they have
 * no more, and whatever the colours of their palette can.
 */
void lpf_plan_row_conversion(lpf_row_conversion *conversion, const lpf_layout *from,
                             const lpf_palette *palette, const lpf_layout *into,
                             const lpf_blend *blend, lpf_simd simd);

/* What lpf_row_conversion.generic is for pixels that are brought into R, G, B, A otherwise: with
   samples of 16 bits if `wide`, and transparency if `alpha`. */
lpf_generic lpf_plan_blending(const lpf_layout *into, bool wide, bool alpha,
                              const lpf_blend *blend);

#endif
