/*
 * source.h: what is known of an image before its pixels are: the source of the row code.
 */
#ifndef LPF_SOURCE_H
#define LPF_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

/* The image that the scanlines are of. */
typedef struct lpf_source {
  uint32_t width, height;    /* neither is 0 */
  uint32_t bit_depth;        /* any that PNG allows for the colour type */
  uint32_t color_type;       /* PNG's 0, 2, 3, 4 or 6 */
  uint32_t interlace_method; /* 0, or 1 for Adam7: the seven passes follow each other */
  uint8_t palette[256][4]; /* colour type 3: R, G, B, A; entries that the PNG lacks 0, 0, 0, 255 */
  bool palette_has_alpha;  /* some alpha in it is not 255 */
  bool has_key;            /* colour types 0 and 2: samples equal to `key` are transparent */
  uint16_t key[3];         /* gray, or R, G, B; at the file's bit depth */
} lpf_source;

/* What becomes of transparency on the way. Indices stay what they are. */
typedef struct lpf_blend {
  bool premultiplied; /* in layouts with alpha; on a background everything is opaque */
  bool has_background;
  uint8_t background[3]; /* R, G, B; in gray layouts R is the gray, so the three should be equal */
} lpf_blend;

#endif
