/*
 * The kernel with AVX-512: tables, because it shuffles bytes out of two whole vectors. The rest is
 * AVX2's: rows without a chain were slower in vectors of 64 bytes, of which nearly every store
 * crosses a cache line.
 */
#include "base/cpu.h"

#if LPF_HAVE_AVX2

#include <immintrin.h>

#include "base/always_inline.h"
#include "kernels/expand.h"

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
