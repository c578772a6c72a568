/* png_source.h: what the row code has to know of a PNG, out of IHDR, PLTE and tRNS. */
#ifndef LPF_PNG_SOURCE_H
#define LPF_PNG_SOURCE_H

#include "image/rows.h"
#include "lodepng_ffm.h"

/* By the header alone: without transparency, and without a palette, whose entries stay as they
   are. */
void lpf_source_of(const lpf_info *info, lpf_source *source);

/* A PLTE chunk of 1 to 256 entries; to other colour types it only suggests colours. */
void lpf_take_palette(lpf_source *source, const uint8_t *data, size_t entries);

/* A tRNS chunk that is valid for the colour type and the palette. Of several in an indexed image
   each changes as many entries as it has, as LodePNG reads them. */
void lpf_take_transparency(lpf_source *source, const uint8_t *data, size_t length);

#endif
