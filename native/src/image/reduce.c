#include "image/reduce.h"

#include <string.h>

#include "image/scanline_maker.h"

enum { GRAY = 0, COLOR = 2, INDEXED = 3, HAS_ALPHA = 4, MOST_GRAYS = 16 };

lpf_reduced_form lpf_own_form(lpf_layout_id id) {
  const lpf_layout *layout = lpf_layout_of(id);
  if (layout->samples == LPF_SAMPLES_INDEX) {
    return (lpf_reduced_form){.color_type = INDEXED, .bit_depth = 8, .has_palette = true};
  }
  const uint32_t type = layout->samples == LPF_SAMPLES_GRAY ? GRAY : COLOR;
  return (lpf_reduced_form){.color_type = type | (layout->alpha >= 0 ? HAS_ALPHA : 0),
                            .bit_depth = 8 * layout->sample_bytes};
}

/* ---- Looking ---- */

/* Ones for the bytes of a pixel whose bits are set in `bytes`. */
static void make_pattern(uint8_t pattern[LPF_PATTERN_BYTES], uint32_t pixel_bytes, uint32_t bytes) {
  for (uint32_t i = 0; i < LPF_PATTERN_BYTES; i++) {
    pattern[i] = (bytes >> i % pixel_bytes & 1) != 0 ? 0xff : 0;
  }
}

void lpf_reductions_begin(lpf_reductions *reductions, lpf_layout_id id, uint32_t width,
                          const lpf_filter_kernels *kernels) {
  const lpf_layout *layout = lpf_layout_of(id);
  memset(reductions, 0, sizeof *reductions);
  reductions->layout = layout;
  reductions->kernels = kernels;
  reductions->width = width;
  reductions->is_open = true;
  /* of gray a palette has fewer bits than 8, or is of no use */
  lpf_clear_colors(&reductions->colors,
                   layout->samples == LPF_SAMPLES_GRAY ? MOST_GRAYS : LPF_MOST_COLORS);
  if (layout->samples == LPF_SAMPLES_INDEX) {
    return;
  }
  const lpf_reduced_form own = lpf_own_form(id);
  lpf_file_order(id, own.color_type, own.bit_depth, &reductions->whole);
  lpf_file_order(id, own.color_type, 8, &reductions->bytes);
  reductions->opaque = reductions->gray = reductions->eight_bits = reductions->few_colors = true;
  const uint32_t bytes = reductions->whole.target_bytes, sample = layout->sample_bytes;
  const uint32_t of_sample = (1u << sample) - 1;
  make_pattern(reductions->opaque_pattern, bytes, of_sample << (bytes - sample));
  make_pattern(reductions->gray_pattern, bytes, (1u << 2 * sample) - 1); /* red and green */
  make_pattern(reductions->low_pattern, bytes, 0x55);
}

size_t lpf_reductions_memory(const lpf_reductions *reductions) {
  return (size_t)reductions->width * 8 + 2 * LPF_ROW_MARGIN;
}

void lpf_look_at_row(lpf_reductions *reductions, const uint8_t *pixels, uint8_t *memory) {
  lpf_reductions *known = reductions;
  const lpf_layout *layout = known->layout;
  const lpf_filter_kernels *kernels = known->kernels;
  const uint32_t width = known->width;
  if (layout->samples == LPF_SAMPLES_INDEX) {
    const uint8_t highest = kernels->highest(pixels, width);
    known->highest_index = highest > known->highest_index ? highest : known->highest_index;
    return;
  }
  const bool has_alpha = layout->alpha >= 0, has_color = layout->samples == LPF_SAMPLES_COLOR;
  const size_t size = (size_t)width * known->whole.target_bytes;
  kernels->order(pixels, width, &known->whole, memory);
  if (layout->sample_bytes == 2 && known->eight_bits) {
    known->eight_bits = !kernels->differs(memory, size, 1, known->low_pattern);
  }
  if (has_alpha && known->opaque) {
    known->opaque = !kernels->differs(memory, size, 0, known->opaque_pattern);
  }
  if (has_color && known->gray) {
    known->gray = !kernels->differs(memory, size, layout->sample_bytes, known->gray_pattern);
  }
  known->few_colors = known->few_colors && known->eight_bits;
  if (known->few_colors) {
    if (layout->sample_bytes == 2) {
      kernels->order(pixels, width, &known->bytes, memory);
    }
    known->few_colors = lpf_add_colors(&known->colors, memory, width, known->bytes.target_bytes);
  }
  known->is_open = known->few_colors || (layout->sample_bytes == 2 && known->eight_bits) ||
                   (has_alpha && known->opaque) || (has_color && known->gray);
}

/* ---- Choosing ---- */

static uint32_t bits_for(uint32_t values) {
  return values <= 2 ? 1 : values <= 4 ? 2 : values <= 16 ? 4 : 8;
}

/* The fewest bits whose grays are all those that there are: 8 if not fewer. */
static uint32_t gray_bits(const lpf_color_set *colors) {
  for (uint32_t bits = 1; bits < 8; bits *= 2) {
    const uint32_t step = 255 / ((1u << bits) - 1);
    uint32_t i = 0;
    while (i < colors->count && (colors->color[i] & 255) % step == 0) {
      i++;
    }
    if (i == colors->count) {
      return bits;
    }
  }
  return 8;
}

lpf_reduced_form lpf_smallest_form(lpf_reductions *reductions, uint64_t pixels) {
  const lpf_layout *layout = reductions->layout;
  const bool gray = layout->samples == LPF_SAMPLES_GRAY || reductions->gray;
  const bool opaque = layout->alpha < 0 || reductions->opaque;
  const bool wide = layout->sample_bytes == 2 && !reductions->eight_bits;
  lpf_reduced_form form = {.color_type = (gray ? GRAY : COLOR) | (opaque ? 0 : HAS_ALPHA),
                           .bit_depth = wide ? 16 : 8};
  const uint32_t count = reductions->colors.count;
  if (!reductions->few_colors) {
    return form;
  }
  if (gray && opaque) {
    form.bit_depth = gray_bits(&reductions->colors);
  }
  /* Indices of gray are worth it only where they have fewer bits. The palette itself takes room. */
  const uint32_t bits = bits_for(count);
  const bool fewer = gray ? bits < (opaque ? form.bit_depth : 8) : true;
  if (fewer && pixels > 4ull * count) {
    lpf_sort_colors(&reductions->colors);
    form = (lpf_reduced_form){.color_type = INDEXED, .bit_depth = bits, .has_palette = true};
  }
  return form;
}
