/*
 * compress.h: deflate (RFC 1951) for filtered scanlines, block by block. What a block becomes
 * depends on its bytes, on those before it in its strip, and on the settings: never on the
 * processor, nor on how much room there is.
 */
#ifndef LPF_COMPRESS_H
#define LPF_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "deflate/coding.h"

enum {
  /* A stored block has at most 65,535 bytes; four of them are one of ours. */
  LPF_STORED_BYTES = 65535,
  LPF_BLOCK_BYTES = 4 * LPF_STORED_BYTES,
  LPF_MOST_TOKENS = LPF_BLOCK_BYTES / 4 + 2
};

typedef struct lpf_compress_settings {
  const lpf_coding_loops *loops;
  bool thorough;      /* more time for fewer bytes */
  bool indices;       /* of a palette */
  bool made_palette;  /* of colours that were no indices before */
  uint32_t row_bytes; /* of a filtered scanline; what does not fit is as good as any other */
} lpf_compress_settings;

typedef struct lpf_compressor {
  lpf_compress_settings settings;
  lpf_search search;
  lpf_run_counts run_counts;
  lpf_huffman_codes codes;
  uint32_t position; /* of the next block, from the strip's beginning */
  bool places_ready; /* search.places is empty, or has been used in this strip */
  bool decided;      /* whether a search pays has been tried in this strip */
  bool matches;      /* and it does */
  bool has_prices;   /* of a block with matches before */
  uint8_t length_bits[LPF_LENGTH_SYMBOLS], distance_bits[LPF_DISTANCE_SYMBOLS];
} lpf_compressor;

/* Bytes of memory that a compressor works in, besides itself. */
size_t lpf_compressor_memory(void);

/* Before each strip. `memory` is aligned to 64 bytes; its content means nothing. */
void lpf_compressor_begin(lpf_compressor *compressor, const lpf_compress_settings *settings,
                          uint8_t *memory);

/*
 * Writes a block for the `size` bytes at `data`, 1 to LPF_BLOCK_BYTES: behind them are
 * LPF_CODING_SLACK bytes that may be written to, and before them LPF_HISTORY_BYTES of memory, in
 * which those of the strip's earlier blocks end. It never writes more than lpf_stored_bound(size)
 * bytes and the writer's slack.
 */
void lpf_compress_block(lpf_compressor *compressor, uint8_t *data, size_t size, bool last,
                        lpf_bit_writer *writer, const uint8_t *end);

/* The most bytes that a block of so many becomes. */
size_t lpf_stored_bound(size_t size);

/* An empty stored block, so that what follows begins with a byte. */
void lpf_flush_bits(lpf_bit_writer *writer);

/* Stored blocks for as many bytes as there are. */
void lpf_write_stored(lpf_bit_writer *writer, const uint8_t *data, size_t size, bool last);

#endif
