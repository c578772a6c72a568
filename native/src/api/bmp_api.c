/* bmp_api.c: BMP to pixels, what can be known of a BMP without them, and pixels to BMP. */
#include <string.h>

#include "base/call.h"
#include "bmp/bmp_encode.h"
#include "bmp/bmp_info.h"
#include "bmp/bmp_rows.h"
#include "png/png_decode.h"

int32_t lpf_bmp_read_info(const uint8_t *bmp, unsigned long long bmp_size,
                          const lpf_options *options, lpf_bmp_info *info, lpf_report *report) {
  if (info == NULL || report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(info, 0, sizeof *info);
  memset(report, 0, sizeof *report);
  if (options == NULL || (bmp == NULL && bmp_size != 0) || bmp_size > PTRDIFF_MAX) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_options unlimited = {
      .max_input_bytes = UINT64_MAX, .max_pixels = UINT64_MAX, .flags = options->flags};
  lpf_call call;
  lpf_bmp_file file;
  lpf_call_begin(&call, &unlimited, NULL, 0, NULL, report);
  const int32_t code = lpf_open_bmp(&file, &call, bmp, (size_t)bmp_size);
  *info = file.info;
  return lpf_call_end(&call, code, 0);
}

/* Of so many pixels of a format; the largest number where there are more. */
static unsigned long long bytes_of(const lpf_bmp_info *info, uint32_t format) {
  const unsigned long long row =
      (unsigned long long)info->width * (lpf_layout_of(format)->bits / 8);
  return row > UINT64_MAX / info->height ? UINT64_MAX : row * info->height;
}

/* Sizes and scratch for pixels of a BMP whose headers are known. */
static int32_t plan_pixels(const lpf_bmp_file *file, uint32_t format, lpf_bmp_plan *plan) {
  lpf_call *call = file->call;
  int32_t code = lpf_bmp_check_layout(&file->info, format);
  if (code != LPF_DONE) {
    return code;
  }
  plan->output_bytes = bytes_of(&file->info, format);
  if (plan->output_bytes > call->options->max_output_bytes) {
    return lpf_refuse(call, LPF_LIMIT_OUTPUT_BYTES, call->options->max_output_bytes,
                      plan->output_bytes);
  }
  plan->scratch_bytes = lpf_bmp_scratch_bytes(&file->info);
  return lpf_bmp_check_length(file);
}

int32_t lpf_bmp_decode_plan(const uint8_t *bmp, unsigned long long bmp_size,
                            const lpf_options *options, uint32_t format, lpf_bmp_plan *plan) {
  if (plan == NULL || options == NULL || (bmp == NULL && bmp_size != 0) || bmp_size > PTRDIFF_MAX ||
      format >= LPF_FORMAT_COUNT || !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(plan, 0, sizeof *plan);
  lpf_call call;
  lpf_report report;
  lpf_bmp_file file;
  lpf_call_begin(&call, options, NULL, 0, NULL, &report);
  int32_t code = lpf_open_bmp(&file, &call, bmp, (size_t)bmp_size);
  plan->info = file.info;
  if (code == LPF_DONE) {
    code = plan_pixels(&file, format, plan);
  }
  plan->limit = report.limit;
  plan->wanted = report.wanted;
  return lpf_call_end(&call, code, 0);
}

static int32_t decode(lpf_call *call, const uint8_t *bmp, size_t bmp_size, uint8_t *memory,
                      unsigned long long memory_size, const lpf_pixels *pixels,
                      unsigned long long *bytes_written) {
  lpf_bmp_file file;
  int32_t code = lpf_open_bmp(&file, call, bmp, bmp_size);
  lpf_bmp_plan plan;
  if (code == LPF_DONE) {
    code = plan_pixels(&file, pixels->format, &plan);
  }
  lpf_surface surface;
  if (code == LPF_DONE) {
    const bool fits = pixels->width == file.info.width && pixels->height == file.info.height;
    code =
        fits ? lpf_place_pixels(call, pixels, memory, memory_size, &surface) : LPF_INVALID_ARGUMENT;
  }
  if (code == LPF_DONE) {
    const lpf_blend blend = lpf_blend_of(call->options);
    *bytes_written = plan.output_bytes;
    call->report->decode_path = LPF_PATH_FAST;
    code = lpf_bmp_decode_rows(&file, &surface, &blend, lpf_simd_of(call->options));
  }
  return code;
}

int32_t lpf_bmp_decode(const uint8_t *bmp, unsigned long long bmp_size, const lpf_options *options,
                       uint8_t *memory, unsigned long long memory_size, const lpf_pixels *pixels,
                       uint8_t *scratch, unsigned long long scratch_size, const int32_t *cancel,
                       lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (options == NULL || pixels == NULL || (bmp == NULL && bmp_size != 0) ||
      (memory == NULL && memory_size != 0) || (scratch == NULL && scratch_size != 0) ||
      bmp_size > PTRDIFF_MAX || memory_size > PTRDIFF_MAX || scratch_size > PTRDIFF_MAX ||
      pixels->format >= LPF_FORMAT_COUNT || pixels->width == 0 || pixels->height == 0 ||
      !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_call call;
  unsigned long long bytes_written = 0;
  lpf_call_begin(&call, options, scratch, (size_t)scratch_size, cancel, report);
  const int32_t code =
      decode(&call, bmp, (size_t)bmp_size, memory, memory_size, pixels, &bytes_written);
  return lpf_call_end(&call, code, bytes_written);
}

int32_t lpf_bmp_palette(const uint8_t *bmp, unsigned long long bmp_size, const lpf_options *options,
                        uint8_t *rgba, uint32_t *entries, lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (rgba == NULL || entries == NULL || options == NULL || (bmp == NULL && bmp_size != 0) ||
      bmp_size > PTRDIFF_MAX || !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  *entries = 0;
  lpf_call call;
  lpf_bmp_file file;
  lpf_call_begin(&call, options, NULL, 0, NULL, report);
  const int32_t code = lpf_open_bmp(&file, &call, bmp, (size_t)bmp_size);
  if (code == LPF_DONE) {
    uint8_t palette[256][4];
    lpf_bmp_read_palette(&file, palette);
    *entries = file.info.palette_entries;
    memcpy(rgba, palette, 4 * (size_t)*entries);
  }
  return lpf_call_end(&call, code, 0);
}

/* ---- Pixels to BMP ---- */

static int32_t plan_encoding(lpf_call *call, const lpf_pixels *pixels, lpf_bmp *bmp,
                             lpf_plan *plan) {
  const lpf_options *options = call->options;
  *bmp = (lpf_bmp){.format = lpf_bmp_format_for(options->bmp_format, pixels->format),
                   .width = pixels->width,
                   .height = pixels->height};
  const unsigned long long count = (unsigned long long)pixels->width * pixels->height;
  if (count > options->max_pixels) {
    return lpf_refuse(call, LPF_LIMIT_PIXELS, options->max_pixels, count);
  }
  const int32_t code = lpf_bmp_check_source(bmp->format, pixels->format);
  if (code != LPF_DONE) {
    return code;
  }
  plan->bmp_format = bmp->format;
  plan->output_bytes = lpf_bmp_bytes(bmp);
  if (plan->output_bytes > LPF_BMP_MAX_BYTES) {
    return lpf_refuse(call, LPF_BMP_TOO_LARGE, LPF_BMP_MAX_BYTES, plan->output_bytes);
  }
  return plan->output_bytes > options->max_output_bytes
             ? lpf_refuse(call, LPF_LIMIT_OUTPUT_BYTES, options->max_output_bytes,
                          plan->output_bytes)
             : LPF_DONE;
}

static bool are_pixels(const lpf_pixels *pixels) {
  return pixels != NULL && pixels->format < LPF_FORMAT_COUNT && pixels->width != 0 &&
         pixels->height != 0 && pixels->width <= INT32_MAX && pixels->height <= INT32_MAX;
}

int32_t lpf_bmp_encode_plan(const lpf_pixels *pixels, const lpf_options *options, lpf_plan *plan) {
  if (plan == NULL || options == NULL || !are_pixels(pixels) || !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(plan, 0, sizeof *plan);
  lpf_call call;
  lpf_report report;
  lpf_bmp bmp;
  lpf_call_begin(&call, options, NULL, 0, NULL, &report);
  const int32_t code = plan_encoding(&call, pixels, &bmp, plan);
  plan->limit = report.limit;
  plan->wanted = report.wanted;
  return lpf_call_end(&call, code, 0);
}

static int32_t encode(lpf_call *call, const lpf_surface *source, const lpf_bmp *bmp,
                      const uint8_t *palette, uint32_t entries, uint8_t *bytes) {
  uint8_t colors[256][4];
  memset(colors, 0, sizeof colors);
  for (size_t i = 0; i < 256; i++) {
    colors[i][3] = 255;
  }
  if (entries != 0) {
    memcpy(colors, palette, 4 * (size_t)entries);
  }
  lpf_blend blend = lpf_blend_of(call->options);
  blend.premultiplied = false; /* a BMP has straight alpha */
  return lpf_bmp_encode_rows(call, bmp, source, (const lpf_palette *)&colors, &blend,
                             lpf_simd_of(call->options), bytes);
}

int32_t lpf_bmp_encode(const uint8_t *memory, unsigned long long memory_size,
                       const lpf_pixels *pixels, const uint8_t *palette, uint32_t palette_entries,
                       const lpf_options *options, uint8_t *bmp, unsigned long long bmp_size,
                       const int32_t *cancel, lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (options == NULL || !are_pixels(pixels) || (memory == NULL && memory_size != 0) ||
      (bmp == NULL && bmp_size != 0) || memory_size > PTRDIFF_MAX || bmp_size > PTRDIFF_MAX ||
      (palette == NULL && palette_entries != 0) || palette_entries > 256 ||
      (pixels->format == LPF_FORMAT_INDEXED8 && palette_entries == 0) ||
      !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_call call;
  lpf_call_begin(&call, options, NULL, 0, cancel, report);
  lpf_bmp planned;
  lpf_plan plan = {.output_bytes = 0};
  int32_t code = plan_encoding(&call, pixels, &planned, &plan);
  lpf_surface source; /* is only read */
  if (code == LPF_DONE) {
    code = lpf_place_pixels(&call, pixels, (uint8_t *)memory, memory_size, &source);
  }
  if (code == LPF_DONE && bmp_size < plan.output_bytes) {
    code = lpf_refuse(&call, LPF_OUTPUT_TOO_SMALL, bmp_size, plan.output_bytes);
  }
  if (code == LPF_DONE) {
    code = encode(&call, &source, &planned, palette, palette_entries, bmp);
  }
  return lpf_call_end(&call, code, plan.output_bytes);
}
