/*
 * surface.h: memory that holds rows of pixels, and what they look like there.
 */
#ifndef LPF_SURFACE_H
#define LPF_SURFACE_H

#include <stddef.h>
#include <stdint.h>

#include "base/call.h"
#include "image/layout.h"

/* A BMP's pixel array is one; so is a caller's texture, or a band of rows. */
typedef struct lpf_surface {
  uint8_t *first_row; /* the image's uppermost row */
  ptrdiff_t stride;   /* from a row to the one below it; negative where rows go bottom-up */
  uint32_t width, height;
  lpf_layout_id layout;
  uint32_t padding; /* zero bytes to write behind the pixels of each row */
} lpf_surface;

/* The surface that a caller's pixels are, whose sides are not 0. Each row must have bytes of its
   own (LPF_INVALID_ARGUMENT) within the memory (LPF_OUTPUT_TOO_SMALL). */
int32_t lpf_place_pixels(lpf_call *call, const lpf_pixels *pixels, uint8_t *memory,
                         unsigned long long memory_size, lpf_surface *surface);

#endif
