/*
 * avx2.h: the vectors of the kernels' templates, with AVX2. neon.h has the same functions.
 *
 * An lpf_vector is 32 bytes, a low and a high half of 16 each; "in each half" says that nothing
 * moves from one half to the other. An lpf_half is 16 bytes.
 *
 * Only kernels_avx2.c includes this: it switches the instruction set on for the rest of the file,
 * so that all files can be compiled with the same flags for the oldest processor.
 * lpf_cpu_has_avx2() decides at run time whether that code is called.
 */
#ifndef LPF_AVX2_H
#define LPF_AVX2_H

#include <immintrin.h>
#include <stdint.h>

#include "base/always_inline.h"

/* From here to LPF_VECTORS_END, which the file that includes this has to put at its own end. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define LPF_VECTORS_END _Pragma("clang attribute pop")
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#define LPF_VECTORS_END _Pragma("GCC pop_options")
#endif

/* What a template calls its kernel. */
#define LPF_KERNEL(name) name##_avx2

typedef __m256i lpf_vector;
typedef __m128i lpf_half;

#define LPF_OPERATION static LPF_ALWAYS_INLINE

/* ---- Memory; any alignment ---- */

LPF_OPERATION lpf_half lpf_load_half(const void *bytes) {
  return _mm_loadu_si128((const __m128i *)bytes);
}

LPF_OPERATION void lpf_store_half(void *bytes, lpf_half a) {
  _mm_storeu_si128((__m128i *)bytes, a);
}

LPF_OPERATION lpf_vector lpf_load(const void *bytes) {
  return _mm256_loadu_si256((const __m256i *)bytes);
}

LPF_OPERATION lpf_vector lpf_join(lpf_half low, lpf_half high) {
  return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

LPF_OPERATION lpf_half lpf_low(lpf_vector a) {
  return _mm256_castsi256_si128(a);
}

LPF_OPERATION lpf_half lpf_high(lpf_vector a) {
  return _mm256_extracti128_si256(a, 1);
}

/* The 16 bytes in both halves. */
LPF_OPERATION lpf_vector lpf_load_twice(const void *bytes) {
  return _mm256_broadcastsi128_si256(lpf_load_half(bytes));
}

/* Eight bytes from each address, in this order. */
LPF_OPERATION lpf_vector lpf_load_eights(const uint8_t *const bytes[4]) {
  const __m128i low = _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)bytes[0]),
                                         _mm_loadl_epi64((const __m128i *)bytes[1]));
  const __m128i high = _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)bytes[2]),
                                          _mm_loadl_epi64((const __m128i *)bytes[3]));
  return lpf_join(low, high);
}

LPF_OPERATION void lpf_store_eights(lpf_half a, uint8_t *first, uint8_t *second) {
  _mm_storel_epi64((__m128i *)first, a);
  _mm_storeh_pi((__m64 *)(void *)second, _mm_castsi128_ps(a));
}

/* Of sixteen groups of 2 or 4 bytes, the first byte of each. */
LPF_OPERATION lpf_half lpf_load_first_of_2(const uint8_t *bytes) {
  const __m256i firsts = _mm256_and_si256(lpf_load(bytes), _mm256_set1_epi16(0xff));
  return _mm_packus_epi16(lpf_low(firsts), lpf_high(firsts));
}

LPF_OPERATION lpf_half lpf_load_first_of_4(const uint8_t *bytes) {
  const __m256i mask = _mm256_set1_epi32(0xff);
  const __m256i a = _mm256_and_si256(lpf_load(bytes), mask);
  const __m256i b = _mm256_and_si256(lpf_load(bytes + 32), mask);
  return _mm_packus_epi16(_mm_packus_epi32(lpf_low(a), lpf_high(a)),
                          _mm_packus_epi32(lpf_low(b), lpf_high(b)));
}

/* The same of eight groups from each address, in this order. */
LPF_OPERATION lpf_vector lpf_load_eights_first_of_2(const uint8_t *const bytes[4]) {
  const __m256i mask = _mm256_set1_epi16(0xff);
  const __m256i even = lpf_join(lpf_load_half(bytes[0]), lpf_load_half(bytes[2]));
  const __m256i odd = lpf_join(lpf_load_half(bytes[1]), lpf_load_half(bytes[3]));
  return _mm256_packus_epi16(_mm256_and_si256(even, mask), _mm256_and_si256(odd, mask));
}

LPF_OPERATION __m256i lpf_words_first_of_4(const uint8_t *low, const uint8_t *high) {
  const __m256i mask = _mm256_set1_epi32(0xff);
  const __m256i first = lpf_join(lpf_load_half(low), lpf_load_half(high));
  const __m256i second = lpf_join(lpf_load_half(low + 16), lpf_load_half(high + 16));
  return _mm256_packus_epi32(_mm256_and_si256(first, mask), _mm256_and_si256(second, mask));
}

LPF_OPERATION lpf_vector lpf_load_eights_first_of_4(const uint8_t *const bytes[4]) {
  return _mm256_packus_epi16(lpf_words_first_of_4(bytes[0], bytes[2]),
                             lpf_words_first_of_4(bytes[1], bytes[3]));
}

/* ---- Bytes by themselves ---- */

LPF_OPERATION lpf_vector lpf_zero(void) {
  return _mm256_setzero_si256();
}

LPF_OPERATION lpf_vector lpf_all(uint8_t byte) {
  return _mm256_set1_epi8((char)byte);
}

LPF_OPERATION lpf_vector lpf_add(lpf_vector a, lpf_vector b) {
  return _mm256_add_epi8(a, b);
}

LPF_OPERATION lpf_half lpf_add_half(lpf_half a, lpf_half b) {
  return _mm_add_epi8(a, b);
}

LPF_OPERATION lpf_vector lpf_and(lpf_vector a, lpf_vector b) {
  return _mm256_and_si256(a, b);
}

LPF_OPERATION lpf_vector lpf_or(lpf_vector a, lpf_vector b) {
  return _mm256_or_si256(a, b);
}

LPF_OPERATION lpf_half lpf_or_half(lpf_half a, lpf_half b) {
  return _mm_or_si128(a, b);
}

LPF_OPERATION lpf_vector lpf_minimum(lpf_vector a, lpf_vector b) {
  return _mm256_min_epu8(a, b);
}

LPF_OPERATION lpf_vector lpf_maximum(lpf_vector a, lpf_vector b) {
  return _mm256_max_epu8(a, b);
}

/* Sums over 255 are 255, differences below 0 are 0. */
LPF_OPERATION lpf_vector lpf_add_saturated(lpf_vector a, lpf_vector b) {
  return _mm256_adds_epu8(a, b);
}

LPF_OPERATION lpf_vector lpf_subtract_saturated(lpf_vector a, lpf_vector b) {
  return _mm256_subs_epu8(a, b);
}

/* The average, rounded down; the instruction rounds up. */
LPF_OPERATION lpf_vector lpf_average(lpf_vector a, lpf_vector b) {
  const __m256i odd = _mm256_and_si256(_mm256_xor_si256(a, b), _mm256_set1_epi8(1));
  return _mm256_sub_epi8(_mm256_avg_epu8(a, b), odd);
}

/* Masks are bytes of 255 where it is so, and 0 elsewhere. */
LPF_OPERATION lpf_vector lpf_equal(lpf_vector a, lpf_vector b) {
  return _mm256_cmpeq_epi8(a, b);
}

LPF_OPERATION lpf_vector lpf_at_most(lpf_vector a, lpf_vector b) {
  return _mm256_cmpeq_epi8(_mm256_subs_epu8(a, b), _mm256_setzero_si256());
}

LPF_OPERATION lpf_vector lpf_select(lpf_vector mask, lpf_vector yes, lpf_vector no) {
  return _mm256_blendv_epi8(no, yes, mask);
}

/* ---- Moving bytes ---- */

/* In each half: byte order[i] of `a`; 0 where that is from 128. */
LPF_OPERATION lpf_vector lpf_shuffle(lpf_vector a, lpf_vector order) {
  return _mm256_shuffle_epi8(a, order);
}

LPF_OPERATION lpf_half lpf_shuffle_half(lpf_half a, lpf_half order) {
  return _mm_shuffle_epi8(a, order);
}

/* In each half: `count` bytes of 0, a constant, then the first bytes of `a`. */
#define lpf_move_up(a, count) _mm256_slli_si256(a, count)
#define lpf_move_up_half(a, count) _mm_slli_si128(a, count)

/* Bytes 4 to 15, then four of 0. */
LPF_OPERATION lpf_half lpf_drop_four(lpf_half a) {
  return _mm_srli_si128(a, 4);
}

/* The last four bytes, four times; the last byte, sixteen times. */
LPF_OPERATION lpf_half lpf_repeat_last_four(lpf_half a) {
  return _mm_shuffle_epi32(a, 0xff);
}

LPF_OPERATION lpf_half lpf_repeat_last(lpf_half a) {
  return _mm_shuffle_epi8(a, _mm_set1_epi8(15));
}

/* The first four bytes of `below`, then all but the last four bytes of `a`. */
LPF_OPERATION lpf_vector lpf_append_four(lpf_half below, lpf_vector a) {
  const __m256i next_lane = _mm256_setr_epi32(0, 0, 1, 2, 3, 4, 5, 6);
  return _mm256_blend_epi32(_mm256_permutevar8x32_epi32(a, next_lane),
                            _mm256_castsi128_si256(below), 1);
}

/* The byte at `below`, then all but the last byte of `a`. Reads the 15 bytes before it too. */
LPF_OPERATION lpf_vector lpf_append_one(const uint8_t *below, lpf_vector a) {
  const __m256i ends_with_below = _mm256_castsi128_si256(lpf_load_half(below - 15));
  return _mm256_alignr_epi8(a, _mm256_permute2x128_si256(a, ends_with_below, 0x02), 15);
}

/* In each half: elements of the first and the second in turn, out of their lower or upper eight
   bytes. */
#define LPF_INTERLEAVE(name, instruction)                     \
  LPF_OPERATION lpf_vector name(lpf_vector a, lpf_vector b) { \
    return _mm256_##instruction(a, b);                        \
  }
LPF_INTERLEAVE(lpf_interleave_lower_bytes, unpacklo_epi8)
LPF_INTERLEAVE(lpf_interleave_upper_bytes, unpackhi_epi8)
LPF_INTERLEAVE(lpf_interleave_lower_twos, unpacklo_epi16)
LPF_INTERLEAVE(lpf_interleave_upper_twos, unpackhi_epi16)
LPF_INTERLEAVE(lpf_interleave_lower_fours, unpacklo_epi32)
LPF_INTERLEAVE(lpf_interleave_upper_fours, unpackhi_epi32)
LPF_INTERLEAVE(lpf_interleave_lower_eights, unpacklo_epi64)
LPF_INTERLEAVE(lpf_interleave_upper_eights, unpackhi_epi64)

#endif
