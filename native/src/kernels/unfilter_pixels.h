/*
 * unfilter_pixels.h: pixels of three or four bytes, eight rows as a wavefront (unfilter_wave.h),
 * 32 bits a row. Four steps make a block: their pixels are loaded and stored row by row, and
 * transposed in between. A template: the file that includes it has included vectors before.
 */
#include "kernels/simple_pixels.h"
#include "kernels/unfilter_wave.h"

enum {
  PIXEL_ROWS = LPF_UNFILTER_MAX_PIXEL_ROWS,
  PIXEL_BLOCK = 4,     /* steps, and so pixels of each row, in a block */
  PIXEL_START = 16,    /* the first block in which all rows have begun */
  PIXEL_MIN_WIDTH = 16 /* below it the start and the end would be all there is */
};

/*
 * In both halves, a 4x4 matrix of pixels. From vectors k with four pixels of row k and of row k + 4
 * it makes vectors with one pixel of each of the eight rows, and back again.
 */
static LPF_ALWAYS_INLINE void transpose(lpf_vector pixels[4]) {
  const lpf_vector a = lpf_interleave_lower_fours(pixels[0], pixels[1]);
  const lpf_vector b = lpf_interleave_lower_fours(pixels[2], pixels[3]);
  const lpf_vector c = lpf_interleave_upper_fours(pixels[0], pixels[1]);
  const lpf_vector d = lpf_interleave_upper_fours(pixels[2], pixels[3]);
  pixels[0] = lpf_interleave_lower_eights(a, b);
  pixels[1] = lpf_interleave_upper_eights(a, b);
  pixels[2] = lpf_interleave_lower_eights(c, d);
  pixels[3] = lpf_interleave_upper_eights(c, d);
}

/* ---- The wavefront ---- */

typedef struct pixel_wave {
  const uint8_t *source[PIXEL_ROWS]; /* as lpf_gather_rows leaves it */
  uint8_t *target[PIXEL_ROWS];
  const uint8_t *prior;
  ptrdiff_t width;
  ptrdiff_t rows; /* fewer than PIXEL_ROWS at the end of an image */
  size_t step;    /* bytes of a filtered pixel */
  pixel_order order;
  lpf_lane_filters filters;
} pixel_wave;

/*
 * The four steps of the block that is at pixel `x` in row 0, and so at x - LPF_WAVE_LAG * k in row
 * k. `above` holds four pixels of the row above. Leaves in finished[k] four pixels of row k and of
 * row k + 4.
 *
 * Rows are read beyond both of their ends, by as much as they are ahead of or behind another one.
 * That is inside of other rows of the group, or in the slack. What becomes of it is never stored,
 * nor is it a neighbour of a pixel that is.
 */
static LPF_ALWAYS_INLINE void advance_pixels(const pixel_wave *w, lpf_front *front, ptrdiff_t x,
                                             lpf_half above, lpf_vector finished[4],
                                             const int loads, const size_t bytes,
                                             const bool all_paeth, const bool starting) {
  const size_t offset = (size_t)x * w->step;
  for (ptrdiff_t k = 0; k < 4; k++) {
    finished[k] = load_pixels(w->source[k] + offset, w->source[k + 4] + offset, &w->order, loads);
  }
  transpose(finished);
  for (ptrdiff_t step = 0; step < PIXEL_BLOCK; step++) {
    finished[step] = lpf_advance(front, &w->filters, finished[step],
                                 lpf_append_four(above, front->before_last), all_paeth);
    above = lpf_drop_four(above);
    if (starting) { /* to the left of a row's first pixel everything is zero */
      static const int32_t ones_then_zeros[2 * PIXEL_ROWS] = {-1, -1, -1, -1, -1, -1, -1, -1};
      const int32_t *begun = ones_then_zeros + (PIXEL_ROWS - 1) - (x + step) / LPF_WAVE_LAG;
      front->last = lpf_and(front->last, lpf_load(begun));
    }
  }
  transpose(finished);
  for (ptrdiff_t k = 0; k < 4; k++) {
    finished[k] = pack_pixels(finished[k], &w->order, bytes);
  }
}

/* Copies one to four pixels; a switch, so that each is a move or two and not a loop. */
static LPF_ALWAYS_INLINE void copy_pixels(uint8_t *target, const uint8_t *pixels, ptrdiff_t count,
                                          const size_t bytes) {
  switch (count) {
    case 1:
      memcpy(target, pixels, bytes);
      break;
    case 2:
      memcpy(target, pixels, 2 * bytes);
      break;
    case 3:
      memcpy(target, pixels, 3 * bytes);
      break;
    default:
      memcpy(target, pixels, 4 * bytes);
      break;
  }
}

/* Four pixels of the row above, from x on; zeros beyond its end. */
static LPF_ALWAYS_INLINE lpf_half load_above(const pixel_wave *w, ptrdiff_t x, const size_t bytes) {
  if (x + pixels_in_store(bytes) <= w->width) {
    return unpack_pixels(lpf_load_half(w->prior + (size_t)x * bytes), bytes);
  }
  uint8_t pixels[16] = {0};
  if (x < w->width) {
    copy_pixels(pixels, w->prior + (size_t)x * bytes, w->width - x, bytes);
  }
  return unpack_pixels(lpf_load_half(pixels), bytes);
}

/* Stores what of the block lies inside the rows. */
static LPF_ALWAYS_INLINE void store_edge(const pixel_wave *w, ptrdiff_t x,
                                         const lpf_vector finished[4], const size_t bytes) {
  uint8_t pixels[PIXEL_ROWS][16];
  for (size_t k = 0; k < 4; k++) {
    lpf_store_half(pixels[k], lpf_low(finished[k]));
    lpf_store_half(pixels[k + 4], lpf_high(finished[k]));
  }
  for (ptrdiff_t k = 0; k < w->rows; k++) {
    const ptrdiff_t first = x - LPF_WAVE_LAG * k;
    const ptrdiff_t begin = first > 0 ? first : 0;
    const ptrdiff_t end = first + PIXEL_BLOCK < w->width ? first + PIXEL_BLOCK : w->width;
    if (begin < end) {
      copy_pixels(w->target[k] + (size_t)begin * bytes, pixels[k] + (size_t)(begin - first) * bytes,
                  end - begin, bytes);
    }
  }
}

static void store_edge_of_3(const pixel_wave *w, ptrdiff_t x, const lpf_vector finished[4]) {
  store_edge(w, x, finished, 3);
}

static void store_edge_of_4(const pixel_wave *w, ptrdiff_t x, const lpf_vector finished[4]) {
  store_edge(w, x, finished, 4);
}

static LPF_ALWAYS_INLINE void run_pixel_wave(const pixel_wave *w, const int loads,
                                             const size_t bytes, const bool all_paeth) {
  lpf_front front = {lpf_zero(), lpf_zero(), lpf_zero()};
  lpf_vector finished[4];
  ptrdiff_t x = 0;
  for (; x < PIXEL_START; x += PIXEL_BLOCK) {
    advance_pixels(w, &front, x, load_above(w, x, bytes), finished, loads, bytes, all_paeth, true);
    (bytes == 3 ? store_edge_of_3 : store_edge_of_4)(w, x, finished);
  }
  for (; x + pixels_in_store(bytes) <= w->width; x += PIXEL_BLOCK) {
    advance_pixels(w, &front, x, load_above(w, x, bytes), finished, loads, bytes, all_paeth, false);
    for (ptrdiff_t k = 0; k < 4; k++) {
      const ptrdiff_t low = (x - LPF_WAVE_LAG * k) * (ptrdiff_t)bytes;
      const ptrdiff_t high = low - LPF_WAVE_LAG * 4 * (ptrdiff_t)bytes;
      if (k < w->rows) {
        lpf_store_half(w->target[k] + low, lpf_low(finished[k]));
      }
      if (k + 4 < w->rows) {
        lpf_store_half(w->target[k + 4] + high, lpf_high(finished[k]));
      }
    }
  }
  for (; x < w->width + LPF_WAVE_LAG * (w->rows - 1); x += PIXEL_BLOCK) {
    advance_pixels(w, &front, x, load_above(w, x, bytes), finished, loads, bytes, all_paeth, false);
    (bytes == 3 ? store_edge_of_3 : store_edge_of_4)(w, x, finished);
  }
}

static LPF_ALWAYS_INLINE uint32_t pixel_group(const lpf_filtered_rows *rows,
                                              const lpf_pixel_order *order, uint32_t available,
                                              uint8_t *target, ptrdiff_t stride,
                                              const uint8_t *prior, const int loads,
                                              const size_t bytes) {
  switch (rows->first[0]) {
    case LPF_FILTER_NONE:
      simple_pixel_row(LPF_FILTER_NONE, rows, order, target, prior, loads, bytes);
      return 1;
    case LPF_FILTER_SUB:
      simple_pixel_row(LPF_FILTER_SUB, rows, order, target, prior, loads, bytes);
      return 1;
    case LPF_FILTER_UP:
      simple_pixel_row(LPF_FILTER_UP, rows, order, target, prior, loads, bytes);
      return 1;
    default:
      break;
  }
  if (rows->width < PIXEL_MIN_WIDTH) {
    return lpf_unfilter_pixels_scalar(rows, order, available, target, stride, prior);
  }
  pixel_wave w = {.prior = prior, .width = (ptrdiff_t)rows->width, .step = rows->pixel_bytes};
  w.rows = available < PIXEL_ROWS ? (ptrdiff_t)available : PIXEL_ROWS;
  uint8_t filters[PIXEL_ROWS];
  bool all_paeth;
  if (!lpf_gather_rows(rows, (size_t)w.rows, PIXEL_ROWS, w.source, filters, &all_paeth)) {
    return 0;
  }
  for (ptrdiff_t k = 0; k < PIXEL_ROWS; k++) {
    w.target[k] = target + (k < w.rows ? stride * k : 0);
  }
  w.order = load_order(order);
  if (all_paeth) {
    run_pixel_wave(&w, loads, bytes, true);
  } else {
    uint8_t of_bytes[PIXEL_ROWS][4]; /* a filter is that of its row's four bytes */
    for (size_t k = 0; k < PIXEL_ROWS; k++) {
      memset(of_bytes[k], filters[k], 4);
    }
    w.filters = lpf_find_lanes(lpf_load(of_bytes));
    run_pixel_wave(&w, loads, bytes, false);
  }
  return (uint32_t)w.rows;
}

uint32_t LPF_KERNEL(lpf_unfilter_pixels)(const lpf_filtered_rows *rows,
                                         const lpf_pixel_order *order, uint32_t available,
                                         uint8_t *target, ptrdiff_t stride, const uint8_t *prior) {
  const bool one_load = rows->pixel_bytes <= 4;
  if (order->pixel_bytes == 3) {
    return one_load ? pixel_group(rows, order, available, target, stride, prior, 1, 3)
                    : pixel_group(rows, order, available, target, stride, prior, 2, 3);
  }
  return one_load ? pixel_group(rows, order, available, target, stride, prior, 1, 4)
                  : pixel_group(rows, order, available, target, stride, prior, 2, 4);
}
