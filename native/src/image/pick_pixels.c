#include "image/pick_pixels.h"

#include <string.h>

#include "base/always_inline.h"

static LPF_ALWAYS_INLINE void pick_each(const uint8_t *pixel, const lpf_pick *pick,
                                        const size_t pixel_bytes, uint8_t *target) {
  const size_t step = pick->step * pixel_bytes;
  for (uint32_t i = 0; i < pick->count; i++, target += pixel_bytes) {
    memcpy(target, pixel + i * step, pixel_bytes);
  }
}

void lpf_pick_pixels(const uint8_t *row, const lpf_pick *pick, size_t pixel_bytes,
                     uint8_t *target) {
  const uint8_t *first = row + pick->first * pixel_bytes;
  if (pick->step == 1) {
    memcpy(target, first, pick->count * pixel_bytes);
    return;
  }
  switch (pixel_bytes) { /* copying a constant number of bytes needs no call */
    case 1:
      pick_each(first, pick, 1, target);
      break;
    case 2:
      pick_each(first, pick, 2, target);
      break;
    case 3:
      pick_each(first, pick, 3, target);
      break;
    case 4:
      pick_each(first, pick, 4, target);
      break;
    case 6:
      pick_each(first, pick, 6, target);
      break;
    default:
      pick_each(first, pick, 8, target);
      break;
  }
}
