/*
 * lanes.h: decodes a block of which the codes are known with four decoders side by side in one
 * thread.
 *
 * A Huffman code synchronises itself: a decoder that begins at a wrong bit stands on true symbol
 * boundaries after 3 to 14 symbols, nearly always. So four lanes begin on pieces of 2 KB of the
 * compressed bits, wherever those begin, and note the first boundaries that they believe in. When
 * the piece before has come to its end, it goes on symbol by symbol until it stands on one of them:
 * what the later piece has made from there on is, bit for bit, what one decoder would have made.
 * Where there is none (fewer than 1 in 100), the later pieces are thrown away. So speculation costs
 * time, and never correctness. What a lane has made before that boundary, or behind the true end of
 * the block, is garbage that nobody looks at, within the piece's buffers.
 *
 * Matches are only noted by the lanes, and executed piece by piece in the true order, into the
 * window. Everything can stop and go on when the window is full or the input used up.
 */
#ifndef LPF_LANES_H
#define LPF_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "deflate/huffman_tables.h"
#include "deflate/input.h"
#include "deflate/loops.h"
#include "deflate/piece.h"
#include "deflate/progress.h"
#include "deflate/window.h"

enum {
  LPF_PIECES = 8, /* a piece may be done long before the one before it */
  /* Bytes of input that there must be for lanes to begin. */
  LPF_LANES_INPUT = (LPF_LANES + 1) * LPF_PIECE_BYTES + LPF_PIECE_MAX_BITS / 8 + 16
};

typedef struct lpf_lanes {
  lpf_piece piece[LPF_PIECES]; /* a ring: from `oldest` on, which is on the true path, to `next` */
  unsigned oldest, next;
  lpf_piece *lane[LPF_LANES];
  uint64_t next_start; /* the bit where the next piece begins */
  uint64_t reach;      /* bits from a piece's beginning to its limit */
  int notes;           /* boundaries to be noted of each piece */
  bool literals;       /* the block has hardly anything else */
  bool active, ending;
} lpf_lanes;

/* What the lanes work on. */
typedef struct lpf_lanes_context {
  const lpf_loops *loops;
  const lpf_huffman_tables *tables;
  lpf_input *input;
  lpf_window *window;
} lpf_lanes_context;

size_t lpf_lanes_memory_size(void);

void lpf_lanes_set_memory(lpf_lanes *lanes, uint8_t *memory);

/* Begins at the input's position, which must have LPF_LANES_INPUT bytes behind it. */
void lpf_lanes_begin(lpf_lanes *lanes, const lpf_input *input, bool literals);

/*
 * Goes on, to the end of the block, or until the input or the window is used up. GOES_ON: the lanes
 * have stopped, at the input's position, inside the block.
 */
lpf_progress lpf_lanes_decode(lpf_lanes *lanes, const lpf_lanes_context *context);

/* Before more input is read: forgets what no piece needs any more. */
void lpf_lanes_drop_input(lpf_lanes *lanes, lpf_input *input);

#endif
