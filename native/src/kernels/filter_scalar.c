/* Filters, orders and checks for any processor; and what the vectors do with the rest of a row. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/always_inline.h"
#include "kernels/filter_rows.h"
#include "kernels/row_checks.h"
#include "kernels/unfilter.h"

/* ---- Filters ---- */

static LPF_ALWAYS_INLINE uint8_t predict_paeth(int left, int above, int diagonal) {
  const int to_left = abs(above - diagonal), to_above = abs(left - diagonal);
  const int to_diagonal = abs(left + above - 2 * diagonal);
  if (to_left <= to_above && to_left <= to_diagonal) {
    return (uint8_t)left;
  }
  return (uint8_t)(to_above <= to_diagonal ? above : diagonal);
}

static LPF_ALWAYS_INLINE uint8_t filtered_byte(const uint32_t filter, const uint8_t *row,
                                               const uint8_t *prior, size_t at,
                                               size_t pixel_bytes) {
  /* the first pixel of a row has one to its left, too: of zeros, before the row */
  const ptrdiff_t to_left = -(ptrdiff_t)pixel_bytes;
  const uint8_t here = row[at], left = (row + at)[to_left];
  switch (filter) {
    case LPF_FILTER_NONE:
      return here;
    case LPF_FILTER_SUB:
      return (uint8_t)(here - left);
    case LPF_FILTER_UP:
      return (uint8_t)(here - prior[at]);
    case LPF_FILTER_AVERAGE:
      return (uint8_t)(here - (left + prior[at]) / 2);
    default:
      return (uint8_t)(here - predict_paeth(left, prior[at], (prior + at)[to_left]));
  }
}

static LPF_ALWAYS_INLINE void filter_with(const uint32_t filter, const uint8_t *row,
                                          const uint8_t *prior, size_t size, size_t pixel_bytes,
                                          uint8_t *target) {
  for (size_t i = 0; i < size; i++) {
    target[i] = filtered_byte(filter, row, prior, i, pixel_bytes);
  }
}

static void filter_row(uint32_t filter, const uint8_t *row, const uint8_t *prior, size_t size,
                       size_t pixel_bytes, uint8_t *target) {
  switch (filter) {
    case LPF_FILTER_NONE:
      memcpy(target, row, size);
      break;
    case LPF_FILTER_SUB:
      filter_with(LPF_FILTER_SUB, row, prior, size, pixel_bytes, target);
      break;
    case LPF_FILTER_UP:
      filter_with(LPF_FILTER_UP, row, prior, size, pixel_bytes, target);
      break;
    case LPF_FILTER_AVERAGE:
      filter_with(LPF_FILTER_AVERAGE, row, prior, size, pixel_bytes, target);
      break;
    default:
      filter_with(LPF_FILTER_PAETH, row, prior, size, pixel_bytes, target);
      break;
  }
}

/* ---- Weights ---- */

static LPF_ALWAYS_INLINE uint32_t weight_of(uint8_t filtered, const lpf_weight weight) {
  const int magnitude = abs((int8_t)filtered);
  if (weight == LPF_WEIGHT_MAGNITUDE) {
    return (uint32_t)magnitude;
  }
  const unsigned most = magnitude < 63 ? (unsigned)magnitude : 63; /* above, all cost the same */
  return most == 0 ? 2 : 2 + 2 * (32 - (uint32_t)__builtin_clz(most));
}

static LPF_ALWAYS_INLINE void weigh_as(const uint8_t *row, const uint8_t *prior, size_t size,
                                       size_t pixel_bytes, const lpf_weight weight,
                                       uint64_t weights[LPF_FILTER_COUNT]) {
  for (uint32_t filter = 0; filter < LPF_FILTER_COUNT; filter++) {
    weights[filter] = 0;
  }
  for (size_t i = 0; i < size; i++) {
    for (uint32_t filter = 0; filter < LPF_FILTER_COUNT; filter++) {
      weights[filter] += weight_of(filtered_byte(filter, row, prior, i, pixel_bytes), weight);
    }
  }
}

static void weigh_filters(const uint8_t *row, const uint8_t *prior, size_t size, size_t pixel_bytes,
                          lpf_weight weight, uint64_t weights[LPF_FILTER_COUNT]) {
  if (weight == LPF_WEIGHT_BITS) {
    weigh_as(row, prior, size, pixel_bytes, LPF_WEIGHT_BITS, weights);
  } else {
    weigh_as(row, prior, size, pixel_bytes, LPF_WEIGHT_MAGNITUDE, weights);
  }
}

/* ---- Orders ---- */

void lpf_prepare_order(lpf_byte_order *order) {
  memset(order->shuffle, 0, sizeof order->shuffle);
  for (uint32_t pixel = 0;
       (pixel + 1) * order->source_bytes <= 64 && (pixel + 1) * order->target_bytes <= 64;
       pixel++) {
    for (uint32_t byte = 0; byte < order->target_bytes; byte++) {
      order->shuffle[pixel * order->target_bytes + byte] =
          (uint8_t)(pixel * order->source_bytes + order->from[byte]);
    }
  }
}

static LPF_ALWAYS_INLINE void order_pixels(const uint8_t *pixels, size_t count,
                                           const lpf_byte_order *order, uint8_t *target,
                                           const size_t bytes) {
  const size_t step = order->source_bytes;
  for (size_t i = 0; i < count; i++, pixels += step, target += bytes) {
    for (size_t byte = 0; byte < bytes; byte++) {
      target[byte] = pixels[order->from[byte]];
    }
  }
}

static void order_pixels_row(const uint8_t *pixels, size_t count, const lpf_byte_order *order,
                             uint8_t *target) {
  switch (order->target_bytes) { /* a constant number of bytes takes no loop */
    case 1:
      order_pixels(pixels, count, order, target, 1);
      break;
    case 2:
      order_pixels(pixels, count, order, target, 2);
      break;
    case 3:
      order_pixels(pixels, count, order, target, 3);
      break;
    case 4:
      order_pixels(pixels, count, order, target, 4);
      break;
    case 6:
      order_pixels(pixels, count, order, target, 6);
      break;
    default:
      order_pixels(pixels, count, order, target, 8);
      break;
  }
}

static void map_bytes(const uint8_t *row, size_t size, const uint8_t table[256], uint8_t *target) {
  for (size_t i = 0; i < size; i++) {
    target[i] = table[row[i]];
  }
}

const lpf_filter_kernels lpf_filter_kernels_scalar = {
    .name = "scalar",
    .weigh = weigh_filters,
    .filter = filter_row,
    .order = order_pixels_row,
    .map = map_bytes,
    .differs = row_differs,
    .highest = highest_byte,
};
