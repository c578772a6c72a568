/*
 * Color rows with AVX2.
 *
 * Average and Paeth are chains: each pixel waits for its left neighbour, and no vector makes one
 * row's chain shorter. But eight rows are eight chains, and they can advance together as a
 * wavefront, each two pixels behind the row above it:
 *
 *     row 0    . . . . . . . . . . x
 *     row 1    . . . . . . . . x          One 256-bit register holds the pixels x, 32 bits a row:
 *     row 2    . . . . . . x              B, G, R and a zero byte.
 *     ...
 *
 * At each step a row's upper neighbour is what the row above made two steps ago: two, not one, so
 * that moving it over from the neighbouring lane takes no time from the chain. Four steps make a
 * block, whose pixels are loaded and stored row by row and transposed in between.
 */
#include <stdbool.h>

#include "avx2.h"
#include "unfilter.h"

#if LPF_HAVE_AVX2

enum {
  ROWS = LPF_UNFILTER_MAX_COLOR_ROWS,
  LAG = 2,   /* pixels between neighbouring rows */
  BLOCK = 4, /* steps, and so pixels of each row, in a block */
  LAST_LAG = LAG * (ROWS - 1),
  START = 16,    /* the first block in which all rows have begun */
  STORE = 6,     /* a 16-byte store of four pixels reaches into the sixth */
  MIN_WIDTH = 16 /* below it the start and the end would be all there is */
};

/* ---- Loading and storing ---- */

/* Two vectors of 16 bytes as the low and the high half of one. */
static LPF_ALWAYS_INLINE __m256i load_halves(const uint8_t *low, const uint8_t *high) {
  const __m256i half = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)low));
  return _mm256_inserti128_si256(half, _mm_loadu_si128((const __m128i *)high), 1);
}

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
  __m256i bytes = load_halves(low, high);
  if (pixel_bytes > 4) {
    const __m256i high_bytes = _mm256_set1_epi16(0x00ff);
    const __m256i rest = load_halves(low + 2 * pixel_bytes, high + 2 * pixel_bytes);
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
      pixels = _mm256_add_epi8(pixels, load_halves(above, above + 12));
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
  /* All ones in the lanes of the rows whose filter looks at that neighbour. */
  __m256i looks_left, looks_up, looks_at_corner;
  __m256i is_average;
} wave;

/* What the next step needs of the steps before. */
typedef struct front {
  __m256i last, before_last; /* the finished pixels */
  __m256i up;                /* the upper neighbours of the last ones: the next ones' corners */
} front;

/*
 * The Paeth predictor (as in unfilter_scalar.c) in bytes. How far the corner lies above the lower
 * neighbour and below the higher one decides: the higher is nearest if the first distance is at
 * most half the second, the lower if it is the other way about. Saturation covers corners outside.
 */
static LPF_ALWAYS_INLINE __m256i paeth(__m256i left, __m256i up, __m256i corner) {
  const __m256i low = _mm256_min_epu8(left, up);
  const __m256i high = _mm256_max_epu8(left, up);
  const __m256i above_low = _mm256_subs_epu8(corner, low);
  const __m256i below_high = _mm256_subs_epu8(high, corner);
  const __m256i zero = _mm256_setzero_si256();
  const __m256i take_low = _mm256_cmpeq_epi8(
      _mm256_subs_epu8(_mm256_adds_epu8(below_high, below_high), above_low), zero);
  const __m256i take_high =
      _mm256_cmpeq_epi8(_mm256_subs_epu8(_mm256_adds_epu8(above_low, above_low), below_high), zero);
  return _mm256_blendv_epi8(_mm256_blendv_epi8(corner, low, take_low), high, take_high);
}

/* The instruction rounds up; the filter rounds down. */
static LPF_ALWAYS_INLINE __m256i average(__m256i left, __m256i up) {
  const __m256i odd = _mm256_and_si256(_mm256_xor_si256(left, up), _mm256_set1_epi8(1));
  return _mm256_sub_epi8(_mm256_avg_epu8(left, up), odd);
}

/* One step of all rows. `above` holds, in its lowest 32 bits, the upper neighbour of row 0. */
static LPF_ALWAYS_INLINE __m256i advance(const wave *w, front *f, __m256i filtered, __m128i above,
                                         const bool all_paeth) {
  const __m256i next_lane = _mm256_setr_epi32(0, 0, 1, 2, 3, 4, 5, 6);
  __m256i left = f->last, corner = f->up;
  __m256i up = _mm256_permutevar8x32_epi32(f->before_last, next_lane);
  up = _mm256_blend_epi32(up, _mm256_castsi128_si256(above), 1);
  __m256i prediction;
  if (all_paeth) {
    prediction = paeth(left, up, corner);
  } else { /* with a neighbour or two set to zero, Paeth is also None, Sub and Up */
    left = _mm256_and_si256(left, w->looks_left);
    up = _mm256_and_si256(up, w->looks_up);
    corner = _mm256_and_si256(corner, w->looks_at_corner);
    prediction = _mm256_blendv_epi8(paeth(left, up, corner), average(left, up), w->is_average);
  }
  f->before_last = f->last;
  f->last = _mm256_add_epi8(filtered, prediction);
  f->up = up;
  return f->last;
}

/*
 * The four steps from column `x` of row 0, which is column x - LAG * k of row k. `above` holds four
 * pixels of the row above. Leaves in finished[k] four pixels of row k and of row k + 4.
 *
 * Rows read beyond their two ends, at most LAST_LAG pixels or a block further than the row is long:
 * that is inside the rows before and after in the group, or in the slack. What they make of it
 * there is stored nowhere and, once they have begun, looked at by no other pixel.
 */
static LPF_ALWAYS_INLINE void advance_block(const wave *w, front *f, ptrdiff_t x, __m128i above,
                                            __m256i finished[4], const uint32_t pixel_bytes,
                                            const bool all_paeth, const bool starting) {
  for (ptrdiff_t k = 0; k < 4; k++) {
    const ptrdiff_t low = (x - LAG * k) * (ptrdiff_t)pixel_bytes;
    const ptrdiff_t high = (x - LAG * (k + 4)) * (ptrdiff_t)pixel_bytes;
    finished[k] = load_pixels(w->source[k] + low, w->source[k + 4] + high, pixel_bytes);
  }
  transpose(finished);
  for (ptrdiff_t step = 0; step < BLOCK; step++) {
    finished[step] = advance(w, f, finished[step], above, all_paeth);
    above = _mm_srli_si128(above, 4);
    if (starting) { /* to the left of a row's first pixel everything is zero */
      static const int32_t ones_then_zeros[2 * ROWS] = {-1, -1, -1, -1, -1, -1, -1, -1};
      const int32_t *begun = ones_then_zeros + (ROWS - 1) - (x + step) / LAG;
      f->last = _mm256_and_si256(f->last, _mm256_loadu_si256((const __m256i *)begun));
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
  front f = {zero, zero, zero};
  __m256i finished[4];
  ptrdiff_t x = 0;
  for (; x < START; x += BLOCK) {
    advance_block(w, &f, x, load_above(w, x), finished, pixel_bytes, all_paeth, true);
    store_edge(w, x, finished);
  }
  for (; x + STORE <= w->width; x += BLOCK) {
    advance_block(w, &f, x, load_above(w, x), finished, pixel_bytes, all_paeth, false);
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
    advance_block(w, &f, x, load_above(w, x), finished, pixel_bytes, all_paeth, false);
    store_edge(w, x, finished);
  }
}

/* Which lanes look where, from the rows' filter types. */
static void set_masks(wave *w, const uint8_t filters[ROWS]) {
  int32_t left[ROWS], up[ROWS], corner[ROWS], averaged[ROWS];
  for (size_t k = 0; k < ROWS; k++) {
    const uint8_t filter = filters[k];
    averaged[k] = -(filter == LPF_FILTER_AVERAGE);
    corner[k] = -(filter == LPF_FILTER_PAETH);
    left[k] = averaged[k] | corner[k] | -(filter == LPF_FILTER_SUB);
    up[k] = averaged[k] | corner[k] | -(filter == LPF_FILTER_UP);
  }
  w->looks_left = _mm256_loadu_si256((const __m256i *)left);
  w->looks_up = _mm256_loadu_si256((const __m256i *)up);
  w->looks_at_corner = _mm256_loadu_si256((const __m256i *)corner);
  w->is_average = _mm256_loadu_si256((const __m256i *)averaged);
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
  if (rows->width < MIN_WIDTH || available < 2) {
    return lpf_unfilter_color_scalar(rows, available, target, stride, prior);
  }
  wave w = {.prior = prior, .width = (ptrdiff_t)rows->width};
  w.rows = available < ROWS ? (ptrdiff_t)available : ROWS;
  uint8_t filters[ROWS];
  bool all_paeth = true;
  for (ptrdiff_t k = 0; k < ROWS; k++) {
    /* Lanes without a row of their own repeat the last one's bytes: harmless, never stored. */
    const ptrdiff_t row = k < w.rows ? k : w.rows - 1;
    const uint8_t *filtered = rows->first + (ptrdiff_t)rows->row_size * row;
    filters[k] = filtered[0];
    if (filters[k] > LPF_FILTER_PAETH) {
      return 0;
    }
    all_paeth = all_paeth && filters[k] == LPF_FILTER_PAETH;
    w.source[k] = filtered + 1;
    w.target[k] = target + stride * row;
  }
  if (all_paeth) {
    run_wave(&w, pixel_bytes, true);
  } else {
    set_masks(&w, filters);
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

#else

uint32_t lpf_unfilter_color_avx2(const lpf_filtered_rows *rows, uint32_t available, uint8_t *target,
                                 ptrdiff_t stride, const uint8_t *prior) {
  return lpf_unfilter_color_scalar(rows, available, target, stride, prior);
}

#endif
