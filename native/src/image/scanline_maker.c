#include "image/scanline_maker.h"

#include <string.h>

enum { GRAY = 0, COLOR = 2, INDEXED = 3, GRAY_ALPHA = 4, COLOR_ALPHA = 6, HAS_ALPHA = 4 };

static uint32_t samples_of(uint32_t color_type) {
  static const uint8_t samples[7] = {1, 0, 3, 1, 2, 0, 4};
  return samples[color_type];
}

bool lpf_form_makes_sense(const lpf_scanline_form *form) {
  const lpf_layout *layout = lpf_layout_of(form->layout);
  const uint32_t depth = form->bit_depth, type = form->color_type;
  const bool is_index = layout->samples == LPF_SAMPLES_INDEX;
  if (depth == 0 || depth > 16 || (depth & (depth - 1)) != 0 || type > COLOR_ALPHA || type == 1 ||
      type == 5) {
    return false;
  }
  if (is_index || type == INDEXED) {
    return type == INDEXED && depth <= 8 && form->palette_entries >= 1 &&
           form->palette_entries <= 1u << depth;
  }
  const bool gains_color = (type & COLOR) != 0 && layout->samples == LPF_SAMPLES_GRAY;
  const bool gains_alpha = (type & HAS_ALPHA) != 0 && layout->alpha < 0;
  const bool gains_depth = depth > 8 * layout->sample_bytes;
  return !gains_color && !gains_alpha && !gains_depth && (depth >= 8 || type == GRAY);
}

static uint32_t bits_of(const lpf_scanline_form *form) {
  return form->bit_depth * (form->color_type == INDEXED ? 1 : samples_of(form->color_type));
}

uint64_t lpf_scanline_size(const lpf_scanline_form *form, uint32_t width) {
  return ((uint64_t)width * bits_of(form) + 7) / 8;
}

uint32_t lpf_filter_distance(const lpf_scanline_form *form) {
  return bits_of(form) < 8 ? 1 : bits_of(form) / 8;
}

/* ---- Order of scanlines ---- */

uint64_t lpf_scanline_count(const lpf_scanline_form *form, uint32_t width, uint32_t height) {
  if (!form->interlaced) {
    return height;
  }
  uint64_t count = 0;
  for (uint32_t i = 0; i < LPF_ADAM7_PASSES; i++) {
    count += lpf_adam7_pass(i, width, height).height;
  }
  return count;
}

lpf_scanline lpf_scanline_at(const lpf_scanline_form *form, uint32_t width, uint32_t height,
                             uint64_t number) {
  lpf_scanline found = {.pass = lpf_whole_picture(width, height)};
  for (uint32_t i = 0; form->interlaced && i < LPF_ADAM7_PASSES; i++) {
    found.pass = lpf_adam7_pass(i, width, height);
    if (number < found.pass.height) {
      break;
    }
    number -= found.pass.height;
  }
  found.row = (uint32_t)number;
  return found;
}

/* ---- Bytes ---- */

void lpf_file_order(lpf_layout_id id, uint32_t color_type, uint32_t bit_depth,
                    lpf_byte_order *order) {
  const lpf_layout *layout = lpf_layout_of(id);
  const int32_t offsets[4] = {layout->red, layout->green, layout->blue, layout->alpha};
  const bool has_color = (color_type & COLOR) != 0;
  const uint32_t high = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 0 : layout->sample_bytes - 1;
  *order = (lpf_byte_order){.source_bytes = layout->bits / 8};
  for (int sample = 0; sample < 4; sample++) {
    if (sample == 3 ? (color_type & HAS_ALPHA) == 0 : sample > 0 && !has_color) {
      continue;
    }
    const uint32_t offset = (uint32_t)offsets[sample];
    order->from[order->target_bytes++] = (uint8_t)(offset + high);
    if (bit_depth == 16) { /* the low byte of two */
      order->from[order->target_bytes++] = (uint8_t)(offset + 1 - high);
    }
  }
  lpf_prepare_order(order);
}

/* The colour type that pixels of the layout have of themselves, unless they are indices. */
static uint32_t type_of(const lpf_layout *layout) {
  return (layout->samples == LPF_SAMPLES_GRAY ? GRAY : COLOR) |
         (layout->alpha >= 0 ? HAS_ALPHA : 0);
}

/* Bytes of a pixel that is still to be numbered or packed; 0 where none is. */
static uint32_t unfinished_bytes(const lpf_scanline_form *form) {
  if (form->color_type == INDEXED) {
    return form->colors == NULL ? 1 : samples_of(type_of(lpf_layout_of(form->layout)));
  }
  return form->bit_depth < 8 ? 1 : 0;
}

static size_t row_memory(size_t pixels, size_t pixel_bytes) {
  return (pixels * pixel_bytes + LPF_ROW_MARGIN + 63) / 64 * 64;
}

size_t lpf_scanline_maker_memory(const lpf_scanline_form *form, uint32_t width) {
  const size_t source = lpf_layout_of(form->layout)->bits / 8;
  return (form->interlaced ? row_memory(width, source) : 0) +
         row_memory(width, unfinished_bytes(form));
}

void lpf_scanline_maker_begin(lpf_scanline_maker *maker, const lpf_scanline_form *form,
                              const lpf_filter_kernels *kernels, uint32_t width, uint8_t *memory) {
  const lpf_layout *layout = lpf_layout_of(form->layout);
  const bool numbered = form->color_type == INDEXED && form->colors != NULL;
  *maker = (lpf_scanline_maker){
      .form = *form, .kernels = kernels, .source_bytes = layout->bits / 8, .ordered = memory};
  if (form->interlaced) {
    maker->gathered = memory;
    maker->ordered = memory + row_memory(width, maker->source_bytes);
  }
  if (layout->samples == LPF_SAMPLES_INDEX) {
    maker->order = (lpf_byte_order){.source_bytes = 1, .target_bytes = 1};
    lpf_prepare_order(&maker->order);
  } else {
    lpf_file_order(form->layout, numbered ? type_of(layout) : form->color_type,
                   numbered || form->bit_depth < 8 ? 8 : form->bit_depth, &maker->order);
  }
}

/* Bytes of few values to so many bits each, the leftmost in the highest. */
static void pack_bits(const uint8_t *values, size_t count, uint32_t bits, uint8_t *packed) {
  const size_t in_byte = 8 / bits;
  for (size_t i = 0; i < count; i += in_byte) {
    uint32_t byte = 0;
    for (size_t k = 0; k < in_byte; k++) {
      byte = byte << bits | (i + k < count ? values[i + k] : 0u);
    }
    *packed++ = (uint8_t)byte;
  }
}

bool lpf_make_scanline(const lpf_scanline_maker *maker, const lpf_pass *pass, const uint8_t *pixels,
                       uint8_t *scanline) {
  const lpf_scanline_form *form = &maker->form;
  const size_t width = pass->width;
  if (maker->gathered != NULL) {
    lpf_gather_row(pass, pixels, maker->source_bytes, maker->gathered);
    pixels = maker->gathered;
  }
  const bool packed = form->bit_depth < 8;
  if (form->color_type != INDEXED && !packed) {
    maker->kernels->order(pixels, width, &maker->order, scanline);
    return true;
  }
  uint8_t *bytes = packed ? maker->ordered : scanline;
  maker->kernels->order(pixels, width, &maker->order, maker->ordered);
  if (form->color_type != INDEXED) { /* multiples of the largest gray of so few bits */
    const uint32_t step = 255 / ((1u << form->bit_depth) - 1);
    for (size_t i = 0; i < width; i++) {
      bytes[i] = (uint8_t)(maker->ordered[i] / step);
    }
  } else if (form->colors != NULL) {
    lpf_number_colors(form->colors, maker->ordered, width, maker->order.target_bytes, bytes);
  } else {
    if (maker->kernels->highest(maker->ordered, width) >= form->palette_entries) {
      return false;
    }
    maker->kernels->map(maker->ordered, width, form->index_of, bytes);
  }
  if (packed) {
    pack_bits(bytes, width, form->bit_depth, scanline);
  }
  return true;
}
