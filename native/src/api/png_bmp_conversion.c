#include "api/png_bmp_conversion.h"

#include <string.h>

#include "png/png_decode.h"
#include "png/png_header.h"
#include "png/png_source.h"
#include "png/profile.h"

bool lpf_bmp_asks_chunks(uint32_t format) {
  return format == LPF_BMP_BGRA || format == LPF_BMP_MATCH;
}

static bool has_color(const lpf_info *info) {
  return info->color_type == 2 || info->color_type == 6;
}

/* The BMP that keeps most; a background takes the transparency away. */
static uint32_t matching_format(const lpf_png *png, const lpf_blend *blend) {
  const lpf_info *info = &png->info;
  const uint8_t *background = blend->background;
  const bool colored_background = background[0] != background[1] || background[1] != background[2];
  const bool has_alpha = png->index.alpha_before_image_data;
  if (has_alpha && !blend->has_background) {
    return LPF_BMP_BGRA;
  }
  if (info->bit_depth == 1) {
    return LPF_BMP_BILEVEL;
  }
  if (info->color_type == 3) {
    return LPF_BMP_INDEXED8;
  }
  return has_color(info) || (has_alpha && colored_background) ? LPF_BMP_CLASSIC : LPF_BMP_GRAY8;
}

static bool is_rgb_profile(const uint8_t *profile, size_t size) {
  enum { HEADER_BYTES = 128, COLOR_SPACE_AT = 16 }; /* ICC.1, 7.2 */
  return size >= HEADER_BYTES && memcmp(profile + COLOR_SPACE_AT, "RGB ", 4) == 0;
}

int32_t lpf_take_profile(lpf_conversion *planned) {
  lpf_png *png = &planned->png;
  const lpf_chunk *chunk = &png->index.profile;
  if (chunk->offset == 0) {
    return LPF_DONE;
  }
  size_t size = 0;
  int32_t code = lpf_inflate_profile(png, chunk, &planned->profile, &size);
  png->inflated_bytes = 0; /* a verdict on the whole file counts it again */
  png->inflater_allocations = 0;
  if (code >= LPF_INVALID_ARGUMENT || code == LPF_OUT_OF_MEMORY) {
    return code;
  }
  if (code != LPF_DONE && lpf_passes_over_damage(png)) {
    lpf_warn(png->call, code, chunk->type, chunk->offset);
  }
  if (code == LPF_DONE && !is_rgb_profile(planned->profile, size)) {
    lpf_budget_free(&png->call->budget, planned->profile);
    planned->profile = NULL;
  }
  planned->bmp.profile_bytes = planned->profile == NULL ? 0 : size;
  return LPF_DONE;
}

static int32_t plan_format(lpf_conversion *planned) {
  lpf_png *png = &planned->png;
  const lpf_options *options = png->call->options;
  planned->bmp.format = options->bmp_format == LPF_BMP_MATCH ? matching_format(png, &planned->blend)
                                                             : options->bmp_format;
  lpf_source source;
  lpf_source_of(&png->info, &source);
  int32_t code = lpf_check_layout(&source, lpf_bmp_layout(planned->bmp.format));
  return code == LPF_DONE && planned->bmp.format == LPF_BMP_BGRA ? lpf_take_profile(planned) : code;
}

int32_t lpf_plan_conversion(lpf_conversion *planned, lpf_call *call, const uint8_t *bytes,
                            unsigned long long size, bool whole, lpf_plan *plan) {
  lpf_png *png = &planned->png;
  const lpf_options *options = call->options;
  planned->profile = NULL;
  planned->blend = lpf_blend_of(options);
  planned->blend.premultiplied = false;
  int32_t code = lpf_open_png(png, call, bytes, size);
  plan->info = png->info;
  if (code != LPF_DONE) {
    return code;
  }
  planned->bmp = (lpf_bmp){.width = png->info.width, .height = png->info.height};
  png->needs_alpha = planned->blend.has_background || lpf_bmp_asks_chunks(options->bmp_format);
  if (lpf_bmp_asks_chunks(options->bmp_format)) {
    code = lpf_index_png(png, whole);
  }
  if (code == LPF_DONE) {
    code = plan_format(planned);
  }
  if (code != LPF_DONE) {
    return code;
  }
  plan->bmp_format = planned->bmp.format;
  plan->output_bytes = lpf_bmp_bytes(&planned->bmp);
  if (plan->output_bytes > LPF_BMP_MAX_BYTES) {
    return lpf_refuse(call, LPF_BMP_TOO_LARGE, LPF_BMP_MAX_BYTES, plan->output_bytes);
  }
  if (plan->output_bytes > options->max_output_bytes) {
    return lpf_refuse(call, LPF_LIMIT_OUTPUT_BYTES, options->max_output_bytes, plan->output_bytes);
  }
  plan->scanline_bytes = lpf_scanline_bytes(&png->info);
  return LPF_DONE;
}

/* Each entry is put onto the background by its own alpha. */
static void blend_palette(uint8_t palette[][4], uint32_t entries, const lpf_blend *blend) {
  for (uint32_t i = 0; i < entries && blend->has_background; i++) {
    for (uint32_t channel = 0; channel < 3; channel++) {
      const uint32_t alpha = palette[i][3];
      palette[i][channel] = (uint8_t)((palette[i][channel] * alpha +
                                       blend->background[channel] * (255 - alpha) + 127) /
                                      255);
    }
  }
}

/* Black and white, of which the key may name one as transparent. */
static void bilevel_gray_palette(const lpf_source *source, uint8_t palette[2][4]) {
  for (uint32_t i = 0; i < 2; i++) {
    memset(palette[i], i == 0 ? 0 : 255, 3);
    palette[i][3] = source->has_key && source->key[0] == i ? 0 : 255;
  }
}

void lpf_write_bmp_header(lpf_conversion *planned, uint8_t *bytes) {
  lpf_png *png = &planned->png;
  const uint8_t *resolution = png->index.resolution_data;
  if (png->index.resolution.offset != 0 && resolution[8] == 1) { /* the metre (PNG, 11.3.4.3) */
    planned->bmp.horizontal_pixels_per_metre = lpf_read_big_endian(resolution);
    planned->bmp.vertical_pixels_per_metre = lpf_read_big_endian(resolution + 4);
  }
  if (png->info.color_type == 0 && planned->bmp.format == LPF_BMP_BILEVEL) {
    bilevel_gray_palette(&png->source, png->source.palette);
  }
  if (planned->bmp.format == LPF_BMP_BILEVEL || planned->bmp.format == LPF_BMP_INDEXED8) {
    blend_palette(png->source.palette, planned->bmp.format == LPF_BMP_BILEVEL ? 2 : 256,
                  &planned->blend);
  }
  lpf_bmp_write_header(&planned->bmp, (const uint8_t(*)[4])png->source.palette, bytes);
}
