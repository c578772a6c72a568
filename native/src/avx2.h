/*
 * What the AVX2 kernels share. Only their files include this: it switches the instruction set on
 * for the rest of the file, so that all files can be compiled with the same flags for the oldest
 * processor. lpf_cpu_has_avx2() decides at run time whether that code is called.
 */
#ifndef LPF_AVX2_H
#define LPF_AVX2_H

#if defined(__x86_64__)
#define LPF_HAVE_AVX2 1

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#include "always_inline.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define LPF_AVX2_END _Pragma("clang attribute pop")
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#define LPF_AVX2_END _Pragma("GCC pop_options")
#endif

#else
#define LPF_HAVE_AVX2 0
#endif

#endif
