/* plan_rows.h: chooses the plan for an image, a layout and a blend. */
#ifndef LPF_PLAN_ROWS_H
#define LPF_PLAN_ROWS_H

#include "image/layout.h"
#include "image/row_plan.h"
#include "image/source.h"
#include "kernels/kernels.h"

/* For an image and a layout that lpf_rows_supported takes. */
lpf_row_shape lpf_plan_shape(const lpf_source *source, const lpf_layout *layout,
                             const lpf_blend *blend, bool has_alpha);

/* Likewise. */
void lpf_plan_rows(lpf_row_plan *plan, const lpf_source *source, const lpf_layout *layout,
                   const lpf_blend *blend, lpf_simd simd);

#endif
