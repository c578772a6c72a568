/*
 * call.h: what one call of the library carries through all floors: what it may spend, where it
 * reports, whether it is still wanted, and its memory.
 */
#ifndef LPF_CALL_H
#define LPF_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/budget.h"
#include "lodepng_ffm.h"

/* LodePNG's code for an allocation that failed. */
#define LPF_OUT_OF_MEMORY 83

typedef struct lpf_call {
  const lpf_options *options;
  const int32_t *cancel; /* may be null */
  lpf_report *report;
  lpf_budget budget;
} lpf_call;

/* Whether the values of the options that are not limits are among those that the contract has. */
bool lpf_options_make_sense(const lpf_options *options);

/* Empties the report. `scratch` may be null with size 0. */
void lpf_call_begin(lpf_call *call, const lpf_options *options, uint8_t *scratch,
                    size_t scratch_size, const int32_t *cancel, lpf_report *report);

/* Completes the report, and returns `code`. */
int32_t lpf_call_end(lpf_call *call, int32_t code, unsigned long long bytes_written);

/* Notes the limit in the report, and returns `code`. */
int32_t lpf_refuse(lpf_call *call, int32_t code, unsigned long long limit,
                   unsigned long long wanted);

/* The code for an allocation that failed: LPF_LIMIT_MEMORY_BYTES when it was the budget that had no
   room for it. */
int32_t lpf_out_of_memory(lpf_call *call);

/* Notes damage that is passed over, or something that is left behind. */
void lpf_warn(lpf_call *call, int32_t code, uint32_t chunk_type, size_t offset);

/* Whether the caller wants the call to stop. */
bool lpf_is_cancelled(const lpf_call *call);

#endif
