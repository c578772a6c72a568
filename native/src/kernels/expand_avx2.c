#include <stddef.h>

#include "kernels/avx2.h"
#include "kernels/expand.h"

#if LPF_HAVE_AVX2

void lpf_expand_gray_avx2(const uint8_t *row, uint32_t width, const uint32_t *palette,
                          uint8_t *target) {
  const __m128i first = _mm_setr_epi8(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5);
  const __m128i second = _mm_setr_epi8(5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10);
  const __m128i third =
      _mm_setr_epi8(10, 11, 11, 11, 12, 12, 12, 13, 13, 13, 14, 14, 14, 15, 15, 15);
  size_t x = 0;
  for (; x + 16 <= width; x += 16, target += 48) {
    const __m128i gray = _mm_loadu_si128((const __m128i *)(row + x));
    _mm_storeu_si128((__m128i *)target, _mm_shuffle_epi8(gray, first));
    _mm_storeu_si128((__m128i *)(target + 16), _mm_shuffle_epi8(gray, second));
    _mm_storeu_si128((__m128i *)(target + 32), _mm_shuffle_epi8(gray, third));
  }
  lpf_expand_gray_scalar(row + x, width - (uint32_t)x, palette, target);
}

LPF_AVX2_END

#endif
