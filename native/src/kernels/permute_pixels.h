/*
 * permute_pixels.h: pixels of three or four bytes into another order, eight at a time. A template:
 * the file that includes it has included vectors before.
 */
#include "kernels/permute.h"
#include "kernels/simple_pixels.h"

static LPF_ALWAYS_INLINE void permute_pixels(const uint8_t *row, size_t width, const size_t step,
                                             const lpf_pixel_order *plan, uint8_t *target,
                                             const size_t bytes) {
  const pixel_order order = load_order(plan);
  size_t x = 0;
  /* Loads and stores of 16 bytes reach two pixels of three bytes beyond their four. */
  for (; x + 10 <= width; x += 8) {
    const uint8_t *source = row + x * step;
    const lpf_vector pixels = load_pixels(source, source + 4 * step, &order, 1);
    const lpf_vector packed =
        bytes == 3 ? pack_pixels(pixels, &order, bytes) : lpf_or(pixels, order.opaque);
    lpf_store_half(target + x * bytes, lpf_low(packed));
    lpf_store_half(target + (x + 4) * bytes, lpf_high(packed));
  }
  lpf_permute_row_scalar(row + x * step, width - x, step, plan, target + x * bytes);
}

void LPF_KERNEL(lpf_permute_row)(const uint8_t *row, size_t width, size_t pixel_bytes,
                                 const lpf_pixel_order *order, uint8_t *target) {
  if (order->pixel_bytes == 3) {
    permute_pixels(row, width, pixel_bytes, order, target, 3);
  } else {
    permute_pixels(row, width, pixel_bytes, order, target, 4);
  }
}
