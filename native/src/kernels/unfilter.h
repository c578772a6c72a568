/*
 * The row kernels: from filtered scanlines to unfiltered rows of just the bytes that are wanted.
 *
 * A filter predicts each byte from the same channel's byte of the pixel to the left, the pixel
 * above and the corner pixel between them, and from nothing else. So channels can be reordered
 * before unfiltering, and those that nobody wants (alpha, low bytes) need not be unfiltered at all:
 *
 * - color kernels read R,G,B(,A) pixels of 8 or 16 bits and write B,G,R triples;
 * - gray kernels read the first byte of each pixel (gray, gray-alpha, palette index) and write it.
 */
#ifndef LPF_UNFILTER_H
#define LPF_UNFILTER_H

#include <stddef.h>
#include <stdint.h>

enum {
  LPF_FILTER_NONE = 0,
  LPF_FILTER_SUB = 1,
  LPF_FILTER_UP = 2,
  LPF_FILTER_AVERAGE = 3,
  LPF_FILTER_PAETH = 4
};

typedef struct lpf_filtered_rows {
  const uint8_t *first; /* the first row's filter byte */
  size_t row_size;      /* filter byte included: from one row to the next */
  uint32_t width;       /* in pixels */
  uint32_t pixel_bytes; /* color: 3, 4, 6 or 8; gray: 1, 2 or 4 */
} lpf_filtered_rows;

/* The most rows that one call of a kernel unfilters. */
#define LPF_UNFILTER_MAX_COLOR_ROWS 8
#define LPF_UNFILTER_MAX_GRAY_ROWS 32

/* Bytes before and after each target row that gray kernels may write and, in `prior`, read. */
#define LPF_UNFILTER_GRAY_MARGIN 80

/*
 * Unfilters a group of rows: as many of the `available` ones (at least 1) as the kernel finds good
 * to do at once. Returns how many, or 0 if one of those has an invalid filter type.
 *
 * `target` is where the first row goes and `stride` leads to the next; `prior` is the finished row
 * above the first, zeros at the top of the picture. Color kernels touch no byte outside the rows;
 * gray kernels need LPF_UNFILTER_MAX_GRAY_ROWS target rows with margins on both sides, and may
 * write to all of that. Reading beyond the filtered rows is limited to LPF_SCANLINES_SLACK bytes
 * after the last of the `available` ones.
 */
typedef uint32_t lpf_unfilter_group(const lpf_filtered_rows *rows, uint32_t available,
                                    uint8_t *target, ptrdiff_t stride, const uint8_t *prior);

lpf_unfilter_group lpf_unfilter_color_scalar;
lpf_unfilter_group lpf_unfilter_gray_scalar;

/* Only where LPF_HAVE_AVX2, and for processors where lpf_cpu_has_avx2(). */
lpf_unfilter_group lpf_unfilter_color_avx2;
lpf_unfilter_group lpf_unfilter_gray_avx2;

/* Only where LPF_HAVE_NEON. */
lpf_unfilter_group lpf_unfilter_color_neon;
lpf_unfilter_group lpf_unfilter_gray_neon;

/*
 * One row from pixel `start` on; the pixels to its left are finished already. The filter type is
 * valid. What the SIMD kernels leave to be done pixel by pixel.
 */
void lpf_unfilter_color_row(const lpf_filtered_rows *row, uint32_t start, uint8_t *target,
                            const uint8_t *prior);
void lpf_unfilter_gray_row(const lpf_filtered_rows *row, uint32_t start, uint8_t *target,
                           const uint8_t *prior);

#endif
