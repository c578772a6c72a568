/* Filters, orders and checks with AVX2. */
#include "base/cpu.h"

#if LPF_HAVE_AVX2

#include <immintrin.h>
#include <string.h>

#include "base/always_inline.h"
#include "kernels/filter_rows.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

enum { LANES = 32 };

typedef __m256i filter_vector;
typedef __m256i weight_sum;

static LPF_ALWAYS_INLINE __m256i load_bytes(const uint8_t *bytes) {
  return _mm256_loadu_si256((const __m256i *)bytes);
}

static LPF_ALWAYS_INLINE void store_bytes(uint8_t *bytes, __m256i vector) {
  _mm256_storeu_si256((__m256i *)bytes, vector);
}

static LPF_ALWAYS_INLINE __m256i first_bytes(__m256i bytes, size_t count) {
  static const uint8_t ones[64] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                                   255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                                   255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
  return _mm256_and_si256(bytes, load_bytes(ones + 32 - count));
}

static LPF_ALWAYS_INLINE __m256i subtract(__m256i a, __m256i b) {
  return _mm256_sub_epi8(a, b);
}

static LPF_ALWAYS_INLINE __m256i minimum(__m256i a, __m256i b) {
  return _mm256_min_epu8(a, b);
}

static LPF_ALWAYS_INLINE __m256i maximum(__m256i a, __m256i b) {
  return _mm256_max_epu8(a, b);
}

static LPF_ALWAYS_INLINE __m256i subtract_saturated(__m256i a, __m256i b) {
  return _mm256_subs_epu8(a, b);
}

static LPF_ALWAYS_INLINE __m256i equal(__m256i a, __m256i b) {
  return _mm256_cmpeq_epi8(a, b);
}

static LPF_ALWAYS_INLINE __m256i choose(__m256i mask, __m256i a, __m256i b) {
  return _mm256_blendv_epi8(b, a, mask);
}

static LPF_ALWAYS_INLINE __m256i half_sum(__m256i a, __m256i b) {
  const __m256i odd = _mm256_and_si256(_mm256_xor_si256(a, b), _mm256_set1_epi8(1));
  return _mm256_sub_epi8(_mm256_avg_epu8(a, b), odd);
}

static LPF_ALWAYS_INLINE __m256i magnitude(__m256i bytes) {
  return _mm256_abs_epi8(bytes);
}

/* By the low half where the high half is 0, else by the high half alone. */
static LPF_ALWAYS_INLINE __m256i bits_of_magnitude(__m256i magnitudes) {
  const __m256i low = _mm256_setr_epi8(2, 4, 6, 6, 8, 8, 8, 8, 10, 10, 10, 10, 10, 10, 10, 10, 2, 4,
                                       6, 6, 8, 8, 8, 8, 10, 10, 10, 10, 10, 10, 10, 10);
  const __m256i high =
      _mm256_setr_epi8(0, 12, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 0, 12, 14, 14,
                       14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14);
  const __m256i nibble = _mm256_set1_epi8(15);
  const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(magnitudes, 4), nibble);
  return _mm256_max_epu8(_mm256_shuffle_epi8(low, _mm256_and_si256(magnitudes, nibble)),
                         _mm256_shuffle_epi8(high, upper));
}

static LPF_ALWAYS_INLINE __m256i no_weight(void) {
  return _mm256_setzero_si256();
}

static LPF_ALWAYS_INLINE __m256i sum_bytes(__m256i bytes) {
  return _mm256_sad_epu8(bytes, _mm256_setzero_si256());
}

static LPF_ALWAYS_INLINE __m256i add_weights(__m256i a, __m256i b) {
  return _mm256_add_epi64(a, b);
}

static LPF_ALWAYS_INLINE uint64_t weight_total(__m256i sum) {
  uint64_t sums[4];
  store_bytes((uint8_t *)sums, sum);
  return sums[0] + sums[1] + sums[2] + sums[3];
}

/* Sixteen bytes at a time, twice; the last pixels out of a copy, since nothing may be read beyond
   them. */
static void order_pixels_row(const uint8_t *pixels, size_t count, const lpf_byte_order *order,
                             uint8_t *target) {
  const size_t source = order->source_bytes, bytes = order->target_bytes;
  const size_t step = 16 / (source > bytes ? source : bytes);
  uint8_t last[32] = {0};
  size_t left = count;
  __m128i shuffle = _mm_loadu_si128((const __m128i *)order->shuffle);
  const __m256i twice = _mm256_broadcastsi128_si256(shuffle);
  while (left * source >= 16 + step * source) {
    const __m256i loaded =
        _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)pixels)),
                                _mm_loadu_si128((const __m128i *)(pixels + step * source)), 1);
    const __m256i ordered = _mm256_shuffle_epi8(loaded, twice);
    _mm_storeu_si128((__m128i *)target, _mm256_castsi256_si128(ordered));
    _mm_storeu_si128((__m128i *)(target + step * bytes), _mm256_extracti128_si256(ordered, 1));
    pixels += 2 * step * source;
    target += 2 * step * bytes;
    left -= 2 * step;
  }
  while (left > 0) {
    const size_t part = left < step ? left : step;
    memcpy(last, pixels, part * source);
    const __m128i loaded = _mm_loadu_si128((const __m128i *)last);
    _mm_storeu_si128((__m128i *)target, _mm_shuffle_epi8(loaded, shuffle));
    pixels += part * source;
    target += part * bytes;
    left -= part;
  }
}

/* Row by row of the table's 16 bytes: those bytes whose high half is the row's number. */
static void map_bytes(const uint8_t *row, size_t size, const uint8_t table[256], uint8_t *target) {
  const __m256i nibble = _mm256_set1_epi8(15);
  for (size_t i = 0; i < size; i += LANES) {
    const __m256i bytes = load_bytes(row + i);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
    const __m256i low = _mm256_and_si256(bytes, nibble);
    __m256i mapped = _mm256_setzero_si256();
    for (int part = 0; part < 16; part++) {
      const __m256i entries =
          _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(table + 16 * part)));
      const __m256i is_part = equal(high, _mm256_set1_epi8((char)part));
      mapped =
          _mm256_or_si256(mapped, _mm256_and_si256(_mm256_shuffle_epi8(entries, low), is_part));
    }
    store_bytes(target + i, mapped);
  }
}

/* After what they are made of. */
#include "kernels/filter_kernels.h"

LPF_FILTER_KERNELS(avx2);

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
