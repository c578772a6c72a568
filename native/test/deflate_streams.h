/*
 * deflate_streams.h: zlib streams (RFC 1950, RFC 1951) made bit by bit, together with what they
 * must give: the bytes are worked out here, by the writer, and by no inflater.
 */
#ifndef LPF_TEST_DEFLATE_STREAMS_H
#define LPF_TEST_DEFLATE_STREAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where choices come from: these bytes, and when they are used up, numbers that depend on them. */
typedef struct choices {
  const uint8_t *bytes;
  size_t size;
  uint64_t state;
} choices;

choices choices_of(const uint8_t *bytes, size_t size);
/* at least 0, less than `below`, which is not 0 */
uint32_t choose(choices *choices, uint32_t below);

enum { SYMBOLS = 288, DISTANCES = 32, END_OF_BLOCK = 256 };

/* The codes of a block: their lengths, 0 where there is none, and what follows from those. */
typedef struct block_codes {
  uint8_t symbol_length[SYMBOLS], distance_length[DISTANCES];
  uint16_t symbol_code[SYMBOLS], distance_code[DISTANCES];
} block_codes;

typedef struct stream {
  uint8_t *bytes;
  size_t size, capacity;
  uint64_t held; /* bits that do not fill a byte yet */
  unsigned held_bits;
  uint8_t *output;
  size_t output_size, output_capacity;
} stream;

stream stream_begin(void); /* with the usual header */
void stream_free(stream *stream);
void put_bits(stream *stream, uint32_t value, unsigned bits);
void give(stream *stream, uint8_t byte); /* a byte of the output, and nothing into the stream */
void align_to_byte(stream *stream);      /* with zeros */
void put_byte(stream *stream, uint8_t byte);
void put_trailer(stream *stream); /* aligned, the Adler-32 of the output */

/* Both write the block's header; the lengths may be of no code at all. */
void begin_fixed_block(stream *stream, bool last, block_codes *codes);
void begin_dynamic_block(stream *stream, bool last, block_codes *codes);
void put_stored_block(stream *stream, bool last, const uint8_t *bytes, size_t size);

/* Only symbols that have a code. */
void put_symbol(stream *stream, const block_codes *codes, unsigned symbol);
void put_literal(stream *stream, const block_codes *codes, uint8_t literal);
void put_match(stream *stream, const block_codes *codes, unsigned length, unsigned distance);
/* Without any output: also distances that reach too far. */
void put_match_bits(stream *stream, const block_codes *codes, unsigned length, unsigned distance);

/* A complete code for `used` symbols out of `from`, with lengths up to 15, if the choices lead
   there. `lengths` gets `from` entries; the symbol `always` is among the used ones. */
void choose_code(choices *choices, uint8_t *lengths, unsigned from, unsigned used, unsigned always);

/* A sound stream of blocks of all types, of about that much output, and its trailer. */
stream random_stream(choices *choices, size_t about_bytes);

uint32_t reference_adler32(const uint8_t *bytes, size_t size);

#endif
