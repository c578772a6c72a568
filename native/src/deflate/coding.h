/*
 * coding.h: turning the bytes of a block into symbols of deflate, for the instruction sets that
 * the loops are compiled for. They give the same symbols and the same bits.
 *
 * There are two ways. Runs: every byte is a literal, but for runs of one byte, which are matches of
 * distance 1: what photographs need, and as fast as bits can be packed. Matches: a search for
 * strings that have been before, which takes a match only where it has fewer bits than the literals
 * in its place: screens.
 */
#ifndef LPF_CODING_H
#define LPF_CODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "deflate/bit_writer.h"
#include "deflate/huffman_code.h"

enum {
  /* Loops read, but do not use, so many bytes behind a block. */
  LPF_CODING_SLACK = 128,
  /* and prefix sums have so many entries more than the block has bytes */
  LPF_COST_SLACK = 512,
  LPF_HASH_BITS = 15,
  LPF_HISTORY_BYTES = 32768
};

/* Distances to where strings of 8 and of 4 bytes were last; or, for palettes, the last and the last
   but one of 4 bytes. */
typedef struct lpf_last_places {
  uint32_t eight[1 << LPF_HASH_BITS], four[1 << LPF_HASH_BITS];
} lpf_last_places;

/* So many literals, and then a match; its length is 0 at the end of the block. */
typedef struct lpf_token {
  uint32_t literals;
  uint16_t length, distance_less_one;
} lpf_token;

/* What the search for matches needs to know, and what it finds. Positions count from `base`; those
   of a block begin at LPF_HISTORY_BYTES or later, so that 0 is none. */
typedef struct lpf_search {
  lpf_last_places *places;
  const uint8_t *base;
  uint32_t begin, end; /* of the block */
  uint32_t lowest;     /* nothing before may be referred to */
  uint32_t row_bytes;  /* distance to the byte one row up */
  /* bits */
  uint8_t literal_cost[256], length_cost[LPF_LONGEST_MATCH + 1], distance_cost[LPF_CODE_DISTANCES];
  uint16_t *costs; /* room for the sums of the literals' costs from the block's beginning */
  lpf_token *tokens;
  uint32_t token_count;
  lpf_block_counts counts; /* of the symbols found */
} lpf_search;

/* How thoroughly. */
typedef enum lpf_search_kind {
  LPF_SEARCH_QUICK,    /* the run, and strings of 8 bytes */
  LPF_SEARCH_THOROUGH, /* also strings of 4 bytes and the row above; a better match one byte on */
  LPF_SEARCH_INDICES,  /* the last two strings of 4 bytes and the row above */
  LPF_SEARCH_KINDS
} lpf_search_kind;

/* Four tables, so that counting a byte need not wait for the one before. */
typedef struct lpf_run_counts {
  uint32_t literal[4][256];
  uint32_t length[LPF_CODE_DISTANCES];
} lpf_run_counts;

/* Adds the literals and runs of `data`, whose byte before must be there. Runs are looked for in
   windows of 64 bytes, and have `shortest` bytes in that window, 8 or 16. */
typedef void lpf_count_runs(const uint8_t *data, const uint8_t *end, unsigned shortest,
                            lpf_run_counts *counts);

/* Writes the same literals and runs, and the end of the block. `literals` says how often each
   occurs, roughly. */
typedef void lpf_write_runs(lpf_bit_writer *writer, const uint8_t *data, const uint8_t *end,
                            unsigned shortest, const lpf_huffman_codes *codes,
                            const uint32_t literals[256]);

typedef void lpf_find_matches(lpf_search *search);

/* Writes what a search of a block that begins at `data` has found, and the end of the block. */
typedef void lpf_write_matches(lpf_bit_writer *writer, const uint8_t *data,
                               const lpf_search *search, const lpf_huffman_codes *codes);

/* How many words of 8 bytes are 0, of the `size` bytes rounded down to a multiple of 64. */
typedef uint64_t lpf_count_zero_words(const uint8_t *data, size_t size);

typedef struct lpf_coding_loops {
  const char *name;
  lpf_count_runs *count_runs;
  lpf_write_runs *write_runs;
  lpf_find_matches *find_matches[LPF_SEARCH_KINDS];
  lpf_write_matches *write_matches;
  lpf_count_zero_words *count_zero_words;
} lpf_coding_loops;

#endif
