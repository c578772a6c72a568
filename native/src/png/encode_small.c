#include "png/encode_small.h"

#include <string.h>

#include "deflate/bit_writer.h"
#include "deflate/checksum.h"
#include "deflate/compress.h"
#include "deflate/last_block.h"
#include "image/filter_plan.h"
#include "libdeflate.h"
#include "png/chunk_writer.h"
#include "png/strip_rows.h"

enum {
  LEVEL = 12,
  TRIAL_LEVEL = 5,
  COMPRESSOR_BYTES = 10 << 20, /* libdeflate's at its highest level, and some more */
  BAND_ROWS = 24,              /* strategies are tried on so many rows */
  BAND_STEP = 96,              /* of so many; */
  TRY_ALL_BYTES = 200000,      /* or on all rows of a small strip */
  ZLIB_HEADER_BYTES = 2,
  ZLIB_HEADER = 0x78da /* deflate, a window of 32 KB, the slowest algorithm */
};

/* A scanline, with LPF_ROW_MARGIN bytes on both sides, and the one that it is filtered against. */
typedef struct line {
  const uint8_t *row, *prior;
  size_t size;
} line;

typedef struct small_strip {
  lpf_strip_rows rows;
  lpf_block_reader reader;
  line *lines;
  size_t line_count;
  size_t bytes; /* of all lines, filtered */
  uint8_t *filtered;
  uint8_t *packed; /* compressed; room for as many bytes as are filtered, and to read beyond */
  uint8_t *choice; /* memory for choosing filters */
} small_strip;

static size_t round_up(size_t size) {
  return (size + 63) / 64 * 64;
}

/* Where the parts of the memory are; `end` is how much it is. */
typedef struct places {
  size_t rows, lines, pixels, filtered, packed, choice, end;
  size_t room; /* of a scanline with its margins */
} places;

static places place(const lpf_encode_plan *plan) {
  const lpf_scanline_form form = {
      .layout = plan->format, .color_type = plan->color_type, .bit_depth = plan->bit_depth};
  const size_t size = (size_t)lpf_scanline_size(&form, plan->width);
  const size_t count = plan->strip_scanlines, all = count * (size + 1);
  places found = {.room = round_up(size + 2 * LPF_ROW_MARGIN)};
  found.rows = round_up(sizeof(small_strip));
  found.lines = found.rows + lpf_strip_rows_memory(plan);
  found.pixels = found.lines + round_up(count * sizeof(line));
  found.filtered = found.pixels + (count + 2) * found.room;
  found.packed = found.filtered + round_up(all + LPF_ROW_MARGIN);
  found.choice = found.packed + round_up(all + LPF_LAST_BLOCK_SLACK);
  found.end = found.choice + lpf_filter_choice_memory(LPF_FILTERS_BY_PAIRS, size);
  return found;
}

size_t lpf_small_memory(const lpf_encode_plan *plan) {
  return place(plan).end + COMPRESSOR_BYTES;
}

/* Keeps all scanlines of the strip, and the one before it. */
static int32_t make_lines(small_strip *strip, const places *at, uint8_t *memory) {
  lpf_strip_rows *rows = &strip->rows;
  const uint8_t *nothing = memory + at->pixels + LPF_ROW_MARGIN;
  uint8_t *next = memory + at->pixels + at->room + LPF_ROW_MARGIN;
  memset(memory + at->pixels, 0, at->room);
  while (lpf_strip_rows_left(rows)) {
    if (!lpf_next_strip_row(rows)) {
      return LPF_INDEX_BEYOND_PALETTE;
    }
    const bool first_of_strip = strip->line_count == 0;
    const uint8_t *prior = nothing;
    if (rows->at.row != 0 && first_of_strip) {
      memcpy(next - LPF_ROW_MARGIN, rows->prior - LPF_ROW_MARGIN, at->room);
      prior = next;
      next += at->room;
    } else if (rows->at.row != 0) {
      prior = strip->lines[strip->line_count - 1].row;
    }
    memcpy(next - LPF_ROW_MARGIN, rows->row - LPF_ROW_MARGIN, at->room);
    strip->lines[strip->line_count++] = (line){next, prior, rows->size};
    strip->bytes += rows->size + 1;
    next += at->room;
  }
  return LPF_DONE;
}

/* Filters `count` lines from `first` on; returns the end of what is filtered. */
static uint8_t *filter_lines(small_strip *strip, lpf_filter_strategy strategy, size_t first,
                             size_t count, uint8_t *target) {
  const lpf_filter_kernels *kernels = strip->rows.maker.kernels;
  const size_t distance = lpf_filter_distance(&strip->rows.form);
  for (const line *at = strip->lines + first; at < strip->lines + first + count; at++) {
    const uint32_t filter =
        lpf_choose_filter(strategy, kernels, at->row, at->prior, at->size, distance, strip->choice);
    *target++ = (uint8_t)filter;
    kernels->filter(filter, at->row, at->prior, at->size, distance, target);
    target += at->size;
  }
  return target;
}

/* The strategy whose bytes a quick compressor makes fewest of. */
static int32_t choose_strategy(lpf_call *call, small_strip *strip,
                               struct libdeflate_compressor *quick, lpf_filter_strategy *best) {
  const size_t step = strip->bytes < TRY_ALL_BYTES ? BAND_ROWS : BAND_STEP;
  size_t fewest = SIZE_MAX;
  *best = LPF_FILTERS_BY_MAGNITUDE;
  for (int strategy = 0; strategy < LPF_FILTER_STRATEGIES; strategy++) {
    uint8_t *end = strip->filtered;
    for (size_t first = 0; first < strip->line_count; first += step) {
      const size_t left = strip->line_count - first;
      end = filter_lines(strip, (lpf_filter_strategy)strategy, first,
                         left < BAND_ROWS ? left : BAND_ROWS, end);
    }
    const size_t size = libdeflate_deflate_compress(
        quick, strip->filtered, (size_t)(end - strip->filtered), strip->packed, strip->bytes);
    if (size != 0 && size < fewest) {
      fewest = size;
      *best = (lpf_filter_strategy)strategy;
    }
    if (lpf_is_cancelled(call)) {
      return LPF_CANCELLED;
    }
  }
  return LPF_DONE;
}

/* The chunk, if it is shorter than the *written bytes that are there. */
static void replace(const lpf_encode_plan *plan, small_strip *strip, uint32_t index,
                    size_t packed_size, uint8_t *output, size_t *written, lpf_strips *done) {
  const bool last = index == plan->strip_count - 1;
  uint64_t last_block, end;
  if (packed_size == 0 ||
      !lpf_find_last_block(&strip->reader, strip->packed, packed_size, &last_block, &end)) {
    return;
  }
  enum { BEYOND = ZLIB_HEADER_BYTES + 5 + 4 }; /* the header, the flush or a bit, the checksum */
  if (packed_size + BEYOND + LPF_CHUNK_FRAME_BYTES > *written) {
    return;
  }
  uint8_t *next = output + LPF_CHUNK_DATA_AT;
  if (index == 0) {
    *next++ = ZLIB_HEADER >> 8;
    *next++ = ZLIB_HEADER & 255;
  }
  memcpy(next, strip->packed, packed_size);
  if (last) {
    next += packed_size;
  } else { /* another block follows the last */
    next[last_block / 8] = (uint8_t)(next[last_block / 8] & ~(1u << last_block % 8));
    const uint8_t begun = next[end / 8];
    const unsigned count = end % 8;
    lpf_bit_writer writer = {
        .next = next + end / 8, .waiting = begun & ((1u << count) - 1), .count = count};
    lpf_flush_bits(&writer);
    next = writer.next;
  }
  const uint32_t adler = libdeflate_adler32(LPF_ADLER_OF_NOTHING, strip->filtered, strip->bytes);
  if (plan->strip_count == 1) {
    lpf_write_big_endian(next, adler);
    next += 4;
  }
  const size_t length = (size_t)(next - output) - LPF_CHUNK_DATA_AT;
  *written = (size_t)(lpf_finish_chunk(output, LPF_TYPE_IDAT, (uint32_t)length) - output);
  *done = (lpf_strips){.scanline_bytes = strip->bytes, .count = 1, .adler32 = adler};
}

/* A compressor in memory of the call's budget. */
static struct libdeflate_compressor *make_compressor(int level) {
  const struct libdeflate_options options = {.sizeof_options = sizeof options,
                                             .malloc_func = lpf_budget_malloc,
                                             .free_func = lpf_budget_release};
  return libdeflate_alloc_compressor_ex(level, &options);
}

static int32_t encode(lpf_call *call, const lpf_encode_plan *plan, small_strip *strip,
                      uint32_t index, uint8_t *output, size_t *written, lpf_strips *done) {
  struct libdeflate_compressor *quick = make_compressor(TRIAL_LEVEL);
  if (quick == NULL) {
    return lpf_out_of_memory(call);
  }
  lpf_filter_strategy strategy;
  const int32_t code = choose_strategy(call, strip, quick, &strategy);
  libdeflate_free_compressor(quick);
  if (code != LPF_DONE) {
    return code;
  }
  struct libdeflate_compressor *compressor = make_compressor(LEVEL);
  if (compressor == NULL) {
    return lpf_out_of_memory(call);
  }
  (void)filter_lines(strip, strategy, 0, strip->line_count, strip->filtered);
  const size_t size = libdeflate_deflate_compress(compressor, strip->filtered, strip->bytes,
                                                  strip->packed, strip->bytes);
  libdeflate_free_compressor(compressor);
  replace(plan, strip, index, size, output, written, done);
  return LPF_DONE;
}

int32_t lpf_encode_smaller(lpf_call *call, const lpf_encode_plan *plan, const lpf_band *band,
                           uint32_t index, uint8_t *output, size_t *written, lpf_strips *done) {
  const places at = place(plan);
  if (plan->strip_bytes > LPF_LONGEST_IDAT) {
    return LPF_DONE; /* a scanline of a gigabyte: what there is must do */
  }
  uint8_t *memory = lpf_budget_allocate(&call->budget, at.end);
  if (memory == NULL) {
    return lpf_out_of_memory(call);
  }
  small_strip *strip = (small_strip *)(void *)memory;
  memset(strip, 0, sizeof *strip);
  strip->lines = (line *)(void *)(memory + at.lines);
  strip->filtered = memory + at.filtered;
  strip->packed = memory + at.packed;
  strip->choice = memory + at.choice;
  int32_t code = LPF_INVALID_ARGUMENT;
  if (lpf_strip_rows_begin(&strip->rows, plan, band, index, memory + at.rows)) {
    code = make_lines(strip, &at, memory);
  }
  if (code == LPF_DONE) {
    code = encode(call, plan, strip, index, output, written, done);
  }
  lpf_budget_free(&call->budget, memory);
  return code;
}
