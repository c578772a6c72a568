#include "image/generic_rows.h"

#include <string.h>

#include "base/always_inline.h"

/* Pixels are converted so many at a time: enough for vectors, few enough for the stack. */
enum { CHUNK = 64, RED = 0, GREEN, BLUE, ALPHA, SAMPLES };

typedef uint16_t chunk[CHUNK][SAMPLES];

static void load_narrow(chunk pixels, const uint8_t *rgba, size_t count) {
  uint16_t *sample = pixels[0];
  for (size_t i = 0; i < count * SAMPLES; i++) {
    sample[i] = rgba[i];
  }
}

static void load_wide(chunk pixels, const uint8_t *red_green, const uint8_t *blue_alpha,
                      size_t count) {
  for (size_t i = 0; i < count; i++) {
    memcpy(&pixels[i][RED], red_green + i * 4, 4);
    memcpy(&pixels[i][BLUE], blue_alpha + i * 4, 4);
  }
}

static void apply_key(chunk pixels, const uint16_t key[3], size_t count) {
  for (size_t i = 0; i < count; i++) {
    const bool transparent =
        pixels[i][RED] == key[0] && pixels[i][GREEN] == key[1] && pixels[i][BLUE] == key[2];
    pixels[i][ALPHA] = transparent ? 0 : pixels[i][ALPHA];
  }
}

static void to_other_size(chunk pixels, bool to_wide, size_t count) {
  uint16_t *sample = pixels[0];
  for (size_t i = 0; i < count * SAMPLES; i++) {
    sample[i] = (uint16_t)(to_wide ? sample[i] * 257u : sample[i] / 256u);
  }
}

/*
 * (product + max / 2) / max, for a max of 255 or 65535 and a product of at most max * max: the
 * nearest integer, without a division. Half of max does not come up, so there is no tie.
 */
static LPF_ALWAYS_INLINE uint32_t divide_by_max(uint32_t product, const uint32_t bits) {
  const uint32_t rounded = product + (1u << (bits - 1));
  return (rounded + (rounded >> bits)) >> bits;
}

static LPF_ALWAYS_INLINE void composite(chunk pixels, const uint16_t background[3],
                                        const uint32_t bits, size_t count) {
  const uint32_t max = (1u << bits) - 1;
  for (size_t i = 0; i < count; i++) {
    const uint32_t alpha = pixels[i][ALPHA];
    for (size_t channel = RED; channel <= BLUE; channel++) {
      const uint32_t sum = pixels[i][channel] * alpha + background[channel] * (max - alpha);
      pixels[i][channel] = (uint16_t)divide_by_max(sum, bits);
    }
    pixels[i][ALPHA] = (uint16_t)max;
  }
}

static LPF_ALWAYS_INLINE void premultiply(chunk pixels, const uint32_t bits, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const uint32_t alpha = pixels[i][ALPHA];
    for (size_t channel = RED; channel <= BLUE; channel++) {
      pixels[i][channel] = (uint16_t)divide_by_max(pixels[i][channel] * alpha, bits);
    }
  }
}

static void blend(const lpf_generic *generic, chunk pixels, size_t count) {
  const bool wide = generic->into->sample_bytes == 2;
  if (generic->has_background && wide) {
    composite(pixels, generic->background, 16, count);
  } else if (generic->has_background) {
    composite(pixels, generic->background, 8, count);
  } else if (generic->premultiplied && wide) {
    premultiply(pixels, 16, count);
  } else if (generic->premultiplied) {
    premultiply(pixels, 8, count);
  }
}

static LPF_ALWAYS_INLINE void store_sample(uint8_t *target, uint16_t sample, const bool wide) {
  if (wide) {
    memcpy(target, &sample, 2);
  } else {
    *target = (uint8_t)sample;
  }
}

static LPF_ALWAYS_INLINE void store(const lpf_layout *layout, chunk pixels, size_t count,
                                    uint8_t *target, const bool wide) {
  const size_t step = layout->bits / 8;
  for (size_t i = 0; i < count; i++, target += step) {
    store_sample(target + layout->red, pixels[i][RED], wide);
    if (layout->samples == LPF_SAMPLES_COLOR) {
      store_sample(target + layout->green, pixels[i][GREEN], wide);
      store_sample(target + layout->blue, pixels[i][BLUE], wide);
    }
    if (layout->alpha >= 0) {
      store_sample(target + layout->alpha, pixels[i][ALPHA], wide);
    }
  }
}

void lpf_generic_row(const lpf_generic *generic, const uint8_t *first, const uint8_t *second,
                     size_t width, uint8_t *target) {
  const bool wide = generic->into->sample_bytes == 2;
  chunk pixels;
  for (size_t done = 0; done < width; done += CHUNK) {
    const size_t count = width - done < CHUNK ? width - done : CHUNK;
    if (generic->wide_source) {
      load_wide(pixels, first + done * 4, second + done * 4, count);
    } else {
      load_narrow(pixels, first + done * 4, count);
    }
    if (generic->has_key) {
      apply_key(pixels, generic->key, count);
    }
    if (generic->wide_source != wide) {
      to_other_size(pixels, wide, count);
    }
    blend(generic, pixels, count);
    uint8_t *pixel = target + done * (generic->into->bits / 8);
    if (wide) {
      store(generic->into, pixels, count, pixel, true);
    } else {
      store(generic->into, pixels, count, pixel, false);
    }
  }
}
