/*
 * Gray and palette rows with NEON: sixteen rows as a wavefront (wavefront_neon.h), 8 bits a row.
 * Eight steps make a block: their pixels are loaded and stored row by row, and transposed in
 * between.
 *
 * The target rows have margins and are all there, so nothing special happens at the rows' ends:
 * what a block makes beyond them goes into the margins.
 */
#include <stdbool.h>

#include "kernels/neon.h"
#include "kernels/row_group.h"
#include "kernels/unfilter.h"
#include "kernels/wavefront_neon.h"

#if LPF_HAVE_NEON

enum {
  ROWS = 16,
  LAG = LPF_WAVEFRONT_LAG,
  BLOCK = 8,     /* steps, and so pixels of each row, in a block */
  START = 32,    /* the first block in which all rows have begun */
  MIN_WIDTH = 32 /* in narrower rows the first blocks would read beyond the slack */
};

_Static_assert(ROWS <= LPF_UNFILTER_MAX_GRAY_ROWS, "more rows than the caller has memory for");
_Static_assert(LAG *(ROWS - 1) + BLOCK <= LPF_UNFILTER_GRAY_MARGIN, "blocks exceed the margins");

/* ---- Rows without a chain worth the name ---- */

/* The first bytes of sixteen pixels. */
static LPF_ALWAYS_INLINE uint8x16_t load_sixteen(const uint8_t *pixels,
                                                 const uint32_t pixel_bytes) {
  if (pixel_bytes == 1) {
    return vld1q_u8(pixels);
  }
  return pixel_bytes == 2 ? vld2q_u8(pixels).val[0] : vld4q_u8(pixels).val[0];
}

/* None, Sub and Up: a row by itself, sixteen pixels at a time and some in the margin. */
static LPF_ALWAYS_INLINE void simple_row(const int filter, const uint32_t pixel_bytes,
                                         const lpf_filtered_rows *row, uint8_t *target,
                                         const uint8_t *prior) {
  const uint8_t *source = row->first + 1;
  uint8x16_t left = vdupq_n_u8(0); /* the last pixel, sixteen times */
  for (size_t x = 0; x < row->width; x += 16) {
    uint8x16_t pixels = load_sixteen(source + x * pixel_bytes, pixel_bytes);
    if (filter == LPF_FILTER_SUB) {
      pixels = lpf_running_sums(pixels, left);
      left = lpf_last_byte(pixels);
    } else if (filter == LPF_FILTER_UP) {
      pixels = vaddq_u8(pixels, vld1q_u8(prior + x));
    }
    vst1q_u8(target + x, pixels);
  }
}

/* ---- Loading and transposing for the wavefront ---- */

/* The first bytes of eight pixels. */
static LPF_ALWAYS_INLINE uint8x8_t load_eight(const uint8_t *pixels, const uint32_t pixel_bytes) {
  if (pixel_bytes == 1) {
    return vld1_u8(pixels);
  }
  return pixel_bytes == 2 ? vld2_u8(pixels).val[0] : vld4_u8(pixels).val[0];
}

/*
 * Interleaves the bytes of the vectors whose numbers differ in one bit only. Seen as digits of a
 * byte's position, the highest binary digit of its place in the vector and the given bit of the
 * vector's number go out, and come back as the bit and as the lowest digit: a transposition is a
 * rotation of such digits.
 */
static LPF_ALWAYS_INLINE void interleave(uint8x16_t vectors[8], const size_t bit) {
  for (size_t i = 0; i < 8; i++) {
    if (!(i & bit)) {
      const uint8x16_t first = vectors[i], second = vectors[i | bit];
      vectors[i] = vzip1q_u8(first, second);
      vectors[i | bit] = vzip2q_u8(first, second);
    }
  }
}

/* From vectors with eight pixels of two rows to vectors with one pixel of all rows. */
static LPF_ALWAYS_INLINE void rows_to_columns(uint8x16_t rows[8], uint8x16_t columns[8]) {
  interleave(rows, 4);
  interleave(rows, 2);
  interleave(rows, 1);
  interleave(rows, 4);
  for (size_t column = 0; column < 8; column++) { /* the digits of its number have rotated too */
    columns[column] = rows[(column & 1) << 2 | column >> 1];
  }
}

static LPF_ALWAYS_INLINE void columns_to_rows(uint8x16_t vectors[8]) {
  interleave(vectors, 4);
  interleave(vectors, 2);
  interleave(vectors, 1);
}

/* ---- The wavefront ---- */

typedef struct wave {
  const uint8_t *source[ROWS];
  uint8_t *target;
  ptrdiff_t stride;
  const uint8_t *prior;
  lpf_lane_filters filters;
} wave;

/*
 * The eight steps of the block that is at pixel `x` in row 0, and so at x - LAG * k in row k. As
 * with color, rows are read and made beyond both of their ends without any harm.
 */
static LPF_ALWAYS_INLINE void advance_block(const wave *w, lpf_front *front, ptrdiff_t x,
                                            const uint32_t pixel_bytes, const bool all_paeth,
                                            const bool starting) {
  uint8x16_t rows[ROWS / 2], columns[BLOCK];
  for (ptrdiff_t k = 0; k < ROWS; k += 2) {
    const uint8_t *upper = w->source[k] + (x - LAG * k) * (ptrdiff_t)pixel_bytes;
    const uint8_t *lower = w->source[k + 1] + (x - LAG * (k + 1)) * (ptrdiff_t)pixel_bytes;
    rows[k / 2] = vcombine_u8(load_eight(upper, pixel_bytes), load_eight(lower, pixel_bytes));
  }
  rows_to_columns(rows, columns);
  for (ptrdiff_t step = 0; step < BLOCK; step++) {
    /* Above row k is what row k - 1 made, above row 0 the row before the group. */
    const uint8x16_t above = vld1q_dup_u8(w->prior + x + step);
    const uint8x16_t up = vextq_u8(above, front->before_last, 15);
    columns[step] = lpf_advance(front, &w->filters, columns[step], up, all_paeth);
    if (starting) { /* to the left of a row's first pixel everything is zero */
      static const uint8_t ones_then_zeros[2 * ROWS] = {255, 255, 255, 255, 255, 255, 255, 255,
                                                        255, 255, 255, 255, 255, 255, 255, 255};
      const uint8_t *begun = ones_then_zeros + (ROWS - 1) - (x + step) / LAG;
      front->last = vandq_u8(front->last, vld1q_u8(begun));
    }
  }
  columns_to_rows(columns);
  for (ptrdiff_t k = 0; k < ROWS; k += 2) {
    uint8_t *upper = w->target + w->stride * k + x - LAG * k;
    vst1_u8(upper, vget_low_u8(columns[k / 2]));
    vst1_u8(upper + w->stride - LAG, vget_high_u8(columns[k / 2]));
  }
}

static LPF_ALWAYS_INLINE void run_wave(const wave *w, ptrdiff_t width, ptrdiff_t rows,
                                       const uint32_t pixel_bytes, const bool all_paeth) {
  const uint8x16_t zero = vdupq_n_u8(0);
  lpf_front front = {zero, zero, zero};
  ptrdiff_t x = 0;
  for (; x < START; x += BLOCK) {
    advance_block(w, &front, x, pixel_bytes, all_paeth, true);
  }
  for (; x < width + LAG * (rows - 1); x += BLOCK) {
    advance_block(w, &front, x, pixel_bytes, all_paeth, false);
  }
}

static uint8x16_t lanes_with(uint8_t filter, const uint8_t filters[ROWS]) {
  return vceqq_u8(vld1q_u8(filters), vdupq_n_u8(filter));
}

static LPF_ALWAYS_INLINE uint32_t gray_group(const uint32_t pixel_bytes,
                                             const lpf_filtered_rows *rows, uint32_t available,
                                             uint8_t *target, ptrdiff_t stride,
                                             const uint8_t *prior) {
  switch (rows->first[0]) {
    case LPF_FILTER_NONE:
      simple_row(LPF_FILTER_NONE, pixel_bytes, rows, target, prior);
      return 1;
    case LPF_FILTER_SUB:
      simple_row(LPF_FILTER_SUB, pixel_bytes, rows, target, prior);
      return 1;
    case LPF_FILTER_UP:
      simple_row(LPF_FILTER_UP, pixel_bytes, rows, target, prior);
      return 1;
    default:
      break;
  }
  if (rows->width < MIN_WIDTH) {
    return lpf_unfilter_gray_scalar(rows, available, target, stride, prior);
  }
  wave w = {.target = target, .stride = stride, .prior = prior};
  const ptrdiff_t count = available < ROWS ? (ptrdiff_t)available : ROWS;
  uint8_t filters[ROWS];
  bool all_paeth;
  if (!lpf_gather_rows(rows, count, ROWS, LAG, pixel_bytes, w.source, filters, &all_paeth)) {
    return 0;
  }
  if (all_paeth) {
    run_wave(&w, (ptrdiff_t)rows->width, count, pixel_bytes, true);
  } else {
    w.filters.sub = lanes_with(LPF_FILTER_SUB, filters);
    w.filters.up = lanes_with(LPF_FILTER_UP, filters);
    w.filters.average = lanes_with(LPF_FILTER_AVERAGE, filters);
    w.filters.paeth = lanes_with(LPF_FILTER_PAETH, filters);
    run_wave(&w, (ptrdiff_t)rows->width, count, pixel_bytes, false);
  }
  return (uint32_t)count;
}

uint32_t lpf_unfilter_gray_neon(const lpf_filtered_rows *rows, uint32_t available, uint8_t *target,
                                ptrdiff_t stride, const uint8_t *prior) {
  switch (rows->pixel_bytes) {
    case 1:
      return gray_group(1, rows, available, target, stride, prior);
    case 2:
      return gray_group(2, rows, available, target, stride, prior);
    default:
      return gray_group(4, rows, available, target, stride, prior);
  }
}

#endif
