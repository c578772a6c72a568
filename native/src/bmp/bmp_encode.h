/* bmp_encode.h: from a caller's pixels to a BMP. */
#ifndef LPF_BMP_ENCODE_H
#define LPF_BMP_ENCODE_H

#include "base/call.h"
#include "bmp/bmp_header.h"
#include "image/convert_rows.h"
#include "image/surface.h"

/* The LPF_BMP_ that LPF_BMP_MATCH is for pixels of a layout; the others are what they are. */
uint32_t lpf_bmp_format_for(uint32_t bmp_format, lpf_layout_id layout);

/* The code for pixels that cannot become such a BMP, as far as their layout tells. */
int32_t lpf_bmp_check_source(uint32_t bmp_format, lpf_layout_id layout);

/*
 * Writes the whole file to `bytes`, which has lpf_bmp_bytes(bmp). `palette` is that of indices.
 * LPF_NOT_BILEVEL for a pixel that is neither black nor white, or an index beyond 1;
 * LPF_ALPHA_DROPPED as a warning; LPF_CANCELLED.
 */
int32_t lpf_bmp_encode_rows(lpf_call *call, const lpf_bmp *bmp, const lpf_surface *source,
                            const lpf_palette *palette, const lpf_blend *blend, lpf_simd simd,
                            uint8_t *bytes);

#endif
