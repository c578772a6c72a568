/* png_reader_api.c: the rows of a PNG in bands. */
#include <string.h>

#include "base/call.h"
#include "image/surface.h"
#include "png/lodepng_codes.h"
#include "png/png_decode.h"
#include "png/png_header.h"
#include "png/png_pieces.h"
#include "png/png_reader.h"
#include "png/png_source.h"

/* What is to be read of a PNG whose header is known. */
static int32_t plan_reading(lpf_png *png, uint32_t format, const lpf_selection *selection,
                            lpf_reading *reading) {
  lpf_source source;
  lpf_source_of(&png->info, &source);
  *reading =
      (lpf_reading){.layout = format,
                    .blend = lpf_blend_of(png->call->options),
                    .needs_alpha = png->call->options->background != LPF_BACKGROUND_NONE ||
                                   lpf_layout_of(format)->alpha >= 0,
                    .selection = selection == NULL ? lpf_select_all(&png->info) : *selection};
  if (!lpf_selection_fits(&reading->selection, &png->info)) {
    return LPF_INVALID_ARGUMENT;
  }
  return lpf_check_layout(&source, format);
}

static int32_t plan_bytes(lpf_png *png, const lpf_reading *reading, lpf_plan *plan) {
  lpf_call *call = png->call;
  const unsigned long long pixels = (unsigned long long)png->info.width * png->info.height;
  if (pixels > LPF_MOST_PIXELS) {
    return LPF_LODEPNG_TOO_MANY_PIXELS;
  }
  plan->scanline_bytes = lpf_scanline_bytes(&png->info);
  plan->output_bytes = (unsigned long long)lpf_selected_width(&reading->selection) *
                       lpf_selected_height(&reading->selection) *
                       (lpf_layout_of(reading->layout)->bits / 8);
  if (plan->output_bytes > call->options->max_output_bytes) {
    return lpf_refuse(call, LPF_LIMIT_OUTPUT_BYTES, call->options->max_output_bytes,
                      plan->output_bytes);
  }
  return lpf_png_reader_bytes(&png->info, png->size, reading, &plan->scratch_bytes)
             ? LPF_DONE
             : LPF_LODEPNG_TOO_MANY_PIXELS;
}

static bool make_sense(const uint8_t *png, unsigned long long png_size, const lpf_options *options,
                       uint32_t format) {
  return options != NULL && (png != NULL || png_size == 0) && png_size <= PTRDIFF_MAX &&
         format < LPF_FORMAT_COUNT && lpf_options_make_sense(options);
}

/* The plan, and in *reading what it is for. */
static int32_t plan_reader(const uint8_t *png, unsigned long long png_size,
                           const lpf_options *options, uint32_t format,
                           const lpf_selection *selection, lpf_plan *plan, lpf_reading *reading) {
  lpf_call call;
  lpf_report report;
  lpf_png opened;
  lpf_call_begin(&call, options, NULL, 0, NULL, &report);
  int32_t code = lpf_open_png(&opened, &call, png, png_size);
  plan->info = opened.info;
  if (code == LPF_DONE) {
    code = plan_reading(&opened, format, selection, reading);
  }
  if (code == LPF_DONE) {
    code = plan_bytes(&opened, reading, plan);
  }
  plan->limit = report.limit;
  plan->wanted = report.wanted;
  return lpf_call_end(&call, code, 0);
}

int32_t lpf_png_reader_plan(const uint8_t *png, unsigned long long png_size,
                            const lpf_options *options, uint32_t format,
                            const lpf_selection *selection, lpf_plan *plan) {
  if (plan == NULL || !make_sense(png, png_size, options, format)) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(plan, 0, sizeof *plan);
  lpf_reading reading;
  return plan_reader(png, png_size, options, format, selection, plan, &reading);
}

int32_t lpf_png_reader_open(const uint8_t *png, unsigned long long png_size, lpf_piece *piece,
                            const lpf_options *options, uint32_t format,
                            const lpf_selection *selection, uint8_t *state,
                            unsigned long long state_size, const int32_t *cancel,
                            lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (state == NULL || state_size > PTRDIFF_MAX || !make_sense(png, png_size, options, format)) {
    return LPF_INVALID_ARGUMENT;
  }
  if (piece != NULL && lpf_wants_header(png_size, piece)) {
    return LPF_WANTS_INPUT;
  }
  lpf_plan plan = {.limit = 0};
  lpf_reading reading;
  int32_t code = plan_reader(png, png_size, options, format, selection, &plan, &reading);
  report->limit = plan.limit;
  report->wanted = plan.wanted;
  if (code == LPF_DONE) {
    (void)lpf_png_reader_begin(state, state_size, options, png, png_size, piece, &reading, cancel,
                               report, &code);
  }
  return code;
}

/* Reads into pixels of the caller's. */
static int32_t read_rows(lpf_png_reader *reader, uint8_t *memory, unsigned long long memory_size,
                         const lpf_pixels *band, lpf_call *call, uint32_t *rows) {
  const lpf_reading *reading = lpf_png_reader_reading(reader);
  lpf_surface surface;
  if (band->format != reading->layout || band->height == 0 ||
      band->width != lpf_selected_width(&reading->selection)) {
    return LPF_INVALID_ARGUMENT;
  }
  int32_t code = lpf_place_pixels(call, band, memory, memory_size, &surface);
  if (code == LPF_DONE) {
    code = lpf_png_reader_fill(reader, &surface, rows);
  }
  if (code == LPF_DONE) {
    call->report->bytes_written +=
        (unsigned long long)*rows * band->width * (lpf_layout_of(reading->layout)->bits / 8);
  }
  return code;
}

int32_t lpf_png_reader_rows(uint8_t *state, const uint8_t *png, unsigned long long png_size,
                            lpf_piece *piece, uint8_t *memory, unsigned long long memory_size,
                            const lpf_pixels *band, const int32_t *cancel, uint32_t *rows,
                            lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (state == NULL || rows == NULL || band == NULL || (png == NULL && png_size != 0) ||
      (memory == NULL && memory_size != 0) || memory_size > PTRDIFF_MAX) {
    return LPF_INVALID_ARGUMENT;
  }
  *rows = 0;
  lpf_png_reader *reader = lpf_png_reader_in(state);
  int32_t code;
  lpf_call *call = lpf_png_reader_resume(reader, png, png_size, piece, cancel, &code);
  if (code == LPF_DONE) {
    code = read_rows(reader, memory, memory_size, band, call, rows);
  }
  return lpf_png_reader_pause(reader, piece, code, report);
}

void lpf_png_reader_close(uint8_t *state) {
  lpf_png_reader_end(lpf_png_reader_in(state));
}
