#include "base/call.h"

#include <stdatomic.h>
#include <string.h>

bool lpf_options_make_sense(const lpf_options *options) {
  bool background = options->background == LPF_BACKGROUND_NONE ||
                    (options->background & LPF_BACKGROUND) == LPF_BACKGROUND;
  return options->max_idat_ratio != 0 && options->bmp_format <= LPF_BMP_MATCH &&
         options->alpha <= LPF_ALPHA_PREMULTIPLIED && background;
}

void lpf_call_begin(lpf_call *call, const lpf_options *options, uint8_t *scratch,
                    size_t scratch_size, const int32_t *cancel, lpf_report *report) {
  memset(report, 0, sizeof *report);
  call->options = options;
  call->cancel = cancel;
  call->report = report;
  lpf_budget_begin(&call->budget, options->max_memory_bytes, scratch, scratch_size);
}

int32_t lpf_call_end(lpf_call *call, int32_t code, unsigned long long bytes_written) {
  lpf_budget_end(&call->budget);
  call->report->peak_memory_bytes = call->budget.peak;
  call->report->bytes_written = code == LPF_DONE ? bytes_written : 0;
  return code;
}

int32_t lpf_refuse(lpf_call *call, int32_t code, unsigned long long limit,
                   unsigned long long wanted) {
  call->report->limit = limit;
  call->report->wanted = wanted;
  return code;
}

int32_t lpf_out_of_memory(lpf_call *call) {
  const lpf_budget *budget = &call->budget;
  return budget->wanted == 0
             ? LPF_OUT_OF_MEMORY
             : lpf_refuse(call, LPF_LIMIT_MEMORY_BYTES, budget->limit, budget->wanted);
}

void lpf_warn(lpf_call *call, int32_t code, uint32_t chunk_type, size_t offset) {
  lpf_report *report = call->report;
  if (report->warning_count < LPF_WARNING_CAPACITY) {
    report->warnings[report->warning_count] =
        (lpf_warning){.offset = offset, .chunk_type = chunk_type, .code = code};
  }
  report->warning_count++;
}

bool lpf_is_cancelled(const lpf_call *call) {
  return call->cancel != NULL &&
         atomic_load_explicit((const _Atomic int32_t *)call->cancel, memory_order_relaxed) != 0;
}
