#include "rows_reference.h"

#include <stdlib.h>

#include "check.h"

/* ---- Scanlines to samples: PNG specification, clauses 7.2, 8.2 and 9 ---- */

static uint32_t channels(uint32_t color_type) {
  static const uint32_t counts[] = {1, 0, 3, 1, 2, 0, 4};
  return counts[color_type];
}

/* The seven passes as the specification draws them: which pass holds the pixel of an 8x8 block. */
static const char ADAM7[] =
    "16462646"
    "77777777"
    "56565656"
    "77777777"
    "36463646"
    "77777777"
    "56565656"
    "77777777";

static bool in_pass(const lpf_source *source, char pass, uint32_t x, uint32_t y) {
  return source->interlace_method == 0 ? pass == '1' : ADAM7[(y % 8) * 8 + x % 8] == pass;
}

static size_t width_in_pass(const lpf_source *source, char pass, uint32_t y) {
  size_t width = 0;
  for (uint32_t x = 0; x < source->width; x++) {
    width += in_pass(source, pass, x, y);
  }
  return width;
}

static size_t row_bytes(const lpf_source *source, size_t width) {
  return (width * channels(source->color_type) * source->bit_depth + 7) / 8;
}

size_t scanlines_size(const lpf_source *source, size_t *filter_offsets, size_t *filter_count) {
  size_t size = 0, count = 0;
  for (char pass = '1'; pass <= '7'; pass++) {
    for (uint32_t y = 0; y < source->height; y++) {
      const size_t width = width_in_pass(source, pass, y);
      if (width > 0) {
        if (filter_offsets != NULL) {
          filter_offsets[count++] = size;
        }
        size += 1 + row_bytes(source, width);
      }
    }
  }
  if (filter_count != NULL) {
    *filter_count = count;
  }
  return size;
}

static uint8_t paeth_predictor(int a, int b, int c) {
  const int p = a + b - c;
  const int pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
  if (pa <= pb && pa <= pc) {
    return (uint8_t)a;
  }
  return (uint8_t)(pb <= pc ? b : c);
}

static void reconstruct_row(const uint8_t *filtered, size_t bytes, size_t pixel, uint8_t *row,
                            const uint8_t *above) {
  for (size_t i = 0; i < bytes; i++) {
    const uint8_t a = i >= pixel ? row[i - pixel] : 0;
    const uint8_t b = above ? above[i] : 0;
    const uint8_t c = above && i >= pixel ? above[i - pixel] : 0;
    uint8_t prediction = 0;
    switch (filtered[0]) {
      case 1:
        prediction = a;
        break;
      case 2:
        prediction = b;
        break;
      case 3:
        prediction = (uint8_t)((a + b) / 2);
        break;
      case 4:
        prediction = paeth_predictor(a, b, c);
        break;
      default:
        break;
    }
    row[i] = (uint8_t)(filtered[1 + i] + prediction);
  }
}

static uint16_t sample_at(const uint8_t *row, uint32_t depth, size_t index) {
  if (depth == 16) {
    return (uint16_t)(row[index * 2] << 8 | row[index * 2 + 1]);
  }
  const size_t bit = index * depth;
  return (uint16_t)(row[bit / 8] >> (8 - depth - bit % 8) & ((1u << depth) - 1));
}

uint16_t (*reference_samples(const lpf_source *source, const uint8_t *scanlines))[4] {
  const uint32_t count = channels(source->color_type);
  const size_t whole = row_bytes(source, source->width);
  const size_t pixel = (count * source->bit_depth + 7) / 8;
  uint8_t *rows[2] = {exactly(whole), exactly(whole)};
  uint16_t(*samples)[4] =
      (uint16_t(*)[4])(void *)exactly((size_t)source->width * source->height * sizeof *samples);
  size_t parity = 0;
  for (char pass = '1'; pass <= '7'; pass++) {
    const uint8_t *above = NULL;
    for (uint32_t y = 0; y < source->height; y++) {
      const size_t width = width_in_pass(source, pass, y);
      if (width == 0) {
        continue;
      }
      uint8_t *row = rows[parity ^= 1];
      reconstruct_row(scanlines, row_bytes(source, width), pixel, row, above);
      above = row;
      scanlines += 1 + row_bytes(source, width);
      size_t index = 0;
      for (uint32_t x = 0; x < source->width; x++) {
        for (uint32_t channel = 0; in_pass(source, pass, x, y) && channel < count; channel++) {
          samples[(size_t)y * source->width + x][channel] =
              sample_at(row, source->bit_depth, index++);
        }
      }
    }
  }
  free(rows[0]);
  free(rows[1]);
  return samples;
}

/* ---- Samples to pixels ---- */

/* The channels in the order in which they stand in memory: L is gray, I an index. */
static const struct {
  const char *order;
  uint32_t depth;
} LAYOUTS[] = {
    [LPF_FORMAT_GRAY8] = {"L", 8},        [LPF_FORMAT_GRAY16] = {"L", 16},
    [LPF_FORMAT_GRAY_ALPHA8] = {"LA", 8}, [LPF_FORMAT_GRAY_ALPHA16] = {"LA", 16},
    [LPF_FORMAT_RGB8] = {"RGB", 8},       [LPF_FORMAT_BGR8] = {"BGR", 8},
    [LPF_FORMAT_RGBA8] = {"RGBA", 8},     [LPF_FORMAT_BGRA8] = {"BGRA", 8},
    [LPF_FORMAT_ARGB8] = {"ARGB", 8},     [LPF_FORMAT_ABGR8] = {"ABGR", 8},
    [LPF_FORMAT_RGB16] = {"RGB", 16},     [LPF_FORMAT_RGBA16] = {"RGBA", 16},
    [LPF_FORMAT_INDEXED8] = {"I", 8},     [LPF_LAYOUT_BITS1] = {"I", 1},
};

size_t reference_row_size(lpf_layout_id layout, uint32_t width) {
  return ((size_t)width * strlen(LAYOUTS[layout].order) * LAYOUTS[layout].depth + 7) / 8;
}

/* R, G, B, A at the image's depth: for a palette 8, else that of the file. */
static void color_of(const lpf_source *source, const uint16_t *samples, uint32_t rgba[4]) {
  const uint32_t max = (1u << source->bit_depth) - 1;
  const bool gray = source->color_type == 0 || source->color_type == 4;
  if (source->color_type == 3) {
    for (size_t i = 0; i < 4; i++) {
      rgba[i] = source->palette[samples[0]][i];
    }
    return;
  }
  for (size_t i = 0; i < 3; i++) {
    rgba[i] = samples[gray ? 0 : i];
  }
  rgba[3] = source->color_type == 4 ? samples[1] : source->color_type == 6 ? samples[3] : max;
  if (source->has_key) {
    const bool match = gray ? samples[0] == source->key[0]
                            : samples[0] == source->key[0] && samples[1] == source->key[1] &&
                                  samples[2] == source->key[2];
    rgba[3] = match ? 0 : rgba[3];
  }
}

/* To 8 or 16 bits: 16 to 8 keeps the high byte, fewer than 8 are scaled to the whole range. */
static uint32_t scaled(uint32_t sample, uint32_t from_depth, uint32_t to_depth) {
  const uint32_t from_max = (1u << from_depth) - 1, to_max = (1u << to_depth) - 1;
  return from_depth > to_depth ? sample >> 8 : sample * (to_max / from_max);
}

static void blend_color(const lpf_blend *blend, uint32_t rgba[4], uint32_t max, bool keeps_alpha) {
  const uint64_t alpha = rgba[3];
  for (size_t i = 0; i < 3; i++) {
    if (blend->has_background) {
      const uint64_t background = blend->background[i] * (max / 255);
      rgba[i] = (uint32_t)((rgba[i] * alpha + background * (max - alpha) + max / 2) / max);
    } else if (blend->premultiplied && keeps_alpha) {
      rgba[i] = (uint32_t)((rgba[i] * alpha + max / 2) / max);
    }
  }
  rgba[3] = blend->has_background ? max : rgba[3];
}

void reference_row(const lpf_source *source, lpf_layout_id layout, const lpf_blend *blend,
                   uint16_t (*samples)[4], uint8_t *row) {
  const char *order = LAYOUTS[layout].order;
  const uint32_t depth = LAYOUTS[layout].depth;
  memset(row, 0, reference_row_size(layout, source->width));
  for (uint32_t x = 0; x < source->width; x++) {
    if (depth == 1) {
      row[x / 8] = (uint8_t)(row[x / 8] | samples[x][0] << (7 - x % 8));
      continue;
    }
    uint32_t rgba[4];
    color_of(source, samples[x], rgba);
    for (size_t i = 0; i < 4; i++) {
      rgba[i] = scaled(rgba[i], source->color_type == 3 ? 8 : source->bit_depth, depth);
    }
    blend_color(blend, rgba, (1u << depth) - 1, strchr(order, 'A') != NULL);
    for (const char *channel = order; *channel != '\0'; channel++) {
      const char *place = strchr("RGBA", *channel);
      const uint32_t value = *channel == 'I' ? samples[x][0] : rgba[place ? place - "RGBA" : 0];
      if (depth == 16) {
        const uint16_t native = (uint16_t)value;
        memcpy(row, &native, 2);
        row += 2;
      } else {
        *row++ = (uint8_t)value;
      }
    }
  }
}
