/*
 * simple_pixels.h: pixels of three or four bytes in rows without a chain worth the name: the
 * filters None, Sub and Up. A template: the file that includes it has included vectors before.
 *
 * The bytes of the filtered pixels are put into the target's order when they are loaded. `loads`
 * is 2 where four filtered pixels are more than 16 bytes. It and `bytes`, those of an unfiltered
 * pixel, are constants at every call.
 */
#ifndef LPF_SIMPLE_PIXELS_H
#define LPF_SIMPLE_PIXELS_H

#include <stdbool.h>
#include <string.h>

#include "kernels/unfilter.h"

/* ---- Loading and storing ---- */

typedef struct pixel_order {
  lpf_vector first, second; /* what becomes of the first and the second load */
  lpf_vector opaque;        /* ones in the bytes that are 255 */
} pixel_order;

static LPF_ALWAYS_INLINE pixel_order load_order(const lpf_pixel_order *order) {
  return (pixel_order){.first = lpf_load_twice(order->shuffle[0]),
                       .second = lpf_load_twice(order->shuffle[1]),
                       .opaque = lpf_load_twice(order->opaque)};
}

/* Four pixels at `low` and four at `high`, in 32 bits each. */
static LPF_ALWAYS_INLINE lpf_vector load_pixels(const uint8_t *low, const uint8_t *high,
                                                const pixel_order *order, const int loads) {
  const lpf_vector first = lpf_join(lpf_load_half(low), lpf_load_half(high));
  lpf_vector pixels = lpf_shuffle(first, order->first);
  if (loads == 2) {
    const lpf_vector second = lpf_join(lpf_load_half(low + 16), lpf_load_half(high + 16));
    pixels = lpf_or(pixels, lpf_shuffle(second, order->second));
  }
  return pixels;
}

/* In each half: four pixels of 32 bits become four of the target's, which begin the half. */
static LPF_ALWAYS_INLINE lpf_vector pack_pixels(lpf_vector pixels, const pixel_order *order,
                                                const size_t bytes) {
  static const uint8_t pack[16] = {0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 128, 128, 128, 128};
  return bytes == 3 ? lpf_shuffle(pixels, lpf_load_twice(pack)) : lpf_or(pixels, order->opaque);
}

/* The reverse, for one half. */
static LPF_ALWAYS_INLINE lpf_half unpack_pixels(lpf_half pixels, const size_t bytes) {
  static const uint8_t unpack[16] = {0, 1, 2, 128, 3, 4, 5, 128, 6, 7, 8, 128, 9, 10, 11, 128};
  return bytes == 3 ? lpf_shuffle_half(pixels, lpf_load_half(unpack)) : pixels;
}

/* So many pixels of the target begin within the 16 bytes that are stored for four of them. */
static LPF_ALWAYS_INLINE ptrdiff_t pixels_in_store(const size_t bytes) {
  return bytes == 3 ? 6 : 4;
}

/* ---- Rows ---- */

/* Four pixels of the target, and no byte beyond them. */
static LPF_ALWAYS_INLINE lpf_half load_exactly(const uint8_t *pixels, const size_t bytes) {
  uint8_t copy[16] = {0};
  memcpy(copy, pixels, 4 * bytes);
  return lpf_load_half(bytes == 4 ? pixels : copy);
}

static LPF_ALWAYS_INLINE void store_exactly(uint8_t *target, lpf_half pixels, const size_t bytes) {
  uint8_t copy[16];
  lpf_store_half(copy, pixels);
  memcpy(target, copy, 4 * bytes);
}

/* None, Sub and Up: eight pixels; `left` is the pixel before them, four times. */
static LPF_ALWAYS_INLINE void simple_pixels(const int filter, const uint8_t *source,
                                            const size_t step, const pixel_order *order,
                                            lpf_half *left, uint8_t *target, const uint8_t *prior,
                                            const int loads, const size_t bytes,
                                            const bool exactly) {
  lpf_vector pixels = load_pixels(source, source + 4 * step, order, loads);
  if (filter == LPF_FILTER_SUB) { /* running sums: of two pixels, of four, and so on */
    pixels = lpf_add(pixels, lpf_move_up(pixels, 4));
    pixels = lpf_add(pixels, lpf_move_up(pixels, 8));
    const lpf_half first = lpf_add_half(lpf_low(pixels), *left);
    const lpf_half second = lpf_add_half(lpf_high(pixels), lpf_repeat_last_four(first));
    *left = lpf_repeat_last_four(second);
    pixels = lpf_join(first, second);
  }
  if (bytes == 3) {
    pixels = pack_pixels(pixels, order, bytes);
  }
  if (filter == LPF_FILTER_UP) {
    const uint8_t *high = prior + 4 * bytes;
    pixels = lpf_add(pixels, lpf_join(lpf_load_half(prior),
                                      exactly ? load_exactly(high, bytes) : lpf_load_half(high)));
  }
  if (bytes == 4) {
    pixels = pack_pixels(pixels, order, bytes);
  }
  lpf_store_half(target, lpf_low(pixels));
  if (exactly) {
    store_exactly(target + 4 * bytes, lpf_high(pixels), bytes);
  } else {
    lpf_store_half(target + 4 * bytes, lpf_high(pixels));
  }
}

/* A row by itself, eight pixels at a time, the rest pixel by pixel. */
static LPF_ALWAYS_INLINE void simple_pixel_row(const int filter, const lpf_filtered_rows *row,
                                               const lpf_pixel_order *plan, uint8_t *target,
                                               const uint8_t *prior, const int loads,
                                               const size_t bytes) {
  const pixel_order order = load_order(plan);
  const size_t step = row->pixel_bytes, width = row->width;
  const uint8_t *source = row->first + 1;
  lpf_half left = lpf_low(lpf_zero());
  size_t x = 0;
  for (; x + 4 + (size_t)pixels_in_store(bytes) <= width; x += 8, source += 8 * step) {
    simple_pixels(filter, source, step, &order, &left, target + x * bytes, prior + x * bytes, loads,
                  bytes, false);
  }
  if (x + 8 <= width) {
    simple_pixels(filter, source, step, &order, &left, target + x * bytes, prior + x * bytes, loads,
                  bytes, true);
    x += 8;
  }
  if (x < width) {
    lpf_unfilter_pixel_row(row, plan, (uint32_t)x, target, prior);
  }
}

#endif
