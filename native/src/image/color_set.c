#include "image/color_set.h"

#include <string.h>

#include "base/always_inline.h"

void lpf_clear_colors(lpf_color_set *set, uint32_t most) {
  set->count = 0;
  set->most = most;
  memset(set->slot_number, 0xff, sizeof set->slot_number);
}

static LPF_ALWAYS_INLINE uint32_t first_slot(uint32_t color) {
  return (color * 0x9e3779b1u) >> 22;
}

uint16_t lpf_add_color(lpf_color_set *set, uint32_t color) {
  for (uint32_t slot = first_slot(color);; slot = (slot + 1) % LPF_COLOR_SLOTS) {
    if (set->slot_number[slot] == LPF_NO_COLOR) {
      if (set->count == set->most) {
        return LPF_NO_COLOR;
      }
      set->slot_color[slot] = color;
      set->slot_number[slot] = (uint16_t)set->count;
      set->color[set->count] = color;
      return (uint16_t)set->count++;
    }
    if (set->slot_color[slot] == color) {
      return set->slot_number[slot];
    }
  }
}

static uint16_t find_color(const lpf_color_set *set, uint32_t color) {
  for (uint32_t slot = first_slot(color);; slot = (slot + 1) % LPF_COLOR_SLOTS) {
    if (set->slot_number[slot] == LPF_NO_COLOR || set->slot_color[slot] == color) {
      return set->slot_number[slot];
    }
  }
}

static LPF_ALWAYS_INLINE uint32_t color_at(const uint8_t *pixel, const size_t pixel_bytes) {
  switch (pixel_bytes) {
    case 1:
      return pixel[0] * 0x010101u | 0xff000000u;
    case 2:
      return pixel[0] * 0x010101u | (uint32_t)pixel[1] << 24;
    case 3:
      return pixel[0] | (uint32_t)pixel[1] << 8 | (uint32_t)pixel[2] << 16 | 0xff000000u;
    default:
      return pixel[0] | (uint32_t)pixel[1] << 8 | (uint32_t)pixel[2] << 16 |
             (uint32_t)pixel[3] << 24;
  }
}

static LPF_ALWAYS_INLINE bool add_all(lpf_color_set *set, const uint8_t *pixels, size_t count,
                                      const size_t pixel_bytes) {
  uint32_t last = ~color_at(pixels, pixel_bytes);
  for (size_t i = 0; i < count; i++, pixels += pixel_bytes) {
    const uint32_t color = color_at(pixels, pixel_bytes);
    if (color != last && lpf_add_color(set, color) == LPF_NO_COLOR) {
      return false;
    }
    last = color;
  }
  return true;
}

bool lpf_add_colors(lpf_color_set *set, const uint8_t *pixels, size_t count, size_t pixel_bytes) {
  switch (pixel_bytes) {
    case 1:
      return add_all(set, pixels, count, 1);
    case 2:
      return add_all(set, pixels, count, 2);
    case 3:
      return add_all(set, pixels, count, 3);
    default:
      return add_all(set, pixels, count, 4);
  }
}

static LPF_ALWAYS_INLINE void number_all(const lpf_color_set *set, const uint8_t *pixels,
                                         size_t count, const size_t pixel_bytes, uint8_t *numbers) {
  uint32_t last = ~color_at(pixels, pixel_bytes);
  uint8_t number = 0;
  for (size_t i = 0; i < count; i++, pixels += pixel_bytes) {
    const uint32_t color = color_at(pixels, pixel_bytes);
    if (color != last) {
      const uint16_t found = find_color(set, color);
      number = found == LPF_NO_COLOR ? 0 : (uint8_t)found;
      last = color;
    }
    numbers[i] = number;
  }
}

void lpf_number_colors(const lpf_color_set *set, const uint8_t *pixels, size_t count,
                       size_t pixel_bytes, uint8_t *numbers) {
  switch (pixel_bytes) {
    case 1:
      number_all(set, pixels, count, 1, numbers);
      break;
    case 2:
      number_all(set, pixels, count, 2, numbers);
      break;
    case 3:
      number_all(set, pixels, count, 3, numbers);
      break;
    default:
      number_all(set, pixels, count, 4, numbers);
      break;
  }
}

/* Alpha, brightness, and the colour itself, so that no two are the same. */
static uint64_t rank(uint32_t color) {
  const uint32_t brightness =
      299 * (color & 255) + 587 * (color >> 8 & 255) + 114 * (color >> 16 & 255);
  return (uint64_t)(color >> 24) << 56 | (uint64_t)brightness << 32 | (color & 0xffffff);
}

void lpf_sort_colors(lpf_color_set *set) {
  uint32_t sorted[LPF_MOST_COLORS];
  const uint32_t count = set->count;
  memcpy(sorted, set->color, count * sizeof *sorted);
  for (uint32_t i = 1; i < count; i++) {
    const uint32_t color = sorted[i];
    uint32_t at = i;
    for (; at > 0 && rank(sorted[at - 1]) > rank(color); at--) {
      sorted[at] = sorted[at - 1];
    }
    sorted[at] = color;
  }
  lpf_clear_colors(set, set->most);
  for (uint32_t i = 0; i < count; i++) {
    (void)lpf_add_color(set, sorted[i]);
  }
}
