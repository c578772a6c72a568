/* coding_kernels.h: gives the templates' loops their names and puts them into a table. The file
   that includes it has defined LPF_CODING(name), coding_narrow and count_zero_words. */
#ifndef LPF_CODING_KERNELS_H
#define LPF_CODING_KERNELS_H

#include "deflate/coding_matches.h"
#include "deflate/coding_runs.h"

static void count_runs_of(const uint8_t *data, const uint8_t *end, unsigned shortest,
                          lpf_run_counts *counts) {
  if (shortest == 16) {
    count_runs(data, end, 16, counts);
  } else {
    count_runs(data, end, 8, counts);
  }
}

static void write_runs_of(lpf_bit_writer *writer, const uint8_t *data, const uint8_t *end,
                          unsigned shortest, const lpf_huffman_codes *codes,
                          const uint32_t literals[256]) {
  if (is_narrow(codes, literals)) {
    write_runs(writer, data, end, shortest, codes, 1);
  } else {
    write_runs(writer, data, end, shortest, codes, 0);
  }
}

static void find_quick(lpf_search *search) {
  find_matches(search, LPF_SEARCH_QUICK);
}

static void find_thorough(lpf_search *search) {
  find_matches(search, LPF_SEARCH_THOROUGH);
}

static void find_indices(lpf_search *search) {
  find_matches(search, LPF_SEARCH_INDICES);
}

static void write_found(lpf_bit_writer *writer, const uint8_t *data, const lpf_search *search,
                        const lpf_huffman_codes *codes) {
  write_matches(writer, data, search, codes);
}

#define LPF_CODING_LOOPS(isa)                                 \
  const lpf_coding_loops lpf_coding_##isa = {                 \
      .name = #isa,                                           \
      .count_runs = count_runs_of,                            \
      .write_runs = write_runs_of,                            \
      .find_matches = {[LPF_SEARCH_QUICK] = find_quick,       \
                       [LPF_SEARCH_THOROUGH] = find_thorough, \
                       [LPF_SEARCH_INDICES] = find_indices},  \
      .write_matches = write_found,                           \
      .count_zero_words = count_zero_words,                   \
  }

#endif
