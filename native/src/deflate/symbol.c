#include "deflate/symbol.h"

static uint64_t look_up(const uint64_t *table, uint64_t mask, unsigned table_bits, uint64_t bits) {
  const uint64_t entry = table[bits & mask];
  if ((entry & LPF_ENTRY_EXCEPTION) && lpf_exception_kind(entry) == LPF_EXCEPTION_LONG_CODE) {
    return lpf_second_entry(table, entry, bits, table_bits);
  }
  return entry;
}

lpf_symbol lpf_symbol_of(const lpf_huffman_tables *tables, uint64_t bits) {
  lpf_symbol symbol = {.kind = LPF_SYMBOL_INVALID};
  const uint64_t entry = look_up(tables->single, tables->symbol_mask, LPF_SYMBOL_BITS, bits);
  symbol.bits = entry & 63;
  if (entry & LPF_ENTRY_EXCEPTION) {
    if (lpf_exception_kind(entry) == LPF_EXCEPTION_END_OF_BLOCK) {
      symbol.kind = LPF_SYMBOL_END_OF_BLOCK;
    }
    return symbol;
  }
  if (!(entry & LPF_ENTRY_MATCH)) {
    symbol.kind = LPF_SYMBOL_LITERAL;
    symbol.literal = (uint8_t)(entry >> 32);
    return symbol;
  }
  const uint64_t behind = bits >> symbol.bits;
  const uint64_t distance =
      look_up(tables->distance, tables->distance_mask, LPF_DISTANCE_BITS, behind);
  if (distance & LPF_ENTRY_EXCEPTION) {
    return symbol;
  }
  symbol.kind = LPF_SYMBOL_MATCH;
  symbol.length = (uint16_t)((entry >> 48 & 0x1ff) + lpf_bit_field(bits, entry >> 16));
  symbol.distance = (uint16_t)((distance >> 32 & 0xffff) + lpf_bit_field(behind, distance >> 16));
  symbol.bits = (uint8_t)(symbol.bits + (distance & 63));
  return symbol;
}
