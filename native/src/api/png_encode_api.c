/* png_encode_api.c: pixels to PNG. */
#include <string.h>

#include "base/call.h"
#include "image/surface.h"
#include "png/ancillary.h"
#include "png/encode_strip.h"
#include "png/png_encode.h"

/* A call of an encoder: the limits of its options are those of decoding, as far as there are. */
typedef struct encode_call {
  lpf_options limits;
  lpf_call call;
} encode_call;

static void begin(encode_call *made, const lpf_encode_options *options, uint8_t *scratch,
                  unsigned long long scratch_size, const int32_t *cancel, lpf_report *report) {
  memset(&made->limits, 0, sizeof made->limits);
  made->limits.max_pixels = options->max_pixels;
  made->limits.max_output_bytes = options->max_output_bytes;
  made->limits.max_memory_bytes = options->max_memory_bytes;
  lpf_call_begin(&made->call, &made->limits, scratch, (size_t)scratch_size, cancel, report);
}

static bool is_memory(const uint8_t *memory, unsigned long long size) {
  return (memory != NULL || size == 0) && size <= PTRDIFF_MAX;
}

static bool options_make_sense(const lpf_encode_options *options) {
  const uint32_t known =
      LPF_FLAG_SCALAR | LPF_FLAG_NO_AVX512 | LPF_FLAG_INTERLACED | LPF_FLAG_NO_REDUCTIONS;
  return options != NULL && (options->flags & ~known) == 0 && options->effort <= LPF_EFFORT_SMALL;
}

static bool pixels_make_sense(const lpf_pixels *pixels) {
  return pixels != NULL && pixels->format < LPF_FORMAT_COUNT && pixels->width != 0 &&
         pixels->height != 0 && pixels->width <= INT32_MAX && pixels->height <= INT32_MAX;
}

/* The parts of a plan that a call relies on. Where its numbers do not fit each other the caller has
   changed it, or never had it filled in. */
static bool plan_makes_sense(const lpf_encode_plan *plan) {
  lpf_color_set colors;
  lpf_scanline_form form;
  return plan != NULL && plan->format < LPF_FORMAT_COUNT && plan->width != 0 && plan->height != 0 &&
         plan->strip_scanlines != 0 && plan->strip_count != 0 && plan->palette_entries <= 256 &&
         plan->effort <= LPF_EFFORT_SMALL && plan->strip_bytes <= PTRDIFF_MAX &&
         lpf_form_of_plan(plan, &colors, &form);
}

/* ---- Plans ---- */

static int32_t plan(encode_call *made, const uint8_t *memory, unsigned long long memory_size,
                    const lpf_pixels *pixels, lpf_encode_input *input, lpf_encode_plan *plan) {
  lpf_surface surface = {
      .width = pixels->width, .height = pixels->height, .layout = pixels->format};
  int32_t code = LPF_DONE;
  if (memory != NULL) {
    code = lpf_place_pixels(&made->call, pixels, (uint8_t *)memory, memory_size, &surface);
  }
  input->surface = &surface;
  if (code == LPF_DONE) {
    code = lpf_plan_encoding(&made->call, input, plan);
  }
  if (code == LPF_DONE) {
    plan->scratch_bytes = lpf_strip_scratch_bytes(plan);
  }
  return code;
}

int32_t lpf_png_encode_plan(const uint8_t *memory, unsigned long long memory_size,
                            const lpf_pixels *pixels, const lpf_encode_options *options,
                            const uint8_t *palette, uint32_t palette_entries, const uint8_t *chunks,
                            unsigned long long chunks_size, const int32_t *cancel,
                            lpf_encode_plan *planned) {
  if (planned == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(planned, 0, sizeof *planned);
  if (!is_memory(memory, memory_size) || !pixels_make_sense(pixels) ||
      !options_make_sense(options) || !is_memory(chunks, chunks_size) ||
      palette_entries > LPF_MOST_COLORS || (palette == NULL && palette_entries != 0) ||
      (pixels->format == LPF_FORMAT_INDEXED8) != (palette_entries != 0)) {
    return LPF_INVALID_ARGUMENT;
  }
  encode_call made;
  lpf_report report;
  lpf_encode_input input = {.options = options,
                            .palette = palette,
                            .palette_entries = palette_entries,
                            .chunks = chunks,
                            .chunks_size = (size_t)chunks_size};
  begin(&made, options, NULL, 0, cancel, &report);
  const int32_t code =
      lpf_call_end(&made.call, plan(&made, memory, memory_size, pixels, &input, planned), 0);
  planned->limit = report.limit;
  planned->wanted = report.wanted;
  return code;
}

unsigned long long lpf_png_encode_bound(uint32_t width, uint32_t height, uint32_t format,
                                        const lpf_encode_options *options,
                                        unsigned long long chunks_size) {
  if (format >= LPF_FORMAT_COUNT || width == 0 || height == 0 || !options_make_sense(options)) {
    return 0;
  }
  return lpf_encoded_bound(width, height, format, options->flags, options->effort, chunks_size);
}

/* ---- The parts ---- */

int32_t lpf_png_encode_header(const lpf_encode_plan *planned, const uint8_t *chunks,
                              unsigned long long chunks_size, uint8_t *output,
                              unsigned long long output_size, lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (!plan_makes_sense(planned) || !is_memory(chunks, chunks_size) || output == NULL ||
      output_size < planned->header_bytes ||
      lpf_header_bound(chunks_size) > planned->header_bytes) {
    return LPF_INVALID_ARGUMENT;
  }
  bool depends;
  const int32_t code = lpf_check_ancillary(chunks, (size_t)chunks_size, &depends);
  if (code == LPF_DONE) {
    report->bytes_written =
        (unsigned long long)(lpf_write_png_header(planned, chunks, (size_t)chunks_size, output) -
                             output);
  }
  return code;
}

int32_t lpf_png_encode_strip(const lpf_encode_plan *planned, uint32_t index, const uint8_t *memory,
                             unsigned long long memory_size, const lpf_pixels *pixels, uint32_t top,
                             const lpf_encode_options *options, uint8_t *output,
                             unsigned long long output_size, uint8_t *scratch,
                             unsigned long long scratch_size, const int32_t *cancel,
                             lpf_strips *strip, lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (!plan_makes_sense(planned) || memory == NULL || !is_memory(memory, memory_size) ||
      !pixels_make_sense(pixels) || !options_make_sense(options) || output == NULL ||
      output_size < planned->strip_bytes || !is_memory(scratch, scratch_size) || strip == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  encode_call made;
  lpf_band band = {.top = top};
  size_t written = 0;
  begin(&made, options, scratch, scratch_size, cancel, report);
  int32_t code =
      lpf_place_pixels(&made.call, pixels, (uint8_t *)memory, memory_size, &band.surface);
  if (code == LPF_DONE && !lpf_band_has_strip(planned, &band, index)) {
    code = LPF_INVALID_ARGUMENT;
  }
  if (code == LPF_DONE) {
    code = lpf_encode_strip(&made.call, planned, &band, index, output, output + output_size,
                            &written, strip);
  }
  return lpf_call_end(&made.call, code, written);
}

int32_t lpf_png_encode_join(lpf_strips *strips, const lpf_strips *following) {
  if (strips == NULL || following == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_join_strips(strips, following);
  return LPF_DONE;
}

int32_t lpf_png_encode_end(const lpf_encode_plan *planned, const lpf_strips *strips,
                           uint8_t *output, unsigned long long output_size, lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (!plan_makes_sense(planned) || strips == NULL || strips->count != planned->strip_count ||
      output == NULL || output_size < LPF_ENCODE_END_BYTES) {
    return LPF_INVALID_ARGUMENT;
  }
  report->bytes_written = (unsigned long long)(lpf_write_png_end(planned, strips, output) - output);
  return LPF_DONE;
}

/* ---- The whole ---- */

int32_t lpf_png_encode(const lpf_encode_plan *planned, const uint8_t *memory,
                       unsigned long long memory_size, const lpf_pixels *pixels,
                       const lpf_encode_options *options, const uint8_t *chunks,
                       unsigned long long chunks_size, uint8_t *png, unsigned long long png_size,
                       uint8_t *scratch, unsigned long long scratch_size, const int32_t *cancel,
                       lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (!plan_makes_sense(planned) || memory == NULL || !is_memory(memory, memory_size) ||
      !pixels_make_sense(pixels) || !options_make_sense(options) ||
      !is_memory(chunks, chunks_size) || png == NULL || png_size > PTRDIFF_MAX ||
      !is_memory(scratch, scratch_size) || lpf_header_bound(chunks_size) > planned->header_bytes) {
    return LPF_INVALID_ARGUMENT;
  }
  encode_call made;
  uint64_t written = 0;
  bool depends;
  lpf_band band = {.top = 0};
  const lpf_encode_input input = {
      .options = options, .chunks = chunks, .chunks_size = (size_t)chunks_size};
  begin(&made, options, scratch, scratch_size, cancel, report);
  int32_t code =
      lpf_place_pixels(&made.call, pixels, (uint8_t *)memory, memory_size, &band.surface);
  if (code == LPF_DONE &&
      (!lpf_band_has_strip(planned, &band, 0) || band.surface.height != planned->height)) {
    code = LPF_INVALID_ARGUMENT;
  }
  if (code == LPF_DONE && png_size < planned->output_bytes) {
    code = lpf_refuse(&made.call, LPF_OUTPUT_TOO_SMALL, png_size, planned->output_bytes);
  }
  if (code == LPF_DONE) {
    code = lpf_check_ancillary(chunks, (size_t)chunks_size, &depends);
  }
  if (code == LPF_DONE) {
    code = lpf_encode_png(&made.call, planned, &band, &input, png, &written);
  }
  return lpf_call_end(&made.call, code, written);
}
