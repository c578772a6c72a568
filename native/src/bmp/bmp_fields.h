/* bmp_fields.h: pixels of 16 or 32 bits whose samples stand where masks say. */
#ifndef LPF_BMP_FIELDS_H
#define LPF_BMP_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/generic_rows.h"
#include "image/layout.h"

/* Where a sample stands, and what its values become. */
typedef struct lpf_bmp_field {
  uint32_t mask, shift;
  uint16_t scaled[256]; /* of the upper 8 bits; of all where there are no more */
  uint32_t bits;        /* 0: none, and the sample is scaled[0] */
} lpf_bmp_field;

/* The four samples of a pixel, R, G, B, A, at the size that they get. */
typedef struct lpf_bmp_fields {
  lpf_bmp_field samples[4];
  uint32_t pixel_bytes;
  bool wide; /* to samples of 16 bits */
} lpf_bmp_fields;

/* `masks` has those of R, G, B, A, each of ones that follow each other; 0 in the last: opaque. */
void lpf_plan_fields(lpf_bmp_fields *fields, const uint32_t masks[4], uint32_t pixel_bytes,
                     bool wide);

/* Converts a row of `width` pixels at any address. */
void lpf_convert_fields(const lpf_bmp_fields *fields, const lpf_generic *generic,
                        const uint8_t *row, size_t width, uint8_t *target);

/* The layout of pixels in which each mask is a byte of its own; false where that is not so. */
bool lpf_layout_of_masks(const uint32_t masks[4], lpf_layout *layout);

#endif
