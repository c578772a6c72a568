// link: native/test/deflate_streams.c native/test/inflate_driver.c library
/*
 * The inflaters give what the stream's writer says they must, however the stream is cut and the
 * output taken; and they refuse what RFC 1950 and RFC 1951, as zlib reads them, do not allow.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deflate_streams.h"
#include "inflate_driver.h"

static int failures;

static void fail(const char *what, const inflate_way *way, const char *reason) {
  if (failures++ < 30) {
    fprintf(stderr, "%s (%s): %s\n", what, way->name, reason);
  }
}

static choices next_choices(void) {
  static uint64_t state = 1;
  choices made = choices_of((const uint8_t *)&state, sizeof state);
  made.size = 0;
  state++;
  return made;
}

/* Bytes that make the output's end visible, and no byte too many. */
static lpf_inflate_result run(const inflate_way *way, const stream *of, size_t size,
                              size_t expected_size, size_t *given, bool *same) {
  uint8_t *output = malloc(expected_size > 0 ? expected_size : 1);
  choices splits = next_choices();
  lpf_inflate_result result =
      inflate_with(way, of->bytes, size, expected_size, &splits, output, given);
  *same = *given == 0 || (*given <= of->output_size && memcmp(output, of->output, *given) == 0);
  free(output);
  return result;
}

static void expect_sound(const char *what, const stream *of) {
  for (size_t i = 0; i < INFLATE_WAY_COUNT; i++) {
    size_t given = 0;
    bool same = false;
    lpf_inflate_result result = run(&INFLATE_WAYS[i], of, of->size, of->output_size, &given, &same);
    if (result != LPF_INFLATE_COMPLETE || given != of->output_size) {
      fail(what, &INFLATE_WAYS[i], "a sound stream is not inflated");
    } else if (!same) {
      fail(what, &INFLATE_WAYS[i], "wrong bytes");
    }
  }
}

static void expect_result(const char *what, const stream *of, size_t size, size_t expected_size,
                          lpf_inflate_result expected) {
  for (size_t i = 0; i < INFLATE_WAY_COUNT; i++) {
    size_t given = 0;
    bool same = false;
    if (run(&INFLATE_WAYS[i], of, size, expected_size, &given, &same) != expected) {
      fail(what, &INFLATE_WAYS[i], "is not told from a sound stream");
    }
  }
}

static void expect_damaged(const char *what, stream *of) {
  expect_result(what, of, of->size, of->output_size, LPF_INFLATE_DAMAGED);
  stream_free(of);
}

static void expect_sound_and_free(const char *what, stream *of) {
  expect_sound(what, of);
  stream_free(of);
}

/* ---- sound streams ---- */

static void random_streams_of_all_block_types_give_their_bytes(void) {
  for (unsigned i = 0; i < 200; i++) {
    choices from = next_choices();
    stream made = random_stream(&from, choose(&from, i < 170 ? 3000 : 200000));
    expect_sound("random stream", &made);
    stream_free(&made);
  }
}

static void streams_larger_than_all_buffers_give_their_bytes(void) {
  for (unsigned i = 0; i < 3; i++) {
    choices from = next_choices();
    stream made = random_stream(&from, 3000000);
    expect_sound("large stream", &made);
    stream_free(&made);
  }
}

/* One block of the fixed codes around what `put` puts. */
static stream fixed_block(block_codes *codes) {
  stream made = stream_begin();
  begin_fixed_block(&made, true, codes);
  return made;
}

static void end_block(stream *of, const block_codes *codes) {
  put_symbol(of, codes, END_OF_BLOCK);
  put_trailer(of);
}

static void every_length_and_distance_gives_its_bytes(void) {
  block_codes codes;
  stream made = fixed_block(&codes);
  choices from = next_choices();
  for (unsigned i = 0; i < 300; i++) {
    put_literal(&made, &codes, (uint8_t)choose(&from, 256));
  }
  for (unsigned length = 3; length <= 258; length++) {
    for (unsigned distance = 1; distance <= 80; distance++) {
      put_literal(&made, &codes, (uint8_t)choose(&from, 256));
      put_match(&made, &codes, length, distance);
    }
  }
  for (unsigned distance = 81; distance <= 32768; distance += distance < 300 ? 1 : 97) {
    put_literal(&made, &codes, (uint8_t)choose(&from, 256));
    put_match(&made, &codes, 3 + distance % 256, distance);
  }
  put_match(&made, &codes, 258, 32768);
  put_match(&made, &codes, 3, 32767);
  end_block(&made, &codes);
  expect_sound_and_free("every length and distance", &made);
}

static void distances_reach_the_first_byte_and_no_further(void) {
  block_codes codes;
  choices from = next_choices();
  for (unsigned before = 1; before <= 40000; before = before * 3 + 1) {
    for (unsigned too_far = 0; too_far <= 1; too_far++) {
      stream made = fixed_block(&codes);
      for (unsigned i = 0; i < before; i++) {
        put_literal(&made, &codes, (uint8_t)choose(&from, 256));
      }
      if (before < 32768 && too_far) {
        /* what an inflater would give that did not look: memory before the first byte, of zeros */
        put_match_bits(&made, &codes, 3, before + 1);
        give(&made, 0);
        give(&made, made.output[0]);
        give(&made, made.output[1]);
      } else {
        put_match(&made, &codes, 3, before < 32768 ? before : 32768);
      }
      for (unsigned i = 0; i < 20000; i++) { /* enough for lanes */
        put_literal(&made, &codes, (uint8_t)choose(&from, 256));
      }
      end_block(&made, &codes);
      if (before < 32768 && too_far) {
        expect_damaged("distance before the first byte", &made);
      } else {
        expect_sound_and_free("distance to the first byte", &made);
      }
    }
  }
}

static void stored_blocks_of_every_size_class_give_their_bytes(void) {
  static uint8_t bytes[65535];
  static const size_t sizes[] = {0, 1, 2, 31, 4096, 65535};
  for (size_t i = 0; i < sizeof bytes; i++) {
    bytes[i] = (uint8_t)(i * 7 + i / 256);
  }
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    stream made = stream_begin();
    put_stored_block(&made, false, bytes, sizes[i]);
    put_stored_block(&made, false, bytes, 0);
    put_stored_block(&made, true, bytes, sizes[i]);
    put_trailer(&made);
    expect_sound_and_free("stored blocks", &made);
  }
}

/* Lengths 1, 2, 3 ... 14, 15, 15: the longest codes that there are. */
static void set_staircase(uint8_t *lengths, const uint16_t *symbols) {
  for (unsigned i = 0; i < 16; i++) {
    lengths[symbols[i]] = (uint8_t)(i < 15 ? i + 1 : 15);
  }
}

static void codes_of_all_lengths_give_their_bytes(void) {
  static const uint16_t symbols[16] = {'a', 'b', 257, 'c', 258, 'd', 'e', 284,
                                       'f', 285, 'g', 270, 'h', 'i', 256, 'j'};
  static const uint16_t distances[16] = {0, 1, 2, 3, 4, 8, 6, 7, 20, 9, 10, 11, 29, 13, 14, 28};
  for (unsigned reversed = 0; reversed < 2; reversed++) {
    uint16_t order[16];
    block_codes codes = {0};
    for (unsigned i = 0; i < 16; i++) {
      order[i] = symbols[reversed ? 15 - i : i];
    }
    set_staircase(codes.symbol_length, order);
    set_staircase(codes.distance_length, distances);
    stream made = stream_begin();
    begin_dynamic_block(&made, true, &codes);
    choices from = next_choices();
    for (unsigned i = 0; i < 60000; i++) {
      put_literal(&made, &codes, (uint8_t)('a' + choose(&from, 10)));
      static const unsigned lengths[] = {3, 4, 23, 24, 227, 257, 258};
      static const unsigned reach[] = {1, 2, 3, 4, 5, 6, 17, 24, 24577, 32768, 16385, 24576};
      unsigned distance = reach[choose(&from, 12)];
      if (i % 3 == 0 && distance <= made.output_size) {
        put_match(&made, &codes, lengths[choose(&from, 7)], distance);
      }
    }
    end_block(&made, &codes);
    expect_sound_and_free("codes of 1 to 15 bits", &made);
  }
}

/* Matches of two bits: more of them than the lanes' buffers have room for. */
static void the_shortest_matches_give_their_bytes(void) {
  block_codes codes = {0};
  codes.symbol_length[257] = 1;
  for (unsigned i = 0; i < 8; i++) {
    codes.symbol_length['a' + i] = (uint8_t)(i + 2);
  }
  codes.symbol_length[END_OF_BLOCK] = 9; /* seldom in what lanes take for symbols at first */
  codes.distance_length[0] = codes.distance_length[1] = 1;
  stream made = stream_begin();
  begin_dynamic_block(&made, true, &codes);
  choices from = next_choices();
  put_literal(&made, &codes, 'a');
  put_literal(&made, &codes, 'b');
  for (unsigned i = 0; i < 200000; i++) {
    put_match(&made, &codes, 3, 1 + choose(&from, 2));
    if (i % 16 == 0) { /* or all of the output would be the same */
      put_literal(&made, &codes, (uint8_t)('a' + choose(&from, 2)));
      put_literal(&made, &codes, (uint8_t)('a' + choose(&from, 2)));
    }
  }
  end_block(&made, &codes);
  expect_sound_and_free("matches of two bits", &made);
}

static void set_literals_and_end(block_codes *codes) {
  memset(codes, 0, sizeof *codes);
  codes->symbol_length['x'] = 1;
  codes->symbol_length[END_OF_BLOCK] = 2;
  codes->symbol_length[257] = 2;
}

static void one_distance_code_or_none_is_enough(void) {
  block_codes codes;
  set_literals_and_end(&codes);
  stream made = stream_begin();
  begin_dynamic_block(&made, true, &codes);
  put_literal(&made, &codes, 'x');
  end_block(&made, &codes);
  expect_sound_and_free("no distance code", &made);

  codes.distance_length[0] = 1;
  made = stream_begin();
  begin_dynamic_block(&made, true, &codes);
  put_literal(&made, &codes, 'x');
  put_match(&made, &codes, 3, 1);
  end_block(&made, &codes);
  expect_sound_and_free("one distance code", &made);

  made = stream_begin();
  memset(&codes, 0, sizeof codes);
  codes.symbol_length[END_OF_BLOCK] = 1;
  begin_dynamic_block(&made, true, &codes);
  end_block(&made, &codes);
  expect_sound_and_free("the end of the block is the only code", &made);
}

/* ---- what is not sound ---- */

static void codes_that_are_none_are_refused(void) {
  block_codes codes;
  set_literals_and_end(&codes);
  stream made = stream_begin();
  begin_dynamic_block(&made, true, &codes);
  put_literal(&made, &codes, 'x');
  put_symbol(&made, &codes, 257); /* and a distance that has no code: bits of the end */
  end_block(&made, &codes);
  expect_damaged("a match without any distance code", &made);

  set_literals_and_end(&codes);
  codes.distance_length[0] = 1;
  made = stream_begin();
  begin_dynamic_block(&made, true, &codes);
  put_literal(&made, &codes, 'x');
  put_symbol(&made, &codes, 257);
  put_bits(&made, 1, 1);
  end_block(&made, &codes);
  expect_damaged("the bit that a single distance code leaves free", &made);

  static const struct {
    const char *what;
    uint16_t symbol, symbol_length, distance, distance_length;
  } cases[] = {
      {"over-subscribed symbols", 'y', 1, 0, 0},
      {"incomplete symbols", 257, 3, 0, 0},
      {"no end of block", END_OF_BLOCK, 0, 0, 0},
      {"a single distance code of two bits", 'x', 1, 0, 2},
      {"two incomplete distance codes", 'x', 1, 0, 2},
      {"over-subscribed distances", 'x', 1, 0, 1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    set_literals_and_end(&codes);
    codes.symbol_length[cases[i].symbol] = (uint8_t)cases[i].symbol_length;
    codes.distance_length[cases[i].distance] = (uint8_t)cases[i].distance_length;
    if (i == 4) {
      codes.distance_length[1] = 2;
    }
    if (i == 5) {
      codes.distance_length[1] = codes.distance_length[2] = 1;
    }
    if (codes.symbol_length[END_OF_BLOCK] == 0) {
      codes.symbol_length['y'] = 2;
    }
    made = stream_begin();
    begin_dynamic_block(&made, true, &codes);
    put_literal(&made, &codes, 'x');
    put_symbol(&made, &codes, END_OF_BLOCK);
    put_trailer(&made);
    expect_damaged(cases[i].what, &made);
  }
}

/* The header of a dynamic block with the code lengths' own lengths as they are given. */
static void put_dynamic_header(stream *to, unsigned symbols, unsigned distances,
                               const uint8_t precode[19]) {
  static const uint8_t order[19] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                    11, 4,  12, 3, 13, 2, 14, 1, 15};
  put_bits(to, 5, 3);
  put_bits(to, symbols - 257, 5);
  put_bits(to, distances - 1, 5);
  put_bits(to, 15, 4);
  for (unsigned i = 0; i < 19; i++) {
    put_bits(to, precode[order[i]], 3);
  }
}

static void damaged_lists_of_code_lengths_are_refused(void) {
  static const struct {
    const char *what;
    unsigned symbols, distances;
    uint8_t precode[19];
  } cases[] = {
      {"287 symbols", 287, 1, {[0] = 1, [1] = 2, [2] = 2}},
      {"31 distances", 257, 31, {[0] = 1, [1] = 2, [2] = 2}},
      {"no code for code lengths", 257, 1, {0}},
      {"a single code for code lengths", 257, 1, {[1] = 1}},
      {"an incomplete code for code lengths", 257, 1, {[1] = 1, [2] = 2}},
      {"an over-subscribed code for code lengths", 257, 1, {[1] = 1, [2] = 1, [3] = 1}},
      /* all bits are zeros: the shortest code, again and again */
      {"a repetition of nothing", 257, 1, {[16] = 1, [17] = 2, [18] = 2}},
      {"zeros beyond the last code", 257, 1, {[18] = 1, [17] = 2, [0] = 2}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    stream made = stream_begin();
    put_dynamic_header(&made, cases[i].symbols, cases[i].distances, cases[i].precode);
    for (unsigned k = 0; k < 400; k++) {
      put_bits(&made, 0, 8);
    }
    put_trailer(&made);
    expect_damaged(cases[i].what, &made);
  }
}

static void reserved_symbols_and_blocks_are_refused(void) {
  block_codes codes;
  for (unsigned symbol = 286; symbol < 288; symbol++) {
    stream made = fixed_block(&codes);
    put_literal(&made, &codes, 1);
    put_symbol(&made, &codes, symbol);
    put_bits(&made, 0, 5);
    end_block(&made, &codes);
    expect_damaged("symbols 286 and 287", &made);
  }
  for (unsigned distance = 30; distance < 32; distance++) {
    stream made = fixed_block(&codes);
    put_literal(&made, &codes, 1);
    put_symbol(&made, &codes, 257);
    put_bits(&made, codes.distance_code[distance], codes.distance_length[distance]);
    end_block(&made, &codes);
    expect_damaged("distances 30 and 31", &made);
  }
  stream made = stream_begin();
  put_bits(&made, 1, 1);
  put_bits(&made, 3, 2);
  put_trailer(&made);
  expect_damaged("block type 3", &made);
  made = stream_begin();
  put_stored_block(&made, true, (const uint8_t *)"abc", 3);
  put_trailer(&made);
  made.bytes[5] ^= 1;
  expect_damaged("a stored block whose length is not confirmed", &made);
}

/* Behind the reserved symbol all is sound, as if it had been the end of the block. */
static void reserved_symbols_do_not_end_a_block(void) {
  block_codes codes;
  for (unsigned literals = 1; literals <= 20000; literals += 19999) {
    stream made = stream_begin();
    choices from = next_choices();
    for (unsigned last = 0; last < 2; last++) {
      begin_fixed_block(&made, last, &codes);
      for (unsigned i = 0; i < literals; i++) {
        put_literal(&made, &codes, (uint8_t)choose(&from, 256));
      }
      put_symbol(&made, &codes, last ? END_OF_BLOCK : 286);
    }
    put_trailer(&made);
    expect_damaged("a reserved symbol instead of the end of the block", &made);
  }
}

static void damaged_headers_and_trailers_are_refused(void) {
  static const uint8_t headers[][2] = {{0x78, 0x9d}, {0x79, 0x99}, {0x77, 0x85},
                                       {0x88, 0x98}, {0x78, 0xbb}, {0, 0}};
  block_codes codes;
  for (size_t i = 0; i < sizeof headers / 2; i++) {
    stream made = fixed_block(&codes);
    put_literal(&made, &codes, 'a');
    end_block(&made, &codes);
    memcpy(made.bytes, headers[i], 2);
    expect_damaged("header", &made);
  }
  for (size_t i = 1; i <= 4; i++) {
    stream made = fixed_block(&codes);
    put_literal(&made, &codes, 'a');
    end_block(&made, &codes);
    made.bytes[made.size - i] ^= 0x10;
    expect_damaged("Adler-32", &made);
  }
  stream made = fixed_block(&codes);
  put_literal(&made, &codes, 'a');
  end_block(&made, &codes);
  put_byte(&made, 0);
  expect_damaged("a byte behind the trailer", &made);
  made = fixed_block(&codes);
  put_literal(&made, &codes, 'a');
  put_symbol(&made, &codes, END_OF_BLOCK);
  align_to_byte(&made);
  put_byte(&made, 0);
  put_trailer(&made);
  expect_damaged("a byte before the trailer", &made);
}

static void streams_cut_anywhere_are_refused(void) {
  choices from = next_choices();
  stream made = random_stream(&from, 700);
  for (size_t size = 0; size < made.size; size++) {
    expect_result("a stream cut short", &made, size, made.output_size, LPF_INFLATE_DAMAGED);
  }
  stream_free(&made);
  made = random_stream(&from, 400000);
  for (size_t cut = 1; cut < made.size; cut = cut * 3 + 1) {
    expect_result("a long stream cut short", &made, made.size - cut, made.output_size,
                  LPF_INFLATE_DAMAGED);
  }
  stream_free(&made);
}

static void another_size_than_expected_is_refused(void) {
  static const size_t sizes[] = {1, 100, 33000, 400000};
  for (size_t i = 0; i < 4; i++) {
    choices from = next_choices();
    stream made = random_stream(&from, sizes[i]);
    for (size_t off = 1; off <= made.output_size; off = off * 10) {
      expect_result("fewer bytes than expected", &made, made.size, made.output_size + off,
                    LPF_INFLATE_DAMAGED);
      expect_result("more bytes than expected", &made, made.size, made.output_size - off,
                    LPF_INFLATE_DAMAGED);
    }
    stream_free(&made);
  }
}

static void too_many_empty_blocks_end_early(void) {
  block_codes codes;
  stream made = stream_begin();
  for (unsigned i = 0; i < 200000; i++) {
    set_literals_and_end(&codes);
    begin_dynamic_block(&made, false, &codes);
    put_symbol(&made, &codes, END_OF_BLOCK);
  }
  begin_fixed_block(&made, true, &codes);
  put_symbol(&made, &codes, END_OF_BLOCK);
  put_trailer(&made);
  for (size_t i = 0; i < INFLATE_WAY_COUNT; i++) {
    size_t given = 0;
    bool same = false;
    if (INFLATE_WAYS[i].inflater != WHOLE && /* libdeflate does not count; it gets short streams */
        run(&INFLATE_WAYS[i], &made, made.size, 0, &given, &same) != LPF_INFLATE_TOO_MANY_BLOCKS) {
      fail("200,000 empty blocks", &INFLATE_WAYS[i], "are all decoded");
    }
  }
  stream_free(&made);
}

static void flushes_after_every_row_of_two_bytes_are_sound(void) {
  block_codes codes;
  stream made = stream_begin();
  for (unsigned i = 0; i < 100000; i++) {
    begin_fixed_block(&made, false, &codes);
    put_literal(&made, &codes, 0);
    put_literal(&made, &codes, (uint8_t)i);
    put_symbol(&made, &codes, END_OF_BLOCK);
    put_stored_block(&made, false, NULL, 0);
  }
  put_stored_block(&made, true, NULL, 0);
  put_trailer(&made);
  expect_sound_and_free("a flush for every two bytes", &made);
}

int main(void) {
  random_streams_of_all_block_types_give_their_bytes();
  streams_larger_than_all_buffers_give_their_bytes();
  every_length_and_distance_gives_its_bytes();
  distances_reach_the_first_byte_and_no_further();
  stored_blocks_of_every_size_class_give_their_bytes();
  codes_of_all_lengths_give_their_bytes();
  the_shortest_matches_give_their_bytes();
  one_distance_code_or_none_is_enough();
  codes_that_are_none_are_refused();
  damaged_lists_of_code_lengths_are_refused();
  reserved_symbols_and_blocks_are_refused();
  reserved_symbols_do_not_end_a_block();
  damaged_headers_and_trailers_are_refused();
  streams_cut_anywhere_are_refused();
  another_size_than_expected_is_refused();
  too_many_empty_blocks_end_early();
  flushes_after_every_row_of_two_bytes_are_sound();
  if (failures > 0) {
    fprintf(stderr, "%d failures\n", failures);
  }
  return failures > 0;
}
