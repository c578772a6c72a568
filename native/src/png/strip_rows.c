#include "png/strip_rows.h"

#include <string.h>

#include "kernels/filter_choice.h"

bool lpf_band_has_strip(const lpf_encode_plan *plan, const lpf_band *band, uint32_t index) {
  const lpf_surface *surface = &band->surface;
  if (index >= plan->strip_count || surface->width != plan->width ||
      surface->layout != plan->format || surface->height > plan->height ||
      band->top > plan->height - surface->height) {
    return false;
  }
  if ((plan->flags & LPF_FLAG_INTERLACED) != 0) {
    return surface->height == plan->height;
  }
  const uint64_t first = (uint64_t)index * plan->strip_scanlines;
  const uint64_t end = first + plan->strip_scanlines;
  const uint64_t needed = first == 0 ? 0 : first - 1;
  return first < plan->height && band->top <= needed &&
         band->top + (uint64_t)surface->height >= (end < plan->height ? end : plan->height);
}

static size_t row_room(const lpf_scanline_form *form, uint32_t width) {
  return ((size_t)lpf_scanline_size(form, width) + 2 * LPF_ROW_MARGIN + 63) / 64 * 64;
}

/* The form as far as the sizes of memory need it. */
static lpf_scanline_form outline(const lpf_encode_plan *plan, const lpf_color_set *colors) {
  const bool indices = lpf_layout_of(plan->format)->samples == LPF_SAMPLES_INDEX;
  return (lpf_scanline_form){.layout = plan->format,
                             .color_type = plan->color_type,
                             .bit_depth = plan->bit_depth,
                             .interlaced = (plan->flags & LPF_FLAG_INTERLACED) != 0,
                             .colors = indices ? NULL : colors};
}

size_t lpf_strip_rows_memory(const lpf_encode_plan *plan) {
  const lpf_color_set *some = (const lpf_color_set *)plan; /* only whether there is one matters */
  const lpf_scanline_form form = outline(plan, some);
  return 2 * row_room(&form, plan->width) + lpf_scanline_maker_memory(&form, plan->width);
}

static const uint8_t *pixels_of(const lpf_strip_rows *rows, const lpf_scanline *line) {
  const lpf_band *band = rows->band;
  const uint32_t y = line->pass.start_y + line->row * line->pass.step_y;
  return band->surface.first_row + (ptrdiff_t)(y - band->top) * band->surface.stride;
}

static bool make(lpf_strip_rows *rows, const lpf_scanline *line, uint8_t *scanline) {
  return lpf_make_scanline(&rows->maker, &line->pass, pixels_of(rows, line), scanline);
}

bool lpf_strip_rows_begin(lpf_strip_rows *rows, const lpf_encode_plan *plan, const lpf_band *band,
                          uint32_t index, uint8_t *memory) {
  rows->plan = plan;
  rows->band = band;
  if (!lpf_form_of_plan(plan, &rows->colors, &rows->form)) {
    return false;
  }
  const uint64_t all = lpf_scanline_count(&rows->form, plan->width, plan->height);
  rows->next = (uint64_t)index * plan->strip_scanlines;
  rows->end = rows->next + plan->strip_scanlines < all ? rows->next + plan->strip_scanlines : all;
  const size_t room = row_room(&rows->form, plan->width);
  memset(memory, 0, 2 * room);
  rows->row = memory + LPF_ROW_MARGIN;
  rows->prior = memory + room + LPF_ROW_MARGIN;
  lpf_scanline_maker_begin(&rows->maker, &rows->form,
                           lpf_filter_kernels_for_this_processor(lpf_simd_of_flags(plan->flags)),
                           plan->width, memory + 2 * room);
  return true;
}

bool lpf_next_strip_row(lpf_strip_rows *rows) {
  const lpf_encode_plan *plan = rows->plan;
  uint8_t *made = rows->prior; /* of the last but one, which nobody needs any more */
  rows->prior = rows->row;
  rows->row = made;
  const bool first_of_strip = rows->size == 0;
  rows->at = lpf_scanline_at(&rows->form, plan->width, plan->height, rows->next++);
  rows->size = (size_t)lpf_scanline_size(&rows->form, rows->at.pass.width);
  if (rows->at.row == 0) {
    memset(rows->prior, 0, rows->size);
  } else if (first_of_strip) {
    const lpf_scanline before = {.pass = rows->at.pass, .row = rows->at.row - 1};
    if (!make(rows, &before, rows->prior)) {
      return false;
    }
  }
  return make(rows, &rows->at, rows->row);
}
