/*
 * filter_vectors.h: filters and their weights. A template over vectors of LANES bytes: the file
 * that includes it has defined filter_vector and
 *
 *   load_bytes store_bytes   at any place
 *   first_bytes              the first so many, and 0
 *   subtract minimum maximum subtract_saturated equal half_sum magnitude
 *                            of bytes; half_sum rounds down, magnitude is of signed ones
 *   choose                   where a mask of `equal` has ones the first, else the second
 *   bits_of_magnitude        of 0 to 255: LPF_WEIGHT_BITS of it
 *   weight_sum no_weight sum_bytes add_weights weight_total
 *                            sums of bytes, as several numbers that are added up in the end
 */
#ifndef LPF_FILTER_VECTORS_H
#define LPF_FILTER_VECTORS_H

#include <string.h>

#include "base/always_inline.h"
#include "kernels/filter_rows.h"
#include "kernels/unfilter.h"

typedef struct neighbours {
  filter_vector here, left, above, diagonal;
} neighbours;

static LPF_ALWAYS_INLINE neighbours load_neighbours(const uint8_t *row, const uint8_t *prior,
                                                    size_t at, size_t pixel_bytes) {
  return (neighbours){load_bytes(row + at), load_bytes(row + at - pixel_bytes),
                      load_bytes(prior + at), load_bytes(prior + at - pixel_bytes)};
}

/*
 * Paeth's predictor. With `low` and `high` the smaller and the larger of left and above: if the
 * diagonal is not between them, the nearest to left + above - diagonal is the one opposite, whose
 * saturated distance is then 0; and where two distances are equal, the third is 0, or the pixels
 * are the same.
 */
static LPF_ALWAYS_INLINE filter_vector paeth(const neighbours *at) {
  const filter_vector low = minimum(at->left, at->above), high = maximum(at->left, at->above);
  const filter_vector to_low = subtract_saturated(high, at->diagonal);
  const filter_vector to_high = subtract_saturated(at->diagonal, low);
  const filter_vector nearer = minimum(to_low, to_high);
  const filter_vector to_diagonal = subtract(maximum(to_low, to_high), nearer);
  const filter_vector nearest = minimum(nearer, to_diagonal);
  const filter_vector not_low = choose(equal(nearest, to_high), high, at->diagonal);
  return choose(equal(nearest, to_low), low, not_low);
}

static LPF_ALWAYS_INLINE filter_vector filtered(const int filter, const neighbours *at) {
  switch (filter) {
    case LPF_FILTER_NONE:
      return at->here;
    case LPF_FILTER_SUB:
      return subtract(at->here, at->left);
    case LPF_FILTER_UP:
      return subtract(at->here, at->above);
    case LPF_FILTER_AVERAGE:
      return subtract(at->here, half_sum(at->left, at->above));
    default:
      return subtract(at->here, paeth(at));
  }
}

static LPF_ALWAYS_INLINE void filter_with(const int filter, const uint8_t *row,
                                          const uint8_t *prior, size_t size, size_t pixel_bytes,
                                          uint8_t *target) {
  for (size_t i = 0; i < size; i += LANES) {
    const neighbours at = load_neighbours(row, prior, i, pixel_bytes);
    store_bytes(target + i, filtered(filter, &at));
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

static LPF_ALWAYS_INLINE weight_sum weigh_bytes(filter_vector bytes, const lpf_weight weight) {
  const filter_vector magnitudes = magnitude(bytes);
  return sum_bytes(weight == LPF_WEIGHT_BITS ? bits_of_magnitude(magnitudes) : magnitudes);
}

static LPF_ALWAYS_INLINE void weigh_as(const uint8_t *row, const uint8_t *prior, size_t size,
                                       size_t pixel_bytes, const lpf_weight weight,
                                       uint64_t weights[LPF_FILTER_COUNT]) {
  weight_sum none = no_weight(), sub = none, up = none, average = none, by_paeth = none;
  const size_t whole = size / LANES * LANES;
#define ADD_ALL(bytes_of)                                                                       \
  do {                                                                                          \
    none = add_weights(none, weigh_bytes(bytes_of(filtered(LPF_FILTER_NONE, &at)), weight));    \
    sub = add_weights(sub, weigh_bytes(bytes_of(filtered(LPF_FILTER_SUB, &at)), weight));       \
    up = add_weights(up, weigh_bytes(bytes_of(filtered(LPF_FILTER_UP, &at)), weight));          \
    average =                                                                                   \
        add_weights(average, weigh_bytes(bytes_of(filtered(LPF_FILTER_AVERAGE, &at)), weight)); \
    by_paeth =                                                                                  \
        add_weights(by_paeth, weigh_bytes(bytes_of(filtered(LPF_FILTER_PAETH, &at)), weight));  \
  } while (0)
#define ALL_OF(bytes) (bytes)
#define REST_OF(bytes) first_bytes((bytes), size - whole)
  for (size_t i = 0; i < whole; i += LANES) {
    const neighbours at = load_neighbours(row, prior, i, pixel_bytes);
    ADD_ALL(ALL_OF);
  }
  if (whole < size) {
    const neighbours at = load_neighbours(row, prior, whole, pixel_bytes);
    ADD_ALL(REST_OF);
  }
#undef REST_OF
#undef ALL_OF
#undef ADD_ALL
  weights[LPF_FILTER_NONE] = weight_total(none);
  weights[LPF_FILTER_SUB] = weight_total(sub);
  weights[LPF_FILTER_UP] = weight_total(up);
  weights[LPF_FILTER_AVERAGE] = weight_total(average);
  weights[LPF_FILTER_PAETH] = weight_total(by_paeth);
}

static void weigh_filters(const uint8_t *row, const uint8_t *prior, size_t size, size_t pixel_bytes,
                          lpf_weight weight, uint64_t weights[LPF_FILTER_COUNT]) {
  if (weight == LPF_WEIGHT_BITS) {
    weigh_as(row, prior, size, pixel_bytes, LPF_WEIGHT_BITS, weights);
  } else {
    weigh_as(row, prior, size, pixel_bytes, LPF_WEIGHT_MAGNITUDE, weights);
  }
}

#endif
