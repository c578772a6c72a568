/* filter_plan.h: which filter each row gets (PNG, 12.8). */
#ifndef LPF_FILTER_PLAN_H
#define LPF_FILTER_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "kernels/filter_rows.h"

/* A filter for all rows, 0 to 4, or how it is chosen for each. */
typedef enum lpf_filter_strategy {
  LPF_FILTERS_FIXED_NONE,
  LPF_FILTERS_FIXED_SUB,
  LPF_FILTERS_FIXED_UP,
  LPF_FILTERS_FIXED_AVERAGE,
  LPF_FILTERS_FIXED_PAETH,
  LPF_FILTERS_BY_MAGNITUDE, /* the smallest sum of magnitudes */
  LPF_FILTERS_BY_BITS,      /* the fewest bits of magnitudes */
  LPF_FILTERS_BY_ENTROPY,   /* the fewest bits of a row with a code of its own */
  LPF_FILTERS_BY_PAIRS,     /* the fewest different pairs of neighbours */
  LPF_FILTER_STRATEGIES
} lpf_filter_strategy;

/* Bytes of working memory for rows of so many bytes; 0 for all but the last two. */
size_t lpf_filter_choice_memory(lpf_filter_strategy strategy, size_t size);

/* The filter for a row and the one before it, of lpf_filter_rows.h's kind. */
uint32_t lpf_choose_filter(lpf_filter_strategy strategy, const lpf_filter_kernels *kernels,
                           const uint8_t *row, const uint8_t *prior, size_t size,
                           size_t pixel_bytes, uint8_t *memory);

#endif
