/*
 * What the AVX2 kernels share. Only their files include this: it switches the instruction set on
 * for the rest of the file, so that all files can be compiled with the same flags for the oldest
 * processor. lpf_cpu_has_avx2() decides at run time whether that code is called.
 */
#ifndef LPF_AVX2_H
#define LPF_AVX2_H

#include "base/cpu.h"

#if LPF_HAVE_AVX2

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#include "base/always_inline.h"

/* From here to LPF_AVX2_END, which the file that includes this has to put at its own end. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define LPF_AVX2_END _Pragma("clang attribute pop")
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#define LPF_AVX2_END _Pragma("GCC pop_options")
#endif

/* Two vectors of 16 bytes as the low and the high half of one. */
static LPF_ALWAYS_INLINE __m256i lpf_load_halves(const uint8_t *low, const uint8_t *high) {
  const __m256i half = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)low));
  return _mm256_inserti128_si256(half, _mm_loadu_si128((const __m128i *)high), 1);
}

#endif

#endif
