#include "png/png_decode.h"

#include "deflate/inflate.h"
#include "png/judge.h"
#include "png/lodepng_codes.h"
#include "png/png_header.h"
#include "png/png_source.h"
#include "png/profile.h"
#include "png/salvage.h"

_Static_assert(LPF_INFLATE_SLACK >= LPF_SCANLINES_SLACK, "what is inflated must do for the rows");

/* No code of the contract: LodePNG has to look at the file. */
#define NOT_IN_ORDER (-1)

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

static lpf_simd simd_of(const lpf_options *options) {
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
  const lpf_inflate_sizes sizes = {.input_bytes = png_size,
                                   .output_bytes = lpf_scanline_bytes(info),
                                   .held_back_bytes = rows.group_bytes};
  size_t inflating;
  if (!lpf_inflate_memory_bound(&sizes, &inflating)) {
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
                        simd_of(about->png->call->options));
}

static int32_t take(const decoding *about, lpf_rows *rows, const uint8_t *bytes, size_t size,
                    bool last, size_t *taken) {
  int32_t result = lpf_rows_take(rows, bytes, size, last, about->png->call->cancel, taken);
  return result == LPF_ROWS_CANCELLED ? LPF_CANCELLED : result;
}

/* The loop of two calls: inflate, then rows. */
static int32_t inflate_into_rows(const decoding *about, lpf_inflater *inflater, lpf_rows *rows) {
  const lpf_png *png = about->png;
  size_t offset = png->index.image_data;
  size_t spans_left = png->index.spans;
  lpf_span span = {NULL, 0};
  lpf_finished finished = {NULL, 0, 0};
  lpf_inflate_result result = LPF_INFLATE_WANTS_INPUT;
  while (result != LPF_INFLATE_COMPLETE) {
    if (result == LPF_INFLATE_WANTS_INPUT) {
      span = lpf_next_span(png, &offset);
      spans_left--;
    }
    result = lpf_inflate(inflater, &span.bytes, &span.size, spans_left == 0, &finished);
    if (result == LPF_INFLATE_DAMAGED) {
      return NOT_IN_ORDER;
    }
    if (result == LPF_INFLATE_TOO_MANY_BLOCKS) {
      return LPF_TOO_MANY_BLOCKS;
    }
    if (result != LPF_INFLATE_WANTS_INPUT) {
      const bool last = result == LPF_INFLATE_COMPLETE;
      int32_t code = take(about, rows, finished.bytes, finished.size, last, &finished.taken);
      if (code != LPF_DONE) {
        /* a stream that turns out to be damaged further on has the code of that damage */
        return code == LPF_ROWS_INVALID_FILTER && !last ? NOT_IN_ORDER : code;
      }
    }
  }
  return LPF_DONE;
}

static int32_t go_straight(const decoding *about) {
  lpf_png *png = about->png;
  lpf_budget *budget = &png->call->budget;
  if (png->index.spans == 0) {
    return NOT_IN_ORDER;
  }
  lpf_rows_sizes rows;
  if (!rows_sizes(about, &rows)) {
    return lpf_out_of_memory(png->call);
  }
  const lpf_inflate_sizes sizes = {.input_bytes = png->index.image_data_bytes,
                                   .output_bytes = lpf_scanline_bytes(&png->info),
                                   .held_back_bytes = rows.group_bytes,
                                   .portable = simd_of(png->call->options) == LPF_SIMD_NONE};
  size_t size;
  uint8_t *memory = NULL;
  uint8_t *workspace = NULL;
  if (lpf_inflate_memory_size(&sizes, &size)) {
    memory = lpf_budget_allocate(budget, size);
  }
  if (memory != NULL) {
    workspace = lpf_budget_allocate(budget, rows.workspace_bytes);
  }
  int32_t code = workspace == NULL ? lpf_out_of_memory(png->call)
                                   : inflate_into_rows(about, lpf_inflate_begin(memory, &sizes),
                                                       begin_rows(about, workspace));
  lpf_budget_free(budget, workspace);
  lpf_budget_free(budget, memory);
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

/* A file in which nothing is wrong as far as the chunks go. */
static int32_t decode_sound(const decoding *about) {
  lpf_png *png = about->png;
  int32_t code = lpf_passes_over_damage(png) ? LPF_DONE : lpf_judge_profiles(png);
  if (code == LPF_DONE) {
    code = lpf_check_work(png, png->index.image_data_bytes);
  }
  if (code == LPF_DONE && lpf_is_cancelled(png->call)) {
    code = LPF_CANCELLED;
  }
  if (code == LPF_DONE) {
    png->call->report->decode_path = LPF_PATH_FAST;
    code = go_straight(about);
  }
  return code;
}

static bool is_gray(const uint8_t color[3]) {
  return color[0] == color[1] && color[1] == color[2];
}

static bool holds_indices(const lpf_surface *target) {
  return target->layout == LPF_FORMAT_INDEXED8 || target->layout == LPF_LAYOUT_BITS1;
}

/* Transparent gray on a background of colour is not gray any more. */
static int32_t check_background(const decoding *about) {
  const bool gray = lpf_layout_of(about->target->layout)->samples == LPF_SAMPLES_GRAY;
  const bool turns_colored = gray && !holds_indices(about->target) &&
                             about->blend->has_background && !is_gray(about->blend->background) &&
                             lpf_source_has_alpha(&about->png->source);
  return turns_colored ? LPF_COLOR_TO_GRAY : LPF_DONE;
}

/* Where the image has transparency that the target does not show. */
static void warn_of_dropped_alpha(const decoding *about, bool palette_loses_alpha) {
  const lpf_png *png = about->png;
  const bool shown = lpf_layout_of(about->target->layout)->alpha >= 0 ||
                     (holds_indices(about->target) && !palette_loses_alpha);
  if (!shown && !about->blend->has_background && lpf_source_has_alpha(&png->source)) {
    const bool channel = png->info.color_type >= 4;
    lpf_warn(png->call, LPF_ALPHA_DROPPED, channel ? LPF_TYPE_IHDR : LPF_TYPE_TRNS,
             channel ? LPF_IHDR_OFFSET : png->index.transparency);
  }
}

int32_t lpf_decode_png(lpf_png *png, const lpf_surface *target, const lpf_blend *blend,
                       bool palette_loses_alpha) {
  const decoding about = {png, target, blend};
  int32_t code = check_background(&about);
  if (code != LPF_DONE) {
    return code;
  }
  code = NOT_IN_ORDER;
  if (png->index.damage == LPF_DONE && (png->call->options->flags & LPF_FLAG_LODEPNG_ONLY) == 0) {
    code = decode_sound(&about);
  }
  if (code == NOT_IN_ORDER) {
    code = go_by_lodepng(&about);
  }
  if (code == LPF_DONE) {
    warn_of_dropped_alpha(&about, palette_loses_alpha);
  }
  return code;
}
