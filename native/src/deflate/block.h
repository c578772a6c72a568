/* block.h: one deflate block after the other (RFC 1951, 3.2.3), and how best to decode each. */
#ifndef LPF_BLOCK_H
#define LPF_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "deflate/block_header.h"
#include "deflate/huffman_tables.h"
#include "deflate/input.h"
#include "deflate/lanes.h"
#include "deflate/loops.h"
#include "deflate/progress.h"
#include "deflate/stream_settings.h"
#include "deflate/window.h"

/* Bytes of input to be at hand before anything in a block is decoded, unless the input has ended.
 */
enum { LPF_BLOCK_INPUT = LPF_LANES_INPUT + LPF_MAX_BLOCK_HEADER };

typedef enum lpf_block_type {
  LPF_BLOCK_STORED = 0,
  LPF_BLOCK_FIXED = 1,
  LPF_BLOCK_DYNAMIC = 2
} lpf_block_type;

typedef struct lpf_block {
  lpf_huffman_tables tables;
  lpf_block_codes codes;
  lpf_lanes lanes;
  const lpf_loops *loops;
  lpf_way way;
  bool impatient;
  bool last; /* no block follows this one */
  lpf_block_type type;
  bool fixed_codes_made; /* the tables are those of the fixed codes */
  bool prepared;         /* it is known how to decode the block, and the tables for that are made */
  bool serial, literals; /* then: with one decoder; with lanes for literals */
  uint32_t stored_bytes; /* of a stored block: still to come */
  uint64_t begin;        /* where the block's codes begin, in bits of the stream */
  uint64_t length_before; /* bits of the block of codes before; or a guess */
  uint64_t work;          /* spent on blocks as such, in bytes of output that take as long */
} lpf_block;

/* `memory` is that of lpf_lanes_memory_size; for short streams it may be none. */
void lpf_block_begin(lpf_block *block, const lpf_stream_settings *settings,
                     unsigned long long input_bytes, uint8_t *memory);

lpf_progress lpf_block_read_header(lpf_block *block, lpf_input *input);

/*
 * False if there have been so many blocks for what has been inflated before them that it is not
 * worth going on: a stream of empty blocks takes thousands of times as long for each byte as one
 * that somebody wants. Real encoders are far from that, also those that flush after every row. It
 * depends on the stream alone.
 */
bool lpf_block_is_worth_it(const lpf_block *block, uint64_t inflated_bytes);

/* The block, up to its end, or as far as input and room go. */
lpf_progress lpf_block_decode(lpf_block *block, lpf_input *input, lpf_window *window);

/* Before more input is read. */
void lpf_block_drop_input(lpf_block *block, lpf_input *input);

#endif
