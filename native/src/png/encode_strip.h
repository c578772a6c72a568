/* encode_strip.h: the image data of a strip. */
#ifndef LPF_ENCODE_STRIP_H
#define LPF_ENCODE_STRIP_H

#include "base/call.h"
#include "png/encode_plan.h"
#include "png/strip_rows.h"

/* lpf_encode_plan.scratch_bytes, of a plan that has the rest. */
unsigned long long lpf_strip_scratch_bytes(const lpf_encode_plan *plan);

/* Encodes the strip to `output`. Up to `end` there is room for its filtered bytes and what
   lpf_encode_plan.strip_bytes has beyond those. *written gets how much was needed. */
int32_t lpf_encode_strip(lpf_call *call, const lpf_encode_plan *plan, const lpf_band *band,
                         uint32_t index, uint8_t *output, const uint8_t *end, size_t *written,
                         lpf_strips *strip);

#endif
