/*
 * A wavefront of rows with AVX2, shared by the color and the gray kernels.
 *
 * Average and Paeth are chains: each pixel waits for its left neighbour, and no vector makes the
 * chain of one row shorter. But many rows are many chains, and they can advance together, each two
 * pixels behind the row above it:
 *
 *     row 0    . . . . . . . . . . x
 *     row 1    . . . . . . . . x          One 256-bit register holds the pixels x: a lane of
 *     row 2    . . . . . . x              32 bits (color) or 8 bits (gray) for each row.
 *     ...
 *
 * In every step a row's upper neighbour is what the row above made two steps ago, moved over from
 * the neighbouring lane. One step ago would do, but then the move would be part of the chain.
 */
#ifndef LPF_WAVEFRONT_AVX2_H
#define LPF_WAVEFRONT_AVX2_H

#include "kernels/avx2.h"
#include "kernels/unfilter.h"

#if LPF_HAVE_AVX2

#include <stdbool.h>

/* How many pixels a row is behind the row above it. */
#define LPF_WAVEFRONT_LAG 2

/* All ones in the lanes of the rows that have this filter. */
typedef struct lpf_lane_filters {
  __m256i sub, up, average, paeth;
} lpf_lane_filters;

/* What the next step needs of the steps before; all zero at the beginning. */
typedef struct lpf_front {
  __m256i last, before_last; /* the finished pixels: the last ones are left neighbours */
  __m256i corner;            /* the upper neighbours of the last ones */
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
static LPF_ALWAYS_INLINE __m256i lpf_add_paeth(__m256i filtered, __m256i left, __m256i up,
                                               __m256i corner) {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i low = _mm256_min_epu8(left, up);
  const __m256i high = _mm256_max_epu8(left, up);
  const __m256i above_low = _mm256_subs_epu8(corner, low);
  const __m256i below_high = _mm256_subs_epu8(high, corner);
  const __m256i take_low = _mm256_cmpeq_epi8(
      _mm256_subs_epu8(_mm256_adds_epu8(below_high, below_high), above_low), zero);
  const __m256i take_high =
      _mm256_cmpeq_epi8(_mm256_subs_epu8(_mm256_adds_epu8(above_low, above_low), below_high), zero);

  const __m256i with_low = _mm256_add_epi8(filtered, low);
  const __m256i with_high = _mm256_add_epi8(filtered, high);
  const __m256i with_corner = _mm256_add_epi8(filtered, corner);
  return _mm256_blendv_epi8(_mm256_blendv_epi8(with_corner, with_low, take_low), with_high,
                            take_high);
}

/* The average, rounded down; the instruction rounds up. */
static LPF_ALWAYS_INLINE __m256i lpf_average(__m256i left, __m256i up) {
  const __m256i odd = _mm256_and_si256(_mm256_xor_si256(left, up), _mm256_set1_epi8(1));
  return _mm256_sub_epi8(_mm256_avg_epu8(left, up), odd);
}

/* One step of all rows: finishes the `filtered` pixels, whose upper neighbours are `up`. */
static LPF_ALWAYS_INLINE __m256i lpf_advance(lpf_front *front, const lpf_lane_filters *filters,
                                             __m256i filtered, __m256i up, const bool all_paeth) {
  const __m256i left = front->last;
  __m256i finished = lpf_add_paeth(filtered, left, up, front->corner);
  if (!all_paeth) {
    const __m256i prediction = _mm256_or_si256(
        _mm256_and_si256(lpf_average(left, up), filters->average),
        _mm256_or_si256(_mm256_and_si256(left, filters->sub), _mm256_and_si256(up, filters->up)));
    finished = _mm256_blendv_epi8(_mm256_add_epi8(filtered, prediction), finished, filters->paeth);
  }
  front->before_last = left;
  front->last = finished;
  front->corner = up;
  return finished;
}

#endif

#endif
