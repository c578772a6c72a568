/* png_decode.h: an indexed PNG into rows of pixels: the straight road, and LodePNG's beside it. */
#ifndef LPF_PNG_DECODE_H
#define LPF_PNG_DECODE_H

#include "png/png_index.h"

/*
 * Decodes an indexed PNG, whose size the target has. Notes the path in the report, and the warning
 * LPF_ALPHA_DROPPED where the target shows less than the image has; `palette_loses_alpha` says
 * whether that holds for indices, too. LodePNG's codes; LPF_COLOR_TO_GRAY for a background; the
 * codes of limits, memory and cancelling.
 */
int32_t lpf_decode_png(lpf_png *png, const lpf_surface *target, const lpf_blend *blend,
                       bool palette_loses_alpha);

/* The code for pixels that the image cannot become, LPF_DONE where it can. Asks only the header. */
int32_t lpf_check_layout(const lpf_source *source, lpf_layout_id layout);

/* What the options say about transparency. */
lpf_blend lpf_blend_of(const lpf_options *options);

/* Which vector instructions they allow. */
lpf_simd lpf_simd_of(const lpf_options *options);

/* ---- Parts of lpf_decode_png, for rows in bands ---- */

/* LPF_COLOR_TO_GRAY where transparent gray is put onto a background of colour. */
int32_t lpf_check_background(const lpf_png *png, lpf_layout_id layout, const lpf_blend *blend);

/* What is checked of a file without damage in its chunks before it is inflated: its profiles in a
   strict call, LPF_LIMIT_WORK, LPF_CANCELLED. */
int32_t lpf_check_sound(lpf_png *png);

/* Warns where the image has transparency that the target does not show. */
void lpf_warn_of_dropped_alpha(const lpf_png *png, lpf_layout_id layout, const lpf_blend *blend,
                               bool palette_loses_alpha);

/* ---- Sizes ---- */

/* Bytes of scratch with which decoding such a PNG of so many bytes needs no memory of the system's;
   false where that is more than there can be. */
bool lpf_decode_scratch_bytes(const lpf_info *info, unsigned long long png_size,
                              lpf_layout_id layout, const lpf_blend *blend,
                              unsigned long long *bytes);

#endif
