#include "inflate_driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const inflate_way INFLATE_WAYS[] = {
    {"the right one", THE_RIGHT_ONE, {.way = LPF_WAY_CHOSEN}},
    {"whole", WHOLE, {.way = LPF_WAY_CHOSEN}},
    {"stream", STREAM, {.way = LPF_WAY_CHOSEN}},
    {"stream, portable", STREAM, {.way = LPF_WAY_CHOSEN, .portable = true}},
    {"stream, small buffers",
     STREAM,
     {.way = LPF_WAY_CHOSEN, .window_bytes = 5000, .input_bytes = 1}},
    {"serial", STREAM, {.way = LPF_WAY_SERIAL, .impatient = true}},
    {"serial, portable, small window",
     STREAM,
     {.way = LPF_WAY_SERIAL, .portable = true, .window_bytes = 3000}},
    {"units", STREAM, {.way = LPF_WAY_UNITS, .impatient = true}},
    {"units, small buffers",
     STREAM,
     {.way = LPF_WAY_UNITS, .impatient = true, .window_bytes = 3000, .input_bytes = 1}},
    {"units, portable", STREAM, {.way = LPF_WAY_UNITS, .portable = true, .impatient = true}},
    {"literals", STREAM, {.way = LPF_WAY_LITERALS, .impatient = true}},
    {"literals, portable, small buffers",
     STREAM,
     {.way = LPF_WAY_LITERALS,
      .portable = true,
      .impatient = true,
      .window_bytes = 7000,
      .input_bytes = 1}},
};
const size_t INFLATE_WAY_COUNT = sizeof INFLATE_WAYS / sizeof INFLATE_WAYS[0];

static void *memory_of(size_t size, size_t alignment) {
  void *memory = aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == NULL) {
    fputs("out of memory\n", stderr);
    exit(2);
  }
  return memory;
}

/* One of the inflaters. */
typedef union inflater {
  lpf_inflater *right_one;
  lpf_stream_inflater *stream;
  lpf_whole_inflater *whole;
} inflater;

static size_t memory_size_of(const inflate_way *way, const lpf_inflate_sizes *sizes) {
  size_t size = 0;
  bool possible = false;
  switch (way->inflater) {
    case THE_RIGHT_ONE:
      possible = lpf_inflate_memory_size(sizes, &size);
      break;
    case STREAM:
      possible = lpf_stream_inflate_memory_size(sizes, &way->settings, &size);
      break;
    case WHOLE:
      possible = lpf_whole_inflate_memory_size(sizes, &size);
      break;
  }
  if (!possible) {
    fputs("no memory size\n", stderr);
    abort();
  }
  return size;
}

static inflater begin(const inflate_way *way, const lpf_inflate_sizes *sizes, uint8_t *memory) {
  inflater begun = {NULL};
  switch (way->inflater) {
    case THE_RIGHT_ONE:
      begun.right_one = lpf_inflate_begin(memory, sizes);
      break;
    case STREAM:
      begun.stream = lpf_stream_inflate_begin(memory, sizes, &way->settings);
      break;
    case WHOLE:
      begun.whole = lpf_whole_inflate_begin(memory, sizes);
      break;
  }
  return begun;
}

static lpf_inflate_result go_on(const inflate_way *way, inflater with, const uint8_t **span,
                                size_t *span_size, bool last_span, lpf_finished *finished) {
  switch (way->inflater) {
    case STREAM:
      return lpf_stream_inflate(with.stream, span, span_size, last_span, finished);
    case WHOLE:
      return lpf_whole_inflate(with.whole, span, span_size, last_span, finished);
    default:
      return lpf_inflate(with.right_one, span, span_size, last_span, finished);
  }
}

/* The sizes that a caller may cut a stream into. */
static size_t choose_span(choices *from, unsigned habit, size_t left) {
  static const uint32_t most[4] = {0, 3, 300, 60000};
  if (habit == 0 || left == 0) {
    return left;
  }
  const size_t span = choose(from, most[habit]);
  return span < left ? span : left;
}

typedef struct taker {
  uint8_t *output;
  size_t given, room, held_back;
  bool takes_all;
  unsigned slack;
} taker;

/* Takes some of what is finished, leaving no more than was said beforehand. */
static void take(taker *to, lpf_finished *finished, choices *from) {
  size_t left = finished->size < to->held_back ? finished->size : to->held_back;
  left = to->takes_all || left == 0 ? 0 : choose(from, (uint32_t)left + 1);
  finished->taken = finished->size - left;
  if (finished->taken > to->room - to->given) {
    fprintf(stderr, "more than %zu bytes were given\n", to->room);
    abort();
  }
  if (finished->taken > 0) {
    memcpy(to->output + to->given, finished->bytes, finished->taken);
  }
  to->given += finished->taken;
  for (unsigned i = 0; i < LPF_INFLATE_SLACK && finished->size > 0; i++) {
    to->slack += finished->bytes[finished->size + i]; /* a sanitizer looks whether it is there */
  }
}

lpf_inflate_result inflate_with(const inflate_way *way, const uint8_t *bytes, size_t size,
                                size_t expected_size, choices *from, uint8_t *output,
                                size_t *given) {
  static const size_t held_back[4] = {0, 1, 1000, 70000};
  taker to = {.output = output, .room = expected_size, .held_back = held_back[choose(from, 4)]};
  to.takes_all = choose(from, 2);
  unsigned habit = choose(from, 4);
  if (habit == 1 && size > 10000) {
    habit = 3; /* a few bytes each time take too long */
  }
  const bool says_last = choose(from, 2);
  const lpf_inflate_sizes sizes = {
      .input_bytes = size, .output_bytes = expected_size, .held_back_bytes = to.held_back};
  const size_t memory_size = memory_size_of(way, &sizes);
  uint8_t *memory = memory_of(memory_size, 64);
  memset(memory, 0xa5, memory_size < 100000 ? memory_size : 100000);
  const inflater with = begin(way, &sizes, memory);
  lpf_finished finished = {0};
  lpf_inflate_result result = LPF_INFLATE_WANTS_INPUT;
  size_t offered = 0;
  bool last = size == 0;
  while (result == LPF_INFLATE_WANTS_INPUT && !(last && offered > size)) {
    size_t span_size = choose_span(from, habit, size - offered);
    uint8_t *span =
        malloc(span_size > 0 ? span_size : 1); /* its end is where a sanitizer sees it */
    memcpy(span, bytes + offered, span_size);
    offered += span_size;
    last = offered == size;
    const uint8_t *at = span;
    do {
      result = go_on(way, with, &at, &span_size, last && says_last, &finished);
      if (result == LPF_INFLATE_WANTS_INPUT && span_size != 0) {
        fputs("more input is wanted while there is some\n", stderr);
        abort();
      }
      take(&to, &finished, from);
    } while (result == LPF_INFLATE_HAS_OUTPUT ||
             (result == LPF_INFLATE_COMPLETE && finished.taken < finished.size));
    free(span);
  }
  free(memory);
  *given = to.given;
  return result;
}
