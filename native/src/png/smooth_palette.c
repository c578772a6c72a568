#include "png/smooth_palette.h"

#include <stdbool.h>
#include <string.h>

#include "image/entropy.h"

enum { FEWEST_ENTRIES = 64, FEWEST_PIXELS = 65536, SAMPLE_ROWS = 64, LONG_RUN = 16 };

static uint32_t brightness(const uint8_t *entry) {
  return (uint32_t)entry[0] + entry[1] + entry[2];
}

static uint32_t distance(const uint8_t *one, const uint8_t *other) {
  uint32_t sum = 0;
  for (int i = 0; i < 4; i++) {
    const int difference = one[i] - other[i];
    sum += (uint32_t)(difference * difference);
  }
  return sum;
}

/* From the darkest entry always to the nearest that is left: position_of gets each one's place. */
static void order_by_nearness(const uint8_t *palette, uint32_t entries, uint8_t position_of[256]) {
  bool used[256] = {false};
  uint32_t at = 0;
  for (uint32_t i = 1; i < entries; i++) {
    at = brightness(palette + 4 * i) < brightness(palette + 4 * at) ? i : at;
  }
  for (uint32_t position = 0; position < entries; position++) {
    uint32_t nearest = 0, least = UINT32_MAX;
    position_of[at] = (uint8_t)position;
    used[at] = true;
    for (uint32_t i = 0; i < entries; i++) {
      const uint32_t away = used[i] ? UINT32_MAX : distance(palette + 4 * i, palette + 4 * at);
      if (away < least) {
        least = away;
        nearest = i;
      }
    }
    at = nearest;
  }
}

/* Whether differences of the new indices have fewer bits than the old ones, in rows of the middle;
   not for screens, which are mostly runs. */
static bool pays(const lpf_surface *surface, const uint8_t position_of[256]) {
  uint32_t plain[256] = {0}, differences[256] = {0};
  uint64_t counted = 0, all = 0;
  const uint32_t first = surface->height > SAMPLE_ROWS ? (surface->height - SAMPLE_ROWS) / 2 : 0;
  for (uint32_t y = first; y < surface->height && y < first + SAMPLE_ROWS; y++) {
    const uint8_t *row = surface->first_row + (ptrdiff_t)y * surface->stride;
    uint32_t run = 0;
    for (uint32_t x = 1; x < surface->width; x++) {
      all++;
      run = row[x] == row[x - 1] ? run + 1 : 0;
      if (run > LONG_RUN) {
        continue;
      }
      plain[row[x]]++;
      differences[(uint8_t)(position_of[row[x]] - position_of[row[x - 1]])]++;
      counted++;
    }
  }
  return counted > all / 2 && lpf_entropy(differences) / 20 < lpf_entropy(plain) / 21;
}

uint32_t lpf_smooth_palette(const lpf_surface *surface, uint8_t *palette, uint32_t entries,
                            uint8_t index_of[256]) {
  if (entries < FEWEST_ENTRIES || (uint64_t)surface->width * surface->height < FEWEST_PIXELS) {
    return 0;
  }
  uint8_t position_of[256], ordered[256 * 4];
  for (uint32_t i = 0; i < 256; i++) {
    position_of[i] = (uint8_t)i;
  }
  order_by_nearness(palette, entries, position_of);
  if (!pays(surface, position_of)) {
    return 0;
  }
  for (uint32_t i = 0; i < entries; i++) {
    memcpy(ordered + 4 * (size_t)position_of[i], palette + 4 * i, 4);
  }
  memcpy(palette, ordered, 4 * (size_t)entries);
  memcpy(index_of, position_of, 256);
  return 1;
}
