/* loops_choice.h: the loops that there are, and those that are right for the processor. */
#ifndef LPF_LOOPS_CHOICE_H
#define LPF_LOOPS_CHOICE_H

#include "base/cpu.h"
#include "deflate/loops.h"

extern const lpf_loops lpf_loops_portable;

#if LPF_HAVE_AVX2
/* Need AVX2, BMI1 and BMI2. The lanes are compiled apart, without any vector register. */
extern const lpf_loops lpf_loops_avx2;
lpf_run_lanes lpf_run_units_bmi2, lpf_run_literals_bmi2;
lpf_note_lanes lpf_note_units_bmi2, lpf_note_literals_bmi2;
#endif

/* The fastest for the processor at hand, or the portable ones. */
const lpf_loops *lpf_loops_for_this_processor(bool portable);

#endif
