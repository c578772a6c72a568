#include "deflate/huffman_tables.h"

#define LITERAL(value) ((uint64_t)(value) << 32 | 1u << 8)
#define LITERALS4(value) \
  LITERAL(value), LITERAL((value) + 1), LITERAL((value) + 2), LITERAL((value) + 3)
#define LITERALS16(value) \
  LITERALS4(value), LITERALS4((value) + 4), LITERALS4((value) + 8), LITERALS4((value) + 12)
#define LITERALS64(value) \
  LITERALS16(value), LITERALS16((value) + 16), LITERALS16((value) + 32), LITERALS16((value) + 48)
#define LENGTH(base, extra) (LPF_ENTRY_MATCH | (uint64_t)(base) << 48 | (extra) << 24 | (extra))
#define DISTANCE(base, extra) ((uint64_t)(base) << 32 | (extra) << 24 | (extra))
#define EXCEPTION(kind) (LPF_ENTRY_EXCEPTION | (uint64_t)(kind) << 57)
#define INVALID EXCEPTION(LPF_EXCEPTION_INVALID)

/* Entries that lack only their code length. RFC 1951, 3.2.5 and 3.2.7. */

static const uint64_t SYMBOLS[LPF_MAX_SYMBOLS] = {LITERALS64(0),
                                                  LITERALS64(64),
                                                  LITERALS64(128),
                                                  LITERALS64(192),
                                                  EXCEPTION(LPF_EXCEPTION_END_OF_BLOCK),
                                                  LENGTH(3, 0),
                                                  LENGTH(4, 0),
                                                  LENGTH(5, 0),
                                                  LENGTH(6, 0),
                                                  LENGTH(7, 0),
                                                  LENGTH(8, 0),
                                                  LENGTH(9, 0),
                                                  LENGTH(10, 0),
                                                  LENGTH(11, 1),
                                                  LENGTH(13, 1),
                                                  LENGTH(15, 1),
                                                  LENGTH(17, 1),
                                                  LENGTH(19, 2),
                                                  LENGTH(23, 2),
                                                  LENGTH(27, 2),
                                                  LENGTH(31, 2),
                                                  LENGTH(35, 3),
                                                  LENGTH(43, 3),
                                                  LENGTH(51, 3),
                                                  LENGTH(59, 3),
                                                  LENGTH(67, 4),
                                                  LENGTH(83, 4),
                                                  LENGTH(99, 4),
                                                  LENGTH(115, 4),
                                                  LENGTH(131, 5),
                                                  LENGTH(163, 5),
                                                  LENGTH(195, 5),
                                                  LENGTH(227, 5),
                                                  LENGTH(258, 0),
                                                  INVALID,
                                                  INVALID};

static const uint64_t DISTANCES[LPF_MAX_DISTANCES] = {DISTANCE(1, 0),
                                                      DISTANCE(2, 0),
                                                      DISTANCE(3, 0),
                                                      DISTANCE(4, 0),
                                                      DISTANCE(5, 1),
                                                      DISTANCE(7, 1),
                                                      DISTANCE(9, 2),
                                                      DISTANCE(13, 2),
                                                      DISTANCE(17, 3),
                                                      DISTANCE(25, 3),
                                                      DISTANCE(33, 4),
                                                      DISTANCE(49, 4),
                                                      DISTANCE(65, 5),
                                                      DISTANCE(97, 5),
                                                      DISTANCE(129, 6),
                                                      DISTANCE(193, 6),
                                                      DISTANCE(257, 7),
                                                      DISTANCE(385, 7),
                                                      DISTANCE(513, 8),
                                                      DISTANCE(769, 8),
                                                      DISTANCE(1025, 9),
                                                      DISTANCE(1537, 9),
                                                      DISTANCE(2049, 10),
                                                      DISTANCE(3073, 10),
                                                      DISTANCE(4097, 11),
                                                      DISTANCE(6145, 11),
                                                      DISTANCE(8193, 12),
                                                      DISTANCE(12289, 12),
                                                      DISTANCE(16385, 13),
                                                      DISTANCE(24577, 13),
                                                      INVALID,
                                                      INVALID};

static const uint64_t PRECODE[LPF_PRECODE_SYMBOLS] = {LITERALS16(0), LITERAL(16), LITERAL(17),
                                                      LITERAL(18)};

/* Adds the code length to the bits that are consumed and to those before the extra bits. */
static LPF_ALWAYS_INLINE uint64_t with_code_length(uint64_t entry, unsigned length) {
  return entry + (uint64_t)length * 0x10001u;
}

/* How many codes have each length. Two counters take turns, because runs of equal lengths are what
   is usual, and each addition would have to wait for the one before to come back from memory. */
static void count_lengths(const uint8_t *lengths, unsigned symbols,
                          unsigned counts[LPF_LONGEST_CODE + 1]) {
  uint16_t even[LPF_LONGEST_CODE + 1] = {0}, odd[LPF_LONGEST_CODE + 1] = {0};
  unsigned i = 0;
  for (; i + 2 <= symbols; i += 2) {
    even[lengths[i]]++;
    odd[lengths[i + 1]]++;
  }
  if (i < symbols) {
    even[lengths[i]]++;
  }
  for (unsigned length = 0; length <= LPF_LONGEST_CODE; length++) {
    counts[length] = (unsigned)even[length] + odd[length];
  }
}

static void fill_invalid(uint64_t *table, unsigned first, unsigned step, unsigned size) {
  for (unsigned i = first; i < size; i += step) {
    table[i] = with_code_length(INVALID, 1);
  }
}

/* The code that follows `code`, both with their bits reversed, as they come in the stream. */
static LPF_ALWAYS_INLINE unsigned next_code(unsigned code, unsigned all_ones) {
  const unsigned bit = 1u << (31 - __builtin_clz(code ^ all_ones));
  return (code & (bit - 1)) | bit;
}

static void double_table(uint64_t *table, unsigned size) {
  memcpy(table + size, table, size * sizeof *table);
}

/*
 * Codes longer than the table, from `code` on. Each has its second table, for all codes that begin
 * with the same bits; all of those are equally large, so that nothing need be known of them.
 */
static void fill_second_tables(uint64_t *table, unsigned table_bits, unsigned code,
                               const unsigned *counts, const uint16_t *symbol,
                               const uint64_t *entries) {
  const unsigned second_size = 1u << (LPF_LONGEST_CODE - table_bits);
  const unsigned low_bits = (1u << table_bits) - 1;
  unsigned next_second = 1u << table_bits;
  unsigned prefix = ~0u;
  for (unsigned length = table_bits + 1; length <= LPF_LONGEST_CODE; length++) {
    const unsigned all_ones = (1u << length) - 1;
    for (unsigned k = counts[length]; k > 0; k--) {
      if ((code & low_bits) != prefix) {
        prefix = code & low_bits;
        table[prefix] = EXCEPTION(LPF_EXCEPTION_LONG_CODE) | (uint64_t)next_second << 32;
        next_second += second_size;
      }
      const uint64_t entry = with_code_length(entries[*symbol++], length);
      for (unsigned i = code >> table_bits; i < second_size; i += 1u << (length - table_bits)) {
        table[next_second - second_size + i] = entry;
      }
      if (code == all_ones) {
        return; /* the last code of all */
      }
      code = next_code(code, all_ones);
    }
  }
}

/* A complete code, in the order of its codes: the table doubles with each length. */
static void fill(uint64_t *table, unsigned table_bits, const unsigned *counts,
                 const uint16_t *symbol, const uint64_t *entries) {
  unsigned code = 0;
  for (unsigned length = 1; length <= table_bits; length++) {
    const unsigned all_ones = (1u << length) - 1;
    if (length > 1) {
      double_table(table, 1u << (length - 1));
    }
    for (unsigned k = counts[length]; k > 0; k--) {
      table[code] = with_code_length(entries[*symbol++], length);
      if (code == all_ones) {
        for (; length < table_bits; length++) {
          double_table(table, 1u << length);
        }
        return;
      }
      code = next_code(code, all_ones);
    }
  }
  fill_second_tables(table, table_bits, code, counts, symbol, entries);
}

/* zlib's rules for what is a code, as lpf_huffman_tables_make has them. */
static bool make(uint64_t *table, unsigned table_bits, const uint8_t *lengths, unsigned symbols,
                 const uint64_t *entries, bool may_be_empty, uint64_t *mask) {
  unsigned counts[LPF_LONGEST_CODE + 1];
  count_lengths(lengths, symbols, counts);
  unsigned longest = LPF_LONGEST_CODE;
  while (longest > 1 && counts[longest] == 0) {
    longest--;
  }
  if (longest < table_bits) {
    table_bits = longest;
  }
  *mask = (1u << table_bits) - 1;
  const unsigned used = symbols - counts[0];
  if (used == 0) {
    fill_invalid(table, 0, 1, 1u << table_bits);
    return may_be_empty;
  }
  unsigned first[LPF_LONGEST_CODE + 1];
  unsigned before = 0;
  int unused_codes = 1;
  for (unsigned length = 1; length <= LPF_LONGEST_CODE; length++) {
    unused_codes = unused_codes * 2 - (int)counts[length];
    if (unused_codes < 0) {
      return false;
    }
    first[length] = before;
    before += counts[length];
  }
  uint16_t sorted[LPF_MAX_SYMBOLS];
  for (unsigned i = 0; i < symbols; i++) {
    if (lengths[i] != 0) {
      sorted[first[lengths[i]]++] = (uint16_t)i;
    }
  }
  if (unused_codes > 0) {
    table[0] = with_code_length(entries[sorted[0]], 1);
    fill_invalid(table, 1, 2, 1u << table_bits);
    return used == 1 && counts[1] == 1;
  }
  fill(table, table_bits, counts, sorted, entries);
  return true;
}

bool lpf_huffman_tables_make(lpf_huffman_tables *tables, const uint8_t *symbol_lengths,
                             unsigned symbols, const uint8_t *distance_lengths,
                             unsigned distances) {
  const unsigned end_of_block = 256;
  tables->first = tables->single;
  return symbol_lengths[end_of_block] != 0 &&
         make(tables->single, LPF_SYMBOL_BITS, symbol_lengths, symbols, SYMBOLS, false,
              &tables->symbol_mask) &&
         make(tables->distance, LPF_DISTANCE_BITS, distance_lengths, distances, DISTANCES, true,
              &tables->distance_mask);
}

bool lpf_precode_table_make(uint64_t *table, const uint8_t lengths[LPF_PRECODE_SYMBOLS],
                            uint64_t *mask) {
  /* a single code of one bit is not enough here: zlib wants this one complete */
  unsigned code_space = 0;
  for (unsigned i = 0; i < LPF_PRECODE_SYMBOLS; i++) {
    code_space += lengths[i] == 0 ? 0 : 1u << LPF_PRECODE_BITS >> lengths[i];
  }
  return code_space == 1u << LPF_PRECODE_BITS &&
         make(table, LPF_PRECODE_BITS, lengths, LPF_PRECODE_SYMBOLS, PRECODE, false, mask);
}

static void widen(uint64_t *table, uint64_t *mask, unsigned bits) {
  for (; *mask + 1 < (uint64_t)1 << bits; *mask = *mask * 2 + 1) {
    double_table(table, (unsigned)*mask + 1);
  }
}

void lpf_huffman_tables_widen(lpf_huffman_tables *tables) {
  widen(tables->single, &tables->symbol_mask, LPF_SYMBOL_BITS);
  widen(tables->distance, &tables->distance_mask, LPF_DISTANCE_BITS);
}
