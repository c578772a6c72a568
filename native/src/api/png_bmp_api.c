/* png_bmp_api.c: PNG to BMP: the only place where the two formats meet. */
#include <string.h>

#include "api/png_bmp_conversion.h"
#include "base/call.h"
#include "bmp/bmp_header.h"
#include "png/lodepng_codes.h"
#include "png/png_decode.h"
#include "png/png_index.h"

int32_t lpf_png_plan(const uint8_t *png, unsigned long long png_size, const lpf_options *options,
                     lpf_plan *plan) {
  if (plan == NULL || options == NULL || (png == NULL && png_size != 0) || png_size > PTRDIFF_MAX ||
      !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(plan, 0, sizeof *plan);
  lpf_call call;
  lpf_report report;
  lpf_conversion planned;
  lpf_call_begin(&call, options, NULL, 0, NULL, &report);
  int32_t code = lpf_plan_conversion(&planned, &call, png, png_size, /*whole=*/false, plan);
  if (code == LPF_DONE &&
      !lpf_decode_scratch_bytes(&plan->info, png_size, lpf_bmp_layout(plan->bmp_format),
                                &planned.blend, &plan->scratch_bytes)) {
    code = LPF_LODEPNG_TOO_MANY_PIXELS;
  }
  plan->limit = report.limit;
  plan->wanted = report.wanted;
  lpf_budget_free(&call.budget, planned.profile);
  return lpf_call_end(&call, code, 0);
}

static int32_t convert(lpf_conversion *planned, const lpf_plan *plan, uint8_t *bytes,
                       unsigned long long size) {
  lpf_png *png = &planned->png;
  lpf_call *call = png->call;
  int32_t code = LPF_DONE;
  if (size < plan->output_bytes) {
    code = lpf_refuse(call, LPF_OUTPUT_TOO_SMALL, size, plan->output_bytes);
  } else if (planned->profile != NULL) {
    memcpy(bytes + lpf_bmp_profile_at(&planned->bmp), planned->profile,
           (size_t)planned->bmp.profile_bytes);
  }
  lpf_budget_free(&call->budget, planned->profile);
  planned->profile = NULL;
  if (code == LPF_DONE && !lpf_bmp_asks_chunks(call->options->bmp_format)) {
    code = lpf_index_png(png, /*whole=*/true);
  }
  if (code != LPF_DONE) {
    return code;
  }
  const lpf_surface surface = lpf_bmp_surface(&planned->bmp, bytes);
  code = lpf_decode_png(png, &surface, &planned->blend, /*palette_loses_alpha=*/true);
  if (code == LPF_DONE) {
    lpf_write_bmp_header(planned, bytes);
  }
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
      scratch_size > PTRDIFF_MAX || !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_call call;
  lpf_conversion planned;
  lpf_plan plan = {.output_bytes = 0};
  lpf_call_begin(&call, options, scratch, (size_t)scratch_size, cancel, report);
  int32_t code = lpf_plan_conversion(&planned, &call, png, png_size, /*whole=*/true, &plan);
  code = code == LPF_DONE ? convert(&planned, &plan, bmp, bmp_size) : code;
  lpf_budget_free(&call.budget, planned.profile);
  return lpf_call_end(&call, code, plan.output_bytes);
}
