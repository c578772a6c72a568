/*
 * sequence_loop.h: executes what the lanes have noted, for the instruction set of the file that
 * includes it. All of it, literals, sequences and the window behind them, is in L1 or L2 then.
 */
#ifndef LPF_SEQUENCE_LOOP_H
#define LPF_SEQUENCE_LOOP_H

#include "deflate/loops.h"
#include "deflate/match_copy.h"
#include "deflate/symbol.h"

static lpf_progress execute(const lpf_huffman_tables *tables, lpf_window *window,
                            lpf_piece *piece) {
  const uint64_t *const first = tables->first;
  const uint8_t *literals = piece->literals;
  const lpf_sequence *sequence = piece->sequences, *const end = piece->sequences_end;
  const uint8_t *const begin = window->begin, *const full = window->full;
  uint8_t *target = window->next;
  for (; sequence < end; sequence++) {
    const uint64_t bits = sequence->bits;
    const uint64_t unit = first[bits & ((1u << LPF_SYMBOL_BITS) - 1)];
    const uint64_t behind = bits >> (unit & 63);
    const uint64_t entry = tables->distance[behind & ((1u << LPF_DISTANCE_BITS) - 1)];
    uint32_t length = (uint32_t)(unit >> 48 & 0x1ff) + (uint32_t)lpf_bit_field(bits, unit >> 16);
    uint32_t distance = (uint32_t)(entry >> 32) + (uint32_t)lpf_bit_field(behind, entry >> 16);
    if (LPF_UNLIKELY((unit | entry) & LPF_ENTRY_EXCEPTION)) {
      const lpf_symbol symbol = lpf_symbol_of(tables, bits); /* a match, or it would not be here */
      length = symbol.length;
      distance = symbol.distance;
    }
    size_t run = (size_t)(sequence->literals_end - literals);
    if (LPF_UNLIKELY(target > full)) {
      break;
    }
    copy32(target, literals);
    if (LPF_UNLIKELY(run > 32)) {
      if (run <= 64) {
        copy32(target + 32, literals + 32);
      } else {
        window->next = target;
        const size_t put = lpf_window_put(window, literals, run);
        target = window->next;
        literals += put;
        run -= put;
        if (run > 0 || target > full) {
          break;
        }
      }
    }
    target += run;
    literals += run;
    if (LPF_UNLIKELY((size_t)(target - begin) < distance)) {
      return LPF_NOT_SOUND;
    }
    copy_match(target, distance, length);
    target += length;
  }
  window->next = target;
  if (sequence == end) {
    literals += lpf_window_put(window, literals, (size_t)(piece->literals_end - literals));
  }
  piece->literals = literals;
  piece->sequences = sequence;
  return sequence == end && literals == piece->literals_end ? LPF_GOES_ON : LPF_NEEDS_ROOM;
}

#endif
