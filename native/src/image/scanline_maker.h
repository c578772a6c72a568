/*
 * scanline_maker.h: from the pixels of a surface to scanlines as a PNG has them (PNG, 7.2), before
 * they are filtered.
 */
#ifndef LPF_SCANLINE_MAKER_H
#define LPF_SCANLINE_MAKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/adam7.h"
#include "image/color_set.h"
#include "image/surface.h"
#include "kernels/filter_rows.h"

/* What the samples of a scanline are. */
typedef struct lpf_scanline_form {
  lpf_layout_id layout; /* of the pixels that it is made from */
  uint32_t color_type, bit_depth;
  bool interlaced;
  uint32_t palette_entries;
  const lpf_color_set *colors; /* what a palette is made of; null where the pixels are indices */
  const uint8_t *index_of;     /* then: what each index becomes */
} lpf_scanline_form;

/* Whether pixels of the layout can become such scanlines. */
bool lpf_form_makes_sense(const lpf_scanline_form *form);

/* Bytes of a scanline of so many pixels, without the filter's. */
uint64_t lpf_scanline_size(const lpf_scanline_form *form, uint32_t width);

/* Bytes from a sample to that of the pixel before, for filters. */
uint32_t lpf_filter_distance(const lpf_scanline_form *form);

/* One of the scanlines of an image, in the order of the file. */
typedef struct lpf_scanline {
  lpf_pass pass;
  uint32_t row; /* of the pass */
} lpf_scanline;

uint64_t lpf_scanline_count(const lpf_scanline_form *form, uint32_t width, uint32_t height);

/* That with this number; and from it to the next. */
lpf_scanline lpf_scanline_at(const lpf_scanline_form *form, uint32_t width, uint32_t height,
                             uint64_t number);

typedef struct lpf_scanline_maker {
  lpf_scanline_form form;
  const lpf_filter_kernels *kernels;
  lpf_byte_order order;  /* from the pixels to those of the file, or to colours */
  uint32_t source_bytes; /* of a pixel of the surface */
  uint8_t *gathered;     /* pixels of a pass; null unless interlaced */
  uint8_t *ordered;      /* bytes that are still to be numbered or packed; null if none are */
} lpf_scanline_maker;

/* Bytes of memory for rows of the image's width. */
size_t lpf_scanline_maker_memory(const lpf_scanline_form *form, uint32_t width);

void lpf_scanline_maker_begin(lpf_scanline_maker *maker, const lpf_scanline_form *form,
                              const lpf_filter_kernels *kernels, uint32_t width, uint8_t *memory);

/*
 * Writes the scanline, and up to LPF_ROW_MARGIN bytes behind it. `pixels` is the row of the surface
 * that it is in. False if an index is beyond the palette.
 */
bool lpf_make_scanline(const lpf_scanline_maker *maker, const lpf_pass *pass, const uint8_t *pixels,
                       uint8_t *scanline);

/* The bytes that pixels of the layout become in a file of this colour type; 8 bits of each sample,
   or all. Alpha or colour that the type does not have is left out. */
void lpf_file_order(lpf_layout_id layout, uint32_t color_type, uint32_t bit_depth,
                    lpf_byte_order *order);

#endif
