#include <string.h>

#include "base/always_inline.h"
#include "kernels/expand.h"

#define LPF_KERNEL(name) name##_scalar
#include "kernels/premultiply.h"

void lpf_expand_gray_scalar(const uint8_t *row, size_t width, uint32_t pixel_bytes,
                            uint32_t alpha_at, uint8_t *target) {
  if (pixel_bytes == 3) {
    for (size_t x = 0; x < width; x++, target += 3) {
      target[0] = target[1] = target[2] = row[x];
    }
    return;
  }
  uint32_t opaque = 0;
  memset((uint8_t *)&opaque + alpha_at, 0xff, 1);
  for (size_t x = 0; x < width; x++, target += 4) {
    const uint32_t pixel = row[x] * 0x01010101u | opaque;
    memcpy(target, &pixel, 4);
  }
}

/* ---- Out of bits ---- */

static LPF_ALWAYS_INLINE void unpack(const uint8_t *packed, size_t width, const uint32_t bits,
                                     uint8_t *target) {
  const size_t in_a_byte = 8 / bits;
  const unsigned mask = (1u << bits) - 1;
  for (; width >= in_a_byte; width -= in_a_byte, packed++) {
    for (size_t i = 0; i < in_a_byte; i++) {
      *target++ = (uint8_t)(*packed >> (8 - bits - bits * i) & mask);
    }
  }
  for (size_t i = 0; i < width; i++) {
    *target++ = (uint8_t)(*packed >> (8 - bits - bits * i) & mask);
  }
}

void lpf_unpack_bits(const uint8_t *packed, size_t width, uint32_t bits, uint8_t *target) {
  switch (bits) {
    case 1:
      unpack(packed, width, 1, target);
      break;
    case 2:
      unpack(packed, width, 2, target);
      break;
    default:
      unpack(packed, width, 4, target);
      break;
  }
}

/* ---- Out of a table ---- */

void lpf_make_table(lpf_pixel_table *table, const uint8_t *pixels, uint32_t count,
                    uint32_t pixel_bytes) {
  table->count = count;
  table->pixel_bytes = pixel_bytes;
  table->step = pixel_bytes <= 2 ? pixel_bytes : pixel_bytes <= 4 ? 4 : 8;
  for (size_t i = 0; i < count; i++) {
    memcpy(table->entries + i * table->step, pixels + i * pixel_bytes, pixel_bytes);
  }
  for (size_t plane = 0; plane < pixel_bytes && pixel_bytes >= 3 && pixel_bytes <= 4; plane++) {
    for (size_t i = 0; i < count; i++) {
      table->planes[plane][i] = pixels[i * pixel_bytes + plane];
    }
  }
}

static LPF_ALWAYS_INLINE void look_up(const uint8_t *row, size_t width, const uint8_t *table,
                                      const size_t pixel_bytes, const size_t step,
                                      uint8_t *target) {
  for (size_t x = 0; x < width; x++, target += pixel_bytes) {
    memcpy(target, table + row[x] * step, pixel_bytes);
  }
}

/* Stores four bytes for each pixel, of which the next overwrites the last one. */
static void look_up_triples(const uint8_t *row, size_t width, const uint8_t *table,
                            uint8_t *target) {
  size_t x = 0;
  for (; x + 5 <= width; x += 4, target += 12) {
    for (size_t i = 0; i < 4; i++) {
      memcpy(target + 3 * i, table + row[x + i] * (size_t)4, 4);
    }
  }
  for (; x < width; x++, target += 3) {
    memcpy(target, table + row[x] * (size_t)4, 3);
  }
}

void lpf_look_up_row_scalar(const uint8_t *row, size_t width, const lpf_pixel_table *table,
                            uint8_t *target) {
  switch (table->pixel_bytes) {
    case 1:
      look_up(row, width, table->entries, 1, 1, target);
      break;
    case 2:
      look_up(row, width, table->entries, 2, 2, target);
      break;
    case 3:
      look_up_triples(row, width, table->entries, target);
      break;
    case 4:
      look_up(row, width, table->entries, 4, 4, target);
      break;
    case 6:
      look_up(row, width, table->entries, 6, 8, target);
      break;
    default:
      look_up(row, width, table->entries, 8, 8, target);
      break;
  }
}
