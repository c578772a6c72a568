#include "deflate_streams.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_CODE = 15, FIRST_LENGTH = 257, LENGTHS = 29, USED_DISTANCES = 30, PRECODE = 19 };

static const uint16_t LENGTH_BASE[LENGTHS] = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                              15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                              67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t LENGTH_EXTRA[LENGTHS] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                              2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
static const uint16_t DISTANCE_BASE[USED_DISTANCES] = {
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
static const uint8_t DISTANCE_EXTRA[USED_DISTANCES] = {0, 0, 0,  0,  1,  1,  2,  2,  3,  3,
                                                       4, 4, 5,  5,  6,  6,  7,  7,  8,  8,
                                                       9, 9, 10, 10, 11, 11, 12, 12, 13, 13};

/* ---- choices ---- */

choices choices_of(const uint8_t *bytes, size_t size) {
  choices made = {bytes, size, 0x9e3779b97f4a7c15u};
  for (size_t i = 0; i < size; i++) {
    made.state = (made.state ^ bytes[i]) * 0x100000001b3u;
  }
  return made;
}

uint32_t choose(choices *from, uint32_t below) {
  from->state ^= from->state << 13;
  from->state ^= from->state >> 7;
  from->state ^= from->state << 17;
  uint32_t value = (uint32_t)(from->state >> 32);
  if (from->size > 0) {
    value = *from->bytes++;
    from->size--;
    if (below > 256 && from->size > 0) {
      value = value << 8 | *from->bytes++;
      from->size--;
    }
  }
  return value % below;
}

/* ---- bits ---- */

static void *grown(void *memory, size_t *capacity, size_t needed) {
  if (needed <= *capacity) {
    return memory;
  }
  *capacity = needed * 2 + 64;
  memory = realloc(memory, *capacity);
  if (memory == NULL) {
    fputs("out of memory\n", stderr);
    exit(2);
  }
  return memory;
}

void put_byte(stream *to, uint8_t byte) {
  to->bytes = grown(to->bytes, &to->capacity, to->size + 1);
  to->bytes[to->size++] = byte;
}

void put_bits(stream *to, uint32_t value, unsigned bits) {
  to->held |= (uint64_t)value << to->held_bits;
  to->held_bits += bits;
  for (; to->held_bits >= 8; to->held_bits -= 8, to->held >>= 8) {
    put_byte(to, (uint8_t)to->held);
  }
}

void align_to_byte(stream *to) {
  if (to->held_bits > 0) {
    put_bits(to, 0, 8 - to->held_bits);
  }
}

void give(stream *to, uint8_t byte) {
  to->output = grown(to->output, &to->output_capacity, to->output_size + 1);
  to->output[to->output_size++] = byte;
}

stream stream_begin(void) {
  stream begun = {0};
  put_byte(&begun, 0x78);
  put_byte(&begun, 0x9c);
  return begun;
}

void stream_free(stream *of) {
  free(of->bytes);
  free(of->output);
}

uint32_t reference_adler32(const uint8_t *bytes, size_t size) {
  uint32_t a = 1, b = 0;
  for (size_t i = 0; i < size; i++) {
    a = (a + bytes[i]) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

void put_trailer(stream *to) {
  align_to_byte(to);
  uint32_t sum = reference_adler32(to->output, to->output_size);
  for (int shift = 24; shift >= 0; shift -= 8) {
    put_byte(to, (uint8_t)(sum >> shift));
  }
}

/* ---- codes ---- */

/* RFC 1951, 3.2.2; with the bits reversed, as codes go into the stream from their highest bit on.
 */
static void assign_codes(const uint8_t *lengths, uint16_t *codes, unsigned count) {
  unsigned next = 0;
  for (unsigned length = 1; length <= LONGEST_CODE; length++, next <<= 1) {
    for (unsigned i = 0; i < count; i++) {
      if (lengths[i] == length) {
        unsigned reversed = 0;
        for (unsigned bit = 0; bit < length; bit++) {
          reversed |= (next >> bit & 1) << (length - 1 - bit);
        }
        codes[i] = (uint16_t)reversed;
        next++;
      }
    }
  }
}

static void assign_both(block_codes *codes) {
  assign_codes(codes->symbol_length, codes->symbol_code, SYMBOLS);
  assign_codes(codes->distance_length, codes->distance_code, DISTANCES);
}

void begin_fixed_block(stream *to, bool last, block_codes *codes) {
  put_bits(to, last, 1);
  put_bits(to, 1, 2);
  for (unsigned i = 0; i < SYMBOLS; i++) {
    codes->symbol_length[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
  }
  memset(codes->distance_length, 5, DISTANCES);
  assign_both(codes);
}

/* Lengths 0 to 15 have codes of 5 bits, a repetition of the last 2, runs of zeros 3: a complete
 * code */
static const uint8_t PRECODE_LENGTHS[PRECODE] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
                                                 5, 5, 5, 5, 5, 5, 2, 3, 3};

static void put_lengths(stream *to, const uint8_t *lengths, unsigned count) {
  uint16_t codes[PRECODE];
  assign_codes(PRECODE_LENGTHS, codes, PRECODE);
  for (unsigned i = 0; i < count;) {
    unsigned run = 1;
    while (i + run < count && lengths[i + run] == lengths[i] && run < 138) {
      run++;
    }
    if (lengths[i] == 0 && run >= 3) {
      unsigned symbol = run < 11 ? 17 : 18;
      put_bits(to, codes[symbol], PRECODE_LENGTHS[symbol]);
      put_bits(to, symbol == 17 ? run - 3 : run - 11, symbol == 17 ? 3 : 7);
      i += run;
    } else {
      put_bits(to, codes[lengths[i]], PRECODE_LENGTHS[lengths[i]]);
      if (run >= 4) {
        unsigned repeated = run - 1 < 6 ? run - 1 : 6;
        put_bits(to, codes[16], PRECODE_LENGTHS[16]);
        put_bits(to, repeated - 3, 2);
        i += repeated;
      }
      i++;
    }
  }
}

void begin_dynamic_block(stream *to, bool last, block_codes *codes) {
  static const uint8_t order[PRECODE] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                         11, 4,  12, 3, 13, 2, 14, 1, 15};
  unsigned symbols = 286, distances = 30;
  while (symbols > 257 && codes->symbol_length[symbols - 1] == 0) {
    symbols--;
  }
  while (distances > 1 && codes->distance_length[distances - 1] == 0) {
    distances--;
  }
  put_bits(to, last, 1);
  put_bits(to, 2, 2);
  put_bits(to, symbols - 257, 5);
  put_bits(to, distances - 1, 5);
  put_bits(to, PRECODE - 4, 4);
  for (unsigned i = 0; i < PRECODE; i++) {
    put_bits(to, PRECODE_LENGTHS[order[i]], 3);
  }
  uint8_t lengths[SYMBOLS + DISTANCES]; /* one list: runs may go from one code into the other */
  memcpy(lengths, codes->symbol_length, symbols);
  memcpy(lengths + symbols, codes->distance_length, distances);
  put_lengths(to, lengths, symbols + distances);
  assign_both(codes);
}

void put_stored_block(stream *to, bool last, const uint8_t *bytes, size_t size) {
  put_bits(to, last, 1);
  put_bits(to, 0, 2);
  align_to_byte(to);
  put_bits(to, (uint32_t)size, 16);
  put_bits(to, (uint32_t)size ^ 0xffff, 16);
  for (size_t i = 0; i < size; i++) {
    put_byte(to, bytes[i]);
    give(to, bytes[i]);
  }
}

/* ---- symbols ---- */

void put_symbol(stream *to, const block_codes *codes, unsigned symbol) {
  put_bits(to, codes->symbol_code[symbol], codes->symbol_length[symbol]);
}

void put_literal(stream *to, const block_codes *codes, uint8_t literal) {
  put_symbol(to, codes, literal);
  give(to, literal);
}

void put_match_bits(stream *to, const block_codes *codes, unsigned length, unsigned distance) {
  unsigned i = LENGTHS - 1, j = USED_DISTANCES - 1;
  while (LENGTH_BASE[i] > length || codes->symbol_length[FIRST_LENGTH + i] == 0) {
    i--;
  }
  while (DISTANCE_BASE[j] > distance) {
    j--;
  }
  put_symbol(to, codes, FIRST_LENGTH + i);
  put_bits(to, length - LENGTH_BASE[i], LENGTH_EXTRA[i]);
  put_bits(to, codes->distance_code[j], codes->distance_length[j]);
  put_bits(to, distance - DISTANCE_BASE[j], DISTANCE_EXTRA[j]);
}

void put_match(stream *to, const block_codes *codes, unsigned length, unsigned distance) {
  put_match_bits(to, codes, length, distance);
  for (unsigned i = 0; i < length; i++) {
    give(to, to->output[to->output_size - distance]);
  }
}

/* ---- random streams ---- */

void choose_code(choices *from, uint8_t *lengths, unsigned count, unsigned used, unsigned always) {
  uint8_t leaf[SYMBOLS] = {0};
  unsigned leaves = 1;
  unsigned skewed = choose(from, 4); /* 0: every leaf as likely; 3: the deepest, nearly always */
  while (leaves < used) {
    unsigned i = choose(from, leaves);
    if (choose(from, 4) < skewed) {
      i = leaves - 1;
    }
    while (leaf[i] == LONGEST_CODE) {
      i = (i + 1) % leaves;
    }
    leaf[leaves++] = ++leaf[i];
  }
  if (used == 1) {
    leaf[0] = 1; /* the one incomplete code that there may be */
  }
  memset(lengths, 0, count);
  lengths[always] = leaf[choose(from, used)];
  bool given = false;
  for (unsigned i = 0; i < used; i++) {
    if (!given && leaf[i] == lengths[always]) {
      given = true;
      continue;
    }
    unsigned symbol = choose(from, count);
    while (lengths[symbol] != 0) {
      symbol = (symbol + 1) % count;
    }
    lengths[symbol] = leaf[i];
  }
}

/* What a random block is made of: symbols that have a code, found as often as their codes say. */
typedef struct block_plan {
  block_codes codes;
  uint16_t literals[256], lengths[LENGTHS], distances[USED_DISTANCES];
  unsigned literal_count, length_count, distance_count;
  unsigned match_in_256;
} block_plan;

static unsigned list_used(const uint8_t *lengths, unsigned count, uint16_t *list) {
  unsigned used = 0;
  for (unsigned i = 0; i < count; i++) {
    if (lengths[i] != 0) {
      list[used++] = (uint16_t)i;
    }
  }
  return used;
}

static unsigned extreme(choices *from, unsigned bits) {
  const unsigned most = (1u << bits) - 1;
  switch (choose(from, 4)) {
    case 0:
      return 0;
    case 1:
      return most;
    default:
      return bits == 0 ? 0 : choose(from, most + 1);
  }
}

/* One of the list; short codes more often, by trying again where a code is long. */
static unsigned choose_used(choices *from, const uint16_t *list, unsigned count,
                            const uint8_t *lengths) {
  unsigned best = list[choose(from, count)];
  for (int i = 0; i < 6; i++) {
    unsigned other = list[choose(from, count)];
    if (lengths[other] < lengths[best]) {
      best = other;
    }
    if (choose(from, 16) == 0) {
      break;
    }
  }
  return best;
}

static bool put_random_match(stream *to, choices *from, const block_plan *plan) {
  if (plan->length_count == 0 || plan->distance_count == 0 || to->output_size == 0) {
    return false;
  }
  const block_codes *codes = &plan->codes;
  unsigned i = choose_used(from, plan->lengths, plan->length_count, codes->symbol_length + 257);
  unsigned j = choose_used(from, plan->distances, plan->distance_count, codes->distance_length);
  unsigned length_extra = extreme(from, LENGTH_EXTRA[i]);
  unsigned distance = DISTANCE_BASE[j] + extreme(from, DISTANCE_EXTRA[j]);
  if (choose(from, 16) == 0 && to->output_size >= DISTANCE_BASE[j] &&
      to->output_size < DISTANCE_BASE[j] + (1u << DISTANCE_EXTRA[j])) {
    distance = (unsigned)to->output_size; /* the very first byte */
  }
  if (distance > to->output_size) {
    return false;
  }
  put_symbol(to, codes, FIRST_LENGTH + i);
  put_bits(to, length_extra, LENGTH_EXTRA[i]);
  put_bits(to, codes->distance_code[j], codes->distance_length[j]);
  put_bits(to, distance - DISTANCE_BASE[j], DISTANCE_EXTRA[j]);
  for (unsigned k = 0; k < LENGTH_BASE[i] + length_extra; k++) {
    give(to, to->output[to->output_size - distance]);
  }
  return true;
}

static void plan_block(choices *from, block_plan *plan) {
  /* literals alone, a mixture, or few literals and many lengths */
  unsigned used = 2 + choose(from, choose(from, 2) ? 284 : 20);
  unsigned from_symbols = choose(from, 4) == 0 ? 257 : 286;
  if (used > from_symbols) {
    used = from_symbols;
  }
  memset(&plan->codes, 0, sizeof plan->codes);
  choose_code(from, plan->codes.symbol_length, from_symbols, used, END_OF_BLOCK);
  unsigned distances = choose(from, 31);
  if (distances > 0) {
    choose_code(from, plan->codes.distance_length, USED_DISTANCES, distances,
                choose(from, USED_DISTANCES));
  }
}

static void put_random_block(stream *to, choices *from, bool last, size_t about) {
  static block_plan plan;
  if (choose(from, 4) == 0) {
    begin_fixed_block(to, last, &plan.codes);
    plan.codes.symbol_length[286] = plan.codes.symbol_length[287] = 0;
  } else {
    plan_block(from, &plan);
    begin_dynamic_block(to, last, &plan.codes);
  }
  plan.literal_count = list_used(plan.codes.symbol_length, 256, plan.literals);
  plan.length_count = list_used(plan.codes.symbol_length + 257, LENGTHS, plan.lengths);
  plan.distance_count = list_used(plan.codes.distance_length, USED_DISTANCES, plan.distances);
  static const uint8_t shares[8] = {0, 2, 20, 60, 100, 200, 250, 255};
  plan.match_in_256 = shares[choose(from, 8)];
  const size_t end = to->output_size + about;
  while (to->output_size < end) {
    if (choose(from, 256) < plan.match_in_256 && put_random_match(to, from, &plan)) {
      continue;
    }
    if (plan.literal_count > 0) {
      put_literal(
          to, &plan.codes,
          (uint8_t)choose_used(from, plan.literals, plan.literal_count, plan.codes.symbol_length));
    } else if (!put_random_match(to, from, &plan)) {
      break;
    }
  }
  put_symbol(to, &plan.codes, END_OF_BLOCK);
}

stream random_stream(choices *from, size_t about_bytes) {
  stream made = stream_begin();
  bool last = false;
  while (!last) {
    const size_t left = about_bytes > made.output_size ? about_bytes - made.output_size : 0;
    last = left == 0 || choose(from, 8) == 0;
    size_t about = left;
    if (!last || choose(from, 2)) {
      about = left == 0 ? 0 : choose(from, (uint32_t)left) >> choose(from, 12);
    }
    if (choose(from, 8) == 0) {
      uint8_t stored[4096];
      const size_t size = about < sizeof stored ? about : sizeof stored;
      for (size_t i = 0; i < size; i++) {
        stored[i] = (uint8_t)choose(from, 256);
      }
      put_stored_block(&made, last, stored, size);
    } else {
      put_random_block(&made, from, last, about);
    }
  }
  put_trailer(&made);
  return made;
}
