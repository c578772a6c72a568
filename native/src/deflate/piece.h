/*
 * piece.h: a few kilobytes of compressed bits, and what a decoder that began there has made of
 * them: literals and sequences, in buffers of the piece's own.
 *
 * The buffers have no ends that anybody looks at. Each step of a decoder takes at least one bit for
 * each literal that it writes, and LPF_SHORTEST_MATCH_BITS for a sequence, since blocks whose codes
 * allow for less are not decoded in lanes; and the number of bits is bounded: LPF_PIECE_MAX_BITS is
 * what a piece can take at the very most, garbage included. Whoever makes the steps, the notes or
 * the way to the next piece longer has to keep it in step.
 */
#ifndef LPF_PIECE_H
#define LPF_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Compressed bytes. Twice as many are slower: the buffers leave L1. Fuzzers define it as less, so
   that short streams have many pieces. */
#ifndef LPF_PIECE_BYTES
#define LPF_PIECE_BYTES 2048
#endif

enum {
  LPF_LANES = 4, /* decoders side by side; 3 are slower by 6 % */
  /* A piece goes on into the next one, so that both have seen the same boundaries: bits. */
  LPF_OVERRUN_BITS = 144,
  /* Boundaries that are noted at a piece's start: must cover more bits than the overrun. Literals
     alone take few bits, and are noted once for up to five; units once for two. */
  LPF_MAX_NOTES = 36,
  LPF_UNIT_NOTES = 24,
  LPF_LITERAL_NOTES = 36,
  /* A symbol has 48 bits at most, and a round of a lane four literals of 11 and a symbol: 92. A
     piece is done with the first round beyond its overrun, and then goes on, symbol by symbol, to
     the last boundary noted in the next one. */
  LPF_ROUND_MAX_BITS = 96,
  LPF_PIECE_MAX_BITS =
      LPF_PIECE_BYTES * 8 + LPF_OVERRUN_BITS + (2 + LPF_MAX_NOTES) * LPF_ROUND_MAX_BITS,
  LPF_PIECE_LITERALS = LPF_PIECE_MAX_BITS + 128, /* written and read by whole vectors */
  LPF_SHORTEST_MATCH_BITS = 4, /* rare in long blocks; 2 would double the memory */
  LPF_PIECE_SEQUENCES = LPF_PIECE_MAX_BITS / LPF_SHORTEST_MATCH_BITS + 2
};

/* Literals, and a match behind them. `bits` begin with the unit that had the match (the literals of
   the same unit among them): its length and distance are decoded when it is executed, when it is
   sure that somebody wants them. */
typedef struct lpf_sequence {
  uint64_t bits;
  const uint8_t *literals_end;
} lpf_sequence;

/* A boundary between symbols, and how much had been written there. */
typedef struct lpf_note {
  uint64_t position;
  uint8_t *literals;
  lpf_sequence *sequences;
} lpf_note;

typedef enum lpf_piece_state {
  LPF_PIECE_RUNNING,
  LPF_PIECE_AT_LIMIT,
  LPF_PIECE_AT_END_OF_BLOCK,
  LPF_PIECE_INVALID
} lpf_piece_state;

typedef enum lpf_piece_join { LPF_JOIN_UNKNOWN, LPF_JOINED, LPF_JOIN_LOST } lpf_piece_join;

typedef struct lpf_piece {
  uint64_t position, limit; /* bits, in the input's buffer */
  uint8_t *literals_end;    /* where the next one goes */
  lpf_sequence *sequences_end;
  const uint8_t *literals; /* the first of those that are true and not executed yet */
  const lpf_sequence *sequences;
  lpf_piece_state state;
  lpf_piece_join join; /* with the next piece */
  int notes;
  lpf_note note[LPF_MAX_NOTES];
  uint8_t *literal_buffer;
  lpf_sequence *sequence_buffer;
} lpf_piece;

#endif
