/*
 * decode_subject.h: PNGs made from known samples, and what the reference (rows_reference.h) has to
 * know to say which pixels they must become.
 */
#ifndef LPF_TEST_DECODE_SUBJECT_H
#define LPF_TEST_DECODE_SUBJECT_H

#include <stdbool.h>

#include "png_builder.h"
#include "rows_reference.h"

/* An image, its file, and what the reference needs to know of it. */
typedef struct subject {
  png_image image;
  png_bytes png;
  lpf_source source;
  uint16_t (*samples)[4];
} subject;

/* Random samples; with `transparent`, a tRNS chunk where the colour type may have one. The image
   data is in two chunks. */
subject make_subject(png_shape shape, bool transparent);
void free_subject(subject *made);

/* What the options say about transparency. */
lpf_blend blend_of(const lpf_options *options);

#endif
