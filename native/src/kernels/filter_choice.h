/* filter_choice.h: the filter kernels that are right for the processor. */
#ifndef LPF_FILTER_CHOICE_H
#define LPF_FILTER_CHOICE_H

#include "kernels/filter_rows.h"
#include "kernels/kernels.h"

const lpf_filter_kernels *lpf_filter_kernels_for_this_processor(lpf_simd simd);

#endif
