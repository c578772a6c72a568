/* reduce.h: what an image needs of the bits that its pixels have. */
#ifndef LPF_REDUCE_H
#define LPF_REDUCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/color_set.h"
#include "image/surface.h"
#include "kernels/filter_rows.h"

/* What is true of all pixels that have been looked at. */
typedef struct lpf_reductions {
  const lpf_layout *layout;
  const lpf_filter_kernels *kernels;
  uint32_t width;
  lpf_byte_order whole, bytes; /* to the file's order with all bits, and with 8 of each sample */
  bool is_open;                /* something may still turn out to be false */
  bool opaque, gray, eight_bits, few_colors; /* for few_colors eight_bits must be true as well */
  uint8_t opaque_pattern[LPF_PATTERN_BYTES]; /* the bytes of alpha */
  uint8_t gray_pattern[LPF_PATTERN_BYTES];   /* those of the samples that have one behind them */
  uint8_t low_pattern[LPF_PATTERN_BYTES];    /* the first bytes of samples of two */
  lpf_color_set colors;                      /* those of the pixels, while they are few */
  uint8_t highest_index;                     /* of a layout of indices */
} lpf_reductions;

void lpf_reductions_begin(lpf_reductions *reductions, lpf_layout_id layout, uint32_t width,
                          const lpf_filter_kernels *kernels);

/* Bytes of memory for a row. */
size_t lpf_reductions_memory(const lpf_reductions *reductions);

/* Looks at one more row; `memory` holds it in another order. */
void lpf_look_at_row(lpf_reductions *reductions, const uint8_t *pixels, uint8_t *memory);

typedef struct lpf_reduced_form {
  uint32_t color_type, bit_depth;
  bool has_palette; /* `colors` of the reductions, in their order */
} lpf_reduced_form;

/* The smallest form that holds the image, of layouts that are no indices. Without `pixels` to look
   at, or where nothing is to be left out, the form of the layout itself. */
lpf_reduced_form lpf_smallest_form(lpf_reductions *reductions, uint64_t pixels);
lpf_reduced_form lpf_own_form(lpf_layout_id layout);

#endif
