/*
 * generic_rows.h: pixels that need arithmetic on the way, through numbers for R, G, B and A.
 *
 * Transparent samples (tRNS), backgrounds and premultiplied alpha. A table of finished pixels is
 * made with it as well, so there is one place that knows how colours are blended.
 */
#ifndef LPF_GENERIC_ROWS_H
#define LPF_GENERIC_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/layout.h"

/* What to do with pixels R, G, B, A, in this order of the members. */
typedef struct lpf_generic {
  bool wide_source;       /* samples of 16 bits; otherwise of 8 */
  bool has_key;           /* pixels of the colour `key` become transparent */
  uint16_t key[3];        /* at the source's size of a sample */
  const lpf_layout *into; /* samples of 16 bits give their high byte where it has 8, and the reverse
                             times 257; gray is what R has */
  bool has_background;    /* then A becomes opaque */
  uint16_t background[3]; /* at the size of a sample of `into` */
  bool premultiplied;
} lpf_generic;

/*
 * Converts a row. Of 8 bits, `first` has R, G, B, A a pixel; of 16 bits in the byte order of the
 * processor, `first` has R, G and `second` B, A. Writes exactly the pixels, and nothing else.
 */
void lpf_generic_row(const lpf_generic *generic, const uint8_t *first, const uint8_t *second,
                     size_t width, uint8_t *target);

#endif
