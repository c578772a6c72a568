/*
 * look_up_few.h: pixels of three or four bytes out of a table of at most 16, 32 of them at a
 * time: each plane of the table is a vector. A template: the file that includes it has included
 * vectors before.
 */
#include "kernels/expand.h"
#include "kernels/simple_pixels.h"

static LPF_ALWAYS_INLINE void look_up_few(const uint8_t *row, size_t width,
                                          const lpf_pixel_table *table, uint8_t *target,
                                          const size_t bytes) {
  const pixel_order order = {lpf_zero(), lpf_zero(), lpf_zero()};
  lpf_vector planes[4];
  for (size_t plane = 0; plane < 4; plane++) {
    planes[plane] = plane < bytes ? lpf_load_twice(table->planes[plane]) : lpf_zero();
  }
  size_t x = 0;
  /* The last store reaches four bytes beyond three-byte pixels: two pixels more. */
  for (; x + 32 + (bytes == 3 ? 2 : 0) <= width; x += 32, target += 32 * bytes) {
    const lpf_vector index = lpf_load(row + x);
    const lpf_vector first = lpf_shuffle(planes[0], index), second = lpf_shuffle(planes[1], index);
    const lpf_vector third = lpf_shuffle(planes[2], index), fourth = lpf_shuffle(planes[3], index);
    const lpf_vector a = lpf_interleave_lower_bytes(first, second);
    const lpf_vector b = lpf_interleave_upper_bytes(first, second);
    const lpf_vector c = lpf_interleave_lower_bytes(third, fourth);
    const lpf_vector d = lpf_interleave_upper_bytes(third, fourth);
    const lpf_vector pixels[4] = {lpf_interleave_lower_twos(a, c), lpf_interleave_upper_twos(a, c),
                                  lpf_interleave_lower_twos(b, d), lpf_interleave_upper_twos(b, d)};
    for (size_t i = 0; i < 4; i++) { /* low halves first: each overwrites what is beyond another */
      const lpf_vector packed = bytes == 3 ? pack_pixels(pixels[i], &order, bytes) : pixels[i];
      lpf_store_half(target + 4 * i * bytes, lpf_low(packed));
    }
    for (size_t i = 0; i < 4; i++) {
      const lpf_vector packed = bytes == 3 ? pack_pixels(pixels[i], &order, bytes) : pixels[i];
      lpf_store_half(target + (16 + 4 * i) * bytes, lpf_high(packed));
    }
  }
  lpf_look_up_row_scalar(row + x, width - x, table, target);
}

void LPF_KERNEL(lpf_look_up_row)(const uint8_t *row, size_t width, const lpf_pixel_table *table,
                                 uint8_t *target) {
  if (table->count <= 16 && table->pixel_bytes == 3) {
    look_up_few(row, width, table, target, 3);
  } else if (table->count <= 16 && table->pixel_bytes == 4) {
    look_up_few(row, width, table, target, 4);
  } else {
    lpf_look_up_row_scalar(row, width, table, target);
  }
}
