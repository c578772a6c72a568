#include "png/png_decode.h"

#include "png/judge.h"
#include "png/lodepng_codes.h"
#include "png/png_header.h"
#include "png/png_source.h"
#include "png/profile.h"
#include "png/salvage.h"
#include "png/straight_road.h"

/* Two blocks, each rounded up, and what aligning scratch memory loses. */
#define SCRATCH_OVERHEAD (5ull * LPF_BLOCK_OVERHEAD)

/* What goes on beside the pixels' own memory. */
typedef struct decoding {
  lpf_png *png;
  const lpf_surface *target;
  const lpf_blend *blend;
} decoding;

int32_t lpf_check_layout(const lpf_source *source, lpf_layout_id layout) {
  if (lpf_rows_supported(source, layout)) {
    return LPF_DONE;
  }
  switch (layout) {
    case LPF_LAYOUT_BITS1:
      return LPF_NOT_BILEVEL;
    case LPF_FORMAT_INDEXED8:
      return LPF_NO_PALETTE;
    default:
      return LPF_COLOR_TO_GRAY;
  }
}

lpf_blend lpf_blend_of(const lpf_options *options) {
  const uint32_t background = options->background;
  return (lpf_blend){
      .premultiplied = options->alpha == LPF_ALPHA_PREMULTIPLIED,
      .has_background = background != LPF_BACKGROUND_NONE,
      .background = {(uint8_t)(background >> 16), (uint8_t)(background >> 8), (uint8_t)background}};
}

lpf_simd lpf_simd_of(const lpf_options *options) {
  if ((options->flags & LPF_FLAG_SCALAR) != 0) {
    return LPF_SIMD_NONE;
  }
  return (options->flags & LPF_FLAG_NO_AVX512) != 0 ? LPF_SIMD_NO_AVX512 : LPF_SIMD_ALL;
}

bool lpf_decode_scratch_bytes(const lpf_info *info, unsigned long long png_size,
                              lpf_layout_id layout, const lpf_blend *blend,
                              unsigned long long *bytes) {
  lpf_source source;
  lpf_source_of(info, &source);
  lpf_rows_sizes rows;
  if (!lpf_rows_sizes_of(&source, layout, blend, &rows)) {
    return false;
  }
  size_t inflating;
  if (!lpf_road_memory_bound(info, png_size, rows.group_bytes, /*handed_out=*/false, &inflating)) {
    return false;
  }
  *bytes = SCRATCH_OVERHEAD + (unsigned long long)inflating + rows.workspace_bytes;
  return true;
}

static bool rows_sizes(const decoding *about, lpf_rows_sizes *sizes) {
  return lpf_rows_sizes_of(&about->png->source, about->target->layout, about->blend, sizes);
}

static lpf_rows *begin_rows(const decoding *about, uint8_t *workspace) {
  return lpf_rows_begin(workspace, &about->png->source, about->target, about->blend,
                        lpf_simd_of(about->png->call->options));
}

static int32_t take(const decoding *about, lpf_rows *rows, const uint8_t *bytes, size_t size,
                    bool last, size_t *taken) {
  int32_t result = lpf_rows_take(rows, bytes, size, last, about->png->call->cancel, taken);
  return result == LPF_ROWS_CANCELLED ? LPF_CANCELLED : result;
}

static int32_t go_straight(const decoding *about) {
  lpf_png *png = about->png;
  lpf_rows_sizes sizes;
  if (!rows_sizes(about, &sizes)) {
    return lpf_out_of_memory(png->call);
  }
  lpf_road road;
  uint8_t *workspace = NULL;
  int32_t code = lpf_road_begin(&road, png, sizes.group_bytes, /*handed_out=*/false, NULL);
  if (code == LPF_DONE) {
    workspace = lpf_budget_allocate(&png->call->budget, sizes.workspace_bytes);
    code = workspace == NULL ? lpf_out_of_memory(png->call)
                             : lpf_road_go_on(&road, png, begin_rows(about, workspace));
  }
  lpf_budget_free(&png->call->budget, workspace);
  lpf_road_end(&road, png);
  return code;
}

static int32_t write_judged(const decoding *about, const lpf_judgement *judgement) {
  lpf_png *png = about->png;
  const size_t size = (size_t)lpf_scanline_bytes(&png->info);
  lpf_rows_sizes rows;
  uint8_t *workspace = NULL;
  if (rows_sizes(about, &rows)) {
    workspace = lpf_budget_allocate(&png->call->budget, rows.workspace_bytes);
  }
  if (workspace == NULL) {
    return lpf_out_of_memory(png->call);
  }
  size_t taken;
  int32_t code = take(about, begin_rows(about, workspace), judgement->scanlines, size,
                      /*last=*/true, &taken);
  lpf_budget_free(&png->call->budget, workspace);
  if (code == LPF_DONE && judgement->sound_bytes < size) {
    lpf_black_out_missing(&png->info, judgement->sound_bytes, about->target);
  }
  return code;
}

static int32_t go_by_lodepng(const decoding *about) {
  lpf_png *png = about->png;
  lpf_judgement judgement;
  png->call->report->decode_path = LPF_PATH_LODEPNG;
  int32_t code = lpf_judge(png, &judgement);
  if (code == LPF_DONE) {
    code = write_judged(about, &judgement);
  }
  lpf_budget_free(&png->call->budget, judgement.scanlines);
  return code;
}

int32_t lpf_check_sound(lpf_png *png) {
  int32_t code = lpf_passes_over_damage(png) ? LPF_DONE : lpf_judge_profiles(png);
  if (code == LPF_DONE) {
    code = lpf_check_work(png, png->index.image_data_bytes);
  }
  if (code == LPF_DONE && lpf_is_cancelled(png->call)) {
    code = LPF_CANCELLED;
  }
  return code;
}

/* A file in which nothing is wrong as far as the chunks go. */
static int32_t decode_sound(const decoding *about) {
  lpf_png *png = about->png;
  int32_t code = lpf_check_sound(png);
  if (code == LPF_DONE) {
    png->call->report->decode_path = LPF_PATH_FAST;
    code = go_straight(about);
  }
  return code;
}

static bool is_gray(const uint8_t color[3]) {
  return color[0] == color[1] && color[1] == color[2];
}

static bool holds_indices(lpf_layout_id layout) {
  return layout == LPF_FORMAT_INDEXED8 || layout == LPF_LAYOUT_BITS1;
}

int32_t lpf_check_background(const lpf_png *png, lpf_layout_id layout, const lpf_blend *blend) {
  const bool gray = lpf_layout_of(layout)->samples == LPF_SAMPLES_GRAY;
  const bool turns_colored = gray && !holds_indices(layout) && blend->has_background &&
                             !is_gray(blend->background) && lpf_source_has_alpha(&png->source);
  return turns_colored ? LPF_COLOR_TO_GRAY : LPF_DONE;
}

void lpf_warn_of_dropped_alpha(const lpf_png *png, lpf_layout_id layout, const lpf_blend *blend,
                               bool palette_loses_alpha) {
  const bool shown =
      lpf_layout_of(layout)->alpha >= 0 || (holds_indices(layout) && !palette_loses_alpha);
  if (!shown && !blend->has_background && lpf_source_has_alpha(&png->source)) {
    const bool channel = png->info.color_type >= 4;
    lpf_warn(png->call, LPF_ALPHA_DROPPED, channel ? LPF_TYPE_IHDR : LPF_TYPE_TRNS,
             channel ? LPF_IHDR_OFFSET : png->index.transparency);
  }
}

int32_t lpf_decode_png(lpf_png *png, const lpf_surface *target, const lpf_blend *blend,
                       bool palette_loses_alpha) {
  const decoding about = {png, target, blend};
  int32_t code = lpf_check_background(png, target->layout, blend);
  if (code != LPF_DONE) {
    return code;
  }
  code = LPF_NOT_IN_ORDER;
  if (png->index.damage == LPF_DONE && (png->call->options->flags & LPF_FLAG_LODEPNG_ONLY) == 0) {
    code = decode_sound(&about);
  }
  if (code == LPF_NOT_IN_ORDER) {
    code = go_by_lodepng(&about);
  }
  if (code == LPF_DONE) {
    lpf_warn_of_dropped_alpha(png, target->layout, blend, palette_loses_alpha);
  }
  return code;
}
