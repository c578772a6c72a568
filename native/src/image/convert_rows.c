#include "image/convert_rows.h"

#include <string.h>

#include "base/always_inline.h"
#include "image/plan_rows.h"

/* ---- The ways ---- */

static void copy_row(const lpf_row_conversion *conversion, const uint8_t *row, size_t width,
                     uint8_t *target) {
  memcpy(target, row, width * (conversion->from.bits / 8));
}

static void permute_row(const lpf_row_conversion *conversion, const uint8_t *row, size_t width,
                        uint8_t *target) {
  conversion->indexed.kernels->permute(row, width, conversion->from.bits / 8, &conversion->order,
                                       target);
}

static void finish_indices(const lpf_row_conversion *conversion, const uint8_t *row, size_t width,
                           uint8_t *target) {
  const uint8_t *const planes[2] = {row, NULL};
  conversion->indexed.finish(&conversion->indexed, planes, width, target);
}

enum { CHUNK = 64 }; /* pixels; few enough for the stack */

/* R, G, B, A of 8 bits. */
static void load_narrow(const lpf_layout *from, const uint8_t *row, size_t count, uint8_t *rgba) {
  for (size_t i = 0; i < count; i++, row += from->bits / 8, rgba += 4) {
    rgba[0] = row[from->red];
    rgba[1] = row[from->green];
    rgba[2] = row[from->blue];
    rgba[3] = from->alpha < 0 ? 0xff : row[from->alpha];
  }
}

/* R, G and B, A of 16 bits in two planes, as lpf_generic_row takes them. */
static void load_wide(const lpf_layout *from, const uint8_t *row, size_t count, uint8_t *red_green,
                      uint8_t *blue_alpha) {
  for (size_t i = 0; i < count; i++, row += from->bits / 8, red_green += 4, blue_alpha += 4) {
    memcpy(red_green, row + from->red, 2);
    memcpy(red_green + 2, row + from->green, 2);
    memcpy(blue_alpha, row + from->blue, 2);
    if (from->alpha < 0) {
      memset(blue_alpha + 2, 0xff, 2);
    } else {
      memcpy(blue_alpha + 2, row + from->alpha, 2);
    }
  }
}

static void blend_row(const lpf_row_conversion *conversion, const uint8_t *row, size_t width,
                      uint8_t *target) {
  const lpf_layout *from = &conversion->from;
  uint8_t first[CHUNK * 4], second[CHUNK * 4];
  for (size_t done = 0; done < width; done += CHUNK) {
    const size_t count = width - done < CHUNK ? width - done : CHUNK;
    const uint8_t *pixels = row + done * (from->bits / 8);
    if (from->sample_bytes == 2) {
      load_wide(from, pixels, count, first, second);
    } else {
      load_narrow(from, pixels, count, first);
    }
    lpf_generic_row(&conversion->generic, first, second, count,
                    target + done * (conversion->into->bits / 8));
  }
}

/* ---- The choice ---- */

lpf_generic lpf_plan_blending(const lpf_layout *into, bool wide, bool alpha,
                              const lpf_blend *blend) {
  lpf_generic generic = {.wide_source = wide,
                         .into = into,
                         .has_background = alpha && blend->has_background,
                         .premultiplied = alpha && blend->premultiplied && into->alpha >= 0};
  for (size_t i = 0; i < 3; i++) {
    generic.background[i] =
        (uint16_t)(blend->background[i] * (into->sample_bytes == 2 ? 257u : 1u));
  }
  return generic;
}

static bool same_bytes(const lpf_layout *a, const lpf_layout *b) {
  return a->bits == b->bits && a->sample_bytes == b->sample_bytes && a->samples == b->samples &&
         a->red == b->red && a->green == b->green && a->blue == b->blue && a->alpha == b->alpha;
}

static bool has_three_or_four_bytes(const lpf_layout *layout) {
  return layout->samples == LPF_SAMPLES_COLOR && layout->sample_bytes == 1;
}

static void plan_order(lpf_row_conversion *conversion) {
  const lpf_layout *from = &conversion->from, *into = conversion->into;
  int8_t bytes[4] = {LPF_OPAQUE_BYTE, LPF_OPAQUE_BYTE, LPF_OPAQUE_BYTE, LPF_OPAQUE_BYTE};
  bytes[into->red] = (int8_t)from->red;
  bytes[into->green] = (int8_t)from->green;
  bytes[into->blue] = (int8_t)from->blue;
  if (into->alpha >= 0 && from->alpha >= 0) {
    bytes[into->alpha] = (int8_t)from->alpha;
  }
  conversion->order = lpf_order_pixels(bytes, into->bits / 8, from->bits / 8);
}

/* Rows of indices are finished as those of a PNG. */
static void plan_indices(lpf_row_conversion *conversion, const lpf_palette *palette,
                         const lpf_blend *blend, lpf_simd simd) {
  enum { INDEXED = 3 }; /* the colour type */
  lpf_source source = {
      .width = 1, .height = 1, .bit_depth = conversion->from.bits, .color_type = INDEXED};
  memcpy(source.palette, *palette, sizeof source.palette);
  for (size_t i = 0; i < 256; i++) {
    source.palette_has_alpha |= source.palette[i][3] != 0xff;
  }
  conversion->convert = finish_indices;
  lpf_plan_rows(&conversion->indexed, &source, conversion->into, blend, simd);
}

static void plan_gray(lpf_row_conversion *conversion, const lpf_blend *blend, lpf_simd simd) {
  uint8_t grays[256][4];
  for (size_t i = 0; i < 256; i++) {
    memset(grays[i], (int)i, 3);
    grays[i][3] = 0xff;
  }
  plan_indices(conversion, (const lpf_palette *)&grays, blend, simd);
}

void lpf_plan_row_conversion(lpf_row_conversion *conversion, const lpf_layout *from,
                             const lpf_palette *palette, const lpf_layout *into,
                             const lpf_blend *blend, lpf_simd simd) {
  conversion->from = *from;
  conversion->into = into;
  conversion->indexed.kernels = lpf_kernels_for_this_processor(simd);
  conversion->generic = lpf_plan_blending(into, from->sample_bytes == 2, from->alpha >= 0, blend);
  const bool blends = conversion->generic.has_background || conversion->generic.premultiplied;
  if (from->samples == LPF_SAMPLES_INDEX) {
    plan_indices(conversion, palette, blend, simd);
  } else if (!blends && same_bytes(from, into)) {
    conversion->convert = copy_row;
  } else if (from->samples == LPF_SAMPLES_GRAY && from->bits == 8) {
    plan_gray(conversion, blend, simd);
  } else if (!blends && has_three_or_four_bytes(from) && has_three_or_four_bytes(into)) {
    conversion->convert = permute_row;
    plan_order(conversion);
  } else {
    conversion->convert = blend_row;
  }
}
