/*
 * Color rows with NEON: eight rows as a wavefront (wavefront_neon.h), 32 bits a row for B, G, R and
 * a zero byte, so four rows in each of two vectors. Four steps make a block: their pixels are
 * loaded and stored row by row, and transposed in between.
 */
#include <stdbool.h>
#include <string.h>

#include "kernels/neon.h"
#include "kernels/row_group.h"
#include "kernels/unfilter.h"
#include "kernels/wavefront_neon.h"

#if LPF_HAVE_NEON

enum {
  ROWS = LPF_UNFILTER_MAX_COLOR_ROWS,
  LANES = 4, /* rows in a vector */
  VECTORS = ROWS / LANES,
  LAG = LPF_WAVEFRONT_LAG, /* pixels between neighbouring rows */
  BLOCK = 4,               /* steps, and so pixels of each row, in a block */
  START = 16,              /* the first block in which all rows have begun */
  MIN_WIDTH = 16           /* below it the start and the end would be all there is */
};

/* ---- Rows without a chain worth the name ---- */

/* Sixteen pixels as vectors of all their blue, green and red bytes. */
static LPF_ALWAYS_INLINE uint8x16x3_t load_sixteen(const uint8_t *pixels,
                                                   const uint32_t pixel_bytes) {
  if (pixel_bytes == 3) {
    const uint8x16x3_t rgb = vld3q_u8(pixels);
    return (uint8x16x3_t){{rgb.val[2], rgb.val[1], rgb.val[0]}};
  }
  if (pixel_bytes == 4) {
    const uint8x16x4_t rgba = vld4q_u8(pixels);
    return (uint8x16x3_t){{rgba.val[2], rgba.val[1], rgba.val[0]}};
  }
  /* Of 16-bit samples, a pixel is two groups of bytes; the even elements are of its first group. */
  if (pixel_bytes == 6) {
    const uint8x16x3_t first = vld3q_u8(pixels), second = vld3q_u8(pixels + 48);
    return (uint8x16x3_t){{vuzp2q_u8(first.val[1], second.val[1]),
                           vuzp1q_u8(first.val[2], second.val[2]),
                           vuzp1q_u8(first.val[0], second.val[0])}};
  }
  const uint8x16x4_t first = vld4q_u8(pixels), second = vld4q_u8(pixels + 64);
  return (uint8x16x3_t){{vuzp2q_u8(first.val[0], second.val[0]),
                         vuzp1q_u8(first.val[2], second.val[2]),
                         vuzp1q_u8(first.val[0], second.val[0])}};
}

/* None, Sub and Up: a row by itself, sixteen pixels at a time, the rest pixel by pixel. */
static LPF_ALWAYS_INLINE void simple_row(const int filter, const uint32_t pixel_bytes,
                                         const lpf_filtered_rows *row, uint8_t *target,
                                         const uint8_t *prior) {
  const uint8_t *source = row->first + 1;
  const uint8x16_t zero = vdupq_n_u8(0);
  uint8x16x3_t left = {{zero, zero, zero}}; /* each channel of the last pixel, sixteen times */
  uint32_t x = 0;
  for (; row->width - x >= 16; x += 16) {
    uint8x16x3_t pixels = load_sixteen(source + (size_t)x * pixel_bytes, pixel_bytes);
    if (filter == LPF_FILTER_SUB) {
      for (size_t channel = 0; channel < 3; channel++) {
        pixels.val[channel] = lpf_running_sums(pixels.val[channel], left.val[channel]);
        left.val[channel] = lpf_last_byte(pixels.val[channel]);
      }
    } else if (filter == LPF_FILTER_UP) {
      const uint8x16x3_t above = vld3q_u8(prior + (size_t)x * 3);
      for (size_t channel = 0; channel < 3; channel++) {
        pixels.val[channel] = vaddq_u8(pixels.val[channel], above.val[channel]);
      }
    }
    vst3q_u8(target + (size_t)x * 3, pixels);
  }
  lpf_unfilter_color_row(row, x, target, prior);
}

/* ---- Loading and storing for the wavefront ---- */

/*
 * Four pixels as B,G,R,0 in each 32 bits; of 16-bit samples the first bytes, the high ones. Reads
 * at most 4 bytes past the fourth pixel. (255 is the place of no byte, which makes a zero.)
 */
static LPF_ALWAYS_INLINE uint8x16_t load_pixels(const uint8_t *pixels, const uint32_t pixel_bytes) {
  static const uint8_t order_of_3[16] = {2, 1, 0, 255, 5, 4, 3, 255, 8, 7, 6, 255, 11, 10, 9, 255};
  static const uint8_t order_of_4[16] = {2,  1, 0, 255, 6,  5,  4,  255,
                                         10, 9, 8, 255, 14, 13, 12, 255};
  static const uint8_t order_of_6[16] = {4,  2,  0,  255, 10, 8,  6,  255,  /* from 16 on, of the */
                                         24, 14, 12, 255, 30, 28, 26, 255}; /* second vector */
  static const uint8_t order_of_8[16] = {4,  2,  0,  255, 12, 10, 8,  255,
                                         20, 18, 16, 255, 28, 26, 24, 255};
  const uint8x16_t first = vld1q_u8(pixels);
  if (pixel_bytes <= 4) {
    return vqtbl1q_u8(first, vld1q_u8(pixel_bytes == 3 ? order_of_3 : order_of_4));
  }
  const uint8x16_t second = vld1q_u8(pixels + (pixel_bytes == 6 ? 8 : 16));
  return vqtbl2q_u8((uint8x16x2_t){{first, second}},
                    vld1q_u8(pixel_bytes == 6 ? order_of_6 : order_of_8));
}

/* B,G,R four times, exactly, from B,G,R,0 four times. */
static LPF_ALWAYS_INLINE void store_pixels(uint8_t *target, uint8x16_t pixels) {
  static const uint8_t order[16] = {0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255};
  const uint8x16_t packed = vqtbl1q_u8(pixels, vld1q_u8(order));
  const uint64_t first = vgetq_lane_u64(vreinterpretq_u64_u8(packed), 0);
  const uint32_t last = vgetq_lane_u32(vreinterpretq_u32_u8(packed), 2);
  memcpy(target, &first, 8);
  memcpy(target + 8, &last, 4);
}

/*
 * A 4x4 matrix of pixels: from vectors with four pixels of a row to vectors with one pixel of each
 * of four rows, and back again.
 */
static LPF_ALWAYS_INLINE void transpose(uint8x16_t vectors[4]) {
  const uint32x4_t row0 = vreinterpretq_u32_u8(vectors[0]);
  const uint32x4_t row1 = vreinterpretq_u32_u8(vectors[1]);
  const uint32x4_t row2 = vreinterpretq_u32_u8(vectors[2]);
  const uint32x4_t row3 = vreinterpretq_u32_u8(vectors[3]);
  const uint64x2_t a = vreinterpretq_u64_u32(vzip1q_u32(row0, row1));
  const uint64x2_t b = vreinterpretq_u64_u32(vzip1q_u32(row2, row3));
  const uint64x2_t c = vreinterpretq_u64_u32(vzip2q_u32(row0, row1));
  const uint64x2_t d = vreinterpretq_u64_u32(vzip2q_u32(row2, row3));
  vectors[0] = vreinterpretq_u8_u64(vzip1q_u64(a, b));
  vectors[1] = vreinterpretq_u8_u64(vzip2q_u64(a, b));
  vectors[2] = vreinterpretq_u8_u64(vzip1q_u64(c, d));
  vectors[3] = vreinterpretq_u8_u64(vzip2q_u64(c, d));
}

/* ---- The wavefront ---- */

typedef struct wave {
  const uint8_t *source[ROWS];
  uint8_t *target[ROWS];
  const uint8_t *prior;
  ptrdiff_t width;
  ptrdiff_t rows; /* fewer than ROWS at the end of a picture */
  lpf_lane_filters filters[VECTORS];
} wave;

/* A pixel of the row above row 0, in the last lane; zero beyond the row's end. */
static LPF_ALWAYS_INLINE uint8x16_t load_above(const wave *w, ptrdiff_t x) {
  uint32_t pixel = 0;
  if (x < w->width) {
    const uint8_t *bgr = w->prior + x * 3;
    pixel = bgr[0] | (uint32_t)bgr[1] << 8 | (uint32_t)bgr[2] << 16;
  }
  return vreinterpretq_u8_u32(vdupq_n_u32(pixel));
}

/*
 * The four steps of the block that is at pixel `x` in row 0, and so at x - LAG * k in row k.
 * Leaves in finished[k] four pixels of row k.
 *
 * Rows are read beyond both of their ends, by as much as they are ahead of or behind another one.
 * That is inside of other rows of the group, or in the slack. What becomes of it is never stored,
 * nor is it a neighbour of a pixel that is.
 */
static LPF_ALWAYS_INLINE void advance_block(const wave *w, lpf_front fronts[VECTORS], ptrdiff_t x,
                                            uint8x16_t finished[ROWS], const uint32_t pixel_bytes,
                                            const bool all_paeth, const bool starting) {
  for (ptrdiff_t k = 0; k < ROWS; k++) {
    const ptrdiff_t offset = (x - LAG * k) * (ptrdiff_t)pixel_bytes;
    finished[k] = load_pixels(w->source[k] + offset, pixel_bytes);
  }
  for (size_t vector = 0; vector < VECTORS; vector++) {
    transpose(finished + LANES * vector);
  }
  for (ptrdiff_t step = 0; step < BLOCK; step++) {
    /* Above row k is what row k - 1 made, which may be in the last lane of the vector before. */
    uint8x16_t up[VECTORS];
    uint8x16_t before = load_above(w, x + step);
    for (size_t vector = 0; vector < VECTORS; vector++) {
      up[vector] = vextq_u8(before, fronts[vector].before_last, 12);
      before = fronts[vector].before_last;
    }
    for (size_t vector = 0; vector < VECTORS; vector++) {
      uint8x16_t *pixels = &finished[LANES * (ptrdiff_t)vector + step];
      *pixels = lpf_advance(&fronts[vector], &w->filters[vector], *pixels, up[vector], all_paeth);
      if (starting) { /* to the left of a row's first pixel everything is zero */
        static const uint32_t ones_then_zeros[2 * ROWS] = {~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u};
        const uint32_t *begun =
            ones_then_zeros + (ROWS - 1) - (x + step) / LAG + LANES * (ptrdiff_t)vector;
        fronts[vector].last = vandq_u8(fronts[vector].last, vreinterpretq_u8_u32(vld1q_u32(begun)));
      }
    }
  }
  for (size_t vector = 0; vector < VECTORS; vector++) {
    transpose(finished + LANES * vector);
  }
}

/* Stores what of the block lies inside the rows. */
static void store_edge(const wave *w, ptrdiff_t x, const uint8x16_t finished[ROWS]) {
  for (ptrdiff_t k = 0; k < w->rows; k++) {
    const ptrdiff_t first = x - LAG * k;
    if (first >= 0 && first + BLOCK <= w->width) {
      store_pixels(w->target[k] + first * 3, finished[k]);
      continue;
    }
    uint8_t pixels[BLOCK * 3];
    store_pixels(pixels, finished[k]);
    const ptrdiff_t begin = first > 0 ? first : 0;
    const ptrdiff_t end = first + BLOCK < w->width ? first + BLOCK : w->width;
    for (ptrdiff_t byte = begin * 3; byte < end * 3; byte++) {
      w->target[k][byte] = pixels[byte - first * 3];
    }
  }
}

static LPF_ALWAYS_INLINE void run_wave(const wave *w, const uint32_t pixel_bytes,
                                       const bool all_paeth) {
  const uint8x16_t zero = vdupq_n_u8(0);
  lpf_front fronts[VECTORS] = {{zero, zero, zero}, {zero, zero, zero}};
  uint8x16_t finished[ROWS];
  ptrdiff_t x = 0;
  for (; x < START; x += BLOCK) {
    advance_block(w, fronts, x, finished, pixel_bytes, all_paeth, true);
    store_edge(w, x, finished);
  }
  for (; x + BLOCK <= w->width; x += BLOCK) {
    advance_block(w, fronts, x, finished, pixel_bytes, all_paeth, false);
    for (ptrdiff_t k = 0; k < ROWS; k++) {
      if (k < w->rows) {
        store_pixels(w->target[k] + (x - LAG * k) * 3, finished[k]);
      }
    }
  }
  for (; x < w->width + LAG * (w->rows - 1); x += BLOCK) {
    advance_block(w, fronts, x, finished, pixel_bytes, all_paeth, false);
    store_edge(w, x, finished);
  }
}

static uint8x16_t lanes_with(uint8_t filter, const uint8_t filters[LANES]) {
  uint32_t lanes[LANES];
  for (size_t k = 0; k < LANES; k++) {
    lanes[k] = filters[k] == filter ? ~0u : 0;
  }
  return vreinterpretq_u8_u32(vld1q_u32(lanes));
}

static LPF_ALWAYS_INLINE uint32_t color_group(const uint32_t pixel_bytes,
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
    return lpf_unfilter_color_scalar(rows, available, target, stride, prior);
  }
  wave w = {.prior = prior, .width = (ptrdiff_t)rows->width};
  w.rows = available < ROWS ? (ptrdiff_t)available : ROWS;
  uint8_t filters[ROWS];
  bool all_paeth;
  if (!lpf_gather_rows(rows, w.rows, ROWS, LAG, pixel_bytes, w.source, filters, &all_paeth)) {
    return 0;
  }
  for (ptrdiff_t k = 0; k < ROWS; k++) {
    w.target[k] = target + (k < w.rows ? stride * k : 0);
  }
  if (all_paeth) {
    run_wave(&w, pixel_bytes, true);
    return (uint32_t)w.rows;
  }
  for (size_t vector = 0; vector < VECTORS; vector++) {
    const uint8_t *own = filters + LANES * vector;
    w.filters[vector].sub = lanes_with(LPF_FILTER_SUB, own);
    w.filters[vector].up = lanes_with(LPF_FILTER_UP, own);
    w.filters[vector].average = lanes_with(LPF_FILTER_AVERAGE, own);
    w.filters[vector].paeth = lanes_with(LPF_FILTER_PAETH, own);
  }
  run_wave(&w, pixel_bytes, false);
  return (uint32_t)w.rows;
}

uint32_t lpf_unfilter_color_neon(const lpf_filtered_rows *rows, uint32_t available, uint8_t *target,
                                 ptrdiff_t stride, const uint8_t *prior) {
  switch (rows->pixel_bytes) {
    case 3:
      return color_group(3, rows, available, target, stride, prior);
    case 4:
      return color_group(4, rows, available, target, stride, prior);
    case 6:
      return color_group(6, rows, available, target, stride, prior);
    default:
      return color_group(8, rows, available, target, stride, prior);
  }
}

#endif
