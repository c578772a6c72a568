#include "deflate/huffman_code.h"

#include <string.h>

enum { PRECODE_SYMBOLS = 19, LONGEST_PRECODE = 7, MOST_SYMBOLS = LPF_CODE_SYMBOLS };

/* A symbol that occurs: the count, and below it the symbol in 9 bits. */
typedef uint64_t counted;

/* Sorts by count, symbols of one count by number. Returns where the result is: `a` or `b`. */
static counted *sort_by_count(counted *a, counted *b, unsigned size, uint64_t highest) {
  for (unsigned shift = 9; shift < 41 && (highest << 9) >> shift != 0; shift += 8) {
    uint32_t begin[257] = {0};
    for (unsigned i = 0; i < size; i++) {
      begin[(a[i] >> shift & 255) + 1]++;
    }
    for (unsigned i = 0; i < 256; i++) {
      begin[i + 1] += begin[i];
    }
    for (unsigned i = 0; i < size; i++) {
      b[begin[a[i] >> shift & 255]++] = a[i];
    }
    counted *sorted = b;
    b = a;
    a = sorted;
  }
  return a;
}

/*
 * Huffman's tree over sorted leaves, with two queues: leaves, and inner nodes in the order in which
 * they arise. Counts how many leaves there are at each depth, those below `longest` at `longest`.
 */
static void count_depths(const counted *leaves, unsigned size, unsigned longest,
                         uint32_t depth_counts[16]) {
  uint64_t weight[MOST_SYMBOLS];
  uint16_t parent[2 * MOST_SYMBOLS]; /* of the leaves, then of the inner nodes */
  uint16_t depth[MOST_SYMBOLS];      /* of the inner nodes */
  unsigned leaf = 0, inner = 0, made = 0;
  while (made < size - 1) {
    weight[made] = 0;
    for (int child = 0; child < 2; child++) {
      if (leaf < size && (inner >= made || leaves[leaf] >> 9 <= weight[inner])) {
        weight[made] += leaves[leaf] >> 9;
        parent[leaf++] = (uint16_t)made;
      } else {
        weight[made] += weight[inner];
        parent[size + inner++] = (uint16_t)made;
      }
    }
    made++;
  }
  depth[made - 1] = 0;
  for (unsigned i = made - 1; i-- > 0;) {
    depth[i] = (uint16_t)(depth[parent[size + i]] + 1);
  }
  for (unsigned i = 0; i < size; i++) {
    const unsigned at = depth[parent[i]] + 1u;
    depth_counts[at < longest ? at : longest]++;
  }
}

/* Takes back what cutting at `longest` has used up too much, until the codes just fit. */
static void make_complete(uint32_t depth_counts[16], unsigned longest) {
  uint32_t used = 0; /* of 2^longest codes of that length */
  for (unsigned bits = 1; bits <= longest; bits++) {
    used += depth_counts[bits] << (longest - bits);
  }
  for (; used > 1u << longest; used--) {
    unsigned bits = longest - 1;
    while (depth_counts[bits] == 0) {
      bits--;
    }
    depth_counts[bits]--; /* becomes an inner node, with itself and one of the longest below it */
    depth_counts[bits + 1] += 2;
    depth_counts[longest]--;
  }
}

void lpf_code_lengths(const uint32_t *counts, unsigned symbols, unsigned longest,
                      uint8_t *lengths) {
  counted first[MOST_SYMBOLS], second[MOST_SYMBOLS];
  unsigned size = 0;
  uint64_t highest = 0;
  memset(lengths, 0, symbols);
  for (unsigned symbol = 0; symbol < symbols; symbol++) {
    if (counts[symbol] != 0) {
      first[size++] = (counted)counts[symbol] << 9 | symbol;
      highest = counts[symbol] > highest ? counts[symbol] : highest;
    }
  }
  if (size < 2) {
    const unsigned only = size == 0 ? 0 : (unsigned)(first[0] & 511);
    lengths[only] = 1;
    lengths[only == 0 ? 1 : 0] = 1;
    return;
  }
  const counted *leaves = sort_by_count(first, second, size, highest);
  uint32_t depth_counts[16] = {0};
  count_depths(leaves, size, longest, depth_counts);
  make_complete(depth_counts, longest);
  unsigned leaf = 0;
  for (unsigned bits = longest; bits > 0; bits--) {
    for (uint32_t i = 0; i < depth_counts[bits]; i++) {
      lengths[leaves[leaf++] & 511] = (uint8_t)bits;
    }
  }
}

static unsigned reverse_bits(unsigned code, unsigned bits) {
  unsigned reversed = code;
  reversed = (reversed & 0x5555) << 1 | (reversed >> 1 & 0x5555);
  reversed = (reversed & 0x3333) << 2 | (reversed >> 2 & 0x3333);
  reversed = (reversed & 0x0f0f) << 4 | (reversed >> 4 & 0x0f0f);
  reversed = (reversed & 0x00ff) << 8 | (reversed >> 8 & 0x00ff);
  return reversed >> (16 - bits);
}

/* Codes out of their lengths (RFC 1951, 3.2.2). */
static void assign_codes(const uint8_t *lengths, unsigned symbols, uint16_t *codes) {
  unsigned of_length[16] = {0}, next[16] = {0};
  for (unsigned i = 0; i < symbols; i++) {
    of_length[lengths[i]]++;
  }
  of_length[0] = 0;
  for (unsigned bits = 1; bits < 16; bits++) {
    next[bits] = (next[bits - 1] + of_length[bits - 1]) << 1;
  }
  for (unsigned i = 0; i < symbols; i++) {
    codes[i] = lengths[i] == 0 ? 0 : (uint16_t)reverse_bits(next[lengths[i]]++, lengths[i]);
  }
}

void lpf_make_codes(const lpf_block_counts *counts, lpf_huffman_codes *codes) {
  memset(codes, 0, sizeof *codes);
  lpf_code_lengths(counts->symbol, LPF_USED_SYMBOLS, LPF_LONGEST_SYMBOL_CODE, codes->symbol_bits);
  lpf_code_lengths(counts->distance, LPF_DISTANCE_SYMBOLS, LPF_LONGEST_DISTANCE_CODE,
                   codes->distance_bits);
  assign_codes(codes->symbol_bits, LPF_USED_SYMBOLS, codes->symbol_code);
  assign_codes(codes->distance_bits, LPF_DISTANCE_SYMBOLS, codes->distance_code);
}

/* The lengths of all codes as they are written: runs of them, and codes for that. */
typedef struct block_header {
  unsigned symbols, distances, precodes;
  unsigned size;      /* of `item` */
  uint16_t item[320]; /* a symbol in 5 bits, and its extra bits above */
  uint32_t counts[PRECODE_SYMBOLS];
  uint8_t bits[PRECODE_SYMBOLS];
  uint16_t codes[PRECODE_SYMBOLS];
} block_header;

static const uint8_t PRECODE_ORDER[PRECODE_SYMBOLS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                       11, 4,  12, 3, 13, 2, 14, 1, 15};

enum { REPEAT_PREVIOUS = 16, REPEAT_ZERO = 17, REPEAT_ZERO_LONG = 18 };

static unsigned extra_bits(unsigned symbol) {
  return symbol == REPEAT_PREVIOUS    ? 2
         : symbol == REPEAT_ZERO      ? 3
         : symbol == REPEAT_ZERO_LONG ? 7
                                      : 0;
}

static void add_item(block_header *header, unsigned symbol, unsigned extra) {
  header->item[header->size++] = (uint16_t)(symbol | extra << 5);
  header->counts[symbol]++;
}

/* `run` times the length `value`. */
static void add_run(block_header *header, unsigned value, unsigned run) {
  if (value == 0) {
    while (run >= 11) {
      const unsigned part = run < 138 ? run : 138;
      add_item(header, REPEAT_ZERO_LONG, part - 11);
      run -= part;
    }
    if (run >= 3) {
      add_item(header, REPEAT_ZERO, run - 3);
      run = 0;
    }
  } else {
    add_item(header, value, 0);
    run--;
    while (run >= 3) {
      const unsigned part = run < 6 ? run : 6;
      add_item(header, REPEAT_PREVIOUS, part - 3);
      run -= part;
    }
  }
  for (; run > 0; run--) {
    add_item(header, value, 0);
  }
}

static void make_header(const lpf_huffman_codes *codes, block_header *made) {
  memset(made, 0, sizeof *made);
  made->symbols = LPF_USED_SYMBOLS;
  while (made->symbols > LPF_FIRST_LENGTH_SYMBOL && codes->symbol_bits[made->symbols - 1] == 0) {
    made->symbols--;
  }
  made->distances = LPF_DISTANCE_SYMBOLS;
  while (made->distances > 1 && codes->distance_bits[made->distances - 1] == 0) {
    made->distances--;
  }
  uint8_t lengths[LPF_USED_SYMBOLS + LPF_DISTANCE_SYMBOLS];
  memcpy(lengths, codes->symbol_bits, made->symbols);
  memcpy(lengths + made->symbols, codes->distance_bits, made->distances);
  const unsigned size = made->symbols + made->distances;
  for (unsigned i = 0, run; i < size; i += run) {
    run = 1;
    while (i + run < size && lengths[i + run] == lengths[i]) {
      run++;
    }
    add_run(made, lengths[i], run);
  }
  lpf_code_lengths(made->counts, PRECODE_SYMBOLS, LONGEST_PRECODE, made->bits);
  assign_codes(made->bits, PRECODE_SYMBOLS, made->codes);
  made->precodes = PRECODE_SYMBOLS;
  while (made->precodes > 4 && made->bits[PRECODE_ORDER[made->precodes - 1]] == 0) {
    made->precodes--;
  }
}

uint64_t lpf_header_bits(const lpf_huffman_codes *codes) {
  block_header made;
  make_header(codes, &made);
  uint64_t bits = 17 + 3 * made.precodes;
  for (unsigned i = 0; i < PRECODE_SYMBOLS; i++) {
    bits += made.counts[i] * (made.bits[i] + extra_bits(i));
  }
  return bits;
}

void lpf_write_header(lpf_bit_writer *writer, const lpf_huffman_codes *codes, bool last) {
  enum { DYNAMIC_CODES = 2 };
  block_header made;
  make_header(codes, &made);
  const unsigned sizes =
      (made.symbols - 257) | (made.distances - 1) << 5 | (made.precodes - 4) << 10;
  lpf_put_bits(writer, (last ? 1u : 0u) | DYNAMIC_CODES << 1 | sizes << 3, 17);
  for (unsigned i = 0; i < made.precodes; i++) {
    lpf_put_bits(writer, made.bits[PRECODE_ORDER[i]], 3);
  }
  for (unsigned i = 0; i < made.size; i++) {
    const unsigned symbol = made.item[i] & 31u, extra = made.item[i] >> 5;
    lpf_put_bits(writer, made.codes[symbol] | extra << made.bits[symbol],
                 made.bits[symbol] + extra_bits(symbol));
  }
}

uint64_t lpf_content_bits(const lpf_block_counts *counts, const lpf_huffman_codes *codes) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < LPF_FIRST_LENGTH_SYMBOL; i++) {
    bits += (uint64_t)counts->symbol[i] * codes->symbol_bits[i];
  }
  for (unsigned i = 0; i < LPF_LENGTH_SYMBOLS; i++) {
    const unsigned symbol = LPF_FIRST_LENGTH_SYMBOL + i;
    bits +=
        (uint64_t)counts->symbol[symbol] * (codes->symbol_bits[symbol] + lpf_length_extra_bits(i));
  }
  for (unsigned i = 0; i < LPF_DISTANCE_SYMBOLS; i++) {
    bits += (uint64_t)counts->distance[i] * (codes->distance_bits[i] + lpf_distance_extra_bits(i));
  }
  return bits;
}
