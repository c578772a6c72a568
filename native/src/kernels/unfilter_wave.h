/*
 * unfilter_wave.h: a wavefront of rows, shared by the pixel and the byte kernels. A template: the
 * file that includes it has included vectors before, avx2.h or neon.h.
 *
 * Average and Paeth are chains: each pixel waits for its left neighbour, and no vector makes the
 * chain of one row shorter. But many rows are many chains, and they can advance together, each two
 * pixels behind the row above it:
 *
 *     row 0    . . . . . . . . . . x
 *     row 1    . . . . . . . . x          One vector holds the pixels x: a lane of 32 bits (pixel
 *     row 2    . . . . . . x              kernels) or 8 bits (byte kernels) for each row.
 *     ...
 *
 * In every step a row's upper neighbour is what the row above made two steps ago, moved over from
 * the neighbouring lane. One step ago would do, but then the move would be part of the chain.
 */
#ifndef LPF_UNFILTER_WAVE_H
#define LPF_UNFILTER_WAVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/always_inline.h"
#include "kernels/unfilter.h"

/* How many pixels a row is behind the row above it. */
#define LPF_WAVE_LAG 2

/* All ones in the lanes of the rows that have this filter. */
typedef struct lpf_lane_filters {
  lpf_vector sub, up, average, paeth;
} lpf_lane_filters;

/* What the next step needs of the steps before; all zero at the beginning. */
typedef struct lpf_front {
  lpf_vector last, before_last; /* the finished pixels: the last ones are left neighbours */
  lpf_vector corner;            /* the upper neighbours of the last ones */
} lpf_front;

/*
 * Adds the Paeth predictor: whichever of left, up and corner is nearest to left + up - corner. If
 * the corner lies between a lower and a higher neighbour, that sum is as far below the higher one
 * as the corner is above the lower one, and the distances compare as follows:
 *
 * - the higher one wins if the corner is at most half as far above the lower as below the higher;
 * - the lower one wins if the corner is at most half as far below the higher as above the lower;
 * - else the corner wins.
 *
 * Saturation makes this right for corners outside too, and ties are as the specification (9.4) has
 * them. The sums are made before the choice, because they need not wait for it.
 */
static LPF_ALWAYS_INLINE lpf_vector lpf_add_paeth(lpf_vector filtered, lpf_vector left,
                                                  lpf_vector up, lpf_vector corner) {
  const lpf_vector low = lpf_minimum(left, up);
  const lpf_vector high = lpf_maximum(left, up);
  const lpf_vector above_low = lpf_subtract_saturated(corner, low);
  const lpf_vector below_high = lpf_subtract_saturated(high, corner);
  const lpf_vector take_low = lpf_at_most(lpf_add_saturated(below_high, below_high), above_low);
  const lpf_vector take_high = lpf_at_most(lpf_add_saturated(above_low, above_low), below_high);

  const lpf_vector with_low = lpf_add(filtered, low);
  const lpf_vector with_high = lpf_add(filtered, high);
  const lpf_vector with_corner = lpf_add(filtered, corner);
  return lpf_select(take_high, with_high, lpf_select(take_low, with_low, with_corner));
}

/* One step of all rows: finishes the `filtered` pixels, whose upper neighbours are `up`. */
static LPF_ALWAYS_INLINE lpf_vector lpf_advance(lpf_front *front, const lpf_lane_filters *filters,
                                                lpf_vector filtered, lpf_vector up,
                                                const bool all_paeth) {
  const lpf_vector left = front->last;
  lpf_vector finished = lpf_add_paeth(filtered, left, up, front->corner);
  if (!all_paeth) {
    const lpf_vector prediction =
        lpf_or(lpf_and(lpf_average(left, up), filters->average),
               lpf_or(lpf_and(left, filters->sub), lpf_and(up, filters->up)));
    finished = lpf_select(filters->paeth, finished, lpf_add(filtered, prediction));
  }
  front->before_last = left;
  front->last = finished;
  front->corner = up;
  return finished;
}

/* Finds the lanes of each filter, given the filter of each byte's row. */
static LPF_ALWAYS_INLINE lpf_lane_filters lpf_find_lanes(lpf_vector filters) {
  return (lpf_lane_filters){.sub = lpf_equal(filters, lpf_all(LPF_FILTER_SUB)),
                            .up = lpf_equal(filters, lpf_all(LPF_FILTER_UP)),
                            .average = lpf_equal(filters, lpf_all(LPF_FILTER_AVERAGE)),
                            .paeth = lpf_equal(filters, lpf_all(LPF_FILTER_PAETH))};
}

/*
 * Fills source[k] with where row k's pixels begin, less those by which it is behind row 0, and
 * filters[k], for each of the `lanes` of a wavefront. Lanes beyond `count`, without a row of their
 * own, repeat row 0 and are not behind it; nobody stores what they make. False if a row has an
 * invalid filter type.
 *
 * What lies before a row's first pixel is within the rows above it, for they are wider than the
 * lag.
 */
static LPF_ALWAYS_INLINE bool lpf_gather_rows(const lpf_filtered_rows *rows, const size_t count,
                                              const size_t lanes, const uint8_t **source,
                                              uint8_t *filters, bool *all_paeth) {
  *all_paeth = true;
  for (size_t k = 0; k < lanes; k++) {
    const size_t row = k < count ? k : 0;
    const uint8_t *filtered = rows->first + rows->row_size * row;
    filters[k] = filtered[0];
    if (filters[k] > LPF_FILTER_PAETH) {
      return false;
    }
    *all_paeth = *all_paeth && filters[k] == LPF_FILTER_PAETH;
    source[k] = filtered + 1 - LPF_WAVE_LAG * row * rows->pixel_bytes;
  }
  return true;
}

#endif
