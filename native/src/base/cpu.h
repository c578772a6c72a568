/* What the processor at hand can do, asked without any library of the compiler's. */
#ifndef LPF_CPU_H
#define LPF_CPU_H

#include <stdbool.h>

/*
 * Which vector kernels are compiled for the target. GCC for Windows does not align 32-byte values
 * on the stack (GCC bug 54412): AVX2 and AVX-512 with Clang only, there.
 */
#if defined(__x86_64__) && (!defined(_WIN32) || defined(__clang__))
#define LPF_HAVE_AVX2 1
#else
#define LPF_HAVE_AVX2 0
#endif

#if defined(__AARCH64EL__) && defined(__ARM_NEON)
#define LPF_HAVE_NEON 1
#else
#define LPF_HAVE_NEON 0
#endif

/* Whether AVX2 instructions may be used: both processor and operating system support them. */
bool lpf_cpu_has_avx2(void);

/* Whether there are, besides AVX2, BMI1 and BMI2: shifts and bit fields in general registers. */
bool lpf_cpu_has_bmi2(void);

/* The same for AVX-512 with its parts F, BW, VL and VBMI; never without AVX2 and BMI2. */
bool lpf_cpu_has_avx512(void);

#endif
