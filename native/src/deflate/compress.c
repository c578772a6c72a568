#include "deflate/compress.h"

#include <string.h>

enum {
  TRY_ALL_BELOW = 65537,  /* of a block that is smaller, both ways are tried to the last bit */
  SAMPLE_BYTES = 1024,    /* FAST counts the first 1024 */
  SAMPLE_STEP = 8 * 1024, /* of every 8 KB */
  SAMPLE_SCALE = 4,       /* and weighs them against symbols that it has not seen */
  TRIAL_LEAST = 8192,     /* bytes of a block in which a search is tried out */
  TRIAL_MOST = 24576,
  FEW_ZEROS = 35, /* percent of words that are 0: below, runs are long or nothing */
  UNKNOWN_LITERAL_COST = 14,
  UNKNOWN_LENGTH_COST = 7,
  UNKNOWN_DISTANCE_COST = 4
};

size_t lpf_stored_bound(size_t size) {
  return size + 5 * (size / LPF_STORED_BYTES + 1) + 1;
}

void lpf_flush_bits(lpf_bit_writer *writer) {
  lpf_put_bits(writer, 0, 3);
  lpf_align_bits(writer);
  lpf_put_bits(writer, 0xffff0000u, 32);
}

void lpf_write_stored(lpf_bit_writer *writer, const uint8_t *data, size_t size, bool last) {
  do {
    const size_t part = size < LPF_STORED_BYTES ? size : LPF_STORED_BYTES;
    lpf_put_bits(writer, last && part == size, 3);
    lpf_align_bits(writer);
    lpf_put_bits(writer, part | (~part & 0xffff) << 16, 32);
    memcpy(writer->next, data, part);
    writer->next += part;
    data += part;
    size -= part;
  } while (size > 0);
}

/* What lpf_write_stored would write. */
static uint64_t stored_bits(const lpf_bit_writer *writer, size_t size) {
  const uint64_t parts = size <= LPF_STORED_BYTES ? 1 : (size - 1) / LPF_STORED_BYTES + 1;
  const unsigned first = 3 + (8 - (writer->count + 3) % 8) % 8;
  return first + (parts - 1) * 8 + parts * 32 + (uint64_t)size * 8;
}

/* ---- Memory ---- */

static size_t round_up(size_t size) {
  return (size + 63) / 64 * 64;
}

size_t lpf_compressor_memory(void) {
  return round_up(sizeof(lpf_last_places)) + round_up(LPF_MOST_TOKENS * sizeof(lpf_token)) +
         round_up((LPF_BLOCK_BYTES + LPF_COST_SLACK) * sizeof(uint16_t));
}

void lpf_compressor_begin(lpf_compressor *compressor, const lpf_compress_settings *settings,
                          uint8_t *memory) {
  memset(compressor, 0, sizeof *compressor);
  compressor->settings = *settings;
  compressor->position = LPF_HISTORY_BYTES;
  lpf_search *search = &compressor->search;
  search->places = (lpf_last_places *)(void *)memory;
  memory += round_up(sizeof *search->places);
  search->tokens = (lpf_token *)(void *)memory;
  memory += round_up(LPF_MOST_TOKENS * sizeof(lpf_token));
  search->costs = (uint16_t *)(void *)memory;
  search->row_bytes = settings->row_bytes;
}

/* ---- Runs ---- */

/* What has been counted, `scale` times, and `unseen` for each symbol beside. */
static void take_run_counts(const lpf_run_counts *runs, uint32_t scale, uint32_t unseen,
                            lpf_block_counts *counts) {
  memset(counts, 0, sizeof *counts);
  for (int i = 0; i < 256; i++) {
    const uint32_t found =
        runs->literal[0][i] + runs->literal[1][i] + runs->literal[2][i] + runs->literal[3][i];
    counts->symbol[i] = found * scale + unseen;
  }
  counts->symbol[LPF_END_OF_BLOCK] = 1;
  for (int i = 0; i < LPF_LENGTH_SYMBOLS; i++) {
    const uint32_t found = runs->length[i] * scale + unseen;
    counts->symbol[LPF_FIRST_LENGTH_SYMBOL + i] = found;
    counts->distance[0] += found;
  }
}

static void count_all(lpf_compressor *compressor, const uint8_t *data, size_t size,
                      unsigned shortest, lpf_block_counts *counts) {
  memset(&compressor->run_counts, 0, sizeof compressor->run_counts);
  compressor->settings.loops->count_runs(data, data + size, shortest, &compressor->run_counts);
  take_run_counts(&compressor->run_counts, 1, 0, counts);
}

static void count_sample(lpf_compressor *compressor, const uint8_t *data, size_t size,
                         unsigned shortest, lpf_block_counts *counts) {
  memset(&compressor->run_counts, 0, sizeof compressor->run_counts);
  for (size_t at = 0; at < size; at += SAMPLE_STEP) {
    const size_t bytes = size - at < SAMPLE_BYTES ? size - at : SAMPLE_BYTES;
    compressor->settings.loops->count_runs(data + at, data + at + bytes, shortest,
                                           &compressor->run_counts);
  }
  take_run_counts(&compressor->run_counts, SAMPLE_SCALE, 1, counts);
}

static void write_runs(lpf_compressor *compressor, const uint8_t *data, size_t size,
                       unsigned shortest, const lpf_block_counts *counts, bool last,
                       lpf_bit_writer *writer) {
  lpf_write_header(writer, &compressor->codes, last);
  compressor->settings.loops->write_runs(writer, data, data + size, shortest, &compressor->codes,
                                         counts->symbol);
}

/* ---- Matches ---- */

/* What a match costs, by the last block with matches; and a literal, by codes of this block. */
static void set_prices(lpf_compressor *compressor, const uint8_t *literal_bits) {
  lpf_search *search = &compressor->search;
  for (int i = 0; i < 256; i++) {
    search->literal_cost[i] = literal_bits[i] == 0 ? UNKNOWN_LITERAL_COST : literal_bits[i];
  }
  for (unsigned length = LPF_SHORTEST_MATCH; length <= LPF_LONGEST_MATCH; length++) {
    const unsigned symbol = lpf_length_symbol(length);
    const unsigned bits =
        compressor->has_prices ? compressor->length_bits[symbol] : UNKNOWN_LENGTH_COST;
    search->length_cost[length] = (uint8_t)(bits + lpf_length_extra_bits(symbol));
  }
  for (unsigned symbol = 0; symbol < LPF_DISTANCE_SYMBOLS; symbol++) {
    const unsigned bits =
        compressor->has_prices ? compressor->distance_bits[symbol] : UNKNOWN_DISTANCE_COST;
    search->distance_cost[symbol] = (uint8_t)(bits + lpf_distance_extra_bits(symbol));
  }
}

static void keep_prices(lpf_compressor *compressor) {
  enum { UNUSED_LENGTH = 12, UNUSED_DISTANCE = 8 };
  const lpf_huffman_codes *codes = &compressor->codes;
  for (int i = 0; i < LPF_LENGTH_SYMBOLS; i++) {
    const uint8_t bits = codes->symbol_bits[LPF_FIRST_LENGTH_SYMBOL + i];
    compressor->length_bits[i] = bits == 0 ? UNUSED_LENGTH : bits;
  }
  for (int i = 0; i < LPF_DISTANCE_SYMBOLS; i++) {
    const uint8_t bits = codes->distance_bits[i];
    compressor->distance_bits[i] = bits == 0 ? UNUSED_DISTANCE : bits;
  }
  compressor->has_prices = true;
}

/* Searches `size` bytes `offset` bytes into the block at `data`, back to `lowest`. */
static void search(lpf_compressor *compressor, const uint8_t *data, size_t offset, size_t size,
                   uint32_t lowest, lpf_search_kind kind) {
  lpf_search *search = &compressor->search;
  if (!compressor->places_ready) {
    memset(search->places, 0, sizeof *search->places);
    compressor->places_ready = true;
  }
  search->base = data - compressor->position;
  search->begin = compressor->position + (uint32_t)offset;
  search->end = search->begin + (uint32_t)size;
  search->lowest = lowest;
  compressor->settings.loops->find_matches[kind](search);
}

/* How to search a block, or in a trial whether that would pay. */
static lpf_search_kind search_kind(const lpf_compress_settings *settings) {
  const bool indices = settings->thorough ? settings->indices : settings->made_palette;
  return indices ? LPF_SEARCH_INDICES : settings->thorough ? LPF_SEARCH_THOROUGH : LPF_SEARCH_QUICK;
}

/* The lowest position that a block may refer to. */
static uint32_t lowest_position(const lpf_compressor *compressor) {
  const uint32_t far = compressor->position - LPF_HISTORY_BYTES;
  return far > LPF_HISTORY_BYTES ? far : LPF_HISTORY_BYTES;
}

static void write_matches(lpf_compressor *compressor, const uint8_t *data, bool last,
                          lpf_bit_writer *writer) {
  keep_prices(compressor);
  lpf_write_header(writer, &compressor->codes, last);
  compressor->settings.loops->write_matches(writer, data, &compressor->search, &compressor->codes);
}

/* Bits with matches in percent of those with runs, of a part in the middle of the block. */
static uint64_t try_matches(lpf_compressor *compressor, const uint8_t *data, size_t size) {
  size_t part = 3 * (size_t)compressor->settings.row_bytes;
  part = part < TRIAL_LEAST ? TRIAL_LEAST : part > TRIAL_MOST ? TRIAL_MOST : part;
  const size_t offset = (size - part) / 2;
  lpf_block_counts counts;
  count_all(compressor, data + offset, part, 8, &counts);
  lpf_make_codes(&counts, &compressor->codes);
  const uint64_t runs = lpf_content_bits(&counts, &compressor->codes);
  set_prices(compressor, compressor->codes.symbol_bits);
  search(compressor, data, offset, part, compressor->position + (uint32_t)offset,
         search_kind(&compressor->settings));
  lpf_make_codes(&compressor->search.counts, &compressor->codes);
  return lpf_content_bits(&compressor->search.counts, &compressor->codes) * 100 / (runs + 1);
}

/* Whether to search this block; for the blocks of a strip that are alike it is tried once. */
static bool matches_pay(lpf_compressor *compressor, const uint8_t *data, size_t size,
                        uint64_t zeros) {
  const lpf_compress_settings *settings = &compressor->settings;
  if (zeros >= (settings->thorough ? FEW_ZEROS : 2 * FEW_ZEROS)) {
    return true;
  }
  if (!compressor->decided) {
    const uint64_t enough = !settings->thorough ? 85 : settings->indices ? 97 : 90;
    compressor->matches = try_matches(compressor, data, size) < enough;
    compressor->decided = true;
  }
  return compressor->matches;
}

/* ---- A block ---- */

/* Both ways, and the shorter one. */
static void write_shorter(lpf_compressor *compressor, const uint8_t *data, size_t size,
                          bool search_too, lpf_search_kind kind, bool last,
                          lpf_bit_writer *writer) {
  lpf_block_counts counts;
  count_all(compressor, data, size, 8, &counts);
  lpf_make_codes(&counts, &compressor->codes);
  const uint64_t runs =
      lpf_content_bits(&counts, &compressor->codes) + lpf_header_bits(&compressor->codes);
  uint64_t matches = UINT64_MAX;
  const lpf_huffman_codes codes_of_runs = compressor->codes;
  if (search_too) {
    set_prices(compressor, codes_of_runs.symbol_bits);
    search(compressor, data, 0, size, lowest_position(compressor), kind);
    lpf_make_codes(&compressor->search.counts, &compressor->codes);
    matches = lpf_content_bits(&compressor->search.counts, &compressor->codes) +
              lpf_header_bits(&compressor->codes);
  }
  if (stored_bits(writer, size) <= (matches < runs ? matches : runs)) {
    lpf_write_stored(writer, data, size, last);
  } else if (matches < runs) {
    write_matches(compressor, data, last, writer);
  } else {
    compressor->codes = codes_of_runs;
    write_runs(compressor, data, size, 8, &counts, last, writer);
  }
}

/* Bits of the block with the codes that there are, which were made for a sample of it. */
static uint64_t exact_bits(lpf_compressor *compressor, const uint8_t *data, size_t size,
                           unsigned shortest) {
  lpf_block_counts counts;
  count_all(compressor, data, size, shortest, &counts);
  return lpf_content_bits(&counts, &compressor->codes) + lpf_header_bits(&compressor->codes);
}

/* Runs with the codes of a sample. Where they have turned out longer than the bytes themselves,
   these are stored; only where there is not even room to see that is it counted before. */
static void write_sampled_runs(lpf_compressor *compressor, const uint8_t *data, size_t size,
                               unsigned shortest, const lpf_block_counts *counts, bool last,
                               lpf_bit_writer *writer, const uint8_t *end) {
  const size_t worst =
      LPF_LONGEST_HEADER_BYTES + size * LPF_LONGEST_SYMBOL_CODE / 8 + LPF_BIT_WRITER_SLACK + 8;
  const uint64_t stored = stored_bits(writer, size);
  const bool has_room = (size_t)(end - writer->next) >= worst;
  lpf_make_codes(counts, &compressor->codes);
  if (has_room || exact_bits(compressor, data, size, shortest) < stored) {
    const lpf_bit_writer before = *writer;
    write_runs(compressor, data, size, shortest, counts, last, writer);
    if (lpf_bits_since(writer, &before) < stored) {
      return;
    }
    *writer = before;
  }
  lpf_write_stored(writer, data, size, last);
}

/* Matches, priced by codes of a sample of the literals; or the bytes themselves, if shorter. */
static void write_priced_matches(lpf_compressor *compressor, const uint8_t *data, size_t size,
                                 const lpf_block_counts *sample, bool last,
                                 lpf_bit_writer *writer) {
  uint8_t bits[LPF_CODE_SYMBOLS];
  lpf_code_lengths(sample->symbol, LPF_USED_SYMBOLS, LPF_LONGEST_SYMBOL_CODE, bits);
  set_prices(compressor, bits);
  search(compressor, data, 0, size, lowest_position(compressor),
         search_kind(&compressor->settings));
  const lpf_block_counts *found = &compressor->search.counts;
  lpf_make_codes(found, &compressor->codes);
  if (lpf_content_bits(found, &compressor->codes) + lpf_header_bits(&compressor->codes) <
      stored_bits(writer, size)) {
    write_matches(compressor, data, last, writer);
  } else {
    lpf_write_stored(writer, data, size, last);
  }
}

/* A large block in FAST: what a sample of it says. */
static void write_quickly(lpf_compressor *compressor, const uint8_t *data, size_t size,
                          bool matches, uint64_t zeros, bool last, lpf_bit_writer *writer,
                          const uint8_t *end) {
  const unsigned shortest = zeros < FEW_ZEROS ? 16 : 8;
  lpf_block_counts sample;
  count_sample(compressor, data, size, shortest, &sample);
  if (matches) {
    write_priced_matches(compressor, data, size, &sample, last, writer);
  } else {
    write_sampled_runs(compressor, data, size, shortest, &sample, last, writer, end);
  }
}

void lpf_compress_block(lpf_compressor *compressor, uint8_t *data, size_t size, bool last,
                        lpf_bit_writer *writer, const uint8_t *end) {
  const lpf_compress_settings *settings = &compressor->settings;
  const lpf_search_kind kind = search_kind(settings);
  memset(data + size, 0, LPF_CODING_SLACK);
  if (compressor->position == LPF_HISTORY_BYTES) {
    data[-1] = (uint8_t)~data[0]; /* nothing before: no run may begin with the first byte */
  }
  if (size < TRY_ALL_BELOW) {
    write_shorter(compressor, data, size, true, settings->indices ? kind : LPF_SEARCH_THOROUGH,
                  last, writer);
  } else {
    const uint64_t zeros = settings->loops->count_zero_words(data, size) * 800 / size; /* percent */
    const bool matches = matches_pay(compressor, data, size, zeros);
    if (settings->thorough) {
      write_shorter(compressor, data, size, matches, kind, last, writer);
    } else {
      write_quickly(compressor, data, size, matches, zeros, last, writer, end);
    }
  }
  compressor->position += (uint32_t)size;
}
