#include "png/png_reader.h"

#include <string.h>

#include "image/pick_pixels.h"
#include "png/judge.h"
#include "png/png_decode.h"
#include "png/png_header.h"
#include "png/png_source.h"
#include "png/salvage.h"
#include "png/straight_road.h"

enum {
  /* Rows of which only some pixels are wanted are finished in a strip first, which stays in cache.
     No fewer rows than the kernels like to take at one time. */
  STRIP_BYTES = 128 * 1024,
  STRIP_LEAST_ROWS = LPF_UNFILTER_MAX_PIXEL_ROWS,
  STRIP_MOST_ROWS = LPF_UNFILTER_MAX_BYTE_ROWS,
  /* The blocks of road, workspace and strip, or of a whole image, each rounded up; and what
     aligning the state loses. */
  OVERHEAD = 8 * LPF_BLOCK_OVERHEAD
};

struct lpf_png_reader {
  lpf_options options;
  lpf_report report;
  lpf_call call;
  lpf_png png;
  lpf_reading reading;
  uint32_t row, end; /* of the selection: the next one, and behind the last */
  int32_t result;    /* what every further call returns; LPF_DONE as long as it goes on */
  lpf_rows *rows;    /* workspace; null where the image is decoded whole */
  bool in_pieces;    /* the PNG is not at hand as a whole */
  lpf_pieces pieces; /* and then, its chunks, and the offset of what is still needed: */
  size_t needs_from;
  lpf_surface begun; /* the band that waits for a piece; without a first row where none does */
  bool in_band;      /* rows go into a band, or strip, that is not complete */
  uint32_t picked;   /* rows of the band that are, where pixels are picked */
  lpf_road road;     /* unless there are scanlines that LodePNG has inflated: */
  lpf_judgement judged;
  /* Finished rows of the image that are at hand: a strip of it, or all. */
  uint8_t *pixels;
  lpf_surface strip;
  uint32_t strip_begin, strip_end;
};

/* ---- Sizes ---- */

static unsigned long long row_bytes(const lpf_info *info, lpf_layout_id layout) {
  return ((unsigned long long)info->width * lpf_layout_of(layout)->bits + 7) / 8;
}

static bool is_decoded_whole(const lpf_info *info) {
  return info->interlace_method != 0;
}

/* Rows that are finished before their pixels are picked; 0 where none are. */
static uint32_t strip_rows(const lpf_info *info, const lpf_reading *reading) {
  if (is_decoded_whole(info)) {
    return info->height;
  }
  if (lpf_selects_all(&reading->selection, info)) {
    return 0;
  }
  unsigned long long rows = STRIP_BYTES / row_bytes(info, reading->layout);
  rows = rows < STRIP_LEAST_ROWS ? STRIP_LEAST_ROWS : rows;
  rows = rows < STRIP_MOST_ROWS ? rows : STRIP_MOST_ROWS;
  return rows < info->height ? (uint32_t)rows : info->height;
}

bool lpf_png_reader_bytes(const lpf_info *info, unsigned long long png_size,
                          const lpf_reading *reading, unsigned long long *bytes) {
  lpf_source source;
  lpf_source_of(info, &source);
  lpf_rows_sizes rows;
  size_t inflating;
  if (!lpf_rows_sizes_of(&source, reading->layout, &reading->blend, &rows) ||
      !lpf_road_memory_bound(info, png_size, rows.group_bytes, /*handed_out=*/true, &inflating)) {
    return false;
  }
  /* the image has at most LPF_MOST_PIXELS of 8 bytes, so nothing overflows */
  *bytes = sizeof(lpf_png_reader) + OVERHEAD + rows.workspace_bytes +
           row_bytes(info, reading->layout) * strip_rows(info, reading);
  *bytes += inflating;
  return *bytes <= PTRDIFF_MAX;
}

/* ---- Beginning ---- */

static uint8_t *allocate(lpf_png_reader *reader, unsigned long long size) {
  return size > PTRDIFF_MAX ? NULL : lpf_budget_allocate(&reader->call.budget, (size_t)size);
}

/* Room for whole rows, which picking begins with. */
static int32_t prepare_strip(lpf_png_reader *reader) {
  const lpf_info *info = &reader->png.info;
  const uint32_t rows = strip_rows(info, &reader->reading);
  const unsigned long long stride = row_bytes(info, reader->reading.layout);
  if (rows == 0) {
    return LPF_DONE;
  }
  reader->pixels = allocate(reader, stride * rows);
  reader->strip = (lpf_surface){.first_row = reader->pixels,
                                .stride = (ptrdiff_t)stride,
                                .width = info->width,
                                .height = rows,
                                .layout = reader->reading.layout};
  return reader->pixels == NULL ? lpf_out_of_memory(&reader->call) : LPF_DONE;
}

static int32_t decode_whole(lpf_png_reader *reader) {
  int32_t code = prepare_strip(reader);
  if (code == LPF_DONE) {
    code = lpf_decode_png(&reader->png, &reader->strip, &reader->reading.blend,
                          reader->reading.palette_loses_alpha);
  }
  reader->strip_end = reader->png.info.height;
  return code;
}

static int32_t begin_rows(lpf_png_reader *reader, const lpf_rows_sizes *sizes) {
  const lpf_reading *reading = &reader->reading;
  uint8_t *workspace = allocate(reader, sizes->workspace_bytes);
  if (workspace == NULL) {
    return lpf_out_of_memory(&reader->call);
  }
  const lpf_surface no_rows_yet = {.width = reader->png.info.width, .layout = reading->layout};
  reader->rows = lpf_rows_begin(workspace, &reader->png.source, &no_rows_yet, &reading->blend,
                                lpf_simd_of(&reader->options));
  return prepare_strip(reader);
}

static int32_t judge(lpf_png_reader *reader) {
  if (reader->in_pieces) {
    return LPF_NOT_IN_PIECES;
  }
  lpf_road_end(&reader->road, &reader->png);
  reader->report.decode_path = LPF_PATH_LODEPNG;
  return lpf_judge(&reader->png, &reader->judged);
}

static int32_t begin_in_bands(lpf_png_reader *reader) {
  const lpf_reading *reading = &reader->reading;
  lpf_png *png = &reader->png;
  lpf_rows_sizes sizes;
  int32_t code = lpf_check_background(png, reading->layout, &reading->blend);
  if (code != LPF_DONE) {
    return code;
  }
  if (!lpf_rows_sizes_of(&png->source, reading->layout, &reading->blend, &sizes)) {
    return lpf_out_of_memory(&reader->call);
  }
  code = LPF_NOT_IN_ORDER;
  if (png->index.damage == LPF_DONE && (reader->options.flags & LPF_FLAG_LODEPNG_ONLY) == 0) {
    code = lpf_check_sound(png);
    if (code == LPF_DONE) {
      reader->report.decode_path = LPF_PATH_FAST;
      code = lpf_road_begin(&reader->road, png, sizes.group_bytes, /*handed_out=*/true,
                            reader->in_pieces ? &reader->pieces : NULL);
    }
  }
  if (code == LPF_NOT_IN_ORDER) {
    code = judge(reader);
  }
  return code == LPF_DONE ? begin_rows(reader, &sizes) : code;
}

static int32_t begin(lpf_png_reader *reader, const uint8_t *bytes, unsigned long long size,
                     bool last_piece) {
  lpf_png *png = &reader->png;
  const lpf_reading *reading = &reader->reading;
  int32_t code = lpf_open_png(png, &reader->call, bytes, size);
  if (code != LPF_DONE) {
    return code;
  }
  reader->end = lpf_selected_height(&reading->selection);
  png->needs_alpha = reading->needs_alpha;
  if (reader->in_pieces) {
    code = lpf_pieces_begin(&reader->pieces, png, last_piece);
    reader->needs_from = code == LPF_DONE ? png->index.image_data : 0;
  } else {
    code = lpf_index_png(png, /*whole=*/true);
  }
  if (code != LPF_DONE) {
    return code;
  }
  return is_decoded_whole(&png->info) ? decode_whole(reader) : begin_in_bands(reader);
}

lpf_png_reader *lpf_png_reader_in(uint8_t *state) {
  const size_t to_next = (size_t)(-(uintptr_t)state) & (LPF_BLOCK_OVERHEAD - 1);
  return (lpf_png_reader *)(void *)(state + to_next);
}

lpf_png_reader *lpf_png_reader_begin(uint8_t *state, unsigned long long state_size,
                                     const lpf_options *options, const uint8_t *png,
                                     unsigned long long png_size, lpf_piece *piece,
                                     const lpf_reading *reading, const int32_t *cancel,
                                     lpf_report *report, int32_t *code) {
  lpf_png_reader *reader = lpf_png_reader_in(state);
  const size_t used = (size_t)((uint8_t *)reader - state) + sizeof *reader;
  if (options->max_memory_bytes < used) { /* a state that large may be too small to be aligned in */
    report->limit = options->max_memory_bytes;
    report->wanted = used;
    *code = LPF_LIMIT_MEMORY_BYTES;
    return NULL;
  }
  if (state_size < used) {
    *code = LPF_INVALID_ARGUMENT;
    return NULL;
  }
  memset(reader, 0, sizeof *reader);
  reader->options = *options;
  reader->reading = *reading;
  lpf_call_begin(&reader->call, &reader->options, state + used, (size_t)(state_size - used), cancel,
                 &reader->report);
  reader->call.budget.held = reader->call.budget.peak = sizeof *reader;
  reader->in_pieces = piece != NULL;
  const int32_t result = begin(reader, png, png_size, piece != NULL && piece->last != 0);
  *code = lpf_png_reader_pause(reader, piece, result, report);
  if (result != LPF_DONE) {
    lpf_png_reader_end(reader);
    return NULL;
  }
  return reader;
}

void lpf_png_reader_end(lpf_png_reader *reader) {
  lpf_budget *budget = &reader->call.budget;
  lpf_budget_resume(budget);
  lpf_budget_free(budget, reader->pixels);
  lpf_budget_free(budget, reader->rows);
  lpf_budget_free(budget, reader->judged.scanlines);
  lpf_road_end(&reader->road, &reader->png);
  lpf_budget_end(budget);
}

/* ---- From call to call ---- */

const lpf_reading *lpf_png_reader_reading(const lpf_png_reader *reader) {
  return &reader->reading;
}

lpf_png *lpf_png_reader_png(lpf_png_reader *reader) {
  return &reader->png;
}

uint32_t lpf_png_reader_left(const lpf_png_reader *reader) {
  return reader->end - reader->row;
}

lpf_call *lpf_png_reader_resume(lpf_png_reader *reader, const uint8_t *png,
                                unsigned long long png_size, const lpf_piece *piece,
                                const int32_t *cancel, int32_t *code) {
  const bool fits = piece == NULL ? !reader->in_pieces && png_size == reader->png.size
                                  : reader->in_pieces && png_size <= PTRDIFF_MAX;
  *code = fits ? LPF_DONE : LPF_INVALID_ARGUMENT;
  if (fits) {
    reader->png.bytes = png;
    reader->png.size = (size_t)png_size;
    reader->png.begin = reader->needs_from;
    reader->pieces.last = piece != NULL && piece->last != 0;
  }
  reader->call.cancel = cancel;
  if (reader->result == LPF_DONE) { /* an argument may have been refused since */
    reader->report.limit = reader->report.wanted = 0;
  }
  lpf_budget_resume(&reader->call.budget);
  return &reader->call;
}

int32_t lpf_png_reader_pause(lpf_png_reader *reader, lpf_piece *piece, int32_t code,
                             lpf_report *report) {
  if (piece != NULL && reader->in_pieces) {
    const lpf_pieces *pieces = &reader->pieces;
    if (reader->road.pieces != NULL && code != LPF_INVALID_ARGUMENT) {
      reader->needs_from = lpf_road_needs_from(&reader->road);
    }
    piece->used = reader->needs_from - reader->png.begin;
    piece->wanted =
        code == LPF_WANTS_INPUT ? pieces->position - reader->needs_from + pieces->wanted : 0;
  }
  lpf_budget_pause(&reader->call.budget);
  reader->call.cancel = NULL;
  reader->report.peak_memory_bytes = reader->call.budget.peak;
  *report = reader->report;
  return code;
}

/* ---- Rows ---- */

/* The band of rows that begins with row `first` of the image: those that LodePNG has inflated. */
static int32_t take_judged(lpf_png_reader *reader, const lpf_surface *band, uint32_t first) {
  const lpf_info *info = &reader->png.info;
  const unsigned long long scanline = lpf_scanline_row_bytes(info->width, lpf_bits_per_pixel(info));
  const size_t size = (size_t)lpf_scanline_bytes(info);
  size_t taken;
  int32_t code =
      lpf_rows_take(reader->rows, reader->judged.scanlines + reader->road.taken,
                    size - reader->road.taken, /*last=*/true, reader->call.cancel, &taken);
  reader->road.taken += taken;
  if (code == LPF_ROWS_CANCELLED) {
    return LPF_CANCELLED;
  }
  const unsigned long long sound_rows = reader->judged.sound_bytes / scanline;
  if (code == LPF_DONE && sound_rows < (unsigned long long)first + band->height) {
    lpf_black_out_rows(band, sound_rows > first ? (uint32_t)(sound_rows - first) : 0);
  }
  return code;
}

/* Reads whole rows into a band that begins with row `first` of the image. */
static int32_t read_band(lpf_png_reader *reader, const lpf_surface *band, uint32_t first) {
  if (!reader->in_band) {
    lpf_rows_next_band(reader->rows, band);
  }
  if (reader->judged.scanlines == NULL) {
    int32_t code = lpf_road_go_on(&reader->road, &reader->png, reader->rows);
    reader->in_band = code == LPF_WANTS_INPUT;
    if (code != LPF_NOT_IN_ORDER) {
      return code;
    }
    code = judge(reader);
    if (code != LPF_DONE) {
      return code;
    }
  }
  return take_judged(reader, band, first);
}

/* The strip that has row `y` of the image, which is not above the one at hand. */
static int32_t go_to_row(lpf_png_reader *reader, uint32_t y) {
  while (y >= reader->strip_end) {
    const uint32_t left = reader->png.info.height - reader->strip_end;
    lpf_surface strip = reader->strip;
    strip.height = left < strip.height ? left : strip.height;
    const int32_t code = read_band(reader, &strip, reader->strip_end);
    if (code != LPF_DONE) {
      return code;
    }
    reader->strip_begin = reader->strip_end;
    reader->strip_end += strip.height;
  }
  return LPF_DONE;
}

/* Of a row of the image the pixels that are wanted, and the band's padding. */
static void pick_row(const lpf_png_reader *reader, const uint8_t *row, const lpf_surface *band,
                     uint8_t *target) {
  const lpf_selection *selection = &reader->reading.selection;
  const size_t pixel_bytes = lpf_layout_of(band->layout)->bits / 8;
  if (lpf_selects_all(selection, &reader->png.info)) {
    const size_t size = (size_t)row_bytes(&reader->png.info, band->layout);
    memcpy(target, row, size);
    memset(target + size, 0, band->padding);
    return;
  }
  const lpf_pick pick = {selection->x, selection->step_x, lpf_selected_width(selection)};
  lpf_pick_pixels(row, &pick, pixel_bytes, target);
}

static int32_t pick_rows(lpf_png_reader *reader, const lpf_surface *band) {
  const lpf_selection *selection = &reader->reading.selection;
  const lpf_surface *strip = &reader->strip;
  while (reader->picked < band->height) {
    const uint32_t i = reader->picked;
    const uint32_t y = selection->y + (reader->row + i) * selection->step_y;
    if (lpf_is_cancelled(&reader->call)) {
      return LPF_CANCELLED;
    }
    const int32_t code = go_to_row(reader, y);
    if (code != LPF_DONE) {
      return code;
    }
    const uint8_t *row = strip->first_row + strip->stride * (ptrdiff_t)(y - reader->strip_begin);
    pick_row(reader, row, band, band->first_row + band->stride * (ptrdiff_t)i);
    reader->picked++;
  }
  return LPF_DONE;
}

/* What is to be done behind the last row of the selection. */
static int32_t finish(lpf_png_reader *reader) {
  const lpf_reading *reading = &reader->reading;
  const lpf_png *png = &reader->png;
  if (is_decoded_whole(&png->info)) {
    return LPF_DONE;
  }
  int32_t code = LPF_DONE;
  if (reader->pixels != NULL &&
      reading->selection.y + reading->selection.height == png->info.height) {
    code = go_to_row(reader, png->info.height - 1);
  }
  if (code == LPF_DONE) {
    lpf_warn_of_dropped_alpha(png, reading->layout, &reading->blend, reading->palette_loses_alpha);
  }
  return code;
}

static bool are_same_rows(const lpf_surface *a, const lpf_surface *b) {
  return a->first_row == b->first_row && a->stride == b->stride && a->height == b->height;
}

int32_t lpf_png_reader_fill(lpf_png_reader *reader, const lpf_surface *band, uint32_t *rows) {
  const uint32_t left = reader->end - reader->row;
  lpf_surface part = *band;
  part.height = left < band->height ? left : band->height;
  *rows = 0;
  if (reader->result != LPF_DONE || part.height == 0) {
    return reader->result;
  }
  /* rows would go on into the memory of a band that may not be there any more */
  if (reader->begun.first_row != NULL && !are_same_rows(&reader->begun, &part)) {
    return LPF_INVALID_ARGUMENT;
  }
  int32_t code =
      reader->pixels == NULL ? read_band(reader, &part, reader->row) : pick_rows(reader, &part);
  if (code == LPF_DONE && part.height == left) {
    code = finish(reader);
  }
  if (code == LPF_WANTS_INPUT) {
    reader->begun = part;
    return code;
  }
  reader->begun.first_row = NULL;
  reader->result = code;
  if (code == LPF_DONE) {
    reader->picked = 0;
    reader->row += part.height;
    *rows = part.height;
  }
  return code;
}
