/* loops_of.h: the loops that there are; loops.c chooses. */
#ifndef LPF_LOOPS_OF_H
#define LPF_LOOPS_OF_H

#include "base/cpu.h"
#include "deflate/loops.h"

extern const lpf_loops lpf_loops_portable;

#if LPF_HAVE_AVX2
/* Need AVX2, BMI1 and BMI2. The lanes are compiled apart, without any vector register. */
extern const lpf_loops lpf_loops_avx2;
lpf_run_lanes lpf_run_units_bmi2, lpf_run_literals_bmi2;
lpf_note_lanes lpf_note_units_bmi2, lpf_note_literals_bmi2;
#endif

#endif
