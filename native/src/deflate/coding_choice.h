/* coding_choice.h: the coding loops that there are, and those that are right for the processor. */
#ifndef LPF_CODING_CHOICE_H
#define LPF_CODING_CHOICE_H

#include "base/cpu.h"
#include "deflate/coding.h"

extern const lpf_coding_loops lpf_coding_portable;

#if LPF_HAVE_AVX2
extern const lpf_coding_loops lpf_coding_avx2;   /* if lpf_cpu_has_bmi2() */
extern const lpf_coding_loops lpf_coding_avx512; /* if lpf_cpu_has_avx512() */
#endif

/* Which vector instructions may be used. */
typedef enum lpf_coding_vectors {
  LPF_CODING_NO_VECTORS,
  LPF_CODING_NO_AVX512,
  LPF_CODING_ALL_VECTORS
} lpf_coding_vectors;

const lpf_coding_loops *lpf_coding_for_this_processor(lpf_coding_vectors allowed);

#endif
