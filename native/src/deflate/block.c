#include "deflate/block.h"

#include "deflate/loops_choice.h"

enum {
  /* What pays only in long blocks, units and lanes, waits until a block has turned out to be one,
     in bits; or begins at once if the one before was. */
  PATIENCE_BITS = 2048 * 8,
  LONG_BLOCK_BITS = 6 * 1024 * 8,
  /* The first block of so long a stream, in bytes, is taken to be long. */
  LONG_STREAM_BYTES = 48 * 1024,
  STORED_HEADER_BYTES = 4,
  /* In bytes of output that take as long, roughly. */
  WORK_FOR_TABLES = 64,
  WORK_FOR_BLOCK = 1,
  WORK_FOR_NOTHING = 4096 * WORK_FOR_TABLES
};

void lpf_block_begin(lpf_block *block, const lpf_stream_settings *settings,
                     unsigned long long input_bytes, uint8_t *memory) {
  block->loops = lpf_loops_for_this_processor(settings->portable);
  block->way = settings->way;
  block->impatient = settings->impatient;
  block->fixed_codes_made = false;
  block->lanes.active = false;
  block->length_before = input_bytes >= LONG_STREAM_BYTES ? LONG_BLOCK_BITS : 0;
  block->work = 0;
  if (input_bytes >= LPF_LANES_INPUT) {
    lpf_lanes_set_memory(&block->lanes, memory);
  }
}

bool lpf_block_is_worth_it(const lpf_block *block, uint64_t inflated_bytes) {
  return block->work <= WORK_FOR_NOTHING + inflated_bytes;
}

static bool read_stored_header(lpf_block *block, lpf_input *input) {
  const size_t at = (size_t)((input->position + 7) >> 3);
  if (at + STORED_HEADER_BYTES > input->size) {
    return false;
  }
  const uint8_t *header = input->bytes + at;
  const unsigned length = header[0] | (unsigned)header[1] << 8;
  const unsigned complement = header[2] | (unsigned)header[3] << 8;
  block->stored_bytes = length;
  input->position = (uint64_t)(at + STORED_HEADER_BYTES) * 8;
  return length == (complement ^ 0xffff);
}

static bool read_codes(lpf_block *block, lpf_input *input) {
  if (block->type == LPF_BLOCK_FIXED && block->fixed_codes_made) {
    return true; /* and prepared, perhaps */
  }
  block->prepared = false;
  block->fixed_codes_made = block->type == LPF_BLOCK_FIXED;
  if (block->fixed_codes_made) {
    lpf_fixed_codes_make(&block->codes, &block->tables);
    return true;
  }
  block->work += WORK_FOR_TABLES;
  return lpf_dynamic_codes_read(&block->codes, &block->tables, input->bytes, &input->position);
}

lpf_progress lpf_block_read_header(lpf_block *block, lpf_input *input) {
  if (!lpf_input_has(input, LPF_MAX_BLOCK_HEADER)) {
    return LPF_NEEDS_INPUT;
  }
  const unsigned bits = (unsigned)lpf_bits_at(input->bytes, input->position) & 7;
  input->position += 3;
  block->last = (bits & 1) != 0;
  block->type = (lpf_block_type)(bits >> 1);
  block->work += WORK_FOR_BLOCK;
  bool sound = false;
  switch (block->type) {
    case LPF_BLOCK_STORED:
      sound = read_stored_header(block, input);
      break;
    case LPF_BLOCK_FIXED:
    case LPF_BLOCK_DYNAMIC:
      sound = read_codes(block, input);
      block->begin = lpf_input_total(input);
      break;
  }
  return sound && !lpf_input_overrun(input) ? LPF_GOES_ON : LPF_NOT_SOUND;
}

static unsigned shortest(const uint8_t *lengths, unsigned count) {
  unsigned found = LPF_LONGEST_CODE;
  for (unsigned i = 0; i < count; i++) {
    found = lengths[i] != 0 && lengths[i] < found ? lengths[i] : found;
  }
  return found;
}

/* Whether a piece's buffers are large enough for all that such codes can make of its bits. */
static bool fits_lanes(const lpf_block_codes *codes) {
  return shortest(codes->lengths + 257, codes->symbols - 257) +
             shortest(codes->lengths + codes->symbols, codes->distances) >=
         LPF_SHORTEST_MATCH_BITS;
}

/*
 * Chooses how to decode the block, by its codes: their lengths say how likely what is. Where
 * matches are long, copying is the work, and where there is hardly anything else, there is nothing
 * that could not be predicted: one decoder is enough for both.
 */
static void prepare(lpf_block *block) {
  lpf_huffman_tables *tables = &block->tables;
  lpf_huffman_tables_widen(tables);
  unsigned matches = 0, long_matches = 0; /* probabilities in units of 2^-15 */
  for (unsigned i = 257; i < block->codes.symbols; i++) {
    if (block->codes.lengths[i] != 0) {
      matches += 32768u >> block->codes.lengths[i];
      long_matches += i < 273 ? 0 : 32768u >> block->codes.lengths[i]; /* longer than 34 */
    }
  }
  const unsigned percent = 32768 / 100;
  block->serial = (long_matches * 5 > matches && matches > 10 * percent) || matches > 84 * percent;
  block->literals = matches < 5 * percent;
  if (block->way != LPF_WAY_CHOSEN) {
    block->serial = block->way == LPF_WAY_SERIAL;
    block->literals = block->way == LPF_WAY_LITERALS;
  }
  block->serial = block->serial || !fits_lanes(&block->codes);
  if (block->literals && !block->serial) {
    for (unsigned i = 0; i < 1u << LPF_SYMBOL_BITS; i++) {
      const uint64_t entry = tables->single[i];
      tables->literal[i] = (uint16_t)((uint8_t)entry | (entry >> 32 & 0xff) << 8);
    }
  } else {
    block->loops->make_units(tables);
    tables->first = tables->unit;
  }
  block->prepared = true;
}

static lpf_progress decode_stored(lpf_block *block, lpf_input *input, lpf_window *window) {
  while (block->stored_bytes > 0) {
    const size_t at = (size_t)(input->position >> 3);
    const size_t there = input->size - at;
    if (there == 0) {
      return input->ended ? LPF_NOT_SOUND : LPF_NEEDS_INPUT;
    }
    const size_t wanted = block->stored_bytes < there ? block->stored_bytes : there;
    const size_t put = lpf_window_put(window, input->bytes + at, wanted);
    if (put == 0) {
      return LPF_NEEDS_ROOM;
    }
    input->position += (uint64_t)put * 8;
    block->stored_bytes -= (uint32_t)put;
  }
  return LPF_END_OF_BLOCK;
}

/* One decoder, up to where the input's buffer ends or the block turns out to be long. */
static lpf_progress decode_serially(lpf_block *block, lpf_input *input, lpf_window *window,
                                    bool until_long) {
  const uint64_t bits = (uint64_t)input->size * 8;
  /* behind the end there are zeros, and that they were used is noticed afterwards */
  uint64_t stop = input->ended ? bits + 64 : bits - 128;
  bool to_the_end = input->ended;
  if (until_long) {
    const uint64_t patience = block->begin + PATIENCE_BITS - input->dropped * 8;
    if (patience < stop) {
      stop = patience;
      to_the_end = false;
    }
  }
  const lpf_progress progress =
      block->loops->decode_serially(&block->tables, input->bytes, &input->position, stop, window);
  return progress == LPF_GOES_ON && to_the_end ? LPF_NOT_SOUND : progress;
}

/* Some of a block of codes; GOES_ON: there is more. */
static lpf_progress decode_some(lpf_block *block, lpf_input *input, lpf_window *window) {
  const lpf_lanes_context context = {block->loops, &block->tables, input, window};
  if (block->lanes.active) {
    return lpf_lanes_decode(&block->lanes, &context);
  }
  if (!lpf_input_has(input, LPF_BLOCK_INPUT)) {
    return LPF_NEEDS_INPUT;
  }
  const bool enough = (input->position >> 3) + LPF_LANES_INPUT < input->size;
  if (enough && !block->prepared) {
    /* the serial decoder may stop a few bytes early */
    const bool is_long = lpf_input_total(input) - block->begin + 128 >= PATIENCE_BITS;
    if (!is_long && block->length_before < LONG_BLOCK_BITS && !block->impatient) {
      return decode_serially(block, input, window, true);
    }
    prepare(block);
  }
  if (!enough || block->serial) {
    return decode_serially(block, input, window, false);
  }
  lpf_lanes_begin(&block->lanes, input, block->literals);
  return lpf_lanes_decode(&block->lanes, &context);
}

lpf_progress lpf_block_decode(lpf_block *block, lpf_input *input, lpf_window *window) {
  if (block->type == LPF_BLOCK_STORED) {
    return decode_stored(block, input, window);
  }
  const lpf_progress progress = decode_some(block, input, window);
  if (lpf_input_overrun(input)) {
    return LPF_NOT_SOUND;
  }
  if (progress == LPF_END_OF_BLOCK) {
    block->length_before = lpf_input_total(input) - block->begin;
  }
  return progress;
}

void lpf_block_drop_input(lpf_block *block, lpf_input *input) {
  if (block->lanes.active) {
    lpf_lanes_drop_input(&block->lanes, input);
  } else {
    lpf_input_drop(input, input->position);
  }
}
