/* salvage.c: image data that ends early. Its whole rows are kept; every other pixel becomes black.
 */
#include <string.h>

#include "image/adam7.h"
#include "bmp/bmp.h"
#include "png/conversion.h"

#define IDAT_TYPE 0x49444154u

/* LodePNG's code for a stored block (RFC 1951, 3.2.4) that is longer than what is left. */
#define STORED_BLOCK_BROKEN_OFF 23

/* LEN and its complement NLEN stand before the bytes of a stored block. */
#define STORED_HEADER_BYTES 4
#define STORED_MOST_BYTES 65535

/* For a stored block that breaks off, LodePNG sets all of its bytes aside and then fills in none:
   what is there is old memory, perhaps another picture. Where the block begins LodePNG does not
   tell. Its header is among those found here; the largest one leaves out too much at the worst. */
size_t lpf_inflated_before_damage(int32_t code, const uint8_t *in, size_t in_size,
                                  size_t inflated) {
  if (code != STORED_BLOCK_BROKEN_OFF) {
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

uint8_t *lpf_salvage(lpf_conversion *conversion, int32_t code, uint8_t *partial,
                     size_t partial_size) {
  size_t whole_size = (size_t)conversion->plan.scanline_bytes;
  size_t kept = partial_size < whole_size ? partial_size : whole_size;
  uint8_t *filtered = lpf_budget_allocate(&conversion->budget, whole_size + LPF_SCANLINES_SLACK);
  if (filtered == NULL) {
    return NULL;
  }
  memcpy(filtered, partial, kept);
  memset(filtered + kept, 0, whole_size - kept + LPF_SCANLINES_SLACK); /* filter type 0, None */
  conversion->salvaged = true;
  conversion->salvaged_bytes = kept;
  lpf_warn(conversion, code, IDAT_TYPE, conversion->image_data_offset);
  return filtered;
}

/* The pixels of a pass's row, which may lie apart in the picture. */
static void black_out_row(lpf_conversion *conversion, const lpf_pass *pass, uint32_t row) {
  const lpf_info *info = &conversion->plan.info;
  uint32_t y = pass->start_y + row * pass->step_y;
  uint8_t *pixels = conversion->bmp + LPF_BMP_HEADER_BYTES +
                    (size_t)lpf_bmp_stride(info->width) * (info->height - 1 - y);
  for (uint32_t i = 0; i < pass->width; i++) {
    memset(pixels + 3 * ((size_t)pass->start_x + (size_t)i * pass->step_x), 0, 3);
  }
}

void lpf_black_out_missing(lpf_conversion *conversion) {
  const lpf_info *info = &conversion->plan.info;
  bool interlaced = info->interlace_method == 1;
  unsigned bits = lodepng_get_bpp(&conversion->state.info_png.color);
  unsigned long long left = conversion->salvaged_bytes;
  for (uint32_t i = 0; i < (interlaced ? LPF_ADAM7_PASSES : 1u); i++) {
    lpf_pass pass = interlaced ? lpf_adam7_pass(i, info->width, info->height)
                               : lpf_whole_picture(info->width, info->height);
    unsigned long long row_bytes = lpf_scanline_row_bytes(pass.width, bits);
    for (uint32_t row = 0; row < pass.height && pass.width != 0; row++) {
      if (left >= row_bytes) {
        left -= row_bytes;
      } else {
        left = 0; /* nothing behind a row that is not whole counts */
        black_out_row(conversion, &pass, row);
      }
    }
  }
}
