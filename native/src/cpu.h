/* What the processor at hand can do, asked without any library of the compiler's. */
#ifndef LPF_CPU_H
#define LPF_CPU_H

#include <stdbool.h>

/* Whether AVX2 instructions may be used: both processor and operating system support them. */
bool lpf_cpu_has_avx2(void);

#endif
