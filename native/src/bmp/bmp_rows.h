/* bmp_rows.h: from the pixel array of a BMP to rows of pixels. */
#ifndef LPF_BMP_ROWS_H
#define LPF_BMP_ROWS_H

#include "bmp/bmp_info.h"
#include "image/source.h"
#include "image/surface.h"
#include "kernels/kernels.h"

/* The code for pixels that the image cannot become, LPF_DONE where it can. */
int32_t lpf_bmp_check_layout(const lpf_bmp_info *info, lpf_layout_id layout);

/* LPF_BMP_TRUNCATED where the file has not all of a pixel array whose size is known, and the call
   does not tolerate that. */
int32_t lpf_bmp_check_length(const lpf_bmp_file *file);

/* Bytes of scratch with which decoding needs no memory of the system's. */
unsigned long long lpf_bmp_scratch_bytes(const lpf_bmp_info *info);

/*
 * Decodes into a target of the image's size, whose layout lpf_bmp_check_layout has let pass, after
 * lpf_bmp_check_length. Notes in the report what was passed over, and LPF_ALPHA_DROPPED.
 */
int32_t lpf_bmp_decode_rows(const lpf_bmp_file *file, const lpf_surface *target,
                            const lpf_blend *blend, lpf_simd simd);

#endif
