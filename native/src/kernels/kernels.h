/* Which of the row kernels this processor gets: one place decides it, and names the choice. */
#ifndef LPF_KERNELS_H
#define LPF_KERNELS_H

#include <stdbool.h>

#include "kernels/expand.h"
#include "kernels/unfilter.h"

typedef struct lpf_kernels {
  const char *name; /* of the instruction set; "scalar" for the portable ones */
  lpf_unfilter_group *unfilter_color, *unfilter_gray;
  lpf_expand_row *expand_gray, *expand_palette;
} lpf_kernels;

/* The fastest ones that there are, or, unless `allow_simd`, the portable ones. */
const lpf_kernels *lpf_kernels_for_this_processor(bool allow_simd);

#endif
