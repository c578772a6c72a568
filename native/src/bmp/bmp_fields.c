#include "bmp/bmp_fields.h"

#include <string.h>

#include "bmp/little_endian.h"

static uint32_t lowest_bit(uint32_t mask) {
  uint32_t bit = 0;
  while (mask != 0 && (mask >> bit & 1) == 0) {
    bit++;
  }
  return bit;
}

static uint32_t count_bits(uint32_t mask) {
  uint32_t count = 0;
  for (; mask != 0; mask &= mask - 1) {
    count++;
  }
  return count;
}

/* To the nearest value of the whole range. */
static uint16_t nearest(uint64_t value, uint64_t largest, uint64_t range) {
  return (uint16_t)((value * range * 2 + largest) / (largest * 2));
}

/* A sample behind itself, and again, until there are `wanted` bits: what graphics hardware makes of
   the usual 16-bit pixels. Of 1, 2, 4 and 8 bits it is the nearest value as well. */
static uint16_t repeated(uint32_t value, uint32_t bits, uint32_t wanted) {
  uint32_t all = 0, have = 0;
  while (have < wanted) {
    all = all << bits | value;
    have += bits;
  }
  return (uint16_t)(all >> (have - wanted));
}

static uint16_t scale(uint32_t value, uint32_t bits, uint32_t pixel_bytes, bool wide) {
  return pixel_bytes == 2 && bits <= 8 ? repeated(value, bits, wide ? 16 : 8)
                                       : nearest(value, (1ull << bits) - 1, wide ? 0xffff : 0xff);
}

void lpf_plan_fields(lpf_bmp_fields *fields, const uint32_t masks[4], uint32_t pixel_bytes,
                     bool wide) {
  fields->pixel_bytes = pixel_bytes;
  fields->wide = wide;
  for (size_t i = 0; i < 4; i++) {
    lpf_bmp_field *field = &fields->samples[i];
    field->mask = masks[i];
    field->shift = lowest_bit(masks[i]);
    field->bits = count_bits(masks[i]);
    field->scaled[0] = field->bits != 0 || i < 3 ? 0 : wide ? 0xffff : 0xff;
    for (uint32_t value = 0; field->bits >= 1 && field->bits <= 8 && value < 1u << field->bits;
         value++) {
      field->scaled[value] = scale(value, field->bits, pixel_bytes, wide);
    }
  }
}

static uint16_t sample_of(const lpf_bmp_fields *fields, size_t index, uint32_t pixel) {
  const lpf_bmp_field *field = &fields->samples[index];
  const uint32_t value = (pixel & field->mask) >> field->shift;
  return field->bits <= 8 ? field->scaled[value]
                          : scale(value, field->bits, fields->pixel_bytes, fields->wide);
}

void lpf_convert_fields(const lpf_bmp_fields *fields, const lpf_generic *generic,
                        const uint8_t *row, size_t width, uint8_t *target) {
  enum { CHUNK = 64 };
  uint8_t first[CHUNK * 4], second[CHUNK * 4];
  for (size_t done = 0; done < width; done += CHUNK) {
    const size_t count = width - done < CHUNK ? width - done : CHUNK;
    for (size_t i = 0; i < count; i++, row += fields->pixel_bytes) {
      const uint32_t pixel = fields->pixel_bytes == 2 ? lpf_read16(row) : lpf_read32(row);
      for (size_t channel = 0; channel < 4; channel++) {
        const uint16_t sample = sample_of(fields, channel, pixel);
        if (!fields->wide) {
          first[4 * i + channel] = (uint8_t)sample;
        } else {
          memcpy((channel < 2 ? first : second) + 4 * i + 2 * (channel % 2), &sample, 2);
        }
      }
    }
    lpf_generic_row(generic, first, second, count, target + done * (generic->into->bits / 8));
  }
}

bool lpf_layout_of_masks(const uint32_t masks[4], lpf_layout *layout) {
  int32_t at[4];
  for (size_t i = 0; i < 4; i++) {
    const uint32_t shift = lowest_bit(masks[i]);
    if (masks[i] == 0 && i == 3) {
      at[i] = -1;
    } else if (masks[i] >> shift == 0xff && shift % 8 == 0) {
      at[i] = (int32_t)(shift / 8);
    } else {
      return false;
    }
  }
  *layout = (lpf_layout){.bits = 32,
                         .sample_bytes = 1,
                         .red = at[0],
                         .green = at[1],
                         .blue = at[2],
                         .alpha = at[3],
                         .samples = LPF_SAMPLES_COLOR};
  return true;
}
