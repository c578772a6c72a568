/* color_set.h: up to 256 colours, each with a number. */
#ifndef LPF_COLOR_SET_H
#define LPF_COLOR_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LPF_MOST_COLORS = 256, LPF_COLOR_SLOTS = 1024 };

/* A colour is R, G, B, A from the lowest byte on. */
typedef struct lpf_color_set {
  uint32_t count, most;                  /* at most LPF_MOST_COLORS */
  uint32_t color[LPF_MOST_COLORS];       /* by number */
  uint32_t slot_color[LPF_COLOR_SLOTS];  /* a hash table */
  uint16_t slot_number[LPF_COLOR_SLOTS]; /* LPF_NO_COLOR: free */
} lpf_color_set;

#define LPF_NO_COLOR UINT16_MAX

void lpf_clear_colors(lpf_color_set *set, uint32_t most);

/* The colour's number, or LPF_NO_COLOR if it would be one more than `most`. */
uint16_t lpf_add_color(lpf_color_set *set, uint32_t color);

/* Adds the colours of pixels of 1 (gray), 2 (with alpha), 3 or 4 (R, G, B, A) bytes; false where
   they are too many. Up to 3 bytes behind the row are read. */
bool lpf_add_colors(lpf_color_set *set, const uint8_t *pixels, size_t count, size_t pixel_bytes);

/* The number of each pixel's colour; that of a colour which is not in the set is 0. */
void lpf_number_colors(const lpf_color_set *set, const uint8_t *pixels, size_t count,
                       size_t pixel_bytes, uint8_t *numbers);

/* Orders the numbers so that transparent colours come first, and then dark ones. */
void lpf_sort_colors(lpf_color_set *set);

#endif
