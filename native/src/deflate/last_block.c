#include "deflate/last_block.h"

#include "deflate/symbol.h"

enum { STORED, FIXED, DYNAMIC };

bool lpf_find_last_block(lpf_block_reader *reader, const uint8_t *stream, size_t size,
                         uint64_t *begin, uint64_t *end) {
  const uint64_t bits = (uint64_t)size * 8;
  uint64_t at = 0;
  while (at < bits) {
    const uint64_t header = lpf_bits_at(stream, at);
    *begin = at;
    at += 3;
    const unsigned type = (unsigned)header >> 1 & 3;
    if (type == STORED) {
      at = (at + 7) / 8 * 8;
      const uint64_t stored = lpf_bits_at(stream, at) & 0xffff;
      at += 32 + stored * 8;
    } else {
      if (type == FIXED) {
        lpf_fixed_codes_make(&reader->codes, &reader->tables);
      } else if (type != DYNAMIC ||
                 !lpf_dynamic_codes_read(&reader->codes, &reader->tables, stream, &at)) {
        return false;
      }
      lpf_symbol symbol;
      do {
        symbol = lpf_symbol_of(&reader->tables, lpf_bits_at(stream, at));
        at += symbol.bits;
      } while (at <= bits && symbol.kind < LPF_SYMBOL_END_OF_BLOCK);
      if (symbol.kind != LPF_SYMBOL_END_OF_BLOCK) {
        return false;
      }
    }
    if ((header & 1) != 0) {
      *end = at;
      return at <= bits;
    }
  }
  return false;
}
