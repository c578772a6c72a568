/* block_header.h: the codes of a deflate block (RFC 1951, 3.2.6 and 3.2.7). */
#ifndef LPF_BLOCK_HEADER_H
#define LPF_BLOCK_HEADER_H

#include <stdbool.h>
#include <stdint.h>

#include "deflate/huffman_tables.h"

enum {
  /* A header with its codes is never longer, in bytes; nor does reading it go beyond, even if what
     follows is no header. */
  LPF_MAX_BLOCK_HEADER = 512,
  /* One repetition more than there can be lengths. */
  LPF_CODE_LENGTHS_SIZE = LPF_MAX_CODE_LENGTHS + 138
};

typedef struct lpf_block_codes {
  uint8_t lengths[LPF_CODE_LENGTHS_SIZE]; /* of literals and lengths, then of distances */
  unsigned symbols, distances;
} lpf_block_codes;

/* Reads the codes of a dynamic block from bit *position on, which moves behind them, and makes the
   tables. False if they are not in order. */
bool lpf_dynamic_codes_read(lpf_block_codes *codes, lpf_huffman_tables *tables,
                            const uint8_t *input, uint64_t *position);

void lpf_fixed_codes_make(lpf_block_codes *codes, lpf_huffman_tables *tables);

#endif
