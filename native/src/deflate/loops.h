/*
 * loops.h: the loops that the time goes into, for the instruction sets that they are compiled for.
 * They give the same bytes.
 */
#ifndef LPF_LOOPS_H
#define LPF_LOOPS_H

#include <stdbool.h>
#include <stdint.h>

#include "deflate/huffman_tables.h"
#include "deflate/piece.h"
#include "deflate/progress.h"
#include "deflate/window.h"

/*
 * Runs the lanes side by side, from the piece's position on, until one is at its limit or has
 * ended, which then is in its state. Returns the lane that has ended, or -1.
 */
typedef int lpf_run_lanes(const lpf_huffman_tables *tables, const uint8_t *input,
                          lpf_piece *const lane[LPF_LANES]);

/* The same for *rounds rounds at most; notes all lanes' boundaries before each, and sets *rounds to
   how many there were. */
typedef int lpf_note_lanes(const lpf_huffman_tables *tables, const uint8_t *input,
                           lpf_piece *const lane[LPF_LANES], lpf_note (*notes)[LPF_LANES],
                           int *rounds);

/* Makes tables->unit, of tables->single and lengths that are as wide as they can be. */
typedef void lpf_make_units(lpf_huffman_tables *tables);

/* Appends what a piece has to the window: copies its literals and matches. GOES_ON when all is
   done; after NEEDS_ROOM it goes on where it was. */
typedef lpf_progress lpf_execute(const lpf_huffman_tables *tables, lpf_window *window,
                                 lpf_piece *piece);

/*
 * Decodes straight into the window, from bit *position on, to the end of the block or about bit
 * `stop` (GOES_ON). Up to 24 bytes behind bit `stop` are read.
 */
typedef lpf_progress lpf_decode_serially(const lpf_huffman_tables *tables, const uint8_t *input,
                                         uint64_t *position, uint64_t stop, lpf_window *window);

typedef struct lpf_loops {
  const char *name;
  lpf_run_lanes *run_units, *run_literals;
  lpf_note_lanes *note_units, *note_literals;
  lpf_make_units *make_units;
  lpf_execute *execute;
  lpf_decode_serially *decode_serially;
} lpf_loops;

/* An exception in a lane: one symbol of the piece the slow way, and then its state. Not for pieces
   that have ended. */
lpf_piece_state lpf_piece_step(const lpf_huffman_tables *tables, const uint8_t *input,
                               lpf_piece *piece);

#endif
