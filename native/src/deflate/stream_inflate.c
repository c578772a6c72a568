#include "deflate/stream_inflate.h"

#include <string.h>

#include "base/watched.h"
#include "deflate/block.h"
#include "deflate/zlib_format.h"

enum {
  GAP = 64, /* between buffers: forbidden where an AddressSanitizer watches */
  INPUT_BYTES = 128 * 1024,
  /* More than anything below asks to have at hand, and than all pieces that are alive. */
  SMALLEST_INPUT_BYTES = 2 * LPF_BLOCK_INPUT + LPF_PIECES * LPF_PIECE_BYTES,
  ROOM_BYTES = 128 * 1024
};

typedef enum stage { AT_STREAM_HEADER, AT_BLOCK_HEADER, IN_BLOCK, AT_TRAILER, ENDED } stage;

struct lpf_stream_inflater {
  lpf_block block;
  lpf_input input;
  lpf_window window;
  uint64_t output_bytes;
  const uint8_t *given; /* the end of what the caller has been shown */
  stage stage;
  lpf_inflate_result result; /* once it has ended */
};

/* What is where in the memory. */
typedef struct memory_plan {
  size_t inflater, input, window, lanes; /* bytes */
  size_t room, input_capacity;
} memory_plan;

static size_t aligned(size_t size) {
  return ((size + 63) & ~(size_t)63) + GAP;
}

static size_t smaller(unsigned long long a, size_t b) {
  return a < b ? (size_t)a : b;
}

static size_t larger(size_t a, size_t b) {
  return a > b ? a : b;
}

static memory_plan plan_memory(const lpf_inflate_sizes *sizes,
                               const lpf_stream_settings *settings) {
  const size_t kept = larger(LPF_HISTORY_BYTES, sizes->held_back_bytes);
  /* What is kept is moved each time the room is used up: not more often than it is worth. */
  size_t room = larger(ROOM_BYTES, sizes->held_back_bytes);
  size_t capacity = INPUT_BYTES;
  if (settings->window_bytes != 0) {
    room = settings->window_bytes;
  }
  if (settings->input_bytes != 0) {
    capacity = larger(settings->input_bytes, SMALLEST_INPUT_BYTES);
  }
  memory_plan plan;
  plan.input_capacity = smaller(sizes->input_bytes, capacity);
  /* A stream that fits is never moved; what it has too much must have a place to be noticed. */
  plan.room = smaller(sizes->output_bytes, kept + room) + LPF_WINDOW_BEFORE;
  plan.inflater = aligned(sizeof(lpf_stream_inflater));
  plan.input = aligned(plan.input_capacity + LPF_INPUT_PADDING);
  plan.window = aligned(lpf_window_size(0, plan.room));
  plan.lanes = plan.input_capacity < LPF_LANES_INPUT ? 0 : lpf_lanes_memory_size();
  return plan;
}

bool lpf_stream_inflate_memory_size(const lpf_inflate_sizes *sizes,
                                    const lpf_stream_settings *settings, size_t *size) {
  if (sizes->held_back_bytes > PTRDIFF_MAX / 4) {
    return false;
  }
  const memory_plan plan = plan_memory(sizes, settings);
  *size = plan.inflater + plan.input + plan.window + plan.lanes;
  return true;
}

lpf_stream_inflater *lpf_stream_inflate_begin(uint8_t *memory, const lpf_inflate_sizes *sizes,
                                              const lpf_stream_settings *settings) {
  const memory_plan plan = plan_memory(sizes, settings);
  lpf_permit(memory, plan.inflater + plan.input + plan.window + plan.lanes);
  lpf_stream_inflater *inflater = (lpf_stream_inflater *)(void *)memory;
  memory += plan.inflater;
  lpf_forbid(memory - GAP, GAP);
  inflater->input = (lpf_input){.bytes = memory,
                                .capacity = plan.input_capacity,
                                .announced = sizes->input_bytes,
                                .ended = sizes->input_bytes == 0};
  memory += plan.input;
  lpf_forbid(memory - GAP, GAP);
  lpf_window_begin(&inflater->window, memory, lpf_window_size(0, plan.room));
  memory += plan.window;
  lpf_forbid(memory - GAP, GAP);
  lpf_block_begin(&inflater->block, settings, sizes->input_bytes, memory);
  inflater->output_bytes = sizes->output_bytes;
  inflater->given = inflater->window.taken;
  inflater->stage = AT_STREAM_HEADER;
  return inflater;
}

/* The checksum, and nothing behind it. */
static bool is_trailer(const lpf_stream_inflater *inflater) {
  const lpf_input *input = &inflater->input;
  const size_t at = (size_t)((input->position + 7) >> 3);
  return at + LPF_ZLIB_TRAILER_BYTES == input->size &&
         lpf_zlib_checksum(input->bytes + at) == inflater->window.adler;
}

static lpf_progress end_with(lpf_stream_inflater *inflater, lpf_inflate_result result) {
  inflater->stage = ENDED;
  inflater->result = result;
  return LPF_GOES_ON;
}

/* One stage of the stream, or as much of it as input and room allow. */
static lpf_progress go_on(lpf_stream_inflater *inflater) {
  lpf_input *input = &inflater->input;
  lpf_block *block = &inflater->block;
  lpf_progress progress = LPF_GOES_ON;
  switch (inflater->stage) {
    case AT_STREAM_HEADER:
      if (!lpf_input_has(input, LPF_ZLIB_HEADER_BYTES)) {
        return LPF_NEEDS_INPUT;
      }
      if (input->size < LPF_ZLIB_HEADER_BYTES || !lpf_is_zlib_header(input->bytes)) {
        return LPF_NOT_SOUND;
      }
      input->position = LPF_ZLIB_HEADER_BYTES * 8;
      inflater->stage = AT_BLOCK_HEADER;
      return LPF_GOES_ON;
    case AT_BLOCK_HEADER:
      progress = lpf_block_read_header(block, input);
      if (progress != LPF_GOES_ON) {
        return progress;
      }
      inflater->stage = IN_BLOCK;
      if (!lpf_block_is_worth_it(block, lpf_window_total(&inflater->window))) {
        return end_with(inflater, LPF_INFLATE_TOO_MANY_BLOCKS);
      }
      return LPF_GOES_ON;
    case IN_BLOCK:
      progress = lpf_block_decode(block, input, &inflater->window);
      if (progress == LPF_END_OF_BLOCK) {
        inflater->stage = block->last ? AT_TRAILER : AT_BLOCK_HEADER;
        return LPF_GOES_ON;
      }
      return progress;
    case AT_TRAILER:
      if (!lpf_input_has(input, LPF_ZLIB_TRAILER_BYTES + 2)) {
        return LPF_NEEDS_INPUT;
      }
      lpf_window_sum(&inflater->window);
      if (!is_trailer(inflater) || lpf_window_total(&inflater->window) != inflater->output_bytes) {
        return LPF_NOT_SOUND;
      }
      return end_with(inflater, LPF_INFLATE_COMPLETE);
    case ENDED:
      break;
  }
  return LPF_GOES_ON;
}

static lpf_inflate_result show(lpf_stream_inflater *inflater, lpf_inflate_result result,
                               lpf_finished *finished) {
  lpf_window *window = &inflater->window;
  if (result != LPF_INFLATE_DAMAGED && lpf_window_total(window) > inflater->output_bytes) {
    inflater->stage = ENDED;
    result = inflater->result = LPF_INFLATE_DAMAGED;
  }
  const bool sound = result != LPF_INFLATE_DAMAGED && result != LPF_INFLATE_TOO_MANY_BLOCKS;
  inflater->given = sound ? window->next : window->taken;
  finished->bytes = window->taken;
  finished->size = (size_t)(inflater->given - window->taken);
  finished->taken = 0;
  return result;
}

lpf_inflate_result lpf_stream_inflate(lpf_stream_inflater *inflater, const uint8_t **span,
                                      size_t *span_size, bool last_span, lpf_finished *finished) {
  lpf_window *window = &inflater->window;
  lpf_input *input = &inflater->input;
  const size_t given = (size_t)(inflater->given - window->taken);
  window->taken += finished->taken < given ? finished->taken : given;
  if (inflater->stage != ENDED && *span_size > input->announced) {
    (void)end_with(inflater, LPF_INFLATE_DAMAGED);
  }
  for (;;) {
    if (inflater->stage == ENDED) {
      return show(inflater, inflater->result, finished);
    }
    /* Nothing is decoded before the buffer is full: so what is done when does not depend on how the
       stream is cut into spans, and many small ones cost no more than one. */
    if (!input->ended && input->size < input->capacity) {
      lpf_input_read(input, span, span_size, last_span);
      if (!input->ended && input->size < input->capacity) {
        return show(inflater, LPF_INFLATE_WANTS_INPUT, finished);
      }
    }
    if (window->next > window->full && !lpf_window_make_room(window)) {
      return show(inflater, LPF_INFLATE_HAS_OUTPUT, finished);
    }
    switch (go_on(inflater)) {
      case LPF_NEEDS_INPUT:
        lpf_block_drop_input(&inflater->block, input);
        break;
      case LPF_NEEDS_ROOM:
        lpf_window_sum(window);
        return show(inflater, LPF_INFLATE_HAS_OUTPUT, finished);
      case LPF_NOT_SOUND:
        (void)end_with(inflater, LPF_INFLATE_DAMAGED);
        break;
      case LPF_GOES_ON:
      case LPF_END_OF_BLOCK:
        break;
    }
  }
}
