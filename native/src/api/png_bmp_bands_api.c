/* png_bmp_bands_api.c: PNG to BMP, a few rows at a time. */
#include <string.h>

#include "api/png_bmp_conversion.h"
#include "base/call.h"
#include "png/lodepng_codes.h"
#include "png/png_pieces.h"
#include "png/png_reader.h"

static lpf_reading reading_of(const lpf_conversion *planned) {
  return (lpf_reading){.layout = lpf_bmp_layout(planned->bmp.format),
                       .blend = planned->blend,
                       .palette_loses_alpha = true,
                       .needs_alpha = planned->png.needs_alpha,
                       .selection = lpf_select_all(&planned->png.info),
                       .purpose = planned->bmp.format};
}

/* The plan, for whom it is, and what is to be read. */
static int32_t plan_bands(const uint8_t *png, unsigned long long png_size,
                          const lpf_options *options, lpf_plan *plan, lpf_bmp_bands *bands,
                          lpf_reading *reading) {
  lpf_call call;
  lpf_report report;
  lpf_conversion planned;
  lpf_call_begin(&call, options, NULL, 0, NULL, &report);
  int32_t code = lpf_plan_conversion(&planned, &call, png, png_size, /*whole=*/false, plan);
  if (code == LPF_DONE) {
    *reading = reading_of(&planned);
    bands->pixels_at = lpf_bmp_pixels_at(&planned.bmp);
    bands->row_bytes = lpf_bmp_stride(&planned.bmp);
    bands->profile_bytes = planned.bmp.profile_bytes;
    if (!lpf_png_reader_bytes(&plan->info, png_size, reading, &bands->state_bytes)) {
      code = LPF_LODEPNG_TOO_MANY_PIXELS;
    }
  }
  plan->scratch_bytes = bands->state_bytes;
  plan->limit = report.limit;
  plan->wanted = report.wanted;
  lpf_budget_free(&call.budget, planned.profile);
  return lpf_call_end(&call, code, 0);
}

static bool make_sense(const uint8_t *png, unsigned long long png_size,
                       const lpf_options *options) {
  return options != NULL && (png != NULL || png_size == 0) && png_size <= PTRDIFF_MAX &&
         lpf_options_make_sense(options);
}

int32_t lpf_png_bmp_bands_plan(const uint8_t *png, unsigned long long png_size,
                               const lpf_options *options, lpf_plan *plan, lpf_bmp_bands *bands) {
  if (plan == NULL || bands == NULL || !make_sense(png, png_size, options)) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(plan, 0, sizeof *plan);
  memset(bands, 0, sizeof *bands);
  lpf_reading reading;
  return plan_bands(png, png_size, options, plan, bands, &reading);
}

int32_t lpf_png_bmp_bands_open(const uint8_t *png, unsigned long long png_size, lpf_piece *piece,
                               const lpf_options *options, uint8_t *state,
                               unsigned long long state_size, const int32_t *cancel,
                               lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (state == NULL || state_size > PTRDIFF_MAX || !make_sense(png, png_size, options)) {
    return LPF_INVALID_ARGUMENT;
  }
  if (piece != NULL && lpf_wants_header(png_size, piece)) {
    return LPF_WANTS_INPUT;
  }
  lpf_plan plan = {.limit = 0};
  lpf_bmp_bands bands = {.state_bytes = 0};
  lpf_reading reading;
  int32_t code = plan_bands(png, png_size, options, &plan, &bands, &reading);
  report->limit = plan.limit;
  report->wanted = plan.wanted;
  if (code == LPF_DONE && piece != NULL && lpf_bmp_asks_chunks(options->bmp_format)) {
    code = LPF_NOT_IN_PIECES;
  }
  if (code == LPF_DONE) {
    (void)lpf_png_reader_begin(state, state_size, options, png, png_size, piece, &reading, cancel,
                               report, &code);
  }
  return code;
}

/* The BMP that an open reader makes, without its profile. */
static lpf_bmp bmp_of(lpf_png_reader *reader) {
  const lpf_png *png = lpf_png_reader_png(reader);
  return (lpf_bmp){.format = lpf_png_reader_reading(reader)->purpose,
                   .width = png->info.width,
                   .height = png->info.height};
}

static int32_t make_rows(lpf_png_reader *reader, lpf_call *call, uint8_t *memory,
                         unsigned long long memory_size, uint32_t *rows) {
  lpf_bmp band = bmp_of(reader);
  const unsigned long long stride = lpf_bmp_stride(&band);
  if (memory_size < stride) {
    return lpf_refuse(call, LPF_OUTPUT_TOO_SMALL, memory_size, stride);
  }
  const uint32_t left = lpf_png_reader_left(reader);
  if (left == 0) {
    return LPF_DONE;
  }
  band.height = memory_size / stride < left ? (uint32_t)(memory_size / stride) : left;
  const lpf_surface surface = lpf_bmp_rows(&band, memory);
  const int32_t code = lpf_png_reader_fill(reader, &surface, rows);
  if (code == LPF_DONE) {
    call->report->bytes_written += stride * *rows;
  }
  return code;
}

int32_t lpf_png_bmp_bands_rows(uint8_t *state, const uint8_t *png, unsigned long long png_size,
                               lpf_piece *piece, uint8_t *memory, unsigned long long memory_size,
                               const int32_t *cancel, uint32_t *rows, lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (state == NULL || rows == NULL || (png == NULL && png_size != 0) ||
      (memory == NULL && memory_size != 0) || memory_size > PTRDIFF_MAX) {
    return LPF_INVALID_ARGUMENT;
  }
  *rows = 0;
  lpf_png_reader *reader = lpf_png_reader_in(state);
  int32_t code;
  lpf_call *call = lpf_png_reader_resume(reader, png, png_size, piece, cancel, &code);
  if (code == LPF_DONE) {
    code = make_rows(reader, call, memory, memory_size, rows);
  }
  return lpf_png_reader_pause(reader, piece, code, report);
}

static int32_t make_ends(lpf_png_reader *reader, lpf_call *call, uint8_t *memory,
                         unsigned long long memory_size) {
  if (lpf_png_reader_left(reader) != 0) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_conversion made = {.png = *lpf_png_reader_png(reader),
                         .bmp = bmp_of(reader),
                         .blend = lpf_png_reader_reading(reader)->blend};
  const uint32_t warnings = call->report->warning_count;
  int32_t code = made.bmp.format == LPF_BMP_BGRA ? lpf_take_profile(&made) : LPF_DONE;
  const unsigned long long pixels_at = lpf_bmp_pixels_at(&made.bmp);
  if (code == LPF_DONE && memory_size < pixels_at + made.bmp.profile_bytes) {
    code = lpf_refuse(call, LPF_OUTPUT_TOO_SMALL, memory_size, pixels_at + made.bmp.profile_bytes);
  }
  if (code == LPF_DONE) {
    lpf_write_bmp_header(&made, memory);
    if (made.profile != NULL) {
      memcpy(memory + pixels_at, made.profile, (size_t)made.bmp.profile_bytes);
    }
    call->report->bytes_written += pixels_at + made.bmp.profile_bytes;
  } else {
    call->report->warning_count = warnings; /* who asks again gets them again */
  }
  lpf_budget_free(&call->budget, made.profile);
  return code;
}

int32_t lpf_png_bmp_bands_ends(uint8_t *state, const uint8_t *png, unsigned long long png_size,
                               lpf_piece *piece, uint8_t *memory, unsigned long long memory_size,
                               lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (state == NULL || (png == NULL && png_size != 0) || (memory == NULL && memory_size != 0)) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_png_reader *reader = lpf_png_reader_in(state);
  int32_t code;
  lpf_call *call = lpf_png_reader_resume(reader, png, png_size, piece, NULL, &code);
  if (code == LPF_DONE) {
    code = make_ends(reader, call, memory, memory_size);
  }
  return lpf_png_reader_pause(reader, piece, code, report);
}
