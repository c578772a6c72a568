/* match_symbols.h: lengths and distances of matches as symbols with extra bits (RFC 1951, 3.2.5).
 */
#ifndef LPF_MATCH_SYMBOLS_H
#define LPF_MATCH_SYMBOLS_H

#include <stdint.h>

#include "base/always_inline.h"

enum {
  LPF_SHORTEST_MATCH = 3,
  LPF_LONGEST_MATCH = 258,
  LPF_FARTHEST_MATCH = 32768,
  LPF_LENGTH_SYMBOLS = 29,
  LPF_DISTANCE_SYMBOLS = 30,
  LPF_END_OF_BLOCK = 256,
  LPF_FIRST_LENGTH_SYMBOL = 257,
  LPF_USED_SYMBOLS = LPF_FIRST_LENGTH_SYMBOL + LPF_LENGTH_SYMBOLS
};

static LPF_ALWAYS_INLINE unsigned lpf_highest_bit(unsigned value) {
  return 31u - (unsigned)__builtin_clz(value);
}

/* 0 to 28, of a length of 3 to 258: each power of two is divided into four. */
static LPF_ALWAYS_INLINE unsigned lpf_length_symbol(unsigned length) {
  const unsigned offset = length - LPF_SHORTEST_MATCH;
  if (offset < 8) {
    return offset;
  }
  if (length == LPF_LONGEST_MATCH) {
    return LPF_LENGTH_SYMBOLS - 1;
  }
  const unsigned power = lpf_highest_bit(offset);
  return 4 * (power - 1) + (offset >> (power - 2) & 3);
}

static LPF_ALWAYS_INLINE unsigned lpf_length_extra_bits(unsigned symbol) {
  return symbol < 8 || symbol == LPF_LENGTH_SYMBOLS - 1 ? 0 : (symbol - 4) >> 2;
}

/* The shortest length of the symbol. */
static LPF_ALWAYS_INLINE unsigned lpf_length_base(unsigned symbol) {
  if (symbol < 8) {
    return symbol + LPF_SHORTEST_MATCH;
  }
  if (symbol == LPF_LENGTH_SYMBOLS - 1) {
    return LPF_LONGEST_MATCH;
  }
  return ((4 + (symbol & 3)) << lpf_length_extra_bits(symbol)) + LPF_SHORTEST_MATCH;
}

/* 0 to 29, of a distance of 1 to 32768: each power of two is divided into two. */
static LPF_ALWAYS_INLINE unsigned lpf_distance_symbol(unsigned distance) {
  const unsigned offset = distance - 1;
  if (offset < 4) {
    return offset;
  }
  const unsigned power = lpf_highest_bit(offset);
  return 2 * power + (offset >> (power - 1) & 1);
}

static LPF_ALWAYS_INLINE unsigned lpf_distance_extra_bits(unsigned symbol) {
  return symbol < 4 ? 0 : (symbol - 2) >> 1;
}

static LPF_ALWAYS_INLINE unsigned lpf_distance_base(unsigned symbol) {
  return symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << lpf_distance_extra_bits(symbol)) + 1;
}

#endif
