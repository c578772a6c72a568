#include "image/filter_plan.h"

#include <string.h>

#include "image/entropy.h"

enum { PAIR_BITS_BYTES = 65536 / 8 };

size_t lpf_filter_choice_memory(lpf_filter_strategy strategy, size_t size) {
  const bool filters = strategy == LPF_FILTERS_BY_ENTROPY || strategy == LPF_FILTERS_BY_PAIRS;
  return filters ? size + LPF_ROW_MARGIN + PAIR_BITS_BYTES : 0;
}

static uint64_t row_entropy(const uint8_t *filtered, size_t size) {
  uint32_t counts[256] = {0};
  for (size_t i = 0; i < size; i++) {
    counts[filtered[i]]++;
  }
  return lpf_entropy(counts);
}

static uint64_t different_pairs(const uint8_t *filtered, size_t size, uint8_t *seen) {
  uint64_t count = 0;
  memset(seen, 0, PAIR_BITS_BYTES);
  for (size_t i = 1; i < size; i++) {
    const uint32_t pair = (uint32_t)filtered[i - 1] << 8 | filtered[i];
    const uint32_t bit = 1u << pair % 8;
    count += (seen[pair / 8] & bit) == 0;
    seen[pair / 8] = (uint8_t)(seen[pair / 8] | bit);
  }
  return count;
}

uint32_t lpf_choose_filter(lpf_filter_strategy strategy, const lpf_filter_kernels *kernels,
                           const uint8_t *row, const uint8_t *prior, size_t size,
                           size_t pixel_bytes, uint8_t *memory) {
  uint64_t weights[LPF_FILTER_COUNT];
  switch (strategy) {
    case LPF_FILTERS_BY_MAGNITUDE:
      kernels->weigh(row, prior, size, pixel_bytes, LPF_WEIGHT_MAGNITUDE, weights);
      break;
    case LPF_FILTERS_BY_BITS:
      kernels->weigh(row, prior, size, pixel_bytes, LPF_WEIGHT_BITS, weights);
      break;
    case LPF_FILTERS_BY_ENTROPY:
    case LPF_FILTERS_BY_PAIRS:
      for (uint32_t filter = 0; filter < LPF_FILTER_COUNT; filter++) {
        uint8_t *filtered = memory + PAIR_BITS_BYTES;
        kernels->filter(filter, row, prior, size, pixel_bytes, filtered);
        weights[filter] = strategy == LPF_FILTERS_BY_ENTROPY
                              ? row_entropy(filtered, size)
                              : different_pairs(filtered, size, memory);
      }
      break;
    default:
      return (uint32_t)strategy;
  }
  uint32_t best = 0;
  for (uint32_t filter = 1; filter < LPF_FILTER_COUNT; filter++) {
    best = weights[filter] < weights[best] ? filter : best;
  }
  return best;
}
