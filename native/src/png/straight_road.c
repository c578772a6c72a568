#include "png/straight_road.h"

#include <string.h>

#include "png/png_header.h"

_Static_assert(LPF_INFLATE_SLACK >= LPF_SCANLINES_SLACK, "what is inflated must do for the rows");

static size_t held_back_bytes(const lpf_png *png, bool handed_out) {
  const bool tolerant = (png->call->options->flags & LPF_FLAG_TOLERATE_TRUNCATION) != 0;
  return handed_out && tolerant ? LPF_HELD_BACK_BYTES : 0;
}

bool lpf_road_memory_bound(const lpf_info *info, unsigned long long image_data_bytes,
                           size_t group_bytes, bool handed_out, size_t *size) {
  const lpf_inflate_sizes sizes = {
      .input_bytes = image_data_bytes,
      .output_bytes = lpf_scanline_bytes(info),
      .held_back_bytes = group_bytes + (handed_out ? LPF_HELD_BACK_BYTES : 0)};
  return lpf_inflate_memory_bound(&sizes, size);
}

int32_t lpf_road_begin(lpf_road *road, lpf_png *png, size_t group_bytes, bool handed_out,
                       lpf_pieces *pieces) {
  memset(road, 0, sizeof *road);
  road->held_back = held_back_bytes(png, handed_out);
  road->pieces = pieces;
  road->next_chunk = png->index.image_data;
  road->spans_left = png->index.spans;
  road->result = LPF_INFLATE_WANTS_INPUT;
  if (road->spans_left == 0) {
    return LPF_NOT_IN_ORDER;
  }
  const lpf_inflate_sizes sizes = {
      .input_bytes = pieces == NULL ? png->index.image_data_bytes : INT64_MAX,
      .output_bytes = lpf_scanline_bytes(&png->info),
      .held_back_bytes = group_bytes + road->held_back,
      .portable = (png->call->options->flags & LPF_FLAG_SCALAR) != 0};
  size_t size;
  if (lpf_inflate_memory_size(&sizes, &size)) {
    road->memory = lpf_budget_allocate(&png->call->budget, size);
  }
  if (road->memory == NULL) {
    return lpf_out_of_memory(png->call);
  }
  road->inflater = lpf_inflate_begin(road->memory, &sizes);
  return LPF_DONE;
}

void lpf_road_end(lpf_road *road, lpf_png *png) {
  lpf_budget_free(&png->call->budget, road->memory);
  road->memory = NULL;
}

static int32_t next_span(lpf_road *road, lpf_png *png) {
  lpf_span next;
  if (road->pieces != NULL) {
    const int32_t code = lpf_pieces_next(road->pieces, png, &next, &road->last_span);
    if (code != LPF_DONE) {
      return code;
    }
    road->span_at = road->pieces->position - next.size;
  } else {
    next = lpf_next_span(png, &road->next_chunk);
    road->span_at = (size_t)(next.bytes - png->bytes);
    road->last_span = --road->spans_left == 0;
  }
  road->span_size = next.size;
  return LPF_DONE;
}

/* Inflates until something is finished, or more input is wanted. */
static int32_t inflate(lpf_road *road, lpf_png *png) {
  if (road->result == LPF_INFLATE_WANTS_INPUT) {
    const int32_t code = next_span(road, png);
    if (code != LPF_DONE) {
      return code;
    }
  }
  const uint8_t *const begin = png->bytes + (road->span_at - png->begin);
  const uint8_t *bytes = begin;
  road->result =
      lpf_inflate(road->inflater, &bytes, &road->span_size, road->last_span, &road->finished);
  road->span_at += (size_t)(bytes - begin);
  return LPF_DONE;
}

size_t lpf_road_needs_from(const lpf_road *road) {
  return road->span_size != 0 ? road->span_at : road->pieces->position;
}

/* Offers the rows what is finished. */
static int32_t offer(lpf_road *road, const lpf_png *png, lpf_rows *rows) {
  const bool last = road->result == LPF_INFLATE_COMPLETE;
  lpf_finished *finished = &road->finished;
  size_t size = finished->size - finished->taken;
  if (!last) {
    size -= size < road->held_back ? size : road->held_back;
  }
  size_t taken;
  const int32_t code =
      lpf_rows_take(rows, finished->bytes + finished->taken, size, last, png->call->cancel, &taken);
  finished->taken += taken;
  road->taken += taken;
  if (code == LPF_ROWS_CANCELLED) {
    return LPF_CANCELLED;
  }
  /* a stream that turns out to be damaged further on has the code of that damage */
  return code == LPF_ROWS_INVALID_FILTER && !last ? LPF_NOT_IN_ORDER : code;
}

int32_t lpf_road_go_on(lpf_road *road, lpf_png *png, lpf_rows *rows) {
  while (1) {
    switch (road->result) {
      case LPF_INFLATE_DAMAGED:
        return LPF_NOT_IN_ORDER;
      case LPF_INFLATE_TOO_MANY_BLOCKS:
        return LPF_TOO_MANY_BLOCKS;
      case LPF_INFLATE_WANTS_INPUT:
        break;
      case LPF_INFLATE_HAS_OUTPUT:
      case LPF_INFLATE_COMPLETE: {
        const int32_t code = offer(road, png, rows);
        const bool stops = lpf_rows_band_complete(rows) && !lpf_rows_complete(rows);
        if (code != LPF_DONE || stops || road->result == LPF_INFLATE_COMPLETE) {
          return code;
        }
        break;
      }
    }
    const int32_t code = inflate(road, png);
    if (code != LPF_DONE) {
      return code;
    }
  }
}
