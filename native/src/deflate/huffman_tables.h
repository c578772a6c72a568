/*
 * huffman_tables.h: decoding tables for the Huffman codes of deflate (RFC 1951, 3.2).
 *
 * A table is indexed by the next bits of the stream. An entry says what they begin with, and how
 * many of them that is:
 *
 *   bits 0-5    bits to consume, all together
 *   bit  6      has a match length, as has bit 63
 *   bit  7      an exception: end of block, not a code, or a code longer than the table's bits
 *   bits 8-15   how many literals (0 to 2)
 *   bits 16-23  bits of the codes, where the extra bits begin  } together the `field` of
 *   bits 24-31  extra bits                                     } lpf_bit_field
 *   bits 32-47  the literals; in distance tables the base of the distance
 *   bits 48-56  the base of the match length
 *   bits 57-59  the kind of exception
 *   bit  63     has a match length: the sign, so that a shift makes a mask of it
 *
 * Entries of codes longer than the table's bits have in bits 32-47 where their second table begins.
 */
#ifndef LPF_HUFFMAN_TABLES_H
#define LPF_HUFFMAN_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#include "deflate/bits.h"

#define LPF_ENTRY_MATCH ((uint64_t)1 << 63 | 0x40u)
#define LPF_ENTRY_EXCEPTION ((uint64_t)0x80)
#define LPF_ENTRY_NO_LITERAL_ALONE (LPF_ENTRY_EXCEPTION | 0x40u) /* none of both: literals only */
#define LPF_ENTRY_LITERALS ((uint64_t)0xffff << 32)

enum { LPF_EXCEPTION_INVALID = 1, LPF_EXCEPTION_END_OF_BLOCK = 2, LPF_EXCEPTION_LONG_CODE = 3 };

enum {
  LPF_LONGEST_CODE = 15,
  LPF_SYMBOL_BITS = 11,  /* of the table of literals and lengths; 12 do not pay: they leave L1 */
  LPF_DISTANCE_BITS = 9, /* of the table of distances */
  LPF_MAX_SYMBOLS = 288,
  LPF_MAX_DISTANCES = 32,
  LPF_MAX_CODE_LENGTHS = LPF_MAX_SYMBOLS + LPF_MAX_DISTANCES,
  LPF_PRECODE_SYMBOLS = 19,
  LPF_PRECODE_BITS = 7
};

/* Second tables: in a complete code each belongs to two codes at least. */
enum {
  LPF_SYMBOL_ENTRIES =
      (1 << LPF_SYMBOL_BITS) + (LPF_MAX_SYMBOLS / 2 << (LPF_LONGEST_CODE - LPF_SYMBOL_BITS)),
  LPF_DISTANCE_ENTRIES =
      (1 << LPF_DISTANCE_BITS) + (LPF_MAX_DISTANCES / 2 << (LPF_LONGEST_CODE - LPF_DISTANCE_BITS))
};

/* The codes of a block. */
typedef struct lpf_huffman_tables {
  uint64_t single[LPF_SYMBOL_ENTRIES]; /* one symbol an entry */
  uint64_t distance[LPF_DISTANCE_ENTRIES];
  uint64_t unit[1 << LPF_SYMBOL_BITS];    /* up to two literals and a match length an entry */
  uint16_t literal[1 << LPF_SYMBOL_BITS]; /* low byte of the entry, and above it the literal */
  const uint64_t *first;                  /* `unit` where it has been made, or else `single` */
  uint64_t symbol_mask, distance_mask;    /* the tables are no wider than the longest code */
} lpf_huffman_tables;

/*
 * Makes both tables from code lengths; false where zlib refuses them, too: over-subscribed, or
 * incomplete, save for a single code of one bit, or no end of block. Distances may have no code at
 * all.
 */
bool lpf_huffman_tables_make(lpf_huffman_tables *tables, const uint8_t *symbol_lengths,
                             unsigned symbols, const uint8_t *distance_lengths, unsigned distances);

/* The code of the code lengths: the table has 1 << LPF_PRECODE_BITS entries or fewer, as *mask
   says, and literals that are the code length symbols. */
bool lpf_precode_table_make(uint64_t *table, const uint8_t lengths[LPF_PRECODE_SYMBOLS],
                            uint64_t *mask);

/* Makes the tables as wide as they can be, as loops with constant masks want them. */
void lpf_huffman_tables_widen(lpf_huffman_tables *tables);

static LPF_ALWAYS_INLINE unsigned lpf_exception_kind(uint64_t entry) {
  return (unsigned)(entry >> 57) & 7;
}

/* The second table's entry, given the one that leads there and the bits it was found with. */
static LPF_ALWAYS_INLINE uint64_t lpf_second_entry(const uint64_t *table, uint64_t entry,
                                                   uint64_t bits, unsigned table_bits) {
  const unsigned rest = LPF_LONGEST_CODE - table_bits;
  return table[(entry >> 32 & 0xffff) + (bits >> table_bits & ((1u << rest) - 1))];
}

#endif
