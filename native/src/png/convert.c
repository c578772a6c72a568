/* convert.c: the second phase, PNG to BMP. */
#include <stdatomic.h>
#include <string.h>

#include "bmp/bmp.h"
#include "png/conversion.h"

int32_t lpf_refuse(lpf_conversion *conversion, int32_t code, unsigned long long limit,
                   unsigned long long wanted) {
  conversion->report->limit = limit;
  conversion->report->wanted = wanted;
  return code;
}

void lpf_warn(lpf_conversion *conversion, int32_t code, uint32_t chunk_type, size_t offset) {
  lpf_report *report = conversion->report;
  if (report->warning_count < LPF_WARNING_CAPACITY) {
    report->warnings[report->warning_count] =
        (lpf_warning){.offset = offset, .chunk_type = chunk_type, .code = code};
  }
  report->warning_count++;
}

bool lpf_is_cancelled(const lpf_conversion *conversion) {
  return conversion->cancel != NULL &&
         atomic_load_explicit((const _Atomic int32_t *)conversion->cancel, memory_order_relaxed) !=
             0;
}

/* From LodePNG's top-down R, G, B to the BMP's bottom-up B, G, R. */
static int32_t write_rows_from_rgb(lpf_conversion *conversion, const uint8_t *rgb) {
  uint32_t width = conversion->plan.info.width;
  uint32_t height = conversion->plan.info.height;
  uint32_t padding = lpf_bmp_padding(width);
  size_t stride = (size_t)lpf_bmp_stride(width);
  for (uint32_t y = 0; y < height; y++) {
    if (lpf_is_cancelled(conversion)) {
      return LPF_CANCELLED;
    }
    const uint8_t *from = rgb + (size_t)y * width * 3;
    uint8_t *to = conversion->bmp + LPF_BMP_HEADER_BYTES + (size_t)(height - 1 - y) * stride;
    for (uint32_t x = 0; x < width; x++) {
      to[3 * x] = from[3 * x + 2];
      to[3 * x + 1] = from[3 * x + 1];
      to[3 * x + 2] = from[3 * x];
    }
    memset(to + (size_t)width * 3, 0, padding);
  }
  return LPF_DONE;
}

/* What LodePNG's verdict means, given what the hooks have noted. */
static int32_t verdict(lpf_conversion *conversion, unsigned lodepng_error) {
  bool hook_knows_why =
      lodepng_error == LPF_LODEPNG_CUSTOM_ZLIB || conversion->hook_code >= LPF_INVALID_ARGUMENT;
  if (conversion->hook_code != LPF_DONE && hook_knows_why) {
    lodepng_error = 0; /* the hook has stopped LodePNG */
  }
  int32_t code = lodepng_error != 0 ? (int32_t)lodepng_error : conversion->hook_code;
  if (code == LPF_LODEPNG_OUT_OF_MEMORY && conversion->budget.wanted != 0) {
    return lpf_refuse(conversion, LPF_LIMIT_MEMORY_BYTES, conversion->budget.limit,
                      conversion->budget.wanted);
  }
  return code;
}

static int32_t decode_into_bmp(lpf_conversion *conversion) {
  LodePNGState *state = &conversion->state;
  state->info_raw.colortype = LCT_RGB;
  state->info_raw.bitdepth = 8;
  state->decoder.read_text_chunks = 0; /* text never reaches a BMP; unread it cannot be a bomb */
  state->decoder.zlibsettings.custom_zlib = lpf_decompress_hook;
  state->decoder.zlibsettings.custom_context = conversion;

  unsigned char *rgb = NULL;
  unsigned width;
  unsigned height;
  unsigned error =
      lodepng_decode(&rgb, &width, &height, state, conversion->png, conversion->png_size);
  int32_t code = LPF_DONE;
  if (!conversion->rows_written) {
    code = verdict(conversion, error);
    if (code == LPF_DONE) {
      code = write_rows_from_rgb(conversion, rgb);
    }
  }
  lpf_budget_free(&conversion->budget, rgb); /* LodePNG may leave memory here on errors too */
  if (code == LPF_DONE && conversion->salvaged) {
    lpf_black_out_missing(conversion);
  }
  if (code == LPF_DONE) {
    const LodePNGInfo *info = &state->info_png;
    bool metres = info->phys_defined && info->phys_unit == 1; /* PNG, 11.3.4.3 */
    lpf_bmp_write_header(conversion->bmp, conversion->plan.info.width, conversion->plan.info.height,
                         metres ? info->phys_x : 0, metres ? info->phys_y : 0);
  }
  return code;
}

static int32_t convert(lpf_conversion *conversion, unsigned long long bmp_size) {
  int32_t code = lpf_plan_from_header(&conversion->state, conversion->png, conversion->png_size,
                                      conversion->options, &conversion->plan);
  if (code != LPF_DONE) {
    return lpf_refuse(conversion, code, conversion->plan.limit, conversion->plan.wanted);
  }
  if (bmp_size < conversion->plan.bmp_bytes) {
    return lpf_refuse(conversion, LPF_OUTPUT_TOO_SMALL, bmp_size, conversion->plan.bmp_bytes);
  }
  code = lpf_check_chunks(conversion);
  if (code != LPF_DONE) {
    return code;
  }
  code = lpf_repair(conversion);
  if (code != LPF_DONE) {
    return verdict(conversion, (unsigned)code);
  }
  code = decode_into_bmp(conversion);
  lpf_budget_free(&conversion->budget, conversion->repaired);
  return code;
}

int32_t lpf_png_to_bmp(const uint8_t *png, unsigned long long png_size, const lpf_options *options,
                       uint8_t *bmp, unsigned long long bmp_size, uint8_t *scratch,
                       unsigned long long scratch_size, const int32_t *cancel, lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (options == NULL || (png == NULL && png_size != 0) || (bmp == NULL && bmp_size != 0) ||
      (scratch == NULL && scratch_size != 0) || png_size > PTRDIFF_MAX ||
      scratch_size > PTRDIFF_MAX || options->max_idat_ratio == 0) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_conversion conversion;
  memset(&conversion, 0, sizeof conversion);
  conversion.options = options;
  conversion.png = png;
  conversion.png_size = (size_t)png_size;
  conversion.bmp = bmp;
  conversion.cancel = cancel;
  conversion.report = report;
  lpf_budget_begin(&conversion.budget, options->max_memory_bytes, scratch, (size_t)scratch_size);
  lodepng_state_init(&conversion.state);

  int32_t code = convert(&conversion, bmp_size);

  lodepng_state_cleanup(&conversion.state);
  lpf_budget_end(&conversion.budget);
  report->peak_memory_bytes = conversion.budget.peak;
  report->bytes_written = code == LPF_DONE ? conversion.plan.bmp_bytes : 0;
  return code;
}
