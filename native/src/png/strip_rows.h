/* strip_rows.h: the scanlines of a strip one after the other, each with the one it is filtered
   against. */
#ifndef LPF_STRIP_ROWS_H
#define LPF_STRIP_ROWS_H

#include <stdbool.h>

#include "image/scanline_maker.h"
#include "image/surface.h"
#include "png/encode_plan.h"

/* The pixels at hand: rows from `top` on. */
typedef struct lpf_band {
  lpf_surface surface;
  uint32_t top;
} lpf_band;

/* Whether the band has the rows that a strip needs. */
bool lpf_band_has_strip(const lpf_encode_plan *plan, const lpf_band *band, uint32_t index);

typedef struct lpf_strip_rows {
  const lpf_encode_plan *plan;
  const lpf_band *band;
  lpf_scanline_form form;
  lpf_scanline_maker maker;
  lpf_scanline at;    /* the current one */
  uint64_t next, end; /* numbers of scanlines */
  size_t size;        /* bytes of the current one */
  uint8_t *row, *prior;
  lpf_color_set colors;
} lpf_strip_rows;

/* Bytes of memory that it works in, besides itself. */
size_t lpf_strip_rows_memory(const lpf_encode_plan *plan);

/* False if the plan contradicts itself. */
bool lpf_strip_rows_begin(lpf_strip_rows *rows, const lpf_encode_plan *plan, const lpf_band *band,
                          uint32_t index, uint8_t *memory);

static inline bool lpf_strip_rows_left(const lpf_strip_rows *rows) {
  return rows->next < rows->end;
}

/* Makes the next scanline, `size` bytes at `row`; false if an index is beyond the palette. */
bool lpf_next_strip_row(lpf_strip_rows *rows);

#endif
