/* png_encode.h: a whole PNG out of its parts: header, strips, end. */
#ifndef LPF_PNG_ENCODE_H
#define LPF_PNG_ENCODE_H

#include "base/call.h"
#include "png/encode_plan.h"
#include "png/strip_rows.h"

/* Writes what comes before the image data, and returns its end. The chunks are in order. */
uint8_t *lpf_write_png_header(const lpf_encode_plan *plan, const uint8_t *chunks,
                              size_t chunks_size, uint8_t *output);

/* Writes what comes behind it, and returns its end. */
uint8_t *lpf_write_png_end(const lpf_encode_plan *plan, const lpf_strips *strips, uint8_t *output);

void lpf_join_strips(lpf_strips *strips, const lpf_strips *following);

/* All of it; *written gets the PNG's bytes. `output` has lpf_encode_plan.output_bytes. */
int32_t lpf_encode_png(lpf_call *call, const lpf_encode_plan *plan, const lpf_band *band,
                       const lpf_encode_input *input, uint8_t *output, uint64_t *written);

#endif
