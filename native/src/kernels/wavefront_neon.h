/*
 * A wavefront of rows with NEON, shared by the color and the gray kernels. It is that of
 * wavefront_avx2.h, which explains it, in registers of 16 bytes: four rows of color or sixteen of
 * gray in each.
 */
#ifndef LPF_WAVEFRONT_NEON_H
#define LPF_WAVEFRONT_NEON_H

#include "kernels/neon.h"
#include "kernels/unfilter.h"

#if LPF_HAVE_NEON

#include <stdbool.h>

/* How many pixels a row is behind the row above it. */
#define LPF_WAVEFRONT_LAG 2

/* All ones in the lanes of the rows that have this filter. */
typedef struct lpf_lane_filters {
  uint8x16_t sub, up, average, paeth;
} lpf_lane_filters;

/* What the next step needs of the steps before; all zero at the beginning. */
typedef struct lpf_front {
  uint8x16_t last, before_last; /* the finished pixels: the last ones are left neighbours */
  uint8x16_t corner;            /* the upper neighbours of the last ones */
} lpf_front;

/* Adds the Paeth predictor, found without signed numbers; wavefront_avx2.h says why it is that. */
static LPF_ALWAYS_INLINE uint8x16_t lpf_add_paeth(uint8x16_t filtered, uint8x16_t left,
                                                  uint8x16_t up, uint8x16_t corner) {
  const uint8x16_t low = vminq_u8(left, up);
  const uint8x16_t high = vmaxq_u8(left, up);
  const uint8x16_t above_low = vqsubq_u8(corner, low);
  const uint8x16_t below_high = vqsubq_u8(high, corner);
  const uint8x16_t take_low = vcleq_u8(vqaddq_u8(below_high, below_high), above_low);
  const uint8x16_t take_high = vcleq_u8(vqaddq_u8(above_low, above_low), below_high);

  const uint8x16_t with_low = vaddq_u8(filtered, low);
  const uint8x16_t with_high = vaddq_u8(filtered, high);
  const uint8x16_t with_corner = vaddq_u8(filtered, corner);
  return vbslq_u8(take_high, with_high, vbslq_u8(take_low, with_low, with_corner));
}

/* One step of all rows: finishes the `filtered` pixels, whose upper neighbours are `up`. */
static LPF_ALWAYS_INLINE uint8x16_t lpf_advance(lpf_front *front, const lpf_lane_filters *filters,
                                                uint8x16_t filtered, uint8x16_t up,
                                                const bool all_paeth) {
  const uint8x16_t left = front->last;
  uint8x16_t finished = lpf_add_paeth(filtered, left, up, front->corner);
  if (!all_paeth) {
    const uint8x16_t prediction =
        vorrq_u8(vandq_u8(vhaddq_u8(left, up), filters->average),
                 vorrq_u8(vandq_u8(left, filters->sub), vandq_u8(up, filters->up)));
    finished = vbslq_u8(filters->paeth, finished, vaddq_u8(filtered, prediction));
  }
  front->before_last = left;
  front->last = finished;
  front->corner = up;
  return finished;
}

#endif

#endif
