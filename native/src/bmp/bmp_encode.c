#include "bmp/bmp_encode.h"

#include <string.h>

/* Asked whether the call is still wanted after about so many pixels. */
#define PIXELS_BETWEEN_POLLS 65536u

uint32_t lpf_bmp_format_for(uint32_t bmp_format, lpf_layout_id id) {
  const lpf_layout *layout = lpf_layout_of(id);
  if (bmp_format != LPF_BMP_MATCH) {
    return bmp_format;
  }
  if (layout->samples == LPF_SAMPLES_INDEX) {
    return LPF_BMP_INDEXED8;
  }
  if (layout->alpha >= 0) {
    return LPF_BMP_BGRA;
  }
  return layout->samples == LPF_SAMPLES_GRAY ? LPF_BMP_GRAY8 : LPF_BMP_CLASSIC;
}

int32_t lpf_bmp_check_source(uint32_t bmp_format, lpf_layout_id id) {
  const lpf_layout *layout = lpf_layout_of(id);
  switch (bmp_format) {
    case LPF_BMP_INDEXED8:
      return layout->samples == LPF_SAMPLES_INDEX ? LPF_DONE : LPF_NO_PALETTE;
    case LPF_BMP_GRAY8:
      return layout->samples == LPF_SAMPLES_GRAY ? LPF_DONE : LPF_COLOR_TO_GRAY;
    case LPF_BMP_BILEVEL:
      return layout->bits == 8 ? LPF_DONE : LPF_NOT_BILEVEL;
    default:
      return LPF_DONE;
  }
}

/* ---- One bit a pixel ---- */

/* Black and white, or the indices 0 and 1; false where there is another value. */
static bool pack_row(const uint8_t *row, size_t width, uint8_t one, uint8_t *target) {
  memset(target, 0, (width + 7) / 8);
  bool others = false;
  for (size_t x = 0; x < width; x++) {
    others |= row[x] != 0 && row[x] != one;
    target[x / 8] = (uint8_t)(target[x / 8] | (row[x] != 0) << (7 - x % 8));
  }
  return !others;
}

/* ---- All rows ---- */

static bool drops_alpha(const lpf_bmp *bmp, const lpf_layout *from, const lpf_palette *palette,
                        const lpf_blend *blend) {
  if (bmp->format == LPF_BMP_BGRA || blend->has_background) {
    return false;
  }
  bool alpha = from->alpha >= 0;
  for (size_t i = 0; i < 256 && from->samples == LPF_SAMPLES_INDEX; i++) {
    alpha |= (*palette)[i][3] != 0xff;
  }
  return alpha;
}

static void write_header(const lpf_bmp *bmp, const lpf_layout *from, const lpf_palette *palette,
                         uint8_t *bytes) {
  static const uint8_t BLACK_AND_WHITE[2][4] = {{0, 0, 0, 255}, {255, 255, 255, 255}};
  lpf_bmp_write_header(bmp, from->samples == LPF_SAMPLES_INDEX ? *palette : BLACK_AND_WHITE, bytes);
}

int32_t lpf_bmp_encode_rows(lpf_call *call, const lpf_bmp *bmp, const lpf_surface *source,
                            const lpf_palette *palette, const lpf_blend *blend, lpf_simd simd,
                            uint8_t *bytes) {
  const lpf_layout *from = lpf_layout_of(source->layout);
  const lpf_surface target = lpf_bmp_surface(bmp, bytes);
  const lpf_layout *into = lpf_layout_of(target.layout);
  const bool bilevel = bmp->format == LPF_BMP_BILEVEL;
  const size_t row_bytes = ((size_t)bmp->width * into->bits + 7) / 8;
  const uint8_t one = from->samples == LPF_SAMPLES_INDEX ? 1 : 255;
  lpf_row_conversion conversion;
  if (!bilevel) {
    lpf_plan_row_conversion(&conversion, from, palette, into, blend, simd);
  }
  for (uint32_t y = 0; y < bmp->height; y++) {
    if (y % (PIXELS_BETWEEN_POLLS / bmp->width + 1) == 0 && lpf_is_cancelled(call)) {
      return LPF_CANCELLED;
    }
    const uint8_t *row = source->first_row + source->stride * (ptrdiff_t)y;
    uint8_t *to = target.first_row + target.stride * (ptrdiff_t)y;
    if (!bilevel) {
      conversion.convert(&conversion, row, bmp->width, to);
    } else if (!pack_row(row, bmp->width, one, to)) {
      return LPF_NOT_BILEVEL;
    }
    memset(to + row_bytes, 0, target.padding);
  }
  write_header(bmp, from, palette, bytes);
  if (drops_alpha(bmp, from, palette, blend)) {
    lpf_warn(call, LPF_ALPHA_DROPPED, 0, 0);
  }
  return LPF_DONE;
}
