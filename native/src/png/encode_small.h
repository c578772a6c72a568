/* encode_small.h: a strip in as few bytes as can be had, whatever the time. */
#ifndef LPF_ENCODE_SMALL_H
#define LPF_ENCODE_SMALL_H

#include "base/call.h"
#include "png/strip_rows.h"

/* Bytes of memory that a strip takes, libdeflate's included. */
size_t lpf_small_memory(const lpf_encode_plan *plan);

/*
 * Tries several ways to filter, compresses with libdeflate, and replaces the *written bytes of the
 * strip's IDAT at `output` if the result is shorter.
 */
int32_t lpf_encode_smaller(lpf_call *call, const lpf_encode_plan *plan, const lpf_band *band,
                           uint32_t index, uint8_t *output, size_t *written, lpf_strips *strip);

#endif
