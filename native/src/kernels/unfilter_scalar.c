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

/* `filter` and the sizes are constants at every call, so that each call becomes a loop of its own.
 */
static LPF_ALWAYS_INLINE void color_pixels(const int filter, const uint32_t pixel_bytes,
                                           const uint32_t sample_bytes, const uint8_t *source,
                                           uint32_t x, uint32_t width, uint8_t *target,
                                           const uint8_t *prior) {
  int left[3] = {0, 0, 0}, corner[3] = {0, 0, 0};
  if (x > 0) {
    for (size_t channel = 0; channel < 3; channel++) {
      left[channel] = target[(size_t)x * 3 - 3 + channel];
      corner[channel] = prior[(size_t)x * 3 - 3 + channel];
    }
  }
  for (; x < width; x++) {
    const uint8_t *pixel = source + (size_t)x * pixel_bytes;
    for (size_t channel = 0; channel < 3; channel++) {
      const size_t place = (size_t)x * 3 + channel;
      const int sample = pixel[(2 - channel) * sample_bytes];
      const int up = prior[place];
      const int value = sample + predict(filter, left[channel], up, corner[channel]);
      left[channel] = value & 0xff;
      corner[channel] = up;
      target[place] = (uint8_t)value;
    }
  }
}

static LPF_ALWAYS_INLINE void color_row(const int filter, const lpf_filtered_rows *row,
                                        uint32_t start, uint8_t *target, const uint8_t *prior) {
  const uint8_t *source = row->first + 1;
  switch (row->pixel_bytes) {
    case 3:
      color_pixels(filter, 3, 1, source, start, row->width, target, prior);
      break;
    case 4:
      color_pixels(filter, 4, 1, source, start, row->width, target, prior);
      break;
    case 6:
      color_pixels(filter, 6, 2, source, start, row->width, target, prior);
      break;
    default:
      color_pixels(filter, 8, 2, source, start, row->width, target, prior);
      break;
  }
}

void lpf_unfilter_color_row(const lpf_filtered_rows *row, uint32_t start, uint8_t *target,
                            const uint8_t *prior) {
  switch (row->first[0]) {
    case LPF_FILTER_SUB:
      color_row(LPF_FILTER_SUB, row, start, target, prior);
      break;
    case LPF_FILTER_UP:
      color_row(LPF_FILTER_UP, row, start, target, prior);
      break;
    case LPF_FILTER_AVERAGE:
      color_row(LPF_FILTER_AVERAGE, row, start, target, prior);
      break;
    case LPF_FILTER_PAETH:
      color_row(LPF_FILTER_PAETH, row, start, target, prior);
      break;
    default:
      color_row(LPF_FILTER_NONE, row, start, target, prior);
      break;
  }
}

static LPF_ALWAYS_INLINE void gray_row(const int filter, const lpf_filtered_rows *row, uint32_t x,
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

void lpf_unfilter_gray_row(const lpf_filtered_rows *row, uint32_t start, uint8_t *target,
                           const uint8_t *prior) {
  switch (row->first[0]) {
    case LPF_FILTER_SUB:
      gray_row(LPF_FILTER_SUB, row, start, target, prior);
      break;
    case LPF_FILTER_UP:
      gray_row(LPF_FILTER_UP, row, start, target, prior);
      break;
    case LPF_FILTER_AVERAGE:
      gray_row(LPF_FILTER_AVERAGE, row, start, target, prior);
      break;
    case LPF_FILTER_PAETH:
      gray_row(LPF_FILTER_PAETH, row, start, target, prior);
      break;
    default:
      gray_row(LPF_FILTER_NONE, row, start, target, prior);
      break;
  }
}

uint32_t lpf_unfilter_color_scalar(const lpf_filtered_rows *rows, uint32_t available,
                                   uint8_t *target, ptrdiff_t stride, const uint8_t *prior) {
  (void)available;
  (void)stride;
  if (rows->first[0] > LPF_FILTER_PAETH) {
    return 0;
  }
  lpf_unfilter_color_row(rows, 0, target, prior);
  return 1;
}

uint32_t lpf_unfilter_gray_scalar(const lpf_filtered_rows *rows, uint32_t available,
                                  uint8_t *target, ptrdiff_t stride, const uint8_t *prior) {
  (void)available;
  (void)stride;
  if (rows->first[0] > LPF_FILTER_PAETH) {
    return 0;
  }
  lpf_unfilter_gray_row(rows, 0, target, prior);
  return 1;
}
