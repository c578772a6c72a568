/*
 * coding_runs.h: literals and runs. A template: the file that includes it has defined
 *
 *   equal_bytes      which of 64 bytes equal those at another place, the first in the lowest bit
 *   match_length     how many bytes are the same at two places, up to an end
 *   packer           codes of literals, made ready by make_packer, and with
 *   window_writer    from begin_windows to end_windows, for pack_windows; pack_literals for few
 *   WINDOWS_AT_ONCE  how many windows of 64 bytes pack_windows takes at most
 */
#ifndef LPF_CODING_RUNS_H
#define LPF_CODING_RUNS_H

#include "deflate/coding.h"

enum { WINDOW = 64 };

/* The bits with which a row of `shortest` ones begins. */
static LPF_ALWAYS_INLINE uint64_t run_starts(uint64_t equal, const unsigned shortest) {
  equal &= equal >> 1;
  equal &= equal >> 2;
  equal &= equal >> 4;
  return shortest == 16 ? equal & equal >> 8 : equal;
}

static LPF_ALWAYS_INLINE uint64_t runs_in_window(const uint8_t *data, const unsigned shortest) {
  return run_starts(equal_bytes(data, data - 1), shortest);
}

/* How much of a run the next match takes; what is left is nothing, or long enough for a match. */
static LPF_ALWAYS_INLINE size_t part_of_run(size_t run) {
  const size_t part = run < LPF_LONGEST_MATCH ? run : LPF_LONGEST_MATCH;
  return run - part == 1 || run - part == 2 ? run - LPF_SHORTEST_MATCH : part;
}

static LPF_ALWAYS_INLINE void count_runs(const uint8_t *data, const uint8_t *end,
                                         const unsigned shortest, lpf_run_counts *counts) {
  while (end - data >= WINDOW) {
    const uint64_t runs = runs_in_window(data, shortest);
    if (LPF_LIKELY(runs == 0)) {
      for (int i = 0; i < WINDOW; i += 8) {
        const uint64_t bytes = lpf_load64(data + i);
        for (int byte = 0; byte < 8; byte++) {
          counts->literal[byte % 4][bytes >> 8 * byte & 255]++;
        }
      }
      data += WINDOW;
      continue;
    }
    const unsigned literals = (unsigned)__builtin_ctzll(runs);
    for (unsigned i = 0; i < literals; i++) {
      counts->literal[i % 4][data[i]]++;
    }
    data += literals;
    size_t run = match_length(data, data - 1, end);
    data += run;
    while (run > 0) {
      const size_t part = part_of_run(run);
      counts->length[lpf_length_symbol((unsigned)part)]++;
      run -= part;
    }
  }
  for (; data < end; data++) {
    counts->literal[0][*data]++;
  }
}

/* Matches of distance 1 as they are written: code and extra bits of the length, the distance's. */
typedef struct run_codes {
  uint32_t bits[LPF_LONGEST_MATCH + 1];
  uint8_t count[LPF_LONGEST_MATCH + 1];
} run_codes;

static void make_run_codes(const lpf_huffman_codes *codes, run_codes *made) {
  for (unsigned length = LPF_SHORTEST_MATCH; length <= LPF_LONGEST_MATCH; length++) {
    const unsigned symbol = lpf_length_symbol(length);
    const unsigned bits = codes->symbol_bits[LPF_FIRST_LENGTH_SYMBOL + symbol];
    const unsigned extra = lpf_length_extra_bits(symbol);
    made->bits[length] = codes->symbol_code[LPF_FIRST_LENGTH_SYMBOL + symbol] |
                         (uint32_t)(length - lpf_length_base(symbol)) << bits |
                         (uint32_t)codes->distance_code[0] << (bits + extra);
    made->count[length] = (uint8_t)(bits + extra + codes->distance_bits[0]);
  }
}

static LPF_ALWAYS_INLINE void write_runs(lpf_bit_writer *target, const uint8_t *data,
                                         const uint8_t *end, const unsigned shortest,
                                         const lpf_huffman_codes *codes, const int narrow) {
  packer literals;
  run_codes runs;
  make_packer(&literals, codes);
  make_run_codes(codes, &runs);
  lpf_bit_writer writer = *target;
  window_writer windows = begin_windows(&writer);
  while (end - data >= WINDOW) {
    const uint64_t starts = runs_in_window(data, shortest);
    if (LPF_LIKELY(starts == 0)) {
      size_t count = 1;
      while (count < WINDOWS_AT_ONCE && (size_t)(end - data) >= WINDOW * (count + 1) &&
             runs_in_window(data + WINDOW * count, shortest) == 0) {
        count++;
      }
      pack_windows(&windows, data, count, &literals, narrow);
      data += WINDOW * count;
      continue;
    }
    end_windows(&windows, &writer);
    const size_t before = (size_t)__builtin_ctzll(starts);
    pack_literals(&writer, data, before, &literals);
    data += before;
    size_t run = match_length(data, data - 1, end);
    data += run;
    while (run > 0) {
      const size_t part = part_of_run(run);
      lpf_put_bits(&writer, runs.bits[part], runs.count[part]);
      run -= part;
    }
    windows = begin_windows(&writer);
  }
  end_windows(&windows, &writer);
  for (; data < end; data++) {
    lpf_put_bits(&writer, codes->symbol_code[*data], codes->symbol_bits[*data]);
  }
  lpf_put_bits(&writer, codes->symbol_code[LPF_END_OF_BLOCK], codes->symbol_bits[LPF_END_OF_BLOCK]);
  *target = writer;
}

#endif
