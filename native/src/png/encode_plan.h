/* encode_plan.h: from pixels to what the header of their PNG says, and how much room it takes. */
#ifndef LPF_ENCODE_PLAN_H
#define LPF_ENCODE_PLAN_H

#include "base/call.h"
#include "image/color_set.h"
#include "image/scanline_maker.h"
#include "image/surface.h"
#include "kernels/kernels.h"

/* An IDAT chunk that has become as long ends, and another one follows. */
#define LPF_LONGEST_IDAT ((size_t)1 << 30)

/* What is given to an encoder beside the pixels. */
typedef struct lpf_encode_input {
  const lpf_surface *surface; /* of null memory where the pixels are not there yet */
  const lpf_encode_options *options;
  const uint8_t *palette; /* R, G, B, A */
  uint32_t palette_entries;
  const uint8_t *chunks;
  size_t chunks_size;
} lpf_encode_input;

/* Fills in the plan, but for scratch_bytes. The call's report has the limit that refused. */
int32_t lpf_plan_encoding(lpf_call *call, const lpf_encode_input *input, lpf_encode_plan *plan);

/* lpf_encode_plan.header_bytes with so many bytes of ancillary chunks. */
uint64_t lpf_header_bound(uint64_t chunks_size);

/* lpf_encode_plan.output_bytes of any image of that size; 0 where 64 bits do not hold it. */
uint64_t lpf_encoded_bound(uint32_t width, uint32_t height, lpf_layout_id layout, uint32_t flags,
                           uint32_t effort, uint64_t chunks_size);

/* How the scanlines of a plan are made; false if it contradicts itself. `colors` gets those of a
   palette that was made, and belongs to the form. */
bool lpf_form_of_plan(const lpf_encode_plan *plan, lpf_color_set *colors, lpf_scanline_form *form);

lpf_simd lpf_simd_of_flags(uint32_t flags);

#endif
