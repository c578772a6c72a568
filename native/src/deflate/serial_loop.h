/*
 * serial_loop.h: one symbol after the other, straight into the window, for the instruction set of
 * the file that includes it. For matches so long that copying is the work, short blocks and the end
 * of the input; with the same tables as the lanes.
 */
#ifndef LPF_SERIAL_LOOP_H
#define LPF_SERIAL_LOOP_H

#include "deflate/loops.h"
#include "deflate/match_copy.h"
#include "deflate/symbol.h"

/*
 * The next bits of the input. `ahead` is up to 8 bytes ahead of the position, which is all that the
 * refill reads: 64 bits are there, and at least 56 of them counted.
 */
typedef struct bit_reader {
  const uint8_t *ahead;
  uint64_t bits, count;
} bit_reader;

static LPF_ALWAYS_INLINE bit_reader reader_at(const uint8_t *input, uint64_t position) {
  const uint8_t *byte = input + (position >> 3);
  const bit_reader reader = {byte + 7, lpf_load64(byte) >> (position & 7), 56 - (position & 7)};
  return reader;
}

static LPF_ALWAYS_INLINE uint64_t reader_position(const uint8_t *input, bit_reader reader) {
  return (uint64_t)(reader.ahead - input) * 8 - reader.count;
}

static LPF_ALWAYS_INLINE void refill(bit_reader *reader) {
  reader->bits |= lpf_load64(reader->ahead) << reader->count;
  reader->ahead += (63 - reader->count) >> 3;
  reader->count |= 56;
}

static LPF_ALWAYS_INLINE void consume(bit_reader *reader, uint64_t entry) {
  reader->bits >>= entry & 63;
  reader->count -= entry & 63;
}

static LPF_ALWAYS_INLINE uint8_t *put_literals(uint8_t *target, uint64_t entry) {
  lpf_store32(target, (uint32_t)(entry >> 32));
  return target + (uint8_t)(entry >> 8);
}

static LPF_ALWAYS_INLINE bool is_literals(uint64_t entry) {
  return (entry & LPF_ENTRY_NO_LITERAL_ALONE) == 0;
}

static LPF_ALWAYS_INLINE bool is_long_code(uint64_t entry) {
  return (entry & LPF_ENTRY_EXCEPTION) && lpf_exception_kind(entry) == LPF_EXCEPTION_LONG_CODE;
}

static lpf_progress decode_serially(const lpf_huffman_tables *tables, const uint8_t *input,
                                    uint64_t *position, uint64_t stop, lpf_window *window) {
  const uint64_t *first = tables->first;
  const uint64_t symbol_mask = tables->symbol_mask, distance_mask = tables->distance_mask;
  const uint8_t *const last = input + (stop >> 3);
  const uint8_t *const begin = window->begin, *const full = window->full;
  uint8_t *target = window->next;
  lpf_progress progress = LPF_GOES_ON;
  if (*position >= stop) {
    return LPF_GOES_ON;
  }
  bit_reader reader = reader_at(input, *position);
  uint64_t entry = first[reader.bits & symbol_mask];
  while (LPF_LIKELY(reader.ahead <= last)) {
    if (LPF_UNLIKELY(target > full)) {
      progress = LPF_NEEDS_ROOM;
      break;
    }
    refill(&reader);
    if (is_literals(entry)) { /* up to three entries of literals: 33 bits */
      target = put_literals(target, entry);
      consume(&reader, entry);
      entry = first[reader.bits & symbol_mask];
      if (is_literals(entry)) {
        target = put_literals(target, entry);
        consume(&reader, entry);
        entry = first[reader.bits & symbol_mask];
        if (is_literals(entry)) {
          target = put_literals(target, entry);
          consume(&reader, entry);
          entry = first[reader.bits & symbol_mask];
          continue;
        }
      }
      refill(&reader); /* a match needs up to 48 bits, and the entry behind it 11 */
    }
    if (LPF_UNLIKELY(is_long_code(entry))) {
      const uint64_t second = lpf_second_entry(tables->single, entry, reader.bits, LPF_SYMBOL_BITS);
      if (is_literals(second)) {
        target = put_literals(target, second);
        consume(&reader, second);
        entry = first[reader.bits & symbol_mask];
        continue;
      }
      entry = second;
    }
    const uint64_t behind = reader.bits >> (entry & 63);
    uint64_t distance = tables->distance[behind & distance_mask];
    if (LPF_UNLIKELY(is_long_code(distance))) {
      distance = lpf_second_entry(tables->distance, distance, behind, LPF_DISTANCE_BITS);
    }
    if (LPF_UNLIKELY((entry | distance) & LPF_ENTRY_EXCEPTION)) {
      /* the end of the block, or the beginning of what is no code */
      uint64_t at = reader_position(input, reader);
      const lpf_symbol symbol = lpf_symbol_of(tables, reader.bits);
      at += symbol.bits;
      *position = at;
      window->next = target;
      if (symbol.kind == LPF_SYMBOL_LITERAL) { /* the first of the entry's */
        *target++ = symbol.literal;
        reader = reader_at(input, at);
        entry = first[reader.bits & symbol_mask];
        continue;
      }
      return symbol.kind == LPF_SYMBOL_END_OF_BLOCK ? LPF_END_OF_BLOCK : LPF_NOT_SOUND;
    }
    const uint32_t match_distance =
        (uint32_t)(distance >> 32) + (uint32_t)lpf_bit_field(behind, distance >> 16);
    const uint32_t length =
        (uint32_t)(entry >> 48 & 0x1ff) + (uint32_t)lpf_bit_field(reader.bits, entry >> 16);
    target = put_literals(target, entry);
    reader.bits = behind >> (distance & 63);
    reader.count -= (entry + distance) & 63;
    entry = first[reader.bits & symbol_mask];
    if (LPF_UNLIKELY((size_t)(target - begin) < match_distance)) {
      return LPF_NOT_SOUND;
    }
    copy_match(target, match_distance, length);
    target += length;
  }
  window->next = target;
  *position = reader_position(input, reader);
  return progress;
}

#endif
