/* plan.h: the first phase, for use inside the second. */
#ifndef LPF_PLAN_H
#define LPF_PLAN_H

#include "lodepng_ffm.h"
#include "image/scanlines.h"
#include "third_party/third_party_lodepng.h"

/* LodePNG's codes that the shim itself has to name. */
#define LPF_LODEPNG_OUT_OF_MEMORY 83
#define LPF_LODEPNG_WRONG_IDAT_SIZE 91
#define LPF_LODEPNG_TOO_MANY_PIXELS 92
#define LPF_LODEPNG_MAX_OUTPUT_SIZE 109
#define LPF_LODEPNG_CUSTOM_ZLIB 110

/* Bytes of a scanline: its filter byte, then its pixels in whole bytes (PNG, 7.2). */
unsigned long long lpf_scanline_row_bytes(uint32_t width, unsigned bits_per_pixel);

/* The shape of the image; where its bytes and its palette are is left open. */
lpf_scanlines lpf_scanlines_of(const lpf_info *info);

/* As lpf_png_plan, on a state of the caller's. `plan` must be zero before. */
int32_t lpf_plan_from_header(LodePNGState *state, const uint8_t *png, unsigned long long png_size,
                             const lpf_options *options, lpf_plan *plan);

#endif
