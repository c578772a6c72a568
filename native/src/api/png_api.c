/* png_api.c: PNG to pixels, and what can be known of a PNG without them. */
#include <string.h>

#include "base/call.h"
#include "image/surface.h"
#include "png/lodepng_codes.h"
#include "png/png_decode.h"
#include "png/png_header.h"
#include "png/png_index.h"
#include "png/png_source.h"

int32_t lpf_png_info(const uint8_t *png, unsigned long long png_size, lpf_info *info) {
  if (info == NULL || (png == NULL && png_size != 0)) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(info, 0, sizeof *info);
  return lpf_read_header(png, png_size, info);
}

/* Sizes and scratch for pixels of a PNG whose header is known. */
static int32_t plan_pixels(const lpf_png *png, uint32_t format, lpf_plan *plan) {
  const lpf_info *info = &png->info;
  lpf_call *call = png->call;
  lpf_source source;
  lpf_source_of(info, &source);
  int32_t code = lpf_check_layout(&source, format);
  if (code != LPF_DONE) {
    return code;
  }
  const unsigned long long pixels = (unsigned long long)info->width * info->height;
  if (pixels > LPF_MOST_PIXELS) {
    return LPF_LODEPNG_TOO_MANY_PIXELS;
  }
  plan->output_bytes = pixels * (lpf_layout_of(format)->bits / 8);
  if (plan->output_bytes > call->options->max_output_bytes) {
    return lpf_refuse(call, LPF_LIMIT_OUTPUT_BYTES, call->options->max_output_bytes,
                      plan->output_bytes);
  }
  plan->scanline_bytes = lpf_scanline_bytes(info);
  const lpf_blend blend = lpf_blend_of(call->options);
  return lpf_decode_scratch_bytes(info, png->size, format, &blend, &plan->scratch_bytes)
             ? LPF_DONE
             : LPF_LODEPNG_TOO_MANY_PIXELS;
}

int32_t lpf_png_decode_plan(const uint8_t *png, unsigned long long png_size,
                            const lpf_options *options, uint32_t format, lpf_plan *plan) {
  if (plan == NULL || options == NULL || (png == NULL && png_size != 0) || png_size > PTRDIFF_MAX ||
      format >= LPF_FORMAT_COUNT || !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(plan, 0, sizeof *plan);
  lpf_call call;
  lpf_report report;
  lpf_png opened;
  lpf_call_begin(&call, options, NULL, 0, NULL, &report);
  int32_t code = lpf_open_png(&opened, &call, png, png_size);
  plan->info = opened.info;
  if (code == LPF_DONE) {
    code = plan_pixels(&opened, format, plan);
  }
  plan->limit = report.limit;
  plan->wanted = report.wanted;
  return lpf_call_end(&call, code, 0);
}

static int32_t decode(lpf_call *call, const uint8_t *png, size_t png_size, uint8_t *memory,
                      unsigned long long memory_size, const lpf_pixels *pixels,
                      unsigned long long *bytes_written) {
  lpf_png opened;
  int32_t code = lpf_open_png(&opened, call, png, png_size);
  lpf_plan plan;
  if (code == LPF_DONE) {
    code = plan_pixels(&opened, pixels->format, &plan);
  }
  lpf_surface surface;
  if (code == LPF_DONE) {
    const bool fits = pixels->width == opened.info.width && pixels->height == opened.info.height;
    code =
        fits ? lpf_place_pixels(call, pixels, memory, memory_size, &surface) : LPF_INVALID_ARGUMENT;
  }
  if (code != LPF_DONE) {
    return code;
  }
  *bytes_written = plan.output_bytes;
  const lpf_blend blend = lpf_blend_of(call->options);
  opened.needs_alpha = blend.has_background || lpf_layout_of(pixels->format)->alpha >= 0;
  code = lpf_index_png(&opened, /*whole=*/true);
  return code == LPF_DONE ? lpf_decode_png(&opened, &surface, &blend, /*palette_loses_alpha=*/false)
                          : code;
}

int32_t lpf_png_decode(const uint8_t *png, unsigned long long png_size, const lpf_options *options,
                       uint8_t *memory, unsigned long long memory_size, const lpf_pixels *pixels,
                       uint8_t *scratch, unsigned long long scratch_size, const int32_t *cancel,
                       lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (options == NULL || pixels == NULL || (png == NULL && png_size != 0) ||
      (memory == NULL && memory_size != 0) || (scratch == NULL && scratch_size != 0) ||
      png_size > PTRDIFF_MAX || memory_size > PTRDIFF_MAX || scratch_size > PTRDIFF_MAX ||
      pixels->format >= LPF_FORMAT_COUNT || pixels->width == 0 || pixels->height == 0 ||
      !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_call call;
  unsigned long long bytes_written = 0;
  lpf_call_begin(&call, options, scratch, (size_t)scratch_size, cancel, report);
  int32_t code = decode(&call, png, (size_t)png_size, memory, memory_size, pixels, &bytes_written);
  return lpf_call_end(&call, code, bytes_written);
}

int32_t lpf_png_palette(const uint8_t *png, unsigned long long png_size, const lpf_options *options,
                        uint8_t *rgba, uint32_t *entries, lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (rgba == NULL || entries == NULL || options == NULL || (png == NULL && png_size != 0) ||
      png_size > PTRDIFF_MAX || !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  *entries = 0;
  lpf_call call;
  lpf_png opened;
  lpf_call_begin(&call, options, NULL, 0, NULL, report);
  int32_t code = lpf_open_png(&opened, &call, png, png_size);
  if (code == LPF_DONE && opened.info.color_type == 3) {
    opened.needs_alpha = true;
    code = lpf_index_png(&opened, /*whole=*/false);
    if (code == LPF_DONE) {
      code = opened.index.damage;
    }
    if (code == LPF_DONE) {
      *entries = opened.index.palette_entries;
      memcpy(rgba, opened.source.palette, 4 * (size_t)*entries);
    }
  }
  return lpf_call_end(&call, code, 0);
}
