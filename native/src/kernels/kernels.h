/* Which of the row kernels this processor gets: one place decides it, and names the choice. */
#ifndef LPF_KERNELS_H
#define LPF_KERNELS_H

#include "kernels/expand.h"
#include "kernels/permute.h"
#include "kernels/unfilter.h"

/* Which vector instructions may be used; fewer give the same bytes. */
typedef enum lpf_simd { LPF_SIMD_NONE, LPF_SIMD_NO_AVX512, LPF_SIMD_ALL } lpf_simd;

typedef struct lpf_kernels {
  const char *name; /* of the instruction set; "scalar" for the portable ones */
  lpf_unfilter_group *unfilter_pixels, *unfilter_bytes;
  lpf_expand_gray *expand_gray;
  lpf_look_up_row *look_up;
  lpf_premultiply_row *premultiply;
  lpf_permute_row *permute;
} lpf_kernels;

/* The fastest ones that there are within `simd`. */
const lpf_kernels *lpf_kernels_for_this_processor(lpf_simd simd);

#endif
