/*
 * rows_reference.h: a decoder of scanlines written straight from the PNG specification, one sample
 * after the other, and what the pixels of each layout then have to be.
 */
#ifndef LPF_TEST_ROWS_REFERENCE_H
#define LPF_TEST_ROWS_REFERENCE_H

#include "image/rows.h"

/* Bytes of all scanlines of the image. Stores where the filter bytes are unless that is null: it
   has room for 7 * height of them. */
size_t scanlines_size(const lpf_source *source, size_t *filter_offsets, size_t *filter_count);

/* The samples of each pixel as they stand in the file; four for each, of which the colour type says
   how many mean something. The caller frees them. */
uint16_t (*reference_samples(const lpf_source *source, const uint8_t *scanlines))[4];

/* Bytes of a row of the layout, and the row as it has to be; `samples` are those of the row. */
size_t reference_row_size(lpf_layout_id layout, uint32_t width);
void reference_row(const lpf_source *source, lpf_layout_id layout, const lpf_blend *blend,
                   uint16_t (*samples)[4], uint8_t *row);

#endif
