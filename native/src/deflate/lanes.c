#include "deflate/lanes.h"

#include "base/watched.h"
#include "deflate/symbol.h"

enum { GAP = 64 }; /* between buffers: forbidden where an AddressSanitizer watches */

static size_t aligned(size_t size) {
  return ((size + 63) & ~(size_t)63) + GAP;
}

size_t lpf_lanes_memory_size(void) {
  return LPF_PIECES *
         (aligned(LPF_PIECE_LITERALS) + aligned(LPF_PIECE_SEQUENCES * sizeof(lpf_sequence)));
}

void lpf_lanes_set_memory(lpf_lanes *lanes, uint8_t *memory) {
  for (unsigned i = 0; i < LPF_PIECES; i++) {
    lanes->piece[i].literal_buffer = memory;
    memory += aligned(LPF_PIECE_LITERALS);
    lpf_forbid(memory - GAP, GAP);
    lanes->piece[i].sequence_buffer = (lpf_sequence *)(void *)memory;
    memory += aligned(LPF_PIECE_SEQUENCES * sizeof(lpf_sequence));
    lpf_forbid(memory - GAP, GAP);
  }
  lanes->active = false;
}

static lpf_piece *piece_at(lpf_lanes *lanes, unsigned index) {
  return &lanes->piece[index % LPF_PIECES];
}

static lpf_piece *begin_piece(lpf_lanes *lanes, uint64_t limit) {
  lpf_piece *piece = piece_at(lanes, lanes->next++);
  piece->position = lanes->next_start;
  piece->limit = limit;
  piece->literals = piece->literals_end = piece->literal_buffer;
  piece->sequences = piece->sequences_end = piece->sequence_buffer;
  piece->state = LPF_PIECE_RUNNING;
  piece->join = LPF_JOIN_UNKNOWN;
  piece->notes = 0;
  return piece;
}

void lpf_lanes_begin(lpf_lanes *lanes, const lpf_input *input, bool literals) {
  const uint64_t piece_bits = LPF_PIECE_BYTES * 8;
  lanes->literals = literals;
  lanes->notes = literals ? LPF_LITERAL_NOTES : LPF_UNIT_NOTES;
  lanes->reach = piece_bits + LPF_OVERRUN_BITS;
  lanes->oldest = lanes->next = 0;
  lanes->next_start = input->position;
  lanes->active = true;
  lanes->ending = false;
  for (unsigned k = 0; k < LPF_LANES; k++) {
    /* first pieces of different sizes, so that the lanes do not all end together ever after */
    const uint64_t bits = piece_bits * (k + LPF_LANES) / (2 * LPF_LANES - 1);
    lanes->lane[k] = begin_piece(lanes, lanes->next_start + bits + LPF_OVERRUN_BITS);
    lanes->next_start += bits;
  }
}

lpf_piece_state lpf_piece_step(const lpf_huffman_tables *tables, const uint8_t *input,
                               lpf_piece *piece) {
  const uint64_t bits = lpf_bits_at(input, piece->position);
  const lpf_symbol symbol = lpf_symbol_of(tables, bits);
  piece->position += symbol.bits;
  switch (symbol.kind) {
    case LPF_SYMBOL_LITERAL:
      *piece->literals_end++ = symbol.literal;
      break;
    case LPF_SYMBOL_MATCH:
      piece->sequences_end->bits = bits;
      piece->sequences_end->literals_end = piece->literals_end;
      piece->sequences_end++;
      break;
    case LPF_SYMBOL_END_OF_BLOCK:
      piece->state = LPF_PIECE_AT_END_OF_BLOCK;
      break;
    case LPF_SYMBOL_INVALID:
      piece->state = LPF_PIECE_INVALID;
      break;
  }
  return piece->state;
}

/* Goes on with a true piece until it stands on a boundary of the next one, whose true part begins
   there; or until the block ends, before that. */
static void join(const lpf_lanes_context *context, lpf_piece *piece, lpf_piece *next) {
  piece->join = LPF_JOIN_LOST;
  for (int i = 0; i < next->notes;) {
    if (next->note[i].position < piece->position) {
      i++;
    } else if (next->note[i].position == piece->position) {
      next->literals = next->note[i].literals;
      next->sequences = next->note[i].sequences;
      piece->join = LPF_JOINED;
      return;
    } else {
      piece->state = LPF_PIECE_RUNNING;
      if (lpf_piece_step(context->tables, context->input->bytes, piece) != LPF_PIECE_RUNNING) {
        return;
      }
      piece->state = LPF_PIECE_AT_LIMIT;
    }
  }
}

/* Executes, in order, what is done and known to be true. GOES_ON: there is no more of that, or the
   lanes are not active any more. */
static lpf_progress retire(lpf_lanes *lanes, const lpf_lanes_context *context) {
  for (;;) {
    lpf_piece *piece = piece_at(lanes, lanes->oldest);
    if (piece->state == LPF_PIECE_RUNNING) {
      return LPF_GOES_ON;
    }
    if (piece->state == LPF_PIECE_AT_LIMIT && piece->join == LPF_JOIN_UNKNOWN) {
      lpf_piece *next = piece_at(lanes, lanes->oldest + 1);
      /* it may be so new that it has not noted yet where the two could meet */
      if (lanes->oldest + 1 == lanes->next ||
          (next->notes < lanes->notes && next->state == LPF_PIECE_RUNNING)) {
        return LPF_GOES_ON;
      }
      join(context, piece, next);
    }
    const lpf_progress progress = context->loops->execute(context->tables, context->window, piece);
    if (progress != LPF_GOES_ON) {
      return progress;
    }
    context->input->position = piece->position;
    if (piece->state != LPF_PIECE_AT_LIMIT) {
      lanes->active = false;
      return piece->state == LPF_PIECE_AT_END_OF_BLOCK ? LPF_END_OF_BLOCK : LPF_NOT_SOUND;
    }
    if (piece->join == LPF_JOIN_LOST) {
      lanes->active = false;
      return LPF_GOES_ON;
    }
    lanes->oldest++;
  }
}

/* Every lane that has come to an end gets the next piece. All of them, before any goes on: a lane
   that has ended must not run, or it would write what its piece does not have. */
static lpf_progress restart(lpf_lanes *lanes, const lpf_input *input) {
  for (unsigned k = 0; k < LPF_LANES; k++) {
    if (lanes->lane[k]->state == LPF_PIECE_RUNNING) {
      continue;
    }
    if (lanes->next - lanes->oldest == LPF_PIECES) {
      lanes->ending = true; /* one lane is far behind the others, which is rare */
      return LPF_GOES_ON;
    }
    if (lanes->next_start + LPF_PIECE_MAX_BITS + 64 > (uint64_t)input->size * 8) {
      lanes->ending = input->ended;
      return input->ended ? LPF_GOES_ON : LPF_NEEDS_INPUT;
    }
    lanes->lane[k] = begin_piece(lanes, lanes->next_start + lanes->reach);
    lanes->next_start += LPF_PIECE_BYTES * 8;
  }
  return LPF_GOES_ON;
}

/* Runs the lanes until one of them has something to say; new pieces note where they stand. */
static void run(lpf_lanes *lanes, const lpf_lanes_context *context) {
  const lpf_loops *loops = context->loops;
  const uint8_t *input = context->input->bytes;
  int rounds = 0;
  for (int k = 0; k < LPF_LANES; k++) {
    const int missing = lanes->notes - lanes->lane[k]->notes;
    rounds = missing > rounds ? missing : rounds;
  }
  int ended;
  if (rounds > 0) {
    lpf_note notes[LPF_MAX_NOTES][LPF_LANES];
    ended = (lanes->literals ? loops->note_literals : loops->note_units)(
        context->tables, input, lanes->lane, notes, &rounds);
    for (int k = 0; k < LPF_LANES; k++) {
      lpf_piece *piece = lanes->lane[k];
      for (int i = 0; i < rounds && piece->notes < lanes->notes; i++) {
        piece->note[piece->notes++] = notes[i][k];
      }
    }
  } else {
    ended = (lanes->literals ? loops->run_literals : loops->run_units)(context->tables, input,
                                                                       lanes->lane);
  }
  for (int k = 0; k < LPF_LANES; k++) {
    if (k != ended && lanes->lane[k]->position >= lanes->lane[k]->limit) {
      lanes->lane[k]->state = LPF_PIECE_AT_LIMIT;
    }
  }
}

/* What the oldest piece has is true. The others would have to be finished one by one: they are
   dropped. */
static lpf_progress end(lpf_lanes *lanes, const lpf_lanes_context *context) {
  lpf_piece *piece = piece_at(lanes, lanes->oldest);
  const lpf_progress progress = context->loops->execute(context->tables, context->window, piece);
  if (progress == LPF_GOES_ON) {
    context->input->position = piece->position;
    lanes->active = false;
  }
  return progress;
}

lpf_progress lpf_lanes_decode(lpf_lanes *lanes, const lpf_lanes_context *context) {
  for (;;) {
    if (lanes->ending) {
      return end(lanes, context);
    }
    lpf_progress progress = retire(lanes, context);
    if (progress != LPF_GOES_ON || !lanes->active) {
      return progress;
    }
    progress = restart(lanes, context->input);
    if (progress != LPF_GOES_ON) {
      return progress;
    }
    if (!lanes->ending) {
      run(lanes, context);
    }
  }
}

void lpf_lanes_drop_input(lpf_lanes *lanes, lpf_input *input) {
  /* Pieces begin one behind the other, so nothing before the oldest one's beginning is needed. Its
     own notes are: positions must not become negative, and compare as very large. */
  const lpf_piece *oldest = piece_at(lanes, lanes->oldest);
  const uint64_t unused =
      (oldest->notes > 0 ? oldest->note[0].position : oldest->position) & ~(uint64_t)7;
  input->position = unused;
  lpf_input_drop(input, unused);
  for (unsigned i = lanes->oldest; i != lanes->next; i++) {
    lpf_piece *piece = piece_at(lanes, i);
    piece->position -= unused;
    piece->limit -= unused;
    for (int n = 0; n < piece->notes; n++) {
      piece->note[n].position -= unused;
    }
  }
  lanes->next_start -= unused;
}
