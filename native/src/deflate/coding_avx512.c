/* The loops with AVX-512: 64 literals at a time. */
#include "deflate/coding_choice.h"

#if LPF_HAVE_AVX2

#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi,bmi2")
#endif

/* ---- Comparing ---- */

static LPF_ALWAYS_INLINE uint64_t equal_bytes(const uint8_t *one, const uint8_t *other) {
  return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(one), _mm512_loadu_si512(other));
}

static LPF_ALWAYS_INLINE size_t match_length(const uint8_t *one, const uint8_t *other,
                                             const uint8_t *end) {
  const uint8_t *begin = one;
  for (; one < end; one += 64, other += 64) {
    const uint64_t differs = ~equal_bytes(one, other);
    if (differs != 0) {
      const size_t length = (size_t)(one - begin) + (size_t)__builtin_ctzll(differs);
      return length < (size_t)(end - begin) ? length : (size_t)(end - begin);
    }
  }
  return (size_t)(end - begin);
}

static uint64_t count_zero_words(const uint8_t *data, size_t size) {
  uint64_t count = 0;
  for (size_t i = 0; i + 64 <= size; i += 64) {
    const __m512i words = _mm512_loadu_si512(data + i);
    count += (uint64_t)__builtin_popcount(_mm512_testn_epi64_mask(words, words));
  }
  return count;
}

/* ---- Packing ---- */

/* Entries of a table of 256 bytes. */
static LPF_ALWAYS_INLINE __m512i look_up(__m512i index, const __m512i table[4]) {
  const __m512i lower = _mm512_permutex2var_epi8(table[0], index, table[1]);
  const __m512i upper = _mm512_permutex2var_epi8(table[2], index, table[3]);
  return _mm512_mask_mov_epi8(lower, _mm512_movepi8_mask(index), upper);
}

typedef struct packer {
  __m512i bits[4], low[4], high[4]; /* of each literal's code: how many bits, and its two bytes */
  uint32_t literal[256];            /* code << 8 | its bits */
} packer;

static void make_packer(packer *made, const lpf_huffman_codes *codes) {
  uint8_t low[256], high[256];
  for (int i = 0; i < 256; i++) {
    low[i] = (uint8_t)codes->symbol_code[i];
    high[i] = (uint8_t)(codes->symbol_code[i] >> 8);
    made->literal[i] = (uint32_t)codes->symbol_code[i] << 8 | codes->symbol_bits[i];
  }
  for (int i = 0; i < 4; i++) {
    made->bits[i] = _mm512_loadu_si512(codes->symbol_bits + 64 * i);
    made->low[i] = _mm512_loadu_si512(low + 64 * i);
    made->high[i] = _mm512_loadu_si512(high + 64 * i);
  }
}

/* A bit writer whose waiting bits are the last lane's, so that eight pieces can be stored without
   one waiting for the other. */
typedef struct window_writer {
  uint8_t *next;
  unsigned count;
  __m512i waiting;
} window_writer;

static LPF_ALWAYS_INLINE window_writer begin_windows(const lpf_bit_writer *writer) {
  return (window_writer){writer->next, writer->count,
                         _mm512_maskz_set1_epi64(0x80, (long long)writer->waiting)};
}

static LPF_ALWAYS_INLINE void end_windows(const window_writer *windows, lpf_bit_writer *writer) {
  const __m512i last = _mm512_alignr_epi64(windows->waiting, windows->waiting, 7);
  writer->next = windows->next;
  writer->count = windows->count;
  writer->waiting = (uint64_t)_mm_cvtsi128_si64(_mm512_castsi512_si128(last));
}

/* Writes eight pieces of 8 to 56 bits. Each is moved to its bit within a byte, and takes along the
   bits of the byte that the one before has begun. */
static LPF_ALWAYS_INLINE void write_pieces(window_writer *writer, __m512i pieces, __m512i bits) {
  const __m512i zero = _mm512_setzero_si512();
  __m512i sums = _mm512_add_epi64(bits, _mm512_alignr_epi64(bits, zero, 7));
  sums = _mm512_add_epi64(sums, _mm512_alignr_epi64(sums, zero, 6));
  sums = _mm512_add_epi64(sums, _mm512_alignr_epi64(sums, zero, 4));
  const __m512i ends = _mm512_add_epi64(sums, _mm512_set1_epi64((long long)writer->count));
  const __m512i begins = _mm512_sub_epi64(ends, bits);
  const __m512i moved = _mm512_sllv_epi64(pieces, _mm512_and_si512(begins, _mm512_set1_epi64(7)));
  const __m512i first_byte = _mm512_srli_epi64(begins, 3), last_byte = _mm512_srli_epi64(ends, 3);
  const __m512i rest =
      _mm512_srlv_epi64(moved, _mm512_slli_epi64(_mm512_sub_epi64(last_byte, first_byte), 3));
  const __m512i whole = _mm512_or_si512(moved, _mm512_alignr_epi64(rest, writer->waiting, 7));
  uint64_t values[8], places[8], lengths[8];
  _mm512_storeu_si512(values, whole);
  _mm512_storeu_si512(places, first_byte);
  _mm512_storeu_si512(lengths, sums);
  /* through memory: single lanes are slower to get out of a register */
  __asm__ volatile("" : "+m"(values), "+m"(places), "+m"(lengths));
  for (int i = 0; i < 8; i++) {
    memcpy(writer->next + places[i], &values[i], 8);
  }
  const unsigned total = writer->count + (unsigned)lengths[7];
  writer->next += total >> 3;
  writer->count = total & 7;
  writer->waiting = rest;
}

/* Sixteen pieces of any length, below 57 bits. */
static LPF_ALWAYS_INLINE void write_any_pieces(window_writer *windows, const __m512i pieces[2],
                                               const __m512i bits[2]) {
  uint64_t values[16], lengths[16];
  for (int i = 0; i < 2; i++) {
    _mm512_storeu_si512(values + 8 * i, pieces[i]);
    _mm512_storeu_si512(lengths + 8 * i, bits[i]);
  }
  lpf_bit_writer writer;
  end_windows(windows, &writer);
  for (int i = 0; i < 16; i++) {
    lpf_put_bits(&writer, values[i], (unsigned)lengths[i]);
  }
  *windows = begin_windows(&writer);
}

/*
 * The codes of those of 64 literals that `wanted` has, put together in twos, fours and, unless
 * codes are long, eights: the even ones are pushed up against the odd ones, and both down together.
 */
static LPF_ALWAYS_INLINE void pack_window(window_writer *writer, __m512i bytes, __mmask64 wanted,
                                          const packer *literals, const int narrow) {
  const __m512i zero = _mm512_setzero_si512();
  const __m512i lengths = _mm512_maskz_mov_epi8(wanted, look_up(bytes, literals->bits));
  const __m512i low = _mm512_maskz_mov_epi8(wanted, look_up(bytes, literals->low));
  const __m512i high = _mm512_maskz_mov_epi8(wanted, look_up(bytes, literals->high));
  __m512i code[2] = {_mm512_unpacklo_epi8(low, high), _mm512_unpackhi_epi8(low, high)};
  __m512i bits[2] = {_mm512_unpacklo_epi8(lengths, zero), _mm512_unpackhi_epi8(lengths, zero)};
  for (int i = 0; i < 2; i++) {
    __m512i up = _mm512_subs_epu8(_mm512_set1_epi32(16), bits[i]); /* of the even ones alone */
    code[i] = _mm512_srlv_epi32(_mm512_sllv_epi16(code[i], up), up);
    bits[i] = _mm512_madd_epi16(bits[i], _mm512_set1_epi16(1));
    up = _mm512_subs_epu8(_mm512_set1_epi64(32), bits[i]);
    code[i] = _mm512_srlv_epi64(_mm512_sllv_epi32(code[i], up), up);
    bits[i] = _mm512_add_epi64(_mm512_srli_epi64(bits[i], 32),
                               _mm512_and_si512(bits[i], _mm512_set1_epi64(0xffffffff)));
  }
  const __m512i least = _mm512_set1_epi64(8);
  if (narrow) {
    const __m512i first = _mm512_unpacklo_epi64(code[0], code[1]);
    const __m512i second = _mm512_unpackhi_epi64(code[0], code[1]);
    const __m512i first_bits = _mm512_unpacklo_epi64(bits[0], bits[1]);
    const __m512i all_bits = _mm512_sad_epu8(lengths, zero);
    const __m512i above = _mm512_sub_epi64(all_bits, least); /* 8 to 56, in one comparison */
    if (LPF_LIKELY(_mm512_cmpgt_epu64_mask(above, _mm512_set1_epi64(48)) == 0)) {
      write_pieces(writer, _mm512_or_si512(first, _mm512_sllv_epi64(second, first_bits)), all_bits);
      return;
    }
  }
  const __m512i front = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11);
  const __m512i back = _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15);
  const __m512i pieces[2] = {_mm512_permutex2var_epi64(code[0], front, code[1]),
                             _mm512_permutex2var_epi64(code[0], back, code[1])};
  const __m512i counts[2] = {_mm512_permutex2var_epi64(bits[0], front, bits[1]),
                             _mm512_permutex2var_epi64(bits[0], back, bits[1])};
  const __m512i fewest = _mm512_min_epu64(counts[0], counts[1]);
  if (LPF_LIKELY(_mm512_cmplt_epu64_mask(fewest, least) == 0)) {
    write_pieces(writer, pieces[0], counts[0]);
    write_pieces(writer, pieces[1], counts[1]);
  } else {
    write_any_pieces(writer, pieces, counts);
  }
}

enum { WINDOWS_AT_ONCE = 1, FEW_LITERALS = 16 };

static LPF_ALWAYS_INLINE void pack_windows(window_writer *windows, const uint8_t *data,
                                           size_t count, const packer *literals, const int narrow) {
  (void)count;
  pack_window(windows, _mm512_loadu_si512(data), ~(__mmask64)0, literals, narrow);
}

static LPF_ALWAYS_INLINE void pack_four(lpf_bit_writer *writer, const uint8_t *data,
                                        const packer *literals) {
  const uint32_t a = literals->literal[data[0]], b = literals->literal[data[1]];
  const uint32_t c = literals->literal[data[2]], d = literals->literal[data[3]];
  const uint64_t first = (uint64_t)(a >> 8) | (uint64_t)(b >> 8) << (a & 63);
  const uint64_t second = (uint64_t)(c >> 8) | (uint64_t)(d >> 8) << (c & 63);
  const uint32_t bits = a + b;
  lpf_put_bits(writer, first | second << (bits & 63), (bits + c + d) & 63);
}

static LPF_ALWAYS_INLINE void pack_literals(lpf_bit_writer *writer, const uint8_t *data,
                                            size_t count, const packer *literals) {
  while (count > FEW_LITERALS) {
    const size_t part = count < 64 ? count : 64;
    window_writer windows = begin_windows(writer);
    pack_window(&windows, _mm512_loadu_si512(data), _bzhi_u64(~0ull, (unsigned)part), literals, 1);
    end_windows(&windows, writer);
    data += part;
    count -= part;
  }
  for (; count >= 4; count -= 4, data += 4) {
    pack_four(writer, data, literals);
  }
  for (; count > 0; count--, data++) {
    const uint32_t literal = literals->literal[*data];
    lpf_put_bits(writer, literal >> 8, literal & 63);
  }
}

/* Whether eight literals mostly have no more than 56 bits. */
static bool is_narrow(const lpf_huffman_codes *codes, const uint32_t literals[256]) {
  uint64_t bits = 0, count = 0;
  for (int i = 0; i < 256; i++) {
    bits += (uint64_t)literals[i] * codes->symbol_bits[i];
    count += literals[i];
  }
  return bits * 100 <= count * 660;
}

/* ---- Costs ---- */

/* Prefix sums of 32 numbers of 16 bits: within lanes of 128 bits, then of the lanes' totals. */
static LPF_ALWAYS_INLINE __m512i prefix_sums(__m512i numbers) {
  numbers = _mm512_add_epi16(numbers, _mm512_bslli_epi128(numbers, 2));
  numbers = _mm512_add_epi16(numbers, _mm512_bslli_epi128(numbers, 4));
  numbers = _mm512_add_epi16(numbers, _mm512_bslli_epi128(numbers, 8));
  const __m512i totals = _mm512_shuffle_epi8(numbers, _mm512_set1_epi16(0x0f0e));
  const __m512i one_before = _mm512_setr_epi64(0, 0, 0, 0, 2, 2, 4, 4);
  const __m512i two_before = _mm512_setr_epi64(0, 0, 0, 0, 0, 0, 2, 2);
  __m512i before = _mm512_maskz_permutexvar_epi64(0xfc, one_before, totals);
  before = _mm512_add_epi16(before, _mm512_maskz_permutexvar_epi64(0xf0, two_before, totals));
  before = _mm512_add_epi16(before,
                            _mm512_maskz_permutexvar_epi64(0xc0, _mm512_setzero_si512(), totals));
  return _mm512_add_epi16(numbers, before);
}

static LPF_ALWAYS_INLINE void sum_costs(const uint8_t *data, size_t size, const uint8_t cost[256],
                                        uint16_t *sums) {
  const __m512i last = _mm512_set1_epi16(31);
  __m512i table[4], sum = _mm512_setzero_si512();
  for (int i = 0; i < 4; i++) {
    table[i] = _mm512_loadu_si512(cost + 64 * i);
  }
  sums[0] = 0;
  for (size_t i = 0; i < size; i += 64) {
    const __m512i costs = look_up(_mm512_loadu_si512(data + i), table);
    for (int half = 0; half < 2; half++) {
      const __m256i bytes =
          half == 0 ? _mm512_castsi512_si256(costs) : _mm512_extracti64x4_epi64(costs, 1);
      const __m512i added = _mm512_add_epi16(prefix_sums(_mm512_cvtepu8_epi16(bytes)), sum);
      sum = _mm512_permutexvar_epi16(last, added);
      _mm512_storeu_si512(sums + i + 32 * (size_t)half + 1, added);
    }
  }
  for (size_t i = 1; i <= LPF_LONGEST_MATCH; i++) {
    sums[size + i] = sums[size];
  }
}

/* After what they are made of. */
#include "deflate/coding_kernels.h"

LPF_CODING_LOOPS(avx512);

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
