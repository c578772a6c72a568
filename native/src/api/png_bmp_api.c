/* png_bmp_api.c: PNG to BMP: the only place where the two formats meet. */
#include <string.h>

#include "base/call.h"
#include "bmp/bmp_header.h"
#include "png/lodepng_codes.h"
#include "png/png_decode.h"
#include "png/png_header.h"
#include "png/png_index.h"
#include "png/png_source.h"
#include "png/profile.h"

/* A conversion as far as it is planned. */
typedef struct conversion {
  lpf_png png;
  lpf_bmp bmp;
  lpf_blend blend;
  uint8_t *profile; /* of bmp.profile_bytes, from the budget; null where the BMP has none */
} conversion;

/* Whether the kind of BMP, or its size, depends on chunks before the image data. */
static bool asks_chunks(uint32_t format) {
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

/* A profile that is damaged is left behind, in a strict conversion for LodePNG to find. */
static int32_t take_profile(conversion *planned) {
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

static int32_t plan_format(conversion *planned) {
  lpf_png *png = &planned->png;
  const lpf_options *options = png->call->options;
  planned->bmp.format = options->bmp_format == LPF_BMP_MATCH ? matching_format(png, &planned->blend)
                                                             : options->bmp_format;
  lpf_source source;
  lpf_source_of(&png->info, &source);
  int32_t code = lpf_check_layout(&source, lpf_bmp_layout(planned->bmp.format));
  return code == LPF_DONE && planned->bmp.format == LPF_BMP_BGRA ? take_profile(planned) : code;
}

/* From the header, and for some formats the chunks, to exact sizes; `whole` as for lpf_index_png.
 */
static int32_t plan_conversion(conversion *planned, lpf_call *call, const uint8_t *bytes,
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
  png->needs_alpha = planned->blend.has_background || asks_chunks(options->bmp_format);
  if (asks_chunks(options->bmp_format)) {
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

int32_t lpf_png_plan(const uint8_t *png, unsigned long long png_size, const lpf_options *options,
                     lpf_plan *plan) {
  if (plan == NULL || options == NULL || (png == NULL && png_size != 0) || png_size > PTRDIFF_MAX ||
      !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(plan, 0, sizeof *plan);
  lpf_call call;
  lpf_report report;
  conversion planned;
  lpf_call_begin(&call, options, NULL, 0, NULL, &report);
  int32_t code = plan_conversion(&planned, &call, png, png_size, /*whole=*/false, plan);
  if (code == LPF_DONE &&
      !lpf_decode_scratch_bytes(&plan->info, png_size, lpf_bmp_layout(plan->bmp_format),
                                &planned.blend, &plan->scratch_bytes)) {
    code = LPF_LODEPNG_TOO_MANY_PIXELS;
  }
  plan->limit = report.limit;
  plan->wanted = report.wanted;
  lpf_budget_free(&call.budget, planned.profile);
  return lpf_call_end(&call, code, 0);
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

static void write_header(conversion *planned, uint8_t *bytes) {
  lpf_png *png = &planned->png;
  const lpf_chunk *resolution = &png->index.resolution;
  if (resolution->offset != 0) {
    const uint8_t *data = png->bytes + resolution->offset + LPF_CHUNK_DATA_AT;
    if (data[8] == 1) { /* the metre (PNG, 11.3.4.3) */
      planned->bmp.horizontal_pixels_per_metre = lpf_read_big_endian(data);
      planned->bmp.vertical_pixels_per_metre = lpf_read_big_endian(data + 4);
    }
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

static int32_t convert(conversion *planned, const lpf_plan *plan, uint8_t *bytes,
                       unsigned long long size) {
  lpf_png *png = &planned->png;
  lpf_call *call = png->call;
  int32_t code = LPF_DONE;
  if (size < plan->output_bytes) {
    code = lpf_refuse(call, LPF_OUTPUT_TOO_SMALL, size, plan->output_bytes);
  } else if (planned->profile != NULL) {
    memcpy(bytes + lpf_bmp_profile_at(&planned->bmp), planned->profile,
           (size_t)planned->bmp.profile_bytes);
  }
  lpf_budget_free(&call->budget, planned->profile);
  planned->profile = NULL;
  if (code == LPF_DONE && !asks_chunks(call->options->bmp_format)) {
    code = lpf_index_png(png, /*whole=*/true);
  }
  if (code != LPF_DONE) {
    return code;
  }
  const lpf_surface surface = lpf_bmp_surface(&planned->bmp, bytes);
  code = lpf_decode_png(png, &surface, &planned->blend, /*palette_loses_alpha=*/true);
  if (code == LPF_DONE) {
    write_header(planned, bytes);
  }
  return code;
}

int32_t lpf_png_to_bmp(const uint8_t *png, unsigned long long png_size, const lpf_options *options,
                       uint8_t *bmp, unsigned long long bmp_size, uint8_t *scratch,
                       unsigned long long scratch_size, const int32_t *cancel, lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (options == NULL || (png == NULL && png_size != 0) || (bmp == NULL && bmp_size != 0) ||
      (scratch == NULL && scratch_size != 0) || png_size > PTRDIFF_MAX ||
      scratch_size > PTRDIFF_MAX || !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_call call;
  conversion planned;
  lpf_plan plan = {.output_bytes = 0};
  lpf_call_begin(&call, options, scratch, (size_t)scratch_size, cancel, report);
  int32_t code = plan_conversion(&planned, &call, png, png_size, /*whole=*/true, &plan);
  code = code == LPF_DONE ? convert(&planned, &plan, bmp, bmp_size) : code;
  lpf_budget_free(&call.budget, planned.profile);
  return lpf_call_end(&call, code, plan.output_bytes);
}
