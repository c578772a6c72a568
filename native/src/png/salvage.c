#include "png/salvage.h"

#include <stdbool.h>
#include <string.h>

#include "image/adam7.h"
#include "png/lodepng_codes.h"
#include "png/png_header.h"

/* LEN and its complement NLEN stand before the bytes of a stored block (RFC 1951, 3.2.4). */
#define STORED_HEADER_BYTES 4
#define STORED_MOST_BYTES 65535

/* For a stored block that breaks off, LodePNG sets all of its bytes aside and then fills in none:
   what is there is old memory, perhaps another picture. Where the block begins LodePNG does not
   tell. Its header is among those found here; the largest one leaves out too much at the worst. */
size_t lpf_inflated_before_damage(int32_t code, const uint8_t *in, size_t in_size,
                                  size_t inflated) {
  if (code != LPF_LODEPNG_STORED_BLOCK_BROKEN_OFF) {
    return inflated;
  }
  size_t never_written = 0;
  for (size_t left = 1; left < STORED_MOST_BYTES && left + STORED_HEADER_BYTES <= in_size; left++) {
    const uint8_t *header = in + in_size - left - STORED_HEADER_BYTES;
    size_t length = (size_t)(header[0] | header[1] << 8);
    size_t complement = (size_t)(header[2] | header[3] << 8);
    if (length + complement == STORED_MOST_BYTES && length > left && length > never_written) {
      never_written = length;
    }
  }
  return never_written < inflated ? inflated - never_written : 0;
}

static void black_out_pixel(const lpf_layout *layout, uint8_t *row, uint32_t x) {
  if (layout->bits == 1) {
    row[x / 8] = (uint8_t)(row[x / 8] & ~(0x80u >> x % 8));
    return;
  }
  uint8_t *pixel = row + (size_t)x * (layout->bits / 8);
  memset(pixel, 0, layout->bits / 8);
  if (layout->alpha >= 0) {
    memset(pixel + layout->alpha, 0xff, layout->sample_bytes);
  }
}

/* The pixels of a pass's row, which may lie apart in the picture. */
static void black_out_row(const lpf_surface *target, const lpf_layout *layout, const lpf_pass *pass,
                          uint32_t row) {
  uint8_t *picture_row =
      target->first_row + target->stride * (ptrdiff_t)(pass->start_y + row * pass->step_y);
  for (uint32_t i = 0; i < pass->width; i++) {
    black_out_pixel(layout, picture_row, pass->start_x + i * pass->step_x);
  }
}

void lpf_black_out_rows(const lpf_surface *target, uint32_t first) {
  const lpf_layout *layout = lpf_layout_of(target->layout);
  const lpf_pass pass = lpf_whole_picture(target->width, target->height);
  for (uint32_t row = first; row < target->height; row++) {
    black_out_row(target, layout, &pass, row);
  }
}

void lpf_black_out_missing(const lpf_info *info, size_t salvaged, const lpf_surface *target) {
  const lpf_layout *layout = lpf_layout_of(target->layout);
  const bool interlaced = info->interlace_method == 1;
  unsigned long long left = salvaged;
  for (uint32_t i = 0; i < (interlaced ? LPF_ADAM7_PASSES : 1u); i++) {
    const lpf_pass pass = interlaced ? lpf_adam7_pass(i, info->width, info->height)
                                     : lpf_whole_picture(info->width, info->height);
    const unsigned long long row_bytes =
        lpf_scanline_row_bytes(pass.width, lpf_bits_per_pixel(info));
    for (uint32_t row = 0; row < pass.height && pass.width != 0; row++) {
      if (left >= row_bytes) {
        left -= row_bytes;
      } else {
        left = 0; /* nothing behind a row that is not whole counts */
        black_out_row(target, layout, &pass, row);
      }
    }
  }
}
