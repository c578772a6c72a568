/*
 * The row kernels: from filtered scanlines to unfiltered rows of just the bytes that are wanted.
 *
 * A filter predicts each byte from the same channel's byte of the pixel to the left, the pixel
 * above and the corner pixel between them, and from nothing else. So bytes can be reordered before
 * unfiltering, and those that nobody wants (alpha, low bytes) need not be unfiltered at all:
 *
 * - pixel kernels take any three or four bytes of each pixel, in any order;
 * - byte kernels take the first byte of each pixel (gray, palette index, packed pixels).
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
  uint32_t width;       /* in pixels; of packed pixels, in bytes */
  uint32_t pixel_bytes; /* pixel kernels: 2, 3, 4, 6 or 8; byte kernels: 1, 2 or 4 */
} lpf_filtered_rows;

/* In place of a byte of the filtered pixel: the unfiltered byte is 255, whatever the filter. */
#define LPF_OPAQUE_BYTE (-1)

/* In a shuffle: no byte, which makes a zero. */
#define LPF_NO_BYTE 128

/* What a pixel kernel makes of a pixel. */
typedef struct lpf_pixel_order {
  uint32_t pixel_bytes; /* of an unfiltered pixel: 3 or 4 */
  int8_t from[4];       /* which byte of the filtered pixel each of its bytes is */

  /* The same for vectors, for four pixels of 32 bits: which byte of the first and of the second 16
     filtered bytes each byte is, and ones where it is opaque. */
  uint8_t shuffle[2][16], opaque[16];
} lpf_pixel_order;

lpf_pixel_order lpf_order_pixels(const int8_t from[4], uint32_t pixel_bytes,
                                 uint32_t filtered_bytes);

/* The most rows that one call of a kernel unfilters. */
#define LPF_UNFILTER_MAX_PIXEL_ROWS 8
#define LPF_UNFILTER_MAX_BYTE_ROWS 32

/* Bytes before and after each target row that byte kernels may write and, in `prior`, read. */
#define LPF_UNFILTER_BYTE_MARGIN 80

/*
 * Unfilters a group of rows: as many of the `available` ones (at least 1) as the kernel finds good
 * to do at once. Returns how many, or 0 if one of those has an invalid filter type.
 *
 * `target` is where the first row goes and `stride` leads to the next; `prior` is the finished row
 * above the first, zeros at the top of the image. Pixel kernels touch no byte outside the rows;
 * byte kernels need LPF_UNFILTER_MAX_BYTE_ROWS target rows with margins on both sides, and may
 * write to all of that. Reading beyond the filtered rows is limited to LPF_SCANLINES_SLACK bytes
 * after the last of the `available` ones. Byte kernels do not look at `order`.
 */
typedef uint32_t lpf_unfilter_group(const lpf_filtered_rows *rows, const lpf_pixel_order *order,
                                    uint32_t available, uint8_t *target, ptrdiff_t stride,
                                    const uint8_t *prior);

lpf_unfilter_group lpf_unfilter_pixels_scalar;
lpf_unfilter_group lpf_unfilter_bytes_scalar;

/* Only where LPF_HAVE_AVX2, and for processors where lpf_cpu_has_avx2(). */
lpf_unfilter_group lpf_unfilter_pixels_avx2;
lpf_unfilter_group lpf_unfilter_bytes_avx2;

/* Only where LPF_HAVE_NEON. */
lpf_unfilter_group lpf_unfilter_pixels_neon;
lpf_unfilter_group lpf_unfilter_bytes_neon;

/*
 * One row from pixel `start` on; the pixels to its left are finished already. The filter type is
 * valid. What the SIMD kernels leave to be done pixel by pixel.
 */
void lpf_unfilter_pixel_row(const lpf_filtered_rows *row, const lpf_pixel_order *order,
                            uint32_t start, uint8_t *target, const uint8_t *prior);
void lpf_unfilter_byte_row(const lpf_filtered_rows *row, uint32_t start, uint8_t *target,
                           const uint8_t *prior);

#endif
