/*
 * Color rows with AVX2: eight rows as a wavefront (wavefront_avx2.h), 32 bits a row for B, G, R and
 * a zero byte. Four steps make a block: their pixels are loaded and stored row by row, and
 * transposed in between.
 */
#include <stdbool.h>

#include "kernels/avx2.h"
#include "kernels/row_group.h"
#include "kernels/unfilter.h"
#include "kernels/wavefront_avx2.h"

#if LPF_HAVE_AVX2

enum {
  ROWS = LPF_UNFILTER_MAX_COLOR_ROWS,
  LAG = LPF_WAVEFRONT_LAG, /* pixels between neighbouring rows */
  BLOCK = 4,               /* steps, and so pixels of each row, in a block */
  START = 16,              /* the first block in which all rows have begun */
  STORE = 6,               /* a 16-byte store of four pixels reaches into the sixth */
  MIN_WIDTH = 16           /* below it the start and the end would be all there is */
};

/* ---- Loading and storing ---- */

static LPF_ALWAYS_INLINE void store_halves(__m256i pixels, uint8_t *low, uint8_t *high) {
  _mm_storeu_si128((__m128i *)low, _mm256_castsi256_si128(pixels));
  _mm_storeu_si128((__m128i *)high, _mm256_extracti128_si256(pixels, 1));
}

/*
 * Four pixels at `low` and four at `high`, as B,G,R,0 in each 32 bits. Of 16-bit samples the first
 * bytes, the high ones, are packed together before. Reads at most 4 bytes past the fourth pixel.
 */
static LPF_ALWAYS_INLINE __m256i load_pixels(const uint8_t *low, const uint8_t *high,
                                             const uint32_t pixel_bytes) {
  __m256i bytes = lpf_load_halves(low, high);
  if (pixel_bytes > 4) {
    const __m256i high_bytes = _mm256_set1_epi16(0x00ff);
    const __m256i rest = lpf_load_halves(low + 2 * pixel_bytes, high + 2 * pixel_bytes);
    bytes = _mm256_packus_epi16(_mm256_and_si256(bytes, high_bytes),
                                _mm256_and_si256(rest, high_bytes));
  }
  __m128i order;
  if (pixel_bytes == 3) {
    order = _mm_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1);
  } else if (pixel_bytes == 6) {
    order = _mm_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 10, 9, 8, -1, 13, 12, 11, -1);
  } else {
    order = _mm_setr_epi8(2, 1, 0, -1, 6, 5, 4, -1, 10, 9, 8, -1, 14, 13, 12, -1);
  }
  return _mm256_shuffle_epi8(bytes, _mm256_broadcastsi128_si256(order));
}

/* In each half: B,G,R,0 four times to B,G,R four times and four bytes of no meaning. */
static LPF_ALWAYS_INLINE __m256i drop_zero_bytes(__m256i pixels) {
  const __m128i order = _mm_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
  return _mm256_shuffle_epi8(pixels, _mm256_broadcastsi128_si256(order));
}

/* The reverse for one half: B,G,R four times to B,G,R,0 four times. */
static LPF_ALWAYS_INLINE __m128i insert_zero_bytes(__m128i pixels) {
  return _mm_shuffle_epi8(pixels,
                          _mm_setr_epi8(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
}

/*
 * In both halves, a 4x4 matrix of pixels. From vectors k with four pixels of row k and of row k + 4
 * it makes vectors with one pixel of each of the eight rows, and back again.
 */
static LPF_ALWAYS_INLINE void transpose(__m256i pixels[4]) {
  const __m256i a = _mm256_unpacklo_epi32(pixels[0], pixels[1]);
  const __m256i b = _mm256_unpacklo_epi32(pixels[2], pixels[3]);
  const __m256i c = _mm256_unpackhi_epi32(pixels[0], pixels[1]);
  const __m256i d = _mm256_unpackhi_epi32(pixels[2], pixels[3]);
  pixels[0] = _mm256_unpacklo_epi64(a, b);
  pixels[1] = _mm256_unpackhi_epi64(a, b);
  pixels[2] = _mm256_unpacklo_epi64(c, d);
  pixels[3] = _mm256_unpackhi_epi64(c, d);
}

/* ---- Rows without a chain worth the name ---- */

/* None, Sub and Up: a row by itself, eight pixels at a time, the rest pixel by pixel. */
static LPF_ALWAYS_INLINE void simple_row(const int filter, const uint32_t pixel_bytes,
                                         const lpf_filtered_rows *row, uint8_t *target,
                                         const uint8_t *prior) {
  const uint8_t *source = row->first + 1;
  __m128i left = _mm_setzero_si128(); /* the last pixel, four times */
  uint32_t x = 0;
  for (; row->width - x >= 4 + STORE; x += 8) {
    const uint8_t *pixel = source + (size_t)x * pixel_bytes;
    uint8_t *low = target + (size_t)x * 3, *high = low + 12;
    __m256i pixels = load_pixels(pixel, pixel + 4 * pixel_bytes, pixel_bytes);
    if (filter == LPF_FILTER_SUB) { /* running sums: of two pixels, of four, and so on */
      pixels = _mm256_add_epi8(pixels, _mm256_slli_si256(pixels, 4));
      pixels = _mm256_add_epi8(pixels, _mm256_slli_si256(pixels, 8));
      const __m128i first = _mm_add_epi8(_mm256_castsi256_si128(pixels), left);
      left = _mm_shuffle_epi32(first, 0xff);
      const __m128i second = _mm_add_epi8(_mm256_extracti128_si256(pixels, 1), left);
      left = _mm_shuffle_epi32(second, 0xff);
      pixels = _mm256_inserti128_si256(_mm256_castsi128_si256(first), second, 1);
    }
    pixels = drop_zero_bytes(pixels);
    if (filter == LPF_FILTER_UP) {
      const uint8_t *above = prior + (size_t)x * 3;
      pixels = _mm256_add_epi8(pixels, lpf_load_halves(above, above + 12));
    }
    store_halves(pixels, low, high);
  }
  lpf_unfilter_color_row(row, x, target, prior);
}

/* ---- The wavefront ---- */

typedef struct wave {
  const uint8_t *source[ROWS];
  uint8_t *target[ROWS];
  const uint8_t *prior;
  ptrdiff_t width;
  ptrdiff_t rows; /* fewer than ROWS at the end of a picture */
  lpf_lane_filters filters;
} wave;

/* What lies above the pixels: for row k what row k - 1 made, for row 0 the lowest of `above`. */
static LPF_ALWAYS_INLINE __m256i upper_neighbours(const lpf_front *front, __m128i above) {
  const __m256i next_lane = _mm256_setr_epi32(0, 0, 1, 2, 3, 4, 5, 6);
  return _mm256_blend_epi32(_mm256_permutevar8x32_epi32(front->before_last, next_lane),
                            _mm256_castsi128_si256(above), 1);
}

/*
 * The four steps of the block that is at pixel `x` in row 0, and so at x - LAG * k in row k.
 * `above` holds four pixels of the row above. Leaves in finished[k] four pixels of row k and of row
 * k + 4.
 *
 * Rows are read beyond both of their ends, by as much as they are ahead of or behind another one.
 * That is inside of other rows of the group, or in the slack. What becomes of it is never stored,
 * nor is it a neighbour of a pixel that is.
 */
static LPF_ALWAYS_INLINE void advance_block(const wave *w, lpf_front *front, ptrdiff_t x,
                                            __m128i above, __m256i finished[4],
                                            const uint32_t pixel_bytes, const bool all_paeth,
                                            const bool starting) {
  for (ptrdiff_t k = 0; k < 4; k++) {
    const ptrdiff_t low = (x - LAG * k) * (ptrdiff_t)pixel_bytes;
    const ptrdiff_t high = (x - LAG * (k + 4)) * (ptrdiff_t)pixel_bytes;
    finished[k] = load_pixels(w->source[k] + low, w->source[k + 4] + high, pixel_bytes);
  }
  transpose(finished);
  for (ptrdiff_t step = 0; step < BLOCK; step++) {
    finished[step] =
        lpf_advance(front, &w->filters, finished[step], upper_neighbours(front, above), all_paeth);
    above = _mm_srli_si128(above, 4);
    if (starting) { /* to the left of a row's first pixel everything is zero */
      static const int32_t ones_then_zeros[2 * ROWS] = {-1, -1, -1, -1, -1, -1, -1, -1};
      const int32_t *begun = ones_then_zeros + (ROWS - 1) - (x + step) / LAG;
      front->last = _mm256_and_si256(front->last, _mm256_loadu_si256((const __m256i *)begun));
    }
  }
  transpose(finished);
  for (ptrdiff_t k = 0; k < 4; k++) {
    finished[k] = drop_zero_bytes(finished[k]);
  }
}

/* Four pixels of the row above, from x on; zeros beyond its end. */
static LPF_ALWAYS_INLINE __m128i load_above(const wave *w, ptrdiff_t x) {
  if (x + STORE <= w->width) {
    return insert_zero_bytes(_mm_loadu_si128((const __m128i *)(w->prior + x * 3)));
  }
  uint8_t pixels[16] = {0};
  for (ptrdiff_t byte = x * 3; byte < w->width * 3 && byte < (x + BLOCK) * 3; byte++) {
    pixels[byte - x * 3] = w->prior[byte];
  }
  return insert_zero_bytes(_mm_loadu_si128((const __m128i *)pixels));
}

/* Stores what of the block lies inside the rows. */
static void store_edge(const wave *w, ptrdiff_t x, const __m256i finished[4]) {
  uint8_t pixels[ROWS][16];
  for (size_t k = 0; k < 4; k++) {
    store_halves(finished[k], pixels[k], pixels[k + 4]);
  }
  for (ptrdiff_t k = 0; k < w->rows; k++) {
    const ptrdiff_t first = x - LAG * k;
    if (first >= 0 && first + STORE <= w->width) {
      memcpy(w->target[k] + first * 3, pixels[k], 16);
      continue;
    }
    const ptrdiff_t begin = first > 0 ? first : 0;
    const ptrdiff_t end = first + BLOCK < w->width ? first + BLOCK : w->width;
    for (ptrdiff_t byte = begin * 3; byte < end * 3; byte++) {
      w->target[k][byte] = pixels[k][byte - first * 3];
    }
  }
}

static LPF_ALWAYS_INLINE void run_wave(const wave *w, const uint32_t pixel_bytes,
                                       const bool all_paeth) {
  const __m256i zero = _mm256_setzero_si256();
  lpf_front front = {zero, zero, zero};
  __m256i finished[4];
  ptrdiff_t x = 0;
  for (; x < START; x += BLOCK) {
    advance_block(w, &front, x, load_above(w, x), finished, pixel_bytes, all_paeth, true);
    store_edge(w, x, finished);
  }
  for (; x + STORE <= w->width; x += BLOCK) {
    advance_block(w, &front, x, load_above(w, x), finished, pixel_bytes, all_paeth, false);
    for (ptrdiff_t k = 0; k < 4; k++) {
      const ptrdiff_t low = (x - LAG * k) * 3, high = (x - LAG * (k + 4)) * 3;
      if (k < w->rows) {
        _mm_storeu_si128((__m128i *)(w->target[k] + low), _mm256_castsi256_si128(finished[k]));
      }
      if (k + 4 < w->rows) {
        _mm_storeu_si128((__m128i *)(w->target[k + 4] + high),
                         _mm256_extracti128_si256(finished[k], 1));
      }
    }
  }
  for (; x < w->width + LAG * (w->rows - 1); x += BLOCK) {
    advance_block(w, &front, x, load_above(w, x), finished, pixel_bytes, all_paeth, false);
    store_edge(w, x, finished);
  }
}

static __m256i lanes_with(uint8_t filter, const uint8_t filters[ROWS]) {
  int32_t lanes[ROWS];
  for (size_t k = 0; k < ROWS; k++) {
    lanes[k] = filters[k] == filter ? -1 : 0;
  }
  return _mm256_loadu_si256((const __m256i *)lanes);
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
  } else {
    w.filters.sub = lanes_with(LPF_FILTER_SUB, filters);
    w.filters.up = lanes_with(LPF_FILTER_UP, filters);
    w.filters.average = lanes_with(LPF_FILTER_AVERAGE, filters);
    w.filters.paeth = lanes_with(LPF_FILTER_PAETH, filters);
    run_wave(&w, pixel_bytes, false);
  }
  return (uint32_t)w.rows;
}

uint32_t lpf_unfilter_color_avx2(const lpf_filtered_rows *rows, uint32_t available, uint8_t *target,
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

LPF_AVX2_END

#endif
