#include "base/cpu.h"

#if LPF_HAVE_AVX2

#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2")
#endif

#define LPF_LOOPS_AVX2
#include "deflate/loops_choice.h"
#include "deflate/sequence_loop.h"
#include "deflate/serial_loop.h"

static LPF_ALWAYS_INLINE __m256i all(uint64_t value) {
  return _mm256_set1_epi64x((long long)value);
}

static LPF_ALWAYS_INLINE __m256i code_bits(__m256i entries) {
  return _mm256_and_si256(_mm256_srli_epi64(entries, 16), all(0xff));
}

static LPF_ALWAYS_INLINE bool any(__m256i mask) {
  return !_mm256_testz_si256(mask, mask);
}

/* table[index >> shift] where the mask has all bits, 0 elsewhere */
static LPF_ALWAYS_INLINE __m256i gather(const uint64_t *table, __m256i index, __m256i shift,
                                        __m256i mask) {
  return _mm256_mask_i64gather_epi64(_mm256_setzero_si256(), (const long long *)table,
                                     _mm256_srlv_epi64(index, shift), mask, 8);
}

/* The entries at `index` with what fits behind them: another literal or a match length, and behind
   a second literal a match length. */
static LPF_ALWAYS_INLINE __m256i units_of(const uint64_t *single, __m256i entries, __m256i index) {
  const __m256i zero = _mm256_setzero_si256(), width = all(LPF_SYMBOL_BITS);
  const __m256i kind = all(LPF_ENTRY_NO_LITERAL_ALONE), literals = all(LPF_ENTRY_LITERALS);
  __m256i take = _mm256_cmpeq_epi64(_mm256_and_si256(entries, kind), zero);
  if (!any(take)) {
    return entries;
  }
  const __m256i bits = code_bits(entries);
  const __m256i second = gather(single, index, bits, take);
  const __m256i bits2 = _mm256_add_epi64(bits, code_bits(second));
  take = _mm256_andnot_si256(_mm256_cmpgt_epi64(bits2, width), take);
  take = _mm256_and_si256(
      take, _mm256_cmpeq_epi64(_mm256_and_si256(second, all(LPF_ENTRY_EXCEPTION)), zero));
  const __m256i moved = _mm256_add_epi64(_mm256_andnot_si256(literals, second),
                                         _mm256_slli_epi64(_mm256_and_si256(second, literals), 8));
  entries = _mm256_add_epi64(entries, _mm256_and_si256(moved, take));
  take = _mm256_and_si256(take, _mm256_cmpeq_epi64(_mm256_and_si256(second, kind), zero));
  if (!any(take)) {
    return entries;
  }
  const __m256i third = gather(single, index, bits2, take);
  const __m256i bits3 = _mm256_add_epi64(bits2, code_bits(third));
  take = _mm256_andnot_si256(_mm256_cmpgt_epi64(bits3, width), take);
  take = _mm256_and_si256(
      take, _mm256_cmpeq_epi64(_mm256_and_si256(third, kind),
                               all(LPF_ENTRY_NO_LITERAL_ALONE ^ LPF_ENTRY_EXCEPTION)));
  return _mm256_add_epi64(entries, _mm256_and_si256(third, take));
}

static void make_units(lpf_huffman_tables *tables) {
  __m256i index = _mm256_setr_epi64x(0, 1, 2, 3);
  for (unsigned i = 0; i < 1u << LPF_SYMBOL_BITS; i += 4) {
    const __m256i entries = _mm256_loadu_si256((const __m256i *)(tables->single + i));
    _mm256_storeu_si256((__m256i *)(tables->unit + i), units_of(tables->single, entries, index));
    index = _mm256_add_epi64(index, all(4));
  }
}

const lpf_loops lpf_loops_avx2 = {
    .name = "avx2",
    .run_units = lpf_run_units_bmi2,
    .run_literals = lpf_run_literals_bmi2,
    .note_units = lpf_note_units_bmi2,
    .note_literals = lpf_note_literals_bmi2,
    .make_units = make_units,
    .execute = execute,
    .decode_serially = decode_serially,
};

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
