/* symbol.h: one symbol, the slow way: where the fast loops meet an exception. */
#ifndef LPF_SYMBOL_H
#define LPF_SYMBOL_H

#include <stdint.h>

#include "deflate/huffman_tables.h"

typedef enum lpf_symbol_kind {
  LPF_SYMBOL_LITERAL,
  LPF_SYMBOL_MATCH,
  LPF_SYMBOL_END_OF_BLOCK,
  LPF_SYMBOL_INVALID
} lpf_symbol_kind;

typedef struct lpf_symbol {
  lpf_symbol_kind kind;
  uint8_t bits; /* how many it has */
  uint8_t literal;
  uint16_t length, distance;
} lpf_symbol;

/* What `bits` begin with. A symbol has at most 48: codes of 15, and 5 and 13 extra bits. */
lpf_symbol lpf_symbol_of(const lpf_huffman_tables *tables, uint64_t bits);

#endif
