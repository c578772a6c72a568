#include "image/plan_rows.h"

#include <string.h>

#include "image/finish_rows.h"

enum { GRAY = 0, RGB = 2, PALETTE = 3, GRAY_ALPHA = 4, RGB_ALPHA = 6 };

bool lpf_source_has_alpha(const lpf_source *source) {
  switch (source->color_type) {
    case GRAY_ALPHA:
    case RGB_ALPHA:
      return true;
    case PALETTE:
      return source->palette_has_alpha;
    default:
      return source->has_key;
  }
}

static uint32_t channels(uint32_t color_type) {
  static const uint8_t COUNTS[] = {1, 0, 3, 1, 2, 0, 4};
  return color_type < sizeof COUNTS ? COUNTS[color_type] : 0;
}

static bool in_color(const lpf_source *source) {
  return source->color_type == RGB || source->color_type == RGB_ALPHA ||
         source->color_type == PALETTE;
}

static bool allowed_depth(const lpf_source *source) {
  switch (source->bit_depth) {
    case 1:
    case 2:
    case 4:
      return source->color_type == GRAY || source->color_type == PALETTE;
    case 8:
      return true;
    case 16:
      return source->color_type != PALETTE;
    default:
      return false;
  }
}

bool lpf_rows_supported(const lpf_source *source, lpf_layout_id id) {
  const lpf_layout *layout = lpf_layout_of(id);
  if (layout == NULL || channels(source->color_type) == 0 || !allowed_depth(source) ||
      source->interlace_method > 1 || source->width == 0 || source->height == 0) {
    return false;
  }
  switch (layout->samples) {
    case LPF_SAMPLES_GRAY:
      return !in_color(source);
    case LPF_SAMPLES_INDEX:
      return layout->bits == 1 ? source->bit_depth == 1 : source->color_type == PALETTE;
    default:
      return true;
  }
}

/* ---- The choice ---- */

typedef enum way {
  AS_BYTES,
  AS_BITS,
  UNPACKED,
  EXPANDED_GRAY,
  BY_TABLE,
  PERMUTED,
  PERMUTED_PLANES,
  PREMULTIPLIED,
  GENERIC
} way;

typedef struct choice {
  way way;
  bool alpha; /* the source's alpha has a part in the finished pixels */
  bool wide;  /* unfiltered samples have 16 bits */
  uint32_t planes;
} choice;

static bool one_channel_matters(const lpf_source *source, const lpf_layout *layout, bool alpha) {
  const bool first_byte_is_enough = source->bit_depth <= 8 || layout->sample_bytes == 1;
  switch (source->color_type) {
    case GRAY:
      return first_byte_is_enough && !(alpha && source->bit_depth == 16);
    case GRAY_ALPHA:
      return first_byte_is_enough && !alpha;
    default:
      return source->color_type == PALETTE;
  }
}

static way choose_for_bytes(const lpf_source *source, const lpf_layout *layout, bool alpha) {
  if (layout->samples == LPF_SAMPLES_INDEX) {
    return layout->bits == 1 ? AS_BITS : source->bit_depth < 8 ? UNPACKED : AS_BYTES;
  }
  if (source->color_type == PALETTE || source->bit_depth < 8 || layout->sample_bytes == 2 ||
      alpha) {
    return BY_TABLE;
  }
  switch (layout->bits) {
    case 8:
      return AS_BYTES;
    case 16:
      return BY_TABLE;
    default:
      return EXPANDED_GRAY;
  }
}

static choice choose(const lpf_source *source, const lpf_layout *layout, const lpf_blend *blend,
                     bool has_alpha) {
  const bool index = layout->samples == LPF_SAMPLES_INDEX;
  const bool alpha = has_alpha && !index && (layout->alpha >= 0 || blend->has_background);
  if (one_channel_matters(source, layout, alpha)) {
    return (choice){choose_for_bytes(source, layout, alpha), alpha, false, 1};
  }
  const bool key = alpha && (source->color_type == GRAY || source->color_type == RGB);
  const bool premultiplied = alpha && blend->premultiplied && !blend->has_background;
  if (premultiplied && !key && layout->bits == 32 && layout->sample_bytes == 1) {
    return (choice){PREMULTIPLIED, alpha, false, 1};
  }
  if (key || premultiplied || (alpha && blend->has_background)) {
    const bool wide = layout->sample_bytes == 2 || (key && source->bit_depth == 16);
    return (choice){GENERIC, alpha, wide, wide ? 2 : 1};
  }
  const bool wide = layout->sample_bytes == 2;
  if (layout->bits == 24 || layout->bits == 32) {
    return (choice){PERMUTED, alpha, wide, 1};
  }
  return (choice){PERMUTED_PLANES, alpha, wide, layout->bits > 32 ? 2 : 1};
}

static lpf_row_shape shape_of(const choice *chosen, const lpf_source *source,
                              const lpf_layout *layout) {
  lpf_row_shape shape = {.source_bits = channels(source->color_type) * source->bit_depth,
                         .target_bits = layout->bits,
                         .by_bytes = chosen->way <= BY_TABLE,
                         .in_place = chosen->way == PERMUTED,
                         .plane_count = chosen->planes};
  if (shape.by_bytes) {
    shape.unfiltered_bits = shape.source_bits < 8 ? shape.source_bits : 8;
  } else {
    shape.unfiltered_bits = shape.in_place ? layout->bits : 32;
  }
  return shape;
}

lpf_row_shape lpf_plan_shape(const lpf_source *source, const lpf_layout *layout,
                             const lpf_blend *blend, bool has_alpha) {
  const choice chosen = choose(source, layout, blend, has_alpha);
  return shape_of(&chosen, source, layout);
}

/* ---- What unfiltering moves ---- */

static const lpf_layout *unfiltered_layout(const choice *chosen, const lpf_layout *layout) {
  if (chosen->way != GENERIC) {
    return layout;
  }
  return lpf_layout_of(chosen->wide ? LPF_FORMAT_RGBA16 : LPF_FORMAT_RGBA8);
}

/*
 * One sample of the unfiltered pixel. Of 16 bits it gets the source's two bytes, which are the
 * high and the low one, in the processor's order; or twice the one that there is, which is times
 * 257.
 */
static void take_sample(int8_t from[8], int32_t target, uint32_t source, uint32_t source_bytes,
                        bool wide) {
  const int8_t high = (int8_t)source;
  const int8_t low = (int8_t)(source + source_bytes - 1);
  if (!wide) {
    from[target] = high;
    return;
  }
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  from[target] = high;
  from[target + 1] = low;
#else
  from[target] = low;
  from[target + 1] = high;
#endif
}

static void plan_order(lpf_row_plan *plan, const lpf_source *source, const choice *chosen,
                       const lpf_layout *layout) {
  const uint32_t sample = source->bit_depth / 8;
  const bool color = in_color(source);
  int8_t from[8];
  memset(from, LPF_OPAQUE_BYTE, sizeof from);
  take_sample(from, layout->red, 0, sample, chosen->wide);
  if (layout->samples == LPF_SAMPLES_COLOR) {
    take_sample(from, layout->green, color ? sample : 0, sample, chosen->wide);
    take_sample(from, layout->blue, color ? 2 * sample : 0, sample, chosen->wide);
  }
  if (layout->alpha >= 0 && (source->color_type == GRAY_ALPHA || source->color_type == RGB_ALPHA)) {
    take_sample(from, layout->alpha, color ? 3 * sample : sample, sample, chosen->wide);
  }
  const lpf_row_shape *shape = &plan->shape;
  for (uint32_t plane = 0; plane < shape->plane_count; plane++) {
    plan->order[plane] = lpf_order_pixels(from + (size_t)4 * plane, shape->unfiltered_bits / 8,
                                          shape->source_bits / 8);
  }
}

/* ---- Blending, and the table of finished pixels ---- */

static void plan_blending(lpf_generic *generic, const lpf_source *source, const lpf_layout *layout,
                          const lpf_blend *blend, bool alpha) {
  const bool wide = layout->sample_bytes == 2;
  generic->into = layout;
  generic->has_background = alpha && blend->has_background;
  generic->premultiplied = alpha && blend->premultiplied && layout->alpha >= 0;
  for (size_t i = 0; i < 3; i++) {
    generic->background[i] = (uint16_t)(blend->background[i] * (wide ? 257u : 1u));
    const uint16_t key = source->key[source->color_type == GRAY ? 0 : i];
    generic->key[i] = (uint16_t)(generic->wide_source && source->bit_depth == 8 ? key * 257u : key);
  }
}

/* R, G, B, A for every value of a pixel of at most 8 bits. */
static void list_colors(uint8_t colors[256][4], const lpf_source *source, uint32_t count,
                        bool alpha) {
  if (source->color_type == PALETTE) {
    memcpy(colors, source->palette, sizeof source->palette);
    return;
  }
  for (uint32_t value = 0; value < count; value++) {
    memset(colors[value], (int)(value * 255 / (count - 1)), 3);
    colors[value][3] = alpha && source->has_key && source->key[0] == value ? 0 : 255;
  }
}

static void plan_table(lpf_row_plan *plan, const lpf_source *source, const lpf_layout *layout,
                       bool alpha) {
  const uint32_t count = source->bit_depth < 8 ? 1u << source->bit_depth : 256;
  uint8_t colors[256][4], finished[256 * 8];
  list_colors(colors, source, count, alpha);
  lpf_generic_row(&plan->generic, colors[0], NULL, count, finished);
  lpf_make_table(&plan->table, finished, count, layout->bits / 8);
}

static lpf_finish_row *finish_of(way chosen) {
  switch (chosen) {
    case AS_BYTES:
      return lpf_finish_bytes;
    case AS_BITS:
      return lpf_finish_bits;
    case UNPACKED:
      return lpf_finish_unpacked;
    case EXPANDED_GRAY:
      return lpf_finish_gray;
    case BY_TABLE:
      return lpf_finish_table;
    case PERMUTED_PLANES:
      return lpf_finish_planes;
    case PREMULTIPLIED:
      return lpf_finish_premultiplied;
    case GENERIC:
      return lpf_finish_generic;
    default:
      return NULL;
  }
}

void lpf_plan_rows(lpf_row_plan *plan, const lpf_source *source, const lpf_layout *layout,
                   const lpf_blend *blend, lpf_simd simd) {
  const lpf_kernels *kernels = lpf_kernels_for_this_processor(simd);
  const choice chosen = choose(source, layout, blend, lpf_source_has_alpha(source));
  plan->shape = shape_of(&chosen, source, layout);
  plan->kernels = kernels;
  plan->alpha_at = layout->alpha;
  plan->unfilter = plan->shape.by_bytes ? kernels->unfilter_bytes : kernels->unfilter_pixels;
  plan->finish = finish_of(chosen.way);
  if (!plan->shape.by_bytes) {
    plan_order(plan, source, &chosen, unfiltered_layout(&chosen, layout));
  }
  plan->generic.wide_source = chosen.wide;
  plan->generic.has_key = chosen.way == GENERIC && source->color_type <= RGB && source->has_key;
  plan_blending(&plan->generic, source, layout, blend, chosen.alpha);
  if (chosen.way == BY_TABLE) {
    plan_table(plan, source, layout, chosen.alpha);
  }
}
