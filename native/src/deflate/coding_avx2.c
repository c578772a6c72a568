/*
 * The loops with AVX2. Sixteen entries are all that a shuffle looks up, so 32 literals at a time
 * pay only where nearly all of them are near 0, as what filters leave of photographs is; other
 * blocks are packed four by four.
 */
#include "deflate/coding_choice.h"

#if LPF_HAVE_AVX2

#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2")
#endif

static LPF_ALWAYS_INLINE __m256i load(const void *bytes) {
  return _mm256_loadu_si256((const __m256i *)bytes);
}

static LPF_ALWAYS_INLINE void store(void *bytes, __m256i vector) {
  _mm256_storeu_si256((__m256i *)bytes, vector);
}

/* The same 16 bytes in both halves. */
static LPF_ALWAYS_INLINE __m256i load_twice(const void *bytes) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes));
}

/* ---- Comparing ---- */

static LPF_ALWAYS_INLINE uint32_t equal_half(const uint8_t *one, const uint8_t *other) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(load(one), load(other)));
}

static LPF_ALWAYS_INLINE uint64_t equal_bytes(const uint8_t *one, const uint8_t *other) {
  return equal_half(one, other) | (uint64_t)equal_half(one + 32, other + 32) << 32;
}

static LPF_ALWAYS_INLINE size_t match_length(const uint8_t *one, const uint8_t *other,
                                             const uint8_t *end) {
  const uint8_t *begin = one;
  for (; one < end; one += 32, other += 32) {
    const uint32_t differs = ~equal_half(one, other);
    if (differs != 0) {
      const size_t length = (size_t)(one - begin) + (size_t)__builtin_ctz(differs);
      return length < (size_t)(end - begin) ? length : (size_t)(end - begin);
    }
  }
  return (size_t)(end - begin);
}

static uint64_t count_zero_words(const uint8_t *data, size_t size) {
  const __m256i zero = _mm256_setzero_si256();
  __m256i sums = zero;
  for (size_t i = 0; i + 64 <= size; i += 64) {
    const __m256i first = _mm256_cmpeq_epi64(load(data + i), zero);
    const __m256i second = _mm256_cmpeq_epi64(load(data + i + 32), zero);
    sums = _mm256_sub_epi64(sums, _mm256_add_epi64(first, second));
  }
  uint64_t counts[4];
  store(counts, sums);
  return counts[0] + counts[1] + counts[2] + counts[3];
}

/* ---- Looking up ---- */

/* What picks the rows of a table of 256 bytes: 16 bytes a row, which the high half of an index
   selects, and of which a shuffle takes one by the low half; or 0, where its bit 7 is set. */
typedef struct table_index {
  __m256i below_128, from_128; /* for rows 0 to 7, and 8 to 15 */
  __m256i bit_4, bit_5, bit_6; /* where the bit that a blend looks at is theirs */
} table_index;

static LPF_ALWAYS_INLINE table_index make_index(__m256i bytes) {
  table_index index;
  index.below_128 = _mm256_and_si256(bytes, _mm256_set1_epi8((char)0x8f));
  index.from_128 = _mm256_xor_si256(index.below_128, _mm256_set1_epi8((char)0x80));
  index.bit_4 = _mm256_slli_epi16(bytes, 3);
  index.bit_5 = _mm256_slli_epi16(bytes, 2);
  index.bit_6 = _mm256_add_epi8(bytes, bytes);
  return index;
}

/* Row `low` for bytes below 128, row `high` for the others. */
static LPF_ALWAYS_INLINE __m256i two_rows(const uint8_t *table, const table_index *index,
                                          const int low, const int high) {
  return _mm256_or_si256(_mm256_shuffle_epi8(load_twice(table + 16 * low), index->below_128),
                         _mm256_shuffle_epi8(load_twice(table + 16 * high), index->from_128));
}

static LPF_ALWAYS_INLINE __m256i four_rows(const uint8_t *table, const table_index *index,
                                           const int low, const int high) {
  return _mm256_blendv_epi8(two_rows(table, index, low, high),
                            two_rows(table, index, low + 1, high + 1), index->bit_4);
}

static LPF_ALWAYS_INLINE __m256i look_up(const uint8_t *table, const table_index *index,
                                         const int near_zero) {
  if (near_zero) { /* -32 to 31 */
    return four_rows(table, index, 0, 14);
  }
  const __m256i lower = _mm256_blendv_epi8(four_rows(table, index, 0, 8),
                                           four_rows(table, index, 2, 10), index->bit_5);
  const __m256i upper = _mm256_blendv_epi8(four_rows(table, index, 4, 12),
                                           four_rows(table, index, 6, 14), index->bit_5);
  return _mm256_blendv_epi8(lower, upper, index->bit_6);
}

static LPF_ALWAYS_INLINE int are_near_zero(__m256i bytes) {
  return _mm256_testz_si256(_mm256_add_epi8(bytes, _mm256_set1_epi8(32)),
                            _mm256_set1_epi8((char)0xc0));
}

/* ---- Packing ---- */

/* A literal's code with a one above it: the highest bit that is set tells its length. */
typedef struct packer {
  uint8_t low[256], high[256];
  uint64_t code[256];
  uint8_t bits[256];
} packer;

static void make_packer(packer *made, const lpf_huffman_codes *codes) {
  for (int i = 0; i < 256; i++) {
    const unsigned marked = codes->symbol_code[i] | 1u << codes->symbol_bits[i];
    made->low[i] = (uint8_t)marked;
    made->high[i] = (uint8_t)(marked >> 8);
    made->code[i] = codes->symbol_code[i];
    made->bits[i] = codes->symbol_bits[i];
  }
}

static LPF_ALWAYS_INLINE void pack_four(lpf_bit_writer *writer, const uint8_t *data,
                                        const packer *literals) {
  const uint64_t a = data[0], b = data[1], c = data[2], d = data[3];
  const unsigned a_bits = literals->bits[a], c_bits = literals->bits[c];
  const unsigned first_bits = a_bits + literals->bits[b];
  const uint64_t first = literals->code[a] | literals->code[b] << a_bits;
  const uint64_t second = literals->code[c] | literals->code[d] << c_bits;
  lpf_put_bits(writer, first | second << first_bits, first_bits + c_bits + literals->bits[d]);
}

/* The position of the highest bit of 16, given as two bytes; 0 of 0. */
static LPF_ALWAYS_INLINE __m256i highest_bits(__m256i low, __m256i high) {
  static const uint8_t of_nibble[4][16] = {
      {0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3},
      {0, 4, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7},
      {0, 8, 9, 9, 10, 10, 10, 10, 11, 11, 11, 11, 11, 11, 11, 11},
      {0, 12, 13, 13, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 15}};
  const __m256i nibble = _mm256_set1_epi8(15);
  const __m256i a = _mm256_shuffle_epi8(load_twice(of_nibble[0]), _mm256_and_si256(low, nibble));
  const __m256i b = _mm256_shuffle_epi8(load_twice(of_nibble[1]),
                                        _mm256_and_si256(_mm256_srli_epi16(low, 4), nibble));
  const __m256i c = _mm256_shuffle_epi8(load_twice(of_nibble[2]), _mm256_and_si256(high, nibble));
  const __m256i d = _mm256_shuffle_epi8(load_twice(of_nibble[3]),
                                        _mm256_and_si256(_mm256_srli_epi16(high, 4), nibble));
  return _mm256_max_epu8(_mm256_max_epu8(a, b), _mm256_max_epu8(c, d));
}

/* Codes of 32 literals in four pieces of eight, or if one would have more than 56 bits in eight of
   four; returns how many. Each has the mark above its bits. */
static LPF_ALWAYS_INLINE size_t make_pieces(const uint8_t *data, const packer *literals,
                                            uint64_t *pieces, uint32_t *counts) {
  const __m256i bytes = load(data), zero = _mm256_setzero_si256();
  const table_index index = make_index(bytes);
  __m256i low, high;
  if (are_near_zero(bytes)) {
    low = look_up(literals->low, &index, 1);
    high = look_up(literals->high, &index, 1);
  } else {
    low = look_up(literals->low, &index, 0);
    high = look_up(literals->high, &index, 0);
  }
  const __m256i bits = highest_bits(low, high);
  /* The odd code goes behind the even one's bits, where the even one's mark is: less 1, it and the
     mark have the sum that is wanted. */
  const __m256i one_16 = _mm256_set1_epi32(0x10000), one_32 = _mm256_set1_epi64x(1ll << 32);
  const __m256i even_bits = _mm256_and_si256(bits, _mm256_set1_epi16(255));
  const __m256i of_two = _mm256_maddubs_epi16(bits, _mm256_set1_epi8(1));
  __m256i first = _mm256_unpacklo_epi8(low, high), second = _mm256_unpackhi_epi8(low, high);
  first = _mm256_add_epi32(_mm256_blend_epi16(first, zero, 0xaa),
                           _mm256_sllv_epi32(_mm256_srli_epi32(_mm256_sub_epi16(first, one_16), 16),
                                             _mm256_unpacklo_epi16(even_bits, zero)));
  second =
      _mm256_add_epi32(_mm256_blend_epi16(second, zero, 0xaa),
                       _mm256_sllv_epi32(_mm256_srli_epi32(_mm256_sub_epi16(second, one_16), 16),
                                         _mm256_unpackhi_epi16(even_bits, zero)));
  const __m256i even_two = _mm256_blend_epi16(of_two, zero, 0xaa);
  const __m256i of_four = _mm256_madd_epi16(of_two, _mm256_set1_epi16(1));
  first = _mm256_add_epi64(_mm256_blend_epi32(first, zero, 0xaa),
                           _mm256_sllv_epi64(_mm256_srli_epi64(_mm256_sub_epi32(first, one_32), 32),
                                             _mm256_unpacklo_epi32(even_two, zero)));
  second =
      _mm256_add_epi64(_mm256_blend_epi32(second, zero, 0xaa),
                       _mm256_sllv_epi64(_mm256_srli_epi64(_mm256_sub_epi32(second, one_32), 32),
                                         _mm256_unpackhi_epi32(even_two, zero)));
  const __m256i front = _mm256_unpacklo_epi64(first, second);
  const __m256i back = _mm256_unpackhi_epi64(first, second);
  const __m256i front_bits = _mm256_and_si256(of_four, _mm256_set1_epi64x(0xffffffff));
  const __m256i of_eight = _mm256_add_epi64(front_bits, _mm256_srli_epi64(of_four, 32));
  const __m256i too_long = _mm256_cmpgt_epi64(of_eight, _mm256_set1_epi64x(56));
  if (LPF_LIKELY(_mm256_testz_si256(too_long, too_long))) {
    const __m256i pick = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
    const __m256i behind =
        _mm256_sllv_epi64(_mm256_sub_epi64(back, _mm256_set1_epi64x(1)), front_bits);
    store(pieces, _mm256_add_epi64(front, behind));
    _mm_storeu_si128((__m128i *)counts,
                     _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(of_eight, pick)));
    return 4;
  }
  store(pieces, _mm256_permute2x128_si256(first, second, 0x20));
  store(pieces + 4, _mm256_permute2x128_si256(first, second, 0x31));
  store(counts, of_four);
  return 8;
}

enum { WINDOWS_AT_ONCE = 8, VECTOR = 32, PIECES = WINDOWS_AT_ONCE * 64 / 4 };

/* `count` is a multiple of 32, at most WINDOWS_AT_ONCE * 64. All pieces are made before the first
   is written: the way from bytes to pieces is as long as the processor looks ahead. */
static LPF_ALWAYS_INLINE void pack_vectors(lpf_bit_writer *writer, const uint8_t *data,
                                           size_t count, const packer *literals) {
  uint64_t pieces[PIECES];
  uint32_t counts[PIECES];
  size_t made = 0;
  for (size_t i = 0; i < count; i += VECTOR) {
    made += make_pieces(data + i, literals, pieces + made, counts + made);
  }
  __asm__ volatile("" ::: "memory");
  for (size_t i = 0; i < made; i++) {
    lpf_put_bits(writer, _bzhi_u64(pieces[i], counts[i]), counts[i]);
  }
}

static LPF_ALWAYS_INLINE void pack_literals(lpf_bit_writer *writer, const uint8_t *data,
                                            size_t count, const packer *literals) {
  while (count >= VECTOR) {
    const size_t most = WINDOWS_AT_ONCE * 64;
    const size_t part = count > most ? most : count / VECTOR * VECTOR;
    pack_vectors(writer, data, part, literals);
    data += part;
    count -= part;
  }
  for (; count >= 4; count -= 4, data += 4) {
    pack_four(writer, data, literals);
  }
  for (; count > 0; count--, data++) {
    lpf_put_bits(writer, literals->code[*data], literals->bits[*data]);
  }
}

typedef lpf_bit_writer window_writer;

static LPF_ALWAYS_INLINE window_writer begin_windows(const lpf_bit_writer *writer) {
  return *writer;
}

static LPF_ALWAYS_INLINE void end_windows(const window_writer *windows, lpf_bit_writer *writer) {
  *writer = *windows;
}

static LPF_ALWAYS_INLINE void pack_windows(window_writer *windows, const uint8_t *data,
                                           size_t count, const packer *literals, const int narrow) {
  if (narrow) {
    pack_vectors(windows, data, 64 * count, literals);
    return;
  }
  for (size_t i = 0; i < 64 * count; i += 4) {
    pack_four(windows, data + i, literals);
  }
}

/* Whether nearly all literals are near 0. */
static bool is_narrow(const lpf_huffman_codes *codes, const uint32_t literals[256]) {
  uint64_t near_zero = 0, count = 0;
  (void)codes;
  for (int i = 0; i < 256; i++) {
    near_zero += i < 32 || i >= 256 - 32 ? literals[i] : 0;
    count += literals[i];
  }
  return near_zero * 1000 >= count * 990;
}

/* ---- Costs ---- */

static LPF_ALWAYS_INLINE void sum_costs(const uint8_t *data, size_t size, const uint8_t cost[256],
                                        uint16_t *sums) {
  const __m256i last_of_lane = _mm256_set1_epi16(0x0f0e);
  __m256i sum = _mm256_setzero_si256();
  sums[0] = 0;
  for (size_t i = 0; i < size; i += VECTOR) {
    const __m256i bytes = load(data + i);
    const table_index index = make_index(bytes);
    const __m256i costs =
        are_near_zero(bytes) ? look_up(cost, &index, 1) : look_up(cost, &index, 0);
    for (int half = 0; half < 2; half++) {
      const __m128i part =
          half == 0 ? _mm256_castsi256_si128(costs) : _mm256_extracti128_si256(costs, 1);
      __m256i added = _mm256_cvtepu8_epi16(part);
      added = _mm256_add_epi16(added, _mm256_slli_si256(added, 2));
      added = _mm256_add_epi16(added, _mm256_slli_si256(added, 4));
      added = _mm256_add_epi16(added, _mm256_slli_si256(added, 8));
      const __m256i totals = _mm256_shuffle_epi8(added, last_of_lane);
      added = _mm256_add_epi16(added, _mm256_permute2x128_si256(totals, totals, 0x08));
      store(sums + i + 16 * (size_t)half + 1, _mm256_add_epi16(added, sum));
      sum = _mm256_add_epi16(
          sum, _mm256_add_epi16(totals, _mm256_permute2x128_si256(totals, totals, 0x01)));
    }
  }
  for (size_t i = 1; i <= LPF_LONGEST_MATCH; i++) {
    sums[size + i] = sums[size];
  }
}

/* After what they are made of. */
#include "deflate/coding_kernels.h"

LPF_CODING_LOOPS(avx2);

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
