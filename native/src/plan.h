/* plan.h: lpf_png_plan for use inside a conversion. */
#ifndef LPF_PLAN_H
#define LPF_PLAN_H

#include "lodepng.h"
#include "lodepng_ffm.h"

/* As lpf_png_plan, on a state of the caller's. `plan` must be zero before. */
int32_t lpf_plan_from_header(LodePNGState *state, const uint8_t *png, unsigned long long png_size,
                             const lpf_options *options, lpf_plan *plan);

#endif
