#include "deflate/lane_loops.h"
#include "deflate/loops_choice.h"
#include "deflate/sequence_loop.h"
#include "deflate/serial_loop.h"

static unsigned code_bits(uint64_t entry) {
  return (unsigned)(entry >> 16) & 0xff;
}

/* Without branches: what is literal or match is as unpredictable here as it is in the stream. */
static void make_units(lpf_huffman_tables *tables) {
  const uint64_t *single = tables->single;
  for (unsigned i = 0; i < 1u << LPF_SYMBOL_BITS; i++) {
    const uint64_t entry = single[i];
    const unsigned bits = code_bits(entry);
    const uint64_t second = single[i >> bits]; /* bits are 0 for a code too long for the table */
    const unsigned bits2 = bits + code_bits(second);
    const bool two = ((entry & LPF_ENTRY_NO_LITERAL_ALONE) | (second & LPF_ENTRY_EXCEPTION)) == 0 &&
                     bits2 <= LPF_SYMBOL_BITS;
    const uint64_t third = single[i >> (bits2 & 31)];
    const bool match_behind_two = (second & LPF_ENTRY_NO_LITERAL_ALONE) == 0 &&
                                  (third & LPF_ENTRY_NO_LITERAL_ALONE) == 0x40u &&
                                  bits2 + code_bits(third) <= LPF_SYMBOL_BITS;
    const uint64_t second_literal =
        (second & ~LPF_ENTRY_LITERALS) + ((second & LPF_ENTRY_LITERALS) << 8);
    const uint64_t take_second = -(uint64_t)two;
    const uint64_t take_third = -(uint64_t)(two & match_behind_two);
    tables->unit[i] = entry + (second_literal & take_second) + (third & take_third);
  }
}

const lpf_loops lpf_loops_portable = {
    .name = "portable",
    .run_units = run_units,
    .run_literals = run_literals,
    .note_units = note_units,
    .note_literals = note_literals,
    .make_units = make_units,
    .execute = execute,
    .decode_serially = decode_serially,
};
