/*
 * unfilter_bytes.h: one byte of each pixel, 32 rows as a wavefront (unfilter_wave.h), 8 bits a row.
 * Eight steps make a block: their pixels are loaded and stored row by row, and transposed in
 * between. A template: the file that includes it has included vectors before.
 *
 * The target rows have margins and are all there, so nothing special happens at the rows' ends:
 * what a block makes beyond them goes into the margins.
 */
#include <string.h>

#include "kernels/unfilter_wave.h"

enum {
  BYTE_ROWS = LPF_UNFILTER_MAX_BYTE_ROWS,
  BYTE_BLOCK = 8,     /* steps, and so pixels of each row, in a block */
  BYTE_START = 64,    /* the first block in which all rows have begun */
  BYTE_MIN_WIDTH = 64 /* in narrower rows the first blocks would read beyond the slack */
};

_Static_assert(LPF_WAVE_LAG *(BYTE_ROWS - 1) + BYTE_BLOCK <= LPF_UNFILTER_BYTE_MARGIN,
               "blocks exceed the margins");

/* ---- Rows without a chain worth the name ---- */

/* The first bytes of sixteen pixels. */
static LPF_ALWAYS_INLINE lpf_half load_sixteen(const uint8_t *pixels, const uint32_t pixel_bytes) {
  switch (pixel_bytes) {
    case 1:
      return lpf_load_half(pixels);
    case 2:
      return lpf_load_first_of_2(pixels);
    default:
      return lpf_load_first_of_4(pixels);
  }
}

/* None, Sub and Up: a row by itself, sixteen pixels at a time and some in the margin. */
static LPF_ALWAYS_INLINE void simple_byte_row(const int filter, const lpf_filtered_rows *row,
                                              uint8_t *target, const uint8_t *prior,
                                              const uint32_t pixel_bytes) {
  const uint8_t *source = row->first + 1;
  lpf_half left = lpf_low(lpf_zero()); /* the last pixel, sixteen times */
  for (size_t x = 0; x < row->width; x += 16) {
    lpf_half pixels = load_sixteen(source + x * pixel_bytes, pixel_bytes);
    if (filter == LPF_FILTER_SUB) { /* running sums: of two pixels, of four, and so on */
      pixels = lpf_add_half(pixels, lpf_move_up_half(pixels, 1));
      pixels = lpf_add_half(pixels, lpf_move_up_half(pixels, 2));
      pixels = lpf_add_half(pixels, lpf_move_up_half(pixels, 4));
      pixels = lpf_add_half(pixels, lpf_move_up_half(pixels, 8));
      pixels = lpf_add_half(pixels, left);
      left = lpf_repeat_last(pixels);
    } else if (filter == LPF_FILTER_UP) {
      pixels = lpf_add_half(pixels, lpf_load_half(prior + x));
    }
    lpf_store_half(target + x, pixels);
  }
}

/* ---- Transposing for the wavefront ---- */

/* The first bytes of eight pixels of four rows: two rows in each half. */
static LPF_ALWAYS_INLINE lpf_vector load_four_rows(const uint8_t *const rows[4],
                                                   const uint32_t pixel_bytes) {
  switch (pixel_bytes) {
    case 1:
      return lpf_load_eights(rows);
    case 2:
      return lpf_load_eights_first_of_2(rows);
    default:
      return lpf_load_eights_first_of_4(rows);
  }
}

/*
 * Interleaves the bytes of the vectors whose numbers differ in one bit only. Seen as digits of a
 * byte's position, within each half, the highest binary digit of its place in the vector and the
 * given bit of the vector's number go out, and come back as the bit and as the lowest digit:
 * a transposition is a rotation of such digits.
 */
static LPF_ALWAYS_INLINE void interleave(lpf_vector vectors[8], const size_t bit) {
  for (size_t i = 0; i < 8; i++) {
    if (!(i & bit)) {
      const lpf_vector first = vectors[i], second = vectors[i | bit];
      vectors[i] = lpf_interleave_lower_bytes(first, second);
      vectors[i | bit] = lpf_interleave_upper_bytes(first, second);
    }
  }
}

/* From vectors with eight pixels of two rows in each half to vectors with one pixel of all rows. */
static LPF_ALWAYS_INLINE void rows_to_columns(lpf_vector rows[8], lpf_vector columns[8]) {
  interleave(rows, 4);
  interleave(rows, 2);
  interleave(rows, 1);
  interleave(rows, 4);
  for (size_t column = 0; column < 8; column++) { /* the digits of its number have rotated too */
    columns[column] = rows[(column & 1) << 2 | column >> 1];
  }
}

static LPF_ALWAYS_INLINE void columns_to_rows(lpf_vector vectors[8]) {
  interleave(vectors, 4);
  interleave(vectors, 2);
  interleave(vectors, 1);
}

/* ---- The wavefront ---- */

typedef struct byte_wave {
  const uint8_t *source[BYTE_ROWS]; /* as lpf_gather_rows leaves it */
  uint8_t *target;
  ptrdiff_t stride;
  const uint8_t *prior;
  lpf_lane_filters filters;
} byte_wave;

/*
 * The eight steps of the block that is at pixel `x` in row 0, and so at x - LPF_WAVE_LAG * k in row
 * k. As in the pixel kernels, rows are read and made beyond both of their ends without any harm.
 */
static LPF_ALWAYS_INLINE void advance_bytes(const byte_wave *w, lpf_front *front, ptrdiff_t x,
                                            const uint32_t pixel_bytes, const bool all_paeth,
                                            const bool starting) {
  lpf_vector rows[8], columns[8];
  for (size_t i = 0; i < 8; i++) {
    const uint8_t *four[4];
    for (size_t j = 0; j < 4; j++) {
      four[j] = w->source[2 * i + j % 2 + (j >= 2 ? BYTE_ROWS / 2 : 0)] + (size_t)x * pixel_bytes;
    }
    rows[i] = load_four_rows(four, pixel_bytes);
  }
  rows_to_columns(rows, columns);
  for (ptrdiff_t step = 0; step < BYTE_BLOCK; step++) {
    /* Above row k is what row k - 1 made, above row 0 the row before the group. */
    const lpf_vector up = lpf_append_one(w->prior + x + step, front->before_last);
    columns[step] = lpf_advance(front, &w->filters, columns[step], up, all_paeth);
    if (starting) { /* to the left of a row's first pixel everything is zero */
      static const uint8_t ones_then_zeros[2 * BYTE_ROWS] = {
          255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
          255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
      const uint8_t *begun = ones_then_zeros + (BYTE_ROWS - 1) - (x + step) / LPF_WAVE_LAG;
      front->last = lpf_and(front->last, lpf_load(begun));
    }
  }
  columns_to_rows(columns);
  const ptrdiff_t next = w->stride - LPF_WAVE_LAG;
  for (ptrdiff_t i = 0; i < 8; i++) {
    uint8_t *first = w->target + x + 2 * i * next;
    uint8_t *other = first + BYTE_ROWS / 2 * next;
    lpf_store_eights(lpf_low(columns[i]), first, first + next);
    lpf_store_eights(lpf_high(columns[i]), other, other + next);
  }
}

static LPF_ALWAYS_INLINE void run_byte_wave(const byte_wave *w, ptrdiff_t width, ptrdiff_t rows,
                                            const uint32_t pixel_bytes, const bool all_paeth) {
  lpf_front front = {lpf_zero(), lpf_zero(), lpf_zero()};
  ptrdiff_t x = 0;
  for (; x < BYTE_START; x += BYTE_BLOCK) {
    advance_bytes(w, &front, x, pixel_bytes, all_paeth, true);
  }
  for (; x < width + LPF_WAVE_LAG * (rows - 1); x += BYTE_BLOCK) {
    advance_bytes(w, &front, x, pixel_bytes, all_paeth, false);
  }
}

static LPF_ALWAYS_INLINE uint32_t byte_group(const lpf_filtered_rows *rows, uint32_t available,
                                             uint8_t *target, ptrdiff_t stride,
                                             const uint8_t *prior, const uint32_t pixel_bytes) {
  switch (rows->first[0]) {
    case LPF_FILTER_NONE:
      simple_byte_row(LPF_FILTER_NONE, rows, target, prior, pixel_bytes);
      return 1;
    case LPF_FILTER_SUB:
      simple_byte_row(LPF_FILTER_SUB, rows, target, prior, pixel_bytes);
      return 1;
    case LPF_FILTER_UP:
      simple_byte_row(LPF_FILTER_UP, rows, target, prior, pixel_bytes);
      return 1;
    default:
      break;
  }
  if (rows->width < BYTE_MIN_WIDTH) {
    return lpf_unfilter_bytes_scalar(rows, NULL, available, target, stride, prior);
  }
  byte_wave w = {.target = target, .stride = stride, .prior = prior};
  const uint32_t count = available < BYTE_ROWS ? available : BYTE_ROWS;
  uint8_t filters[BYTE_ROWS];
  bool all_paeth;
  if (!lpf_gather_rows(rows, count, BYTE_ROWS, w.source, filters, &all_paeth)) {
    return 0;
  }
  if (all_paeth) {
    run_byte_wave(&w, (ptrdiff_t)rows->width, count, pixel_bytes, true);
  } else {
    w.filters = lpf_find_lanes(lpf_load(filters));
    run_byte_wave(&w, (ptrdiff_t)rows->width, count, pixel_bytes, false);
  }
  return count;
}

uint32_t LPF_KERNEL(lpf_unfilter_bytes)(const lpf_filtered_rows *rows, const lpf_pixel_order *order,
                                        uint32_t available, uint8_t *target, ptrdiff_t stride,
                                        const uint8_t *prior) {
  (void)order;
  switch (rows->pixel_bytes) {
    case 1:
      return byte_group(rows, available, target, stride, prior, 1);
    case 2:
      return byte_group(rows, available, target, stride, prior, 2);
    default:
      return byte_group(rows, available, target, stride, prior, 4);
  }
}
