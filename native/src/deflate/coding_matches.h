/*
 * coding_matches.h: the search for matches. A template: the file that includes it has defined what
 * coding_runs.h names, and
 *
 *   sum_costs   sums[i] = costs of the first i of `size` literals, modulo 2^16
 *
 * What a match saves is the cost of the literals in its place, two loads and a subtraction, less
 * that of its own symbols.
 */
#ifndef LPF_CODING_MATCHES_H
#define LPF_CODING_MATCHES_H

#include "deflate/coding.h"

enum { SHORTEST_FOUND = 4, LAZY_BELOW = 64, READ_AHEAD = 16 };

typedef struct found_match {
  uint32_t length, distance;
  int saving;
} found_match;

static LPF_ALWAYS_INLINE uint32_t hash_of_four(uint64_t bytes) {
  return ((uint32_t)bytes * 0x9e3779b1u) >> (32 - LPF_HASH_BITS);
}

static LPF_ALWAYS_INLINE uint32_t hash_of_eight(uint64_t bytes) {
  return (uint32_t)((bytes * 0x9e3779b185ebca87u) >> (64 - LPF_HASH_BITS));
}

/* Keeps the match with an earlier place if it saves more than the best. Places that are not before
   the position come from a trial, which has looked at a later part of the block. */
static LPF_ALWAYS_INLINE void try_place(const lpf_search *search, uint32_t position, uint32_t place,
                                        const uint16_t *sums, found_match *best) {
  const uint8_t *base = search->base;
  if (place < search->lowest || position - place - 1 >= LPF_FARTHEST_MATCH ||
      lpf_load32(base + place) != lpf_load32(base + position)) {
    return;
  }
  size_t length = SHORTEST_FOUND + match_length(base + position + SHORTEST_FOUND,
                                                base + place + SHORTEST_FOUND, base + search->end);
  length = length < LPF_LONGEST_MATCH ? length : LPF_LONGEST_MATCH;
  const uint32_t distance = position - place;
  const int saving = (uint16_t)(sums[length] - sums[0]) - search->length_cost[length] -
                     search->distance_cost[lpf_distance_symbol(distance)];
  if (saving > best->saving) {
    *best = (found_match){(uint32_t)length, distance, saving};
  }
}

/* The match that saves most, if it saves more than `least`; remembers the position. */
static LPF_ALWAYS_INLINE found_match best_match(const lpf_search *search, uint32_t position,
                                                const uint16_t *sums, int least,
                                                const lpf_search_kind kind) {
  lpf_last_places *places = search->places;
  found_match best = {0, 0, least};
  const uint64_t bytes = lpf_load64(search->base + position);
  const uint32_t above = position - search->row_bytes;
  if (kind == LPF_SEARCH_INDICES) {
    const uint32_t hash = hash_of_four(bytes);
    const uint32_t last = places->four[hash], last_but_one = places->eight[hash];
    places->four[hash] = position;
    places->eight[hash] = last;
    try_place(search, position, last, sums, &best);
    try_place(search, position, last_but_one, sums, &best);
    try_place(search, position, above, sums, &best);
    return best;
  }
  try_place(search, position, position - 1, sums, &best);
  if (best.length == LPF_LONGEST_MATCH) {
    return best;
  }
  const uint32_t hash_eight = hash_of_eight(bytes);
  const uint32_t eight = places->eight[hash_eight];
  places->eight[hash_eight] = position;
  if (kind == LPF_SEARCH_QUICK) {
    try_place(search, position, eight, sums, &best);
    return best;
  }
  const uint32_t hash_four = hash_of_four(bytes);
  const uint32_t four = places->four[hash_four];
  places->four[hash_four] = position;
  try_place(search, position, above, sums, &best);
  try_place(search, position, eight, sums, &best);
  if (four != eight) {
    try_place(search, position, four, sums, &best);
  }
  return best;
}

/* Remembers places inside a match that begins at `position`. */
static LPF_ALWAYS_INLINE void remember_inside(const lpf_search *search, uint32_t position,
                                              const found_match *match,
                                              const lpf_search_kind kind) {
  lpf_last_places *places = search->places;
  const uint32_t end = position + match->length;
  uint32_t from = position + 1, step = 1;
  if (end + READ_AHEAD > search->end) {
    return;
  }
  if (kind == LPF_SEARCH_QUICK) {
    from = end - 2;
    step = 2;
  } else if (kind == LPF_SEARCH_THOROUGH) {
    from = position + 2;
    step = match->length > 32 ? 8 : 1;
  }
  for (uint32_t at = from; at < end; at += step) {
    const uint64_t bytes = lpf_load64(search->base + at);
    const uint32_t four = hash_of_four(bytes);
    if (kind == LPF_SEARCH_INDICES) {
      places->eight[four] = places->four[four];
      places->four[four] = at;
      continue;
    }
    if (kind == LPF_SEARCH_THOROUGH) {
      places->four[four] = at;
    }
    places->eight[hash_of_eight(bytes)] = at;
  }
}

static void add_token(lpf_search *search, uint32_t literals, uint32_t length, uint32_t distance) {
  search->tokens[search->token_count++] =
      (lpf_token){literals, (uint16_t)length, (uint16_t)(distance - 1)};
  if (length != 0) {
    search->counts.symbol[LPF_FIRST_LENGTH_SYMBOL + lpf_length_symbol(length)]++;
    search->counts.distance[lpf_distance_symbol(distance)]++;
  }
}

static void count_literals(lpf_search *search) {
  uint32_t counts[4][256] = {{0}};
  const uint8_t *data = search->base + search->begin;
  for (uint32_t i = 0; i < search->token_count; i++) {
    const lpf_token *token = &search->tokens[i];
    for (uint32_t k = 0; k < token->literals; k++) {
      counts[k % 4][data[k]]++;
    }
    data += token->literals + token->length;
  }
  for (int i = 0; i < 256; i++) {
    search->counts.symbol[i] += counts[0][i] + counts[1][i] + counts[2][i] + counts[3][i];
  }
  search->counts.symbol[LPF_END_OF_BLOCK]++;
}

static LPF_ALWAYS_INLINE void find_matches(lpf_search *search, const lpf_search_kind kind) {
  /* where nothing matches, steps grow with the distance from the last match */
  const unsigned patience = kind == LPF_SEARCH_QUICK ? 5 : kind == LPF_SEARCH_THOROUGH ? 6 : 8;
  const uint8_t *base = search->base;
  const uint32_t begin = search->begin, end = search->end;
  uint32_t position = begin, unwritten = begin;
  memset(&search->counts, 0, sizeof search->counts);
  search->token_count = 0;
  sum_costs(base + begin, end - begin, search->literal_cost, search->costs);
  while (position + READ_AHEAD <= end) {
    const uint16_t *sums = search->costs + (position - begin);
    found_match match = best_match(search, position, sums, 0, kind);
    if (match.length == 0) {
      position += 1 + ((position - unwritten) >> patience);
      continue;
    }
    while (kind == LPF_SEARCH_THOROUGH && match.length < LAZY_BELOW &&
           position + 1 + READ_AHEAD <= end) {
      const found_match next = best_match(search, position + 1, sums + 1, match.saving, kind);
      if (next.length == 0) {
        break;
      }
      match = next;
      position++;
      sums++;
    }
    remember_inside(search, position, &match, kind);
    const uint32_t behind = position + match.length;
    while (position > unwritten && match.length < LPF_LONGEST_MATCH &&
           position - match.distance > search->lowest &&
           base[position - 1] == base[position - 1 - match.distance]) {
      position--;
      match.length++;
    }
    add_token(search, position - unwritten, match.length, match.distance);
    position = unwritten = behind;
  }
  add_token(search, end - unwritten, 0, 1);
  count_literals(search);
}

static LPF_ALWAYS_INLINE void write_matches(lpf_bit_writer *target, const uint8_t *data,
                                            const lpf_search *search,
                                            const lpf_huffman_codes *codes) {
  packer literals;
  make_packer(&literals, codes);
  lpf_bit_writer writer = *target;
  for (uint32_t i = 0; i < search->token_count; i++) {
    const lpf_token token = search->tokens[i];
    pack_literals(&writer, data, token.literals, &literals);
    data += token.literals + token.length;
    if (token.length == 0) {
      continue;
    }
    const unsigned distance = token.distance_less_one + 1u;
    const unsigned of_length = lpf_length_symbol(token.length);
    const unsigned of_distance = lpf_distance_symbol(distance);
    const unsigned symbol = LPF_FIRST_LENGTH_SYMBOL + of_length;
    const unsigned symbol_bits = codes->symbol_bits[symbol];
    const unsigned length_bits = symbol_bits + lpf_length_extra_bits(of_length);
    const unsigned distance_bits = codes->distance_bits[of_distance];
    const uint64_t length = codes->symbol_code[symbol] |
                            (uint64_t)(token.length - lpf_length_base(of_length)) << symbol_bits;
    const uint64_t back = codes->distance_code[of_distance] |
                          (uint64_t)(distance - lpf_distance_base(of_distance)) << distance_bits;
    lpf_put_bits(&writer, length | back << length_bits,
                 length_bits + distance_bits + lpf_distance_extra_bits(of_distance));
  }
  lpf_put_bits(&writer, codes->symbol_code[LPF_END_OF_BLOCK], codes->symbol_bits[LPF_END_OF_BLOCK]);
  *target = writer;
}

#endif
