/* Filters, orders and checks with AVX-512. */
#include "base/cpu.h"

#if LPF_HAVE_AVX2

#include <immintrin.h>

#include "base/always_inline.h"
#include "kernels/filter_rows.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi2"))), \
                             apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")
#endif

enum { LANES = 64 };

typedef __m512i filter_vector;
typedef __mmask64 filter_mask;
typedef __m512i weight_sum;

static LPF_ALWAYS_INLINE __m512i load_bytes(const uint8_t *bytes) {
  return _mm512_loadu_si512(bytes);
}

static LPF_ALWAYS_INLINE void store_bytes(uint8_t *bytes, __m512i vector) {
  _mm512_storeu_si512(bytes, vector);
}

static LPF_ALWAYS_INLINE __mmask64 first_lanes(size_t count) {
  return count >= 64 ? ~(__mmask64)0 : ((__mmask64)1 << count) - 1;
}

static LPF_ALWAYS_INLINE __m512i first_bytes(__m512i bytes, size_t count) {
  return _mm512_maskz_mov_epi8(first_lanes(count), bytes);
}

static LPF_ALWAYS_INLINE __m512i subtract(__m512i a, __m512i b) {
  return _mm512_sub_epi8(a, b);
}

static LPF_ALWAYS_INLINE __m512i minimum(__m512i a, __m512i b) {
  return _mm512_min_epu8(a, b);
}

static LPF_ALWAYS_INLINE __m512i maximum(__m512i a, __m512i b) {
  return _mm512_max_epu8(a, b);
}

static LPF_ALWAYS_INLINE __m512i subtract_saturated(__m512i a, __m512i b) {
  return _mm512_subs_epu8(a, b);
}

static LPF_ALWAYS_INLINE __mmask64 equal(__m512i a, __m512i b) {
  return _mm512_cmpeq_epi8_mask(a, b);
}

static LPF_ALWAYS_INLINE __m512i choose(__mmask64 mask, __m512i a, __m512i b) {
  return _mm512_mask_mov_epi8(b, mask, a);
}

static LPF_ALWAYS_INLINE __m512i half_sum(__m512i a, __m512i b) {
  const __m512i odd = _mm512_and_si512(_mm512_xor_si512(a, b), _mm512_set1_epi8(1));
  return _mm512_sub_epi8(_mm512_avg_epu8(a, b), odd);
}

static LPF_ALWAYS_INLINE __m512i magnitude(__m512i bytes) {
  return _mm512_abs_epi8(bytes);
}

static LPF_ALWAYS_INLINE __m512i bits_of_magnitude(__m512i magnitudes) {
  static const uint8_t bits[64] = {2,  4,  6,  6,  8,  8,  8,  8,  10, 10, 10, 10, 10, 10, 10, 10,
                                   12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12,
                                   14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14,
                                   14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14};
  const __m512i most = _mm512_min_epu8(magnitudes, _mm512_set1_epi8(63));
  return _mm512_permutexvar_epi8(most, _mm512_loadu_si512(bits));
}

static LPF_ALWAYS_INLINE __m512i no_weight(void) {
  return _mm512_setzero_si512();
}

static LPF_ALWAYS_INLINE __m512i sum_bytes(__m512i bytes) {
  return _mm512_sad_epu8(bytes, _mm512_setzero_si512());
}

static LPF_ALWAYS_INLINE __m512i add_weights(__m512i a, __m512i b) {
  return _mm512_add_epi64(a, b);
}

static LPF_ALWAYS_INLINE uint64_t weight_total(__m512i sum) {
  return (uint64_t)_mm512_reduce_add_epi64(sum);
}

static void order_pixels_row(const uint8_t *pixels, size_t count, const lpf_byte_order *order,
                             uint8_t *target) {
  const size_t source = order->source_bytes, bytes = order->target_bytes;
  const size_t step = 64 / (source > bytes ? source : bytes);
  const __m512i shuffle = _mm512_loadu_si512(order->shuffle);
  for (size_t x = 0; x < count; x += step, pixels += step * source, target += step * bytes) {
    const __m512i loaded = _mm512_maskz_loadu_epi8(first_lanes((count - x) * source), pixels);
    _mm512_storeu_si512(target, _mm512_permutexvar_epi8(shuffle, loaded));
  }
}

static void map_bytes(const uint8_t *row, size_t size, const uint8_t table[256], uint8_t *target) {
  const __m512i first = load_bytes(table), second = load_bytes(table + 64);
  const __m512i third = load_bytes(table + 128), fourth = load_bytes(table + 192);
  for (size_t i = 0; i < size; i += LANES) {
    const __m512i bytes = load_bytes(row + i);
    const __m512i lower = _mm512_permutex2var_epi8(first, bytes, second);
    const __m512i upper = _mm512_permutex2var_epi8(third, bytes, fourth);
    store_bytes(target + i, choose(_mm512_movepi8_mask(bytes), upper, lower));
  }
}

/* After what they are made of. */
#include "kernels/filter_kernels.h"

LPF_FILTER_KERNELS(avx512);

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
