#include "deflate/block_header.h"

#include <string.h>

enum { REPEAT_LAST = 16, REPEAT_ZERO = 17, REPEAT_ZERO_LONG = 18 };

/* Lengths are themselves coded, runs of them as one symbol. */
static bool read_lengths(uint8_t *lengths, unsigned total, const uint64_t *table, uint64_t mask,
                         const uint8_t *input, uint64_t *position) {
  uint64_t at = *position;
  unsigned count = 0;
  while (count < total) {
    uint64_t bits = lpf_bits_at(input, at);
    const uint64_t entry = table[bits & mask];
    const unsigned symbol = (unsigned)(entry >> 32) & 0xff;
    bits >>= entry & 63;
    at += entry & 63;
    if (symbol < REPEAT_LAST) {
      lengths[count++] = (uint8_t)symbol;
      continue;
    }
    uint8_t value = 0;
    unsigned repeated, extra_bits;
    if (symbol == REPEAT_LAST) {
      if (count == 0) {
        return false;
      }
      value = lengths[count - 1];
      extra_bits = 2;
      repeated = 3 + ((unsigned)bits & 3);
    } else if (symbol == REPEAT_ZERO) {
      extra_bits = 3;
      repeated = 3 + ((unsigned)bits & 7);
    } else {
      extra_bits = 7;
      repeated = 11 + ((unsigned)bits & 127);
    }
    at += extra_bits;
    memset(lengths + count, value, repeated); /* may be too many: there is room */
    count += repeated;
  }
  *position = at;
  return count == total;
}

bool lpf_dynamic_codes_read(lpf_block_codes *codes, lpf_huffman_tables *tables,
                            const uint8_t *input, uint64_t *position) {
  static const uint8_t ORDER[LPF_PRECODE_SYMBOLS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                     11, 4,  12, 3, 13, 2, 14, 1, 15};
  uint64_t bits = lpf_bits_at(input, *position);
  codes->symbols = ((unsigned)bits & 31) + 257;
  codes->distances = ((unsigned)(bits >> 5) & 31) + 1;
  const unsigned precode_lengths = ((unsigned)(bits >> 10) & 15) + 4;
  *position += 14;
  if (codes->symbols > 286 || codes->distances > 30) {
    return false;
  }
  uint8_t precode[LPF_PRECODE_SYMBOLS] = {0};
  bits = lpf_bits_at(input, *position); /* 57 bits: all 19 of them */
  for (unsigned i = 0; i < precode_lengths; i++) {
    precode[ORDER[i]] = bits & 7;
    bits >>= 3;
  }
  *position += precode_lengths * 3;
  uint64_t table[1 << LPF_PRECODE_BITS], mask;
  return lpf_precode_table_make(table, precode, &mask) &&
         read_lengths(codes->lengths, codes->symbols + codes->distances, table, mask, input,
                      position) &&
         lpf_huffman_tables_make(tables, codes->lengths, codes->symbols,
                                 codes->lengths + codes->symbols, codes->distances);
}

void lpf_fixed_codes_make(lpf_block_codes *codes, lpf_huffman_tables *tables) {
  codes->symbols = LPF_MAX_SYMBOLS;
  codes->distances = LPF_MAX_DISTANCES;
  memset(codes->lengths, 8, 144);
  memset(codes->lengths + 144, 9, 112);
  memset(codes->lengths + 256, 7, 24);
  memset(codes->lengths + 280, 8, 8);
  memset(codes->lengths + LPF_MAX_SYMBOLS, 5, LPF_MAX_DISTANCES);
  (void)lpf_huffman_tables_make(tables, codes->lengths, codes->symbols,
                                codes->lengths + codes->symbols, codes->distances);
}
