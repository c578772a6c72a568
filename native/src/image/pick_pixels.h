/* pick_pixels.h: some of the pixels of a row: a stretch of it, or every so many-th. */
#ifndef LPF_PICK_PIXELS_H
#define LPF_PICK_PIXELS_H

#include <stddef.h>
#include <stdint.h>

typedef struct lpf_pick {
  uint32_t first; /* column */
  uint32_t step;  /* columns from one to the next, at least 1 */
  uint32_t count; /* pixels */
} lpf_pick;

/* Copies them to `target`, one behind the other. `pixel_bytes` is 1, 2, 3, 4, 6 or 8. */
void lpf_pick_pixels(const uint8_t *row, const lpf_pick *pick, size_t pixel_bytes, uint8_t *target);

#endif
