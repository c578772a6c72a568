/*
 * lane_loops.h: the lanes' loops, for the instruction set of the file that includes it.
 *
 * The place of a symbol is known only when the one before has been looked up, and a processor waits
 * for most of that time. Four decoders on four pieces do not wait for each other, so they fill it.
 * There is no branch on what a unit is, literals or match, because it could not be predicted: the
 * pointers advance by what was really there, which may be nothing.
 *
 * What bounds these loops is the number of instructions. Their state has to be in registers, of
 * which there are just enough: hence lanes of local variables, and macros that name each lane.
 */
#ifndef LPF_LANE_LOOPS_H
#define LPF_LANE_LOOPS_H

#include "deflate/loops.h"

#define EACH_LANE(DO) DO(0) DO(1) DO(2) DO(3)

/* A lane's state, as long as its loop runs. */
typedef struct lane_state {
  uint64_t position, limit;
  uint8_t *literals;
  lpf_sequence *sequences;
} lane_state;

static LPF_ALWAYS_INLINE lane_state load_lane(const lpf_piece *piece) {
  const lane_state lane = {piece->position, piece->limit, piece->literals_end,
                           piece->sequences_end};
  return lane;
}

static LPF_ALWAYS_INLINE void save_lane(lpf_piece *piece, lane_state lane) {
  piece->position = lane.position;
  piece->literals_end = lane.literals;
  piece->sequences_end = lane.sequences;
}

static LPF_ALWAYS_INLINE void note_lane(lpf_note *note, lane_state lane) {
  note->position = lane.position;
  note->literals = lane.literals;
  note->sequences = lane.sequences;
}

/* By value, so that the state's address is never taken and it can live in registers. */
static __attribute__((noinline, cold)) lane_state slow_step(const lpf_huffman_tables *tables,
                                                            const uint8_t *input, lpf_piece *piece,
                                                            lane_state lane) {
  save_lane(piece, lane);
  lpf_piece_step(tables, input, piece);
  return load_lane(piece);
}

/* A unit of one lane. */
#define UNIT(k)                                                                                    \
  {                                                                                                \
    const uint64_t bits = lpf_bits_at(input, lane##k.position);                                    \
    const uint64_t unit = first[bits & ((1u << LPF_SYMBOL_BITS) - 1)];                             \
    const uint64_t match = (uint64_t)((int64_t)unit >> 63);                                        \
    const uint64_t distance =                                                                      \
        tables->distance[bits >> (unit & 63) & ((1u << LPF_DISTANCE_BITS) - 1)] & match;           \
    if (LPF_UNLIKELY((unit | distance) & LPF_ENTRY_EXCEPTION)) {                                   \
      lane##k = slow_step(tables, input, piece[k], lane##k);                                       \
      if (piece[k]->state != LPF_PIECE_RUNNING) {                                                  \
        ended = k;                                                                                 \
        goto end;                                                                                  \
      }                                                                                            \
    } else {                                                                                       \
      lpf_store32(lane##k.literals, (uint32_t)(unit >> 32));                                       \
      lane##k.literals += (uint8_t)(unit >> 8);                                                    \
      lane##k.sequences->bits = bits;                                                              \
      lane##k.sequences->literals_end = lane##k.literals;                                          \
      lane##k.sequences =                                                                          \
          (lpf_sequence *)(void *)((uint8_t *)lane##k.sequences + (match & sizeof(lpf_sequence))); \
      lane##k.position += (unit + distance) & 63;                                                  \
    }                                                                                              \
  }

/*
 * Five literals of each lane, and a branch for what is none: for blocks with hardly any match.
 * Stage by stage, because a processor's schedulers see less far than its reorder buffer: what can
 * run together has to stand together.
 */
#define LITERAL_BEGIN(k)                                   \
  uint64_t bits##k = lpf_bits_at(input, lane##k.position); \
  uint32_t consumed##k = 0, entry##k;
#define LITERAL_LOOK_UP(k) entry##k = literal[bits##k & ((1u << LPF_SYMBOL_BITS) - 1)];
#define LITERAL_PUT(k)                                \
  lane##k.literals[count] = (uint8_t)(entry##k >> 8); \
  bits##k >>= entry##k & 63;                          \
  consumed##k += entry##k;
/* the sum of the low bytes stays below 256: 5 * 11 */
#define LITERAL_END(k)                      \
  lane##k.position += (uint8_t)consumed##k; \
  lane##k.literals += count;
#define LITERAL_STAGE(n)                                                                \
  EACH_LANE(LITERAL_LOOK_UP)                                                            \
  if (LPF_UNLIKELY((entry0 | entry1 | entry2 | entry3) & LPF_ENTRY_NO_LITERAL_ALONE)) { \
    goto no_literal;                                                                    \
  }                                                                                     \
  EACH_LANE(LITERAL_PUT)                                                                \
  count = n;
#define LITERALS                                                                       \
  {                                                                                    \
    uint32_t count = 0;                                                                \
    EACH_LANE(LITERAL_BEGIN)                                                           \
    LITERAL_STAGE(1)                                                                   \
    LITERAL_STAGE(2)                                                                   \
    LITERAL_STAGE(3) LITERAL_STAGE(4) LITERAL_STAGE(5) EACH_LANE(LITERAL_END) if (0) { \
    no_literal:                                                                        \
      EACH_LANE(LITERAL_END)                                                           \
      EACH_LANE(UNIT)                                                                  \
    }                                                                                  \
  }

#define LANE_LOAD(k) lane_state lane##k = load_lane(piece[k]);
#define LANE_SAVE(k) save_lane(piece[k], lane##k);
#define LANE_NOTE(k) note_lane(&notes[round][k], lane##k);
#define ALL_BELOW_LIMIT                                                                            \
  (lane0.position < lane0.limit && lane1.position < lane1.limit && lane2.position < lane2.limit && \
   lane3.position < lane3.limit)

static int run_units(const lpf_huffman_tables *tables, const uint8_t *input,
                     lpf_piece *const piece[LPF_LANES]) {
  const uint64_t *const first = tables->unit;
  int ended = -1;
  EACH_LANE(LANE_LOAD)
  while (ALL_BELOW_LIMIT) {
    EACH_LANE(UNIT)
  }
end:
  EACH_LANE(LANE_SAVE)
  return ended;
}

static int note_units(const lpf_huffman_tables *tables, const uint8_t *input,
                      lpf_piece *const piece[LPF_LANES], lpf_note (*notes)[LPF_LANES],
                      int *rounds) {
  const uint64_t *const first = tables->unit;
  const int most = *rounds;
  int ended = -1;
  int round = 0;
  EACH_LANE(LANE_LOAD)
  while (round < most && ALL_BELOW_LIMIT) {
    EACH_LANE(LANE_NOTE)
    round++;
    EACH_LANE(UNIT)
    EACH_LANE(UNIT)
  }
end:
  EACH_LANE(LANE_SAVE)
  *rounds = round;
  return ended;
}

static int run_literals(const lpf_huffman_tables *tables, const uint8_t *input,
                        lpf_piece *const piece[LPF_LANES]) {
  const uint64_t *const first = tables->single;
  const uint16_t *const literal = tables->literal;
  int ended = -1;
  EACH_LANE(LANE_LOAD)
  while (ALL_BELOW_LIMIT)
    LITERALS
end:
  EACH_LANE(LANE_SAVE)
  return ended;
}

static int note_literals(const lpf_huffman_tables *tables, const uint8_t *input,
                         lpf_piece *const piece[LPF_LANES], lpf_note (*notes)[LPF_LANES],
                         int *rounds) {
  const uint64_t *const first = tables->single;
  const uint16_t *const literal = tables->literal;
  const int most = *rounds;
  int ended = -1;
  int round = 0;
  EACH_LANE(LANE_LOAD)
  while (round < most && ALL_BELOW_LIMIT) {
    EACH_LANE(LANE_NOTE)
    round++;
    LITERALS
  }
end:
  EACH_LANE(LANE_SAVE)
  *rounds = round;
  return ended;
}

#endif
