/*
 * The kernels with AVX-512, for what its vectors of 64 bytes, its masks and its shuffles over whole
 * vectors make simple: rows without a chain, and tables. The rest is AVX2's.
 */
#include "base/cpu.h"

#if LPF_HAVE_AVX2

#include <immintrin.h>
#include <stdbool.h>

#include "base/always_inline.h"
#include "kernels/expand.h"
#include "kernels/unfilter.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi"))), \
                             apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512vbmi")
#endif

enum {
  AT_ONCE = 16,     /* pixels, of 32 bits a vector */
  WHOLE_STORES = 22 /* so many pixels of three bytes are all those that a vector reaches into */
};

/* The lowest `count` bits; all of them from 64 on. */
static LPF_ALWAYS_INLINE __mmask64 first_bytes(size_t count) {
  return count >= 64 ? ~(__mmask64)0 : ((__mmask64)1 << count) - 1;
}

/* From 16 pixels of 32 bits to 48 bytes of three a pixel; the rest repeats the last. */
static LPF_ALWAYS_INLINE __m512i pack_order(void) {
  static const uint8_t order[64] = {0,  1,  2,  4,  5,  6,  8,  9,  10, 12, 13, 14, 16, 17, 18, 20,
                                    21, 22, 24, 25, 26, 28, 29, 30, 32, 33, 34, 36, 37, 38, 40, 41,
                                    42, 44, 45, 46, 48, 49, 50, 52, 53, 54, 56, 57, 58, 60, 61, 62,
                                    62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 62};
  return _mm512_loadu_si512(order);
}

/*
 * Which of 128 filtered bytes each byte of 16 pixels of 32 bits is: the order of four pixels, each
 * four further on.
 */
static LPF_ALWAYS_INLINE __m512i source_order(const lpf_pixel_order *order, uint32_t step) {
  const __m128i first = _mm_loadu_si128((const __m128i *)order->shuffle[0]);
  const __m128i second = _mm_loadu_si128((const __m128i *)order->shuffle[1]);
  const __mmask16 of_second = _mm_movepi8_mask(first);
  const __m128i four = _mm_mask_add_epi8(first, of_second, second, _mm_set1_epi8(16));
  const __m512i groups = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
  const __m512i offset =
      _mm512_mullo_epi32(groups, _mm512_set1_epi32((int)(4 * step * 0x01010101u)));
  return _mm512_add_epi8(_mm512_broadcast_i32x4(four), offset);
}

/* ---- Rows without a chain ---- */

typedef struct simple_row {
  __m512i order, pack, opaque;
  size_t step; /* bytes of a filtered pixel */
} simple_row;

/* The first `count` of 16 pixels, of 32 bits or, if they need not be summed, packed. */
static LPF_ALWAYS_INLINE __m512i load_sixteen(const simple_row *row, const uint8_t *source,
                                              size_t count, const int loads) {
  if (loads == 1) {
    const __m512i bytes = _mm512_maskz_loadu_epi8(first_bytes(count * row->step), source);
    return _mm512_permutexvar_epi8(row->order, bytes);
  }
  const size_t size = count * row->step;
  const __m512i first = _mm512_maskz_loadu_epi8(first_bytes(size), source);
  const __m512i second =
      _mm512_maskz_loadu_epi8(size > 64 ? first_bytes(size - 64) : 0, source + 64);
  return _mm512_permutex2var_epi8(first, row->order, second);
}

/* Adds to each pixel all those before it, and `left`, the sum of what precedes them. */
static LPF_ALWAYS_INLINE __m512i running_sums(__m512i pixels, __m512i left) {
  const __m512i zero = _mm512_setzero_si512();
  pixels = _mm512_add_epi8(pixels, _mm512_alignr_epi32(pixels, zero, 15)); /* sums of two, */
  pixels = _mm512_add_epi8(pixels, _mm512_alignr_epi32(pixels, zero, 14)); /* of four, and so on */
  pixels = _mm512_add_epi8(pixels, _mm512_alignr_epi32(pixels, zero, 12));
  pixels = _mm512_add_epi8(pixels, _mm512_alignr_epi32(pixels, zero, 8));
  return _mm512_add_epi8(pixels, left);
}

static LPF_ALWAYS_INLINE void simple_pixels(const int filter, const simple_row *row,
                                            const uint8_t *source, size_t count, __m512i *left,
                                            uint8_t *target, const uint8_t *prior, const int loads,
                                            const size_t bytes, const bool whole) {
  const __mmask64 inside = first_bytes(count * bytes);
  __m512i pixels = load_sixteen(row, source, count, loads);
  if (filter == LPF_FILTER_SUB) {
    pixels = running_sums(pixels, *left);
    *left = _mm512_permutexvar_epi32(_mm512_set1_epi32(AT_ONCE - 1), pixels);
    pixels = bytes == 3 ? _mm512_permutexvar_epi8(row->pack, pixels) : pixels;
  }
  if (filter == LPF_FILTER_UP) {
    pixels = _mm512_add_epi8(
        pixels, whole ? _mm512_loadu_si512(prior) : _mm512_maskz_loadu_epi8(inside, prior));
  }
  if (bytes == 4) {
    pixels = _mm512_or_si512(pixels, row->opaque);
  }
  if (whole) {
    _mm512_storeu_si512(target, pixels);
  } else {
    _mm512_mask_storeu_epi8(target, inside, pixels);
  }
}

static LPF_ALWAYS_INLINE void simple_pixel_row(const int filter, const lpf_filtered_rows *rows,
                                               const lpf_pixel_order *order, uint8_t *target,
                                               const uint8_t *prior, const int loads,
                                               const size_t bytes) {
  simple_row row = {
      .order = source_order(order, rows->pixel_bytes),
      .pack = pack_order(),
      .opaque = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)order->opaque)),
      .step = rows->pixel_bytes};
  if (bytes == 3 && filter != LPF_FILTER_SUB) {
    row.order = _mm512_permutexvar_epi8(row.pack, row.order);
  }
  const uint8_t *source = rows->first + 1;
  __m512i left = _mm512_setzero_si512(); /* the last pixel, sixteen times */
  const size_t reach = bytes == 3 ? WHOLE_STORES : AT_ONCE;
  size_t rest = rows->width;
  for (; rest >= reach; rest -= AT_ONCE) {
    simple_pixels(filter, &row, source, AT_ONCE, &left, target, prior, loads, bytes, true);
    source += AT_ONCE * row.step;
    target += AT_ONCE * bytes;
    prior += AT_ONCE * bytes;
  }
  while (rest > 0) {
    const size_t count = rest < AT_ONCE ? rest : AT_ONCE;
    simple_pixels(filter, &row, source, count, &left, target, prior, loads, bytes, false);
    source += count * row.step;
    target += count * bytes;
    prior += count * bytes;
    rest -= count;
  }
}

static LPF_ALWAYS_INLINE void simple_group(const lpf_filtered_rows *rows,
                                           const lpf_pixel_order *order, uint8_t *target,
                                           const uint8_t *prior, const int loads,
                                           const size_t bytes) {
  switch (rows->first[0]) {
    case LPF_FILTER_NONE:
      simple_pixel_row(LPF_FILTER_NONE, rows, order, target, prior, loads, bytes);
      break;
    case LPF_FILTER_SUB:
      simple_pixel_row(LPF_FILTER_SUB, rows, order, target, prior, loads, bytes);
      break;
    default:
      simple_pixel_row(LPF_FILTER_UP, rows, order, target, prior, loads, bytes);
      break;
  }
}

uint32_t lpf_unfilter_pixels_avx512(const lpf_filtered_rows *rows, const lpf_pixel_order *order,
                                    uint32_t available, uint8_t *target, ptrdiff_t stride,
                                    const uint8_t *prior) {
  if (rows->first[0] > LPF_FILTER_UP) {
    return lpf_unfilter_pixels_avx2(rows, order, available, target, stride, prior);
  }
  const bool one_load = rows->pixel_bytes <= 4;
  if (order->pixel_bytes == 3 && one_load) {
    simple_group(rows, order, target, prior, 1, 3);
  } else if (order->pixel_bytes == 3) {
    simple_group(rows, order, target, prior, 2, 3);
  } else if (one_load) {
    simple_group(rows, order, target, prior, 1, 4);
  } else {
    simple_group(rows, order, target, prior, 2, 4);
  }
  return 1;
}

/* ---- Tables ---- */

/* 64 bytes out of a plane of 64 or 256. */
static LPF_ALWAYS_INLINE __m512i look_up_bytes(const uint8_t *plane, __m512i index,
                                               const uint32_t count) {
  const __m512i first = _mm512_loadu_si512(plane);
  if (count <= 64) {
    return _mm512_permutexvar_epi8(index, first);
  }
  const __m512i lower = _mm512_permutex2var_epi8(first, index, _mm512_loadu_si512(plane + 64));
  const __m512i upper = _mm512_permutex2var_epi8(_mm512_loadu_si512(plane + 128), index,
                                                 _mm512_loadu_si512(plane + 192));
  return _mm512_mask_mov_epi8(lower, _mm512_movepi8_mask(index), upper);
}

/* In each 16 bytes: pixels of 32 bits out of their bytes, as the interleaving leaves them. */
static LPF_ALWAYS_INLINE void join_planes(const __m512i plane[4], __m512i pixels[4]) {
  const __m512i a = _mm512_unpacklo_epi8(plane[0], plane[1]);
  const __m512i b = _mm512_unpackhi_epi8(plane[0], plane[1]);
  const __m512i c = _mm512_unpacklo_epi8(plane[2], plane[3]);
  const __m512i d = _mm512_unpackhi_epi8(plane[2], plane[3]);
  pixels[0] = _mm512_unpacklo_epi16(a, c);
  pixels[1] = _mm512_unpackhi_epi16(a, c);
  pixels[2] = _mm512_unpacklo_epi16(b, d);
  pixels[3] = _mm512_unpackhi_epi16(b, d);
}

static LPF_ALWAYS_INLINE void look_up(const uint8_t *row, size_t width,
                                      const lpf_pixel_table *table, uint8_t *target,
                                      const size_t bytes, const uint32_t count) {
  /* Interleaving takes four pixels out of each 16: the indices are put so that these follow each
     other, which is a 4x4 transposition of groups of four. */
  const __m512i groups = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  const __m512i pack = pack_order();
  for (size_t x = 0; x < width; x += 64, target += 64 * bytes) {
    const size_t rest = width - x;
    __m512i index = _mm512_maskz_loadu_epi8(first_bytes(rest), row + x);
    index = _mm512_permutexvar_epi32(groups, index);
    __m512i planes[4] = {_mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512(),
                         _mm512_setzero_si512()};
    for (size_t plane = 0; plane < bytes; plane++) {
      planes[plane] = look_up_bytes(table->planes[plane], index, count);
    }
    __m512i pixels[4];
    join_planes(planes, pixels);
    for (size_t i = 0; i < 4; i++) {
      uint8_t *const place = target + i * AT_ONCE * bytes;
      const __m512i packed = bytes == 3 ? _mm512_permutexvar_epi8(pack, pixels[i]) : pixels[i];
      if (rest >= 64 + WHOLE_STORES) {
        _mm512_storeu_si512(place, packed);
      } else if (rest > i * AT_ONCE) {
        const size_t left = rest - i * AT_ONCE;
        _mm512_mask_storeu_epi8(place, first_bytes((left < AT_ONCE ? left : AT_ONCE) * bytes),
                                packed);
      }
    }
  }
}

static LPF_ALWAYS_INLINE void look_up_in(const uint8_t *row, size_t width,
                                         const lpf_pixel_table *table, uint8_t *target,
                                         const size_t bytes) {
  if (table->count <= 64) {
    look_up(row, width, table, target, bytes, 64);
  } else {
    look_up(row, width, table, target, bytes, 256);
  }
}

void lpf_look_up_row_avx512(const uint8_t *row, size_t width, const lpf_pixel_table *table,
                            uint8_t *target) {
  if (table->pixel_bytes == 3) {
    look_up_in(row, width, table, target, 3);
  } else if (table->pixel_bytes == 4) {
    look_up_in(row, width, table, target, 4);
  } else {
    lpf_look_up_row_scalar(row, width, table, target);
  }
}

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
