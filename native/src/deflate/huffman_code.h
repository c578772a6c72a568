/* huffman_code.h: the codes of a block that is written (RFC 1951, 3.2.2 and 3.2.7). */
#ifndef LPF_HUFFMAN_CODE_H
#define LPF_HUFFMAN_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "deflate/bit_writer.h"
#include "deflate/match_symbols.h"

enum {
  LPF_CODE_SYMBOLS = 288,
  LPF_CODE_DISTANCES = 32,
  /* Four codes of so many bits can be written at once. Shorter ones would cost more than that
     gains: symbols that a sampled histogram has not seen take up room among the codes. */
  LPF_LONGEST_SYMBOL_CODE = 14,
  LPF_LONGEST_DISTANCE_CODE = 15,
  /* of a header with its codes: 14 bits, 19 lengths of 3, and 316 lengths of up to 14 bits */
  LPF_LONGEST_HEADER_BYTES = (17 + 19 * 3 + 316 * 14) / 8 + 1
};

typedef struct lpf_huffman_codes {
  uint8_t symbol_bits[LPF_CODE_SYMBOLS], distance_bits[LPF_CODE_DISTANCES];  /* 0: no code */
  uint16_t symbol_code[LPF_CODE_SYMBOLS], distance_code[LPF_CODE_DISTANCES]; /* first bit lowest */
} lpf_huffman_codes;

/* How often each symbol of a block occurs. */
typedef struct lpf_block_counts {
  uint32_t symbol[LPF_CODE_SYMBOLS], distance[LPF_CODE_DISTANCES];
} lpf_block_counts;

/* The lengths of codes for symbols that occur so often (the sum is below 2^32): none is longer
   than `longest`, and together they are complete. A single symbol, or none, gets company. */
void lpf_code_lengths(const uint32_t *counts, unsigned symbols, unsigned longest, uint8_t *lengths);

/* Codes for a block of such counts, its end among them. */
void lpf_make_codes(const lpf_block_counts *counts, lpf_huffman_codes *codes);

/* Bits of the header of a block with dynamic codes. */
uint64_t lpf_header_bits(const lpf_huffman_codes *codes);

void lpf_write_header(lpf_bit_writer *writer, const lpf_huffman_codes *codes, bool last);

/* Bits of what follows the header. */
uint64_t lpf_content_bits(const lpf_block_counts *counts, const lpf_huffman_codes *codes);

#endif
