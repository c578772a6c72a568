/*
 * layout.h: where the samples of a pixel stand.
 */
#ifndef LPF_LAYOUT_H
#define LPF_LAYOUT_H

#include <stdint.h>

#include "lodepng_ffm.h"

/* The LPF_FORMAT_ values of the contract, and what only a BMP has. */
typedef uint32_t lpf_layout_id;

/* One bit a pixel, the leftmost in the highest bit; gray or palette index as the PNG has it. */
#define LPF_LAYOUT_BITS1 ((lpf_layout_id)LPF_FORMAT_COUNT)

typedef struct lpf_layout {
  uint32_t bits;            /* a pixel: 1, or a multiple of 8 */
  uint32_t sample_bytes;    /* 1 or 2; of 2 in the byte order of the processor */
  int32_t red, green, blue; /* bytes from the pixel's beginning; all the same of gray */
  int32_t alpha;            /* likewise; -1: none */
  enum { LPF_SAMPLES_GRAY, LPF_SAMPLES_COLOR, LPF_SAMPLES_INDEX } samples;
} lpf_layout;

/* Null for a value that is no layout. */
const lpf_layout *lpf_layout_of(lpf_layout_id id);

#endif
