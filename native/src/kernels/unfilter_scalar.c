/* The row kernels in portable C: every platform has these. */
#include "base/always_inline.h"
#include "kernels/unfilter.h"

/*
 * The neighbour that is nearest to left + up - corner; of equally near ones the left, then the
 * upper (PNG specification, 9.4). The lower neighbour is nearest when the corner is so high that
 * 3 * corner - left - up is not below the higher one, and the reverse. No branch, few steps.
 */
static LPF_ALWAYS_INLINE int paeth(int left, int up, int corner) {
  const int low = left < up ? left : up;
  const int high = left < up ? up : left;
  const int threshold = 3 * corner - left - up;
  const int not_high = high <= threshold ? low : corner;
  return threshold <= low ? high : not_high;
}

static LPF_ALWAYS_INLINE int predict(const int filter, int left, int up, int corner) {
  switch (filter) {
    case LPF_FILTER_SUB:
      return left;
    case LPF_FILTER_UP:
      return up;
    case LPF_FILTER_AVERAGE:
      return (left + up) >> 1;
    case LPF_FILTER_PAETH:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

/*
 * `filter` and `bytes`, those of an unfiltered pixel, are constants at every call, so that each
 * call becomes a loop of its own. An opaque byte is made of some byte and then set: nothing else
 * depends on it.
 */
static LPF_ALWAYS_INLINE void pixels(const int filter, const size_t bytes,
                                     const lpf_filtered_rows *row, const lpf_pixel_order *order,
                                     uint32_t start, uint8_t *target, const uint8_t *prior) {
  const size_t step = row->pixel_bytes;
  const size_t end = (size_t)row->width * bytes;
  size_t at = (size_t)start * bytes;
  const uint8_t *source[4];
  int set[4], left[4], corner[4];
  for (size_t channel = 0; channel < bytes; channel++) {
    const int from = order->from[channel];
    source[channel] = row->first + 1 + start * step + (from > 0 ? from : 0);
    set[channel] = from == LPF_OPAQUE_BYTE ? 0xff : 0;
    left[channel] = start > 0 ? target[at - bytes + channel] : 0;
    corner[channel] = start > 0 ? prior[at - bytes + channel] : 0;
  }
  for (size_t offset = 0; at < end; at += bytes, offset += step) {
    for (size_t channel = 0; channel < bytes; channel++) {
      const int up = prior[at + channel];
      const int value =
          source[channel][offset] + predict(filter, left[channel], up, corner[channel]);
      left[channel] = (value | set[channel]) & 0xff;
      corner[channel] = up;
      target[at + channel] = (uint8_t)left[channel];
    }
  }
}

static LPF_ALWAYS_INLINE void pixel_row(const size_t bytes, const lpf_filtered_rows *row,
                                        const lpf_pixel_order *order, uint32_t start,
                                        uint8_t *target, const uint8_t *prior) {
  switch (row->first[0]) {
    case LPF_FILTER_SUB:
      pixels(LPF_FILTER_SUB, bytes, row, order, start, target, prior);
      break;
    case LPF_FILTER_UP:
      pixels(LPF_FILTER_UP, bytes, row, order, start, target, prior);
      break;
    case LPF_FILTER_AVERAGE:
      pixels(LPF_FILTER_AVERAGE, bytes, row, order, start, target, prior);
      break;
    case LPF_FILTER_PAETH:
      pixels(LPF_FILTER_PAETH, bytes, row, order, start, target, prior);
      break;
    default:
      pixels(LPF_FILTER_NONE, bytes, row, order, start, target, prior);
      break;
  }
}

void lpf_unfilter_pixel_row(const lpf_filtered_rows *row, const lpf_pixel_order *order,
                            uint32_t start, uint8_t *target, const uint8_t *prior) {
  if (order->pixel_bytes == 3) {
    pixel_row(3, row, order, start, target, prior);
  } else {
    pixel_row(4, row, order, start, target, prior);
  }
}

static LPF_ALWAYS_INLINE void bytes(const int filter, const lpf_filtered_rows *row, uint32_t x,
                                    uint8_t *target, const uint8_t *prior) {
  const size_t pixel_bytes = row->pixel_bytes;
  const uint8_t *source = row->first + 1;
  int left = x > 0 ? target[x - 1] : 0;
  int corner = x > 0 ? prior[x - 1] : 0;
  for (; x < row->width; x++) {
    const int up = prior[x];
    left = (source[x * pixel_bytes] + predict(filter, left, up, corner)) & 0xff;
    corner = up;
    target[x] = (uint8_t)left;
  }
}

void lpf_unfilter_byte_row(const lpf_filtered_rows *row, uint32_t start, uint8_t *target,
                           const uint8_t *prior) {
  switch (row->first[0]) {
    case LPF_FILTER_SUB:
      bytes(LPF_FILTER_SUB, row, start, target, prior);
      break;
    case LPF_FILTER_UP:
      bytes(LPF_FILTER_UP, row, start, target, prior);
      break;
    case LPF_FILTER_AVERAGE:
      bytes(LPF_FILTER_AVERAGE, row, start, target, prior);
      break;
    case LPF_FILTER_PAETH:
      bytes(LPF_FILTER_PAETH, row, start, target, prior);
      break;
    default:
      bytes(LPF_FILTER_NONE, row, start, target, prior);
      break;
  }
}

uint32_t lpf_unfilter_pixels_scalar(const lpf_filtered_rows *rows, const lpf_pixel_order *order,
                                    uint32_t available, uint8_t *target, ptrdiff_t stride,
                                    const uint8_t *prior) {
  (void)available;
  (void)stride;
  if (rows->first[0] > LPF_FILTER_PAETH) {
    return 0;
  }
  lpf_unfilter_pixel_row(rows, order, 0, target, prior);
  return 1;
}

uint32_t lpf_unfilter_bytes_scalar(const lpf_filtered_rows *rows, const lpf_pixel_order *order,
                                   uint32_t available, uint8_t *target, ptrdiff_t stride,
                                   const uint8_t *prior) {
  (void)order;
  (void)available;
  (void)stride;
  if (rows->first[0] > LPF_FILTER_PAETH) {
    return 0;
  }
  lpf_unfilter_byte_row(rows, 0, target, prior);
  return 1;
}
