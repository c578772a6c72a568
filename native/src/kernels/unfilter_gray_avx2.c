/*
 * Gray and palette rows with AVX2: 32 rows as a wavefront (wavefront_avx2.h), 8 bits a row. Eight
 * steps make a block: their pixels are loaded and stored row by row, and transposed in between.
 *
 * The target rows have margins and are all there, so nothing special happens at the rows' ends:
 * what a block makes beyond them goes into the margins.
 */
#include <stdbool.h>

#include "kernels/avx2.h"
#include "kernels/row_group.h"
#include "kernels/unfilter.h"
#include "kernels/wavefront_avx2.h"

#if LPF_HAVE_AVX2

enum {
  ROWS = LPF_UNFILTER_MAX_GRAY_ROWS,
  LAG = LPF_WAVEFRONT_LAG,
  BLOCK = 8,     /* steps, and so pixels of each row, in a block */
  START = 64,    /* the first block in which all rows have begun */
  MIN_WIDTH = 64 /* in narrower rows the first blocks would read beyond the slack */
};

_Static_assert(LAG *(ROWS - 1) + BLOCK <= LPF_UNFILTER_GRAY_MARGIN, "blocks exceed the margins");

/* ---- Loading and storing ---- */

/* The first bytes of eight pixels at `low` and of eight at `high`, as 16-bit numbers. */
static LPF_ALWAYS_INLINE __m256i load_first_bytes(const uint8_t *low, const uint8_t *high,
                                                  const uint32_t pixel_bytes) {
  if (pixel_bytes == 2) {
    return _mm256_and_si256(lpf_load_halves(low, high), _mm256_set1_epi16(0xff));
  }
  const __m256i first_byte = _mm256_set1_epi32(0xff);
  return _mm256_packus_epi32(_mm256_and_si256(lpf_load_halves(low, high), first_byte),
                             _mm256_and_si256(lpf_load_halves(low + 16, high + 16), first_byte));
}

/* The first bytes of eight pixels of four rows: two rows in each half. */
static LPF_ALWAYS_INLINE __m256i load_four_rows(const uint8_t *const rows[4],
                                                const uint32_t pixel_bytes) {
  if (pixel_bytes > 1) {
    return _mm256_packus_epi16(load_first_bytes(rows[0], rows[2], pixel_bytes),
                               load_first_bytes(rows[1], rows[3], pixel_bytes));
  }
  const __m128i low = _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)rows[0]),
                                         _mm_loadl_epi64((const __m128i *)rows[1]));
  const __m128i high = _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)rows[2]),
                                          _mm_loadl_epi64((const __m128i *)rows[3]));
  return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

static LPF_ALWAYS_INLINE void store_two_rows(__m128i pixels, uint8_t *first, uint8_t *second) {
  _mm_storel_epi64((__m128i *)first, pixels);
  _mm_storeh_pi((__m64 *)(void *)second, _mm_castsi128_ps(pixels));
}

/*
 * Interleaves the bytes of the vectors whose numbers differ in one bit only. Seen as digits of a
 * byte's position, within each half, the highest binary digit of its place in the vector and the
 * given bit of the vector's number go out, and come back as the bit and as the lowest digit:
 * a transposition is a rotation of such digits.
 */
static LPF_ALWAYS_INLINE void interleave(__m256i vectors[8], const size_t bit) {
  for (size_t i = 0; i < 8; i++) {
    if (!(i & bit)) {
      const __m256i first = vectors[i], second = vectors[i | bit];
      vectors[i] = _mm256_unpacklo_epi8(first, second);
      vectors[i | bit] = _mm256_unpackhi_epi8(first, second);
    }
  }
}

/* From vectors with eight pixels of two rows in each half to vectors with one pixel of all rows. */
static LPF_ALWAYS_INLINE void rows_to_columns(const __m256i rows[8], __m256i columns[8]) {
  __m256i mixed[8];
  memcpy(mixed, rows, sizeof mixed);
  interleave(mixed, 4);
  interleave(mixed, 2);
  interleave(mixed, 1);
  interleave(mixed, 4);
  for (size_t column = 0; column < 8; column++) { /* the digits of its number have rotated too */
    columns[column] = mixed[(column & 1) << 2 | column >> 1];
  }
}

static LPF_ALWAYS_INLINE void columns_to_rows(__m256i vectors[8]) {
  interleave(vectors, 4);
  interleave(vectors, 2);
  interleave(vectors, 1);
}

/* ---- Rows without a chain worth the name ---- */

/* The first bytes of sixteen pixels. */
static LPF_ALWAYS_INLINE __m128i load_sixteen(const uint8_t *pixels, const uint32_t pixel_bytes) {
  if (pixel_bytes == 1) {
    return _mm_loadu_si128((const __m128i *)pixels);
  }
  const __m256i words = load_first_bytes(pixels, pixels + 8 * pixel_bytes, pixel_bytes);
  return _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
}

/* None, Sub and Up: a row by itself, sixteen pixels at a time and some in the margin. */
static LPF_ALWAYS_INLINE void simple_row(const int filter, const uint32_t pixel_bytes,
                                         const lpf_filtered_rows *row, uint8_t *target,
                                         const uint8_t *prior) {
  const uint8_t *source = row->first + 1;
  __m128i left = _mm_setzero_si128(); /* the last pixel, sixteen times */
  for (size_t x = 0; x < row->width; x += 16) {
    __m128i pixels = load_sixteen(source + x * pixel_bytes, pixel_bytes);
    if (filter == LPF_FILTER_SUB) { /* running sums: of two pixels, of four, and so on */
      pixels = _mm_add_epi8(pixels, _mm_slli_si128(pixels, 1));
      pixels = _mm_add_epi8(pixels, _mm_slli_si128(pixels, 2));
      pixels = _mm_add_epi8(pixels, _mm_slli_si128(pixels, 4));
      pixels = _mm_add_epi8(pixels, _mm_slli_si128(pixels, 8));
      pixels = _mm_add_epi8(pixels, left);
      left = _mm_shuffle_epi8(pixels, _mm_set1_epi8(15));
    } else if (filter == LPF_FILTER_UP) {
      pixels = _mm_add_epi8(pixels, _mm_loadu_si128((const __m128i *)(prior + x)));
    }
    _mm_storeu_si128((__m128i *)(target + x), pixels);
  }
}

/* ---- The wavefront ---- */

typedef struct wave {
  const uint8_t *source[ROWS];
  uint8_t *target;
  ptrdiff_t stride;
  const uint8_t *prior;
  lpf_lane_filters filters;
} wave;

/* What lies above the pixels: for row k what row k - 1 made, for row 0 the byte at `above`. */
static LPF_ALWAYS_INLINE __m256i upper_neighbours(const lpf_front *front, const uint8_t *above) {
  const __m128i ends_with_above = _mm_loadu_si128((const __m128i *)(above - 15));
  const __m256i before =
      _mm256_permute2x128_si256(front->before_last, _mm256_castsi128_si256(ends_with_above), 0x02);
  return _mm256_alignr_epi8(front->before_last, before, 15);
}

/*
 * The eight steps of the block that is at pixel `x` in row 0, and so at x - LAG * k in row k. As
 * with color, rows are read and made beyond both of their ends without any harm.
 */
static LPF_ALWAYS_INLINE void advance_block(const wave *w, lpf_front *front, ptrdiff_t x,
                                            const uint32_t pixel_bytes, const bool all_paeth,
                                            const bool starting) {
  __m256i rows[8], columns[8];
  for (ptrdiff_t i = 0; i < 8; i++) {
    const uint8_t *four[4];
    for (ptrdiff_t j = 0; j < 4; j++) {
      const ptrdiff_t k = 2 * i + j % 2 + (j >= 2 ? ROWS / 2 : 0);
      four[j] = w->source[k] + (x - LAG * k) * (ptrdiff_t)pixel_bytes;
    }
    rows[i] = load_four_rows(four, pixel_bytes);
  }
  rows_to_columns(rows, columns);
  for (ptrdiff_t step = 0; step < BLOCK; step++) {
    const __m256i up = upper_neighbours(front, w->prior + x + step);
    columns[step] = lpf_advance(front, &w->filters, columns[step], up, all_paeth);
    if (starting) { /* to the left of a row's first pixel everything is zero */
      static const uint8_t ones_then_zeros[2 * ROWS] = {
          0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
          0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
          0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
      const uint8_t *begun = ones_then_zeros + (ROWS - 1) - (x + step) / LAG;
      front->last = _mm256_and_si256(front->last, _mm256_loadu_si256((const __m256i *)begun));
    }
  }
  columns_to_rows(columns);
  for (ptrdiff_t i = 0; i < 8; i++) {
    uint8_t *first = w->target + 2 * i * w->stride + x - LAG * 2 * i;
    uint8_t *other = first + (w->stride - LAG) * (ROWS / 2);
    store_two_rows(_mm256_castsi256_si128(columns[i]), first, first + w->stride - LAG);
    store_two_rows(_mm256_extracti128_si256(columns[i], 1), other, other + w->stride - LAG);
  }
}

static LPF_ALWAYS_INLINE void run_wave(const wave *w, ptrdiff_t width, ptrdiff_t rows,
                                       const uint32_t pixel_bytes, const bool all_paeth) {
  const __m256i zero = _mm256_setzero_si256();
  lpf_front front = {zero, zero, zero};
  ptrdiff_t x = 0;
  for (; x < START; x += BLOCK) {
    advance_block(w, &front, x, pixel_bytes, all_paeth, true);
  }
  for (; x < width + LAG * (rows - 1); x += BLOCK) {
    advance_block(w, &front, x, pixel_bytes, all_paeth, false);
  }
}

static __m256i lanes_with(uint8_t filter, const uint8_t filters[ROWS]) {
  return _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)filters),
                           _mm256_set1_epi8((char)filter));
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

uint32_t lpf_unfilter_gray_avx2(const lpf_filtered_rows *rows, uint32_t available, uint8_t *target,
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

LPF_AVX2_END

#endif
