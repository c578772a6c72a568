#include "png/encode_plan.h"

#include <string.h>

#include "deflate/compress.h"
#include "image/reduce.h"
#include "kernels/filter_choice.h"
#include "png/ancillary.h"
#include "png/chunk_writer.h"
#include "png/lodepng_codes.h"
#include "png/png_header.h"
#include "png/smooth_palette.h"

lpf_simd lpf_simd_of_flags(uint32_t flags) {
  if ((flags & LPF_FLAG_SCALAR) != 0) {
    return LPF_SIMD_NONE;
  }
  return (flags & LPF_FLAG_NO_AVX512) != 0 ? LPF_SIMD_NO_AVX512 : LPF_SIMD_ALL;
}

/* ---- Room ---- */

/* Bytes of scanlines in a strip: enough for what is done once a strip not to matter, and few enough
   for an image of a few megabytes to keep some threads busy. */
static uint64_t strip_target(uint32_t effort) {
  return (effort == LPF_EFFORT_SMALL ? 16 : 4) * (uint64_t)LPF_BLOCK_BYTES;
}

/* What a strip of so many filtered bytes may take beyond them. */
static uint64_t strip_overhead(uint64_t bytes) {
  const uint64_t blocks = bytes / LPF_BLOCK_BYTES + 1;
  const uint64_t chunks = bytes / LPF_LONGEST_IDAT + 1;
  const uint64_t zlib = 2 + 5 + 4; /* its header, the flush, its checksum */
  return bytes / LPF_STORED_BYTES * 5 + blocks * 6 + chunks * LPF_CHUNK_FRAME_BYTES + zlib +
         LPF_BIT_WRITER_SLACK;
}

uint64_t lpf_header_bound(uint64_t chunks_size) {
  const uint64_t palette = 2 * LPF_CHUNK_FRAME_BYTES + 256 * 4;
  return LPF_SIGNATURE_BYTES + LPF_CHUNK_FRAME_BYTES + LPF_IHDR_BYTES + palette + chunks_size;
}

/* Of all scanlines, filtered. */
static uint64_t filtered_bytes(const lpf_scanline_form *form, uint32_t width, uint32_t height) {
  if (!form->interlaced) {
    return (lpf_scanline_size(form, width) + 1) * height;
  }
  uint64_t bytes = 0;
  for (uint32_t i = 0; i < LPF_ADAM7_PASSES; i++) {
    const lpf_pass pass = lpf_adam7_pass(i, width, height);
    bytes += (lpf_scanline_size(form, pass.width) + 1) * pass.height;
  }
  return bytes;
}

/* Fills in the strips and the sizes, of a plan that has the rest. */
static void set_sizes(lpf_encode_plan *plan, const lpf_scanline_form *form, uint64_t chunks_size) {
  const uint64_t scanlines = lpf_scanline_count(form, plan->width, plan->height);
  const uint64_t scanline = lpf_scanline_size(form, plan->width) + 1;
  const uint64_t most = strip_target(plan->effort) / scanline; /* rows in a strip, if not 0 */
  const uint64_t strips = most == 0 ? scanlines : (scanlines - 1) / most + 1;
  const uint64_t rows = (scanlines - 1) / strips + 1; /* about the same in each */
  plan->strip_scanlines = (uint32_t)rows;
  plan->strip_count = (uint32_t)((scanlines - 1) / rows + 1);
  const uint64_t overhead = strip_overhead(rows * scanline);
  plan->strip_bytes = rows * scanline + overhead;
  plan->header_bytes = lpf_header_bound(chunks_size);
  plan->output_bytes = plan->header_bytes + filtered_bytes(form, plan->width, plan->height) +
                       plan->strip_count * overhead + LPF_ENCODE_END_BYTES;
}

uint64_t lpf_encoded_bound(uint32_t width, uint32_t height, lpf_layout_id layout, uint32_t flags,
                           uint32_t effort, uint64_t chunks_size) {
  const lpf_reduced_form own = lpf_own_form(layout);
  const lpf_scanline_form form = {.layout = layout,
                                  .color_type = own.color_type,
                                  .bit_depth = own.bit_depth,
                                  .interlaced = (flags & LPF_FLAG_INTERLACED) != 0};
  lpf_encode_plan plan = {.width = width, .height = height, .effort = effort};
  if ((uint64_t)width * height > LPF_MOST_PIXELS || chunks_size > LPF_MOST_PIXELS) {
    return 0;
  }
  set_sizes(&plan, &form, chunks_size);
  /* Scanlines of fewer bits make fewer strips, which may come closer to what a strip should have.
   */
  const uint64_t scanline = lpf_scanline_size(&form, width) + 1, target = strip_target(effort);
  const uint64_t most = strip_overhead(target > scanline ? target : scanline);
  return plan.output_bytes + plan.strip_count * most;
}

bool lpf_form_of_plan(const lpf_encode_plan *plan, lpf_color_set *colors, lpf_scanline_form *form) {
  *form = (lpf_scanline_form){.layout = plan->format,
                              .color_type = plan->color_type,
                              .bit_depth = plan->bit_depth,
                              .interlaced = (plan->flags & LPF_FLAG_INTERLACED) != 0,
                              .palette_entries = plan->palette_entries};
  if (!lpf_form_makes_sense(form)) {
    return false;
  }
  if (form->color_type != 3) {
    return true;
  }
  if (lpf_layout_of(plan->format)->samples == LPF_SAMPLES_INDEX) {
    form->index_of = plan->index_of;
    return true;
  }
  lpf_clear_colors(colors, LPF_MOST_COLORS);
  for (uint32_t i = 0; i < plan->palette_entries; i++) {
    const uint8_t *entry = plan->palette + 4 * (size_t)i;
    (void)lpf_add_color(colors, entry[0] | (uint32_t)entry[1] << 8 | (uint32_t)entry[2] << 16 |
                                    (uint32_t)entry[3] << 24);
  }
  form->colors = colors;
  return true;
}

/* ---- What the header says ---- */

static void write_palette(const lpf_color_set *colors, lpf_encode_plan *plan) {
  plan->palette_entries = colors->count;
  for (uint32_t i = 0; i < colors->count; i++) {
    for (uint32_t byte = 0; byte < 4; byte++) {
      plan->palette[4 * i + byte] = (uint8_t)(colors->color[i] >> 8 * byte);
    }
  }
}

/* The given palette; where indices are few, with few bits for them, and no entry beyond. */
static void take_palette(const lpf_encode_input *input, const lpf_reductions *found,
                         lpf_encode_plan *plan) {
  plan->palette_entries = input->palette_entries;
  memcpy(plan->palette, input->palette, 4 * (size_t)input->palette_entries);
  for (uint32_t i = 0; i < 256; i++) {
    plan->index_of[i] = (uint8_t)i;
  }
  if (found == NULL) {
    return;
  }
  if (found->highest_index < 16) {
    plan->bit_depth = found->highest_index < 2 ? 1 : found->highest_index < 4 ? 2 : 4;
    const uint32_t most = 1u << plan->bit_depth;
    plan->palette_entries = plan->palette_entries < most ? plan->palette_entries : most;
  } else if (plan->effort == LPF_EFFORT_FAST) {
    plan->smooth =
        lpf_smooth_palette(input->surface, plan->palette, plan->palette_entries, plan->index_of);
  }
}

static const uint8_t *row_of(const lpf_surface *surface, uint32_t y) {
  return surface->first_row + (ptrdiff_t)y * surface->stride;
}

/* Looks at all pixels, and chooses the smallest form. */
static int32_t reduce(lpf_call *call, const lpf_encode_input *input, lpf_reductions *reductions,
                      lpf_encode_plan *plan) {
  enum { ROWS_A_POLL = 256 };
  const lpf_surface *surface = input->surface;
  const lpf_filter_kernels *kernels =
      lpf_filter_kernels_for_this_processor(lpf_simd_of_flags(plan->flags));
  lpf_reductions_begin(reductions, surface->layout, surface->width, kernels);
  uint8_t *row = lpf_budget_allocate(&call->budget, lpf_reductions_memory(reductions));
  if (row == NULL) {
    return lpf_out_of_memory(call);
  }
  int32_t code = LPF_DONE;
  for (uint32_t y = 0; code == LPF_DONE && y < surface->height && reductions->is_open; y++) {
    lpf_look_at_row(reductions, row_of(surface, y), row);
    if (y % ROWS_A_POLL == 0 && lpf_is_cancelled(call)) {
      code = LPF_CANCELLED;
    }
  }
  lpf_budget_free(&call->budget, row);
  if (code != LPF_DONE) {
    return code;
  }
  if (lpf_layout_of(surface->layout)->samples == LPF_SAMPLES_INDEX) {
    take_palette(input, reductions, plan);
    return LPF_DONE;
  }
  const lpf_reduced_form form =
      lpf_smallest_form(reductions, (uint64_t)surface->width * surface->height);
  plan->color_type = form.color_type;
  plan->bit_depth = form.bit_depth;
  if (form.has_palette) {
    write_palette(&reductions->colors, plan);
  }
  return LPF_DONE;
}

static int32_t choose_form(lpf_call *call, const lpf_encode_input *input, lpf_encode_plan *plan) {
  bool keep_color_type;
  int32_t code = lpf_check_ancillary(input->chunks, input->chunks_size, &keep_color_type);
  if (code != LPF_DONE) {
    return code;
  }
  const lpf_reduced_form own = lpf_own_form(plan->format);
  plan->color_type = own.color_type;
  plan->bit_depth = own.bit_depth;
  const bool as_it_is = keep_color_type || (plan->flags & LPF_FLAG_NO_REDUCTIONS) != 0;
  if (as_it_is || input->surface->first_row == NULL) {
    if (own.has_palette) {
      take_palette(input, NULL, plan);
    }
    return LPF_DONE;
  }
  lpf_reductions *reductions = lpf_budget_allocate(&call->budget, sizeof *reductions);
  if (reductions == NULL) {
    return lpf_out_of_memory(call);
  }
  code = reduce(call, input, reductions, plan);
  lpf_budget_free(&call->budget, reductions);
  return code;
}

int32_t lpf_plan_encoding(lpf_call *call, const lpf_encode_input *input, lpf_encode_plan *plan) {
  const lpf_surface *surface = input->surface;
  plan->width = surface->width;
  plan->height = surface->height;
  plan->format = surface->layout;
  plan->flags = input->options->flags;
  plan->effort = input->options->effort;
  const uint64_t pixels = (uint64_t)plan->width * plan->height;
  if (pixels > input->options->max_pixels) {
    return lpf_refuse(call, LPF_LIMIT_PIXELS, input->options->max_pixels, pixels);
  }
  if (pixels > LPF_MOST_PIXELS) {
    return LPF_LODEPNG_TOO_MANY_PIXELS;
  }
  const int32_t code = choose_form(call, input, plan);
  if (code != LPF_DONE) {
    return code;
  }
  const lpf_scanline_form form = {.layout = plan->format,
                                  .color_type = plan->color_type,
                                  .bit_depth = plan->bit_depth,
                                  .interlaced = (plan->flags & LPF_FLAG_INTERLACED) != 0};
  set_sizes(plan, &form, input->chunks_size);
  return LPF_DONE;
}
