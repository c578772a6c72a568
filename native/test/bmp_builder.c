#include "bmp_builder.h"

#include "check.h"

static void put16(uint8_t *to, uint32_t value) {
  to[0] = (uint8_t)value;
  to[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *to, uint32_t value) {
  put16(to, value & 0xffff);
  put16(to + 2, value >> 16);
}

static size_t row_bytes(const bmp_wish *wish) {
  return ((size_t)wish->width * wish->bits + 31) / 32 * 4;
}

static uint32_t masks_behind_header(const bmp_wish *wish) {
  if (wish->header_bytes != 40) {
    return 0;
  }
  return wish->compression == 3 ? 3 : wish->compression == 6 ? 4 : 0;
}

static void put_header(const bmp_wish *wish, size_t pixels_at, size_t size, uint8_t *bytes) {
  uint8_t header[128] = {0};
  put16(bytes, 0x4d42);
  put32(bytes + 2, (uint32_t)size);
  put32(bytes + 10, wish->no_offset ? 0 : (uint32_t)pixels_at);
  put32(header, wish->header_bytes);
  if (wish->header_bytes == 12) {
    put16(header + 4, wish->width);
    put16(header + 6, wish->height);
    put16(header + 8, 1);
    put16(header + 10, wish->bits);
  } else {
    put32(header + 4, wish->width);
    put32(header + 8, wish->top_down ? 0u - wish->height : wish->height);
    put16(header + 12, 1);
    put16(header + 14, wish->bits);
    put32(header + 16, wish->compression);
    put32(header + 24, 2835);
    put32(header + 28, 3000);
    put32(header + 32, wish->colors_used);
    for (size_t i = 0; i < 4; i++) {
      put32(header + 40 + 4 * i, wish->masks[i]);
    }
  }
  memcpy(bytes + 14, header, wish->header_bytes);
  if (wish->header_bytes == 40) {
    memcpy(bytes + 54, header + 40, 4 * (size_t)masks_behind_header(wish));
  }
}

static void put_palette(const bmp_wish *wish, bmp_file *file, size_t at) {
  const size_t entry_bytes = wish->header_bytes == 12 ? 3 : 4;
  const uint32_t most = wish->bits > 8 ? 0 : 1u << wish->bits;
  memset(file->palette, 0, sizeof file->palette);
  for (uint32_t i = 0; i < wish->palette_entries; i++) {
    uint8_t entry[4] = {(uint8_t)random_bits(), (uint8_t)random_bits(), (uint8_t)random_bits(),
                        (uint8_t)random_bits()};
    if (wish->gray_palette) {
      entry[1] = entry[2] = entry[0];
    }
    memcpy(file->bytes + at + i * entry_bytes, entry, entry_bytes);
    if (i < most) {
      memcpy(file->palette[i], (uint8_t[4]){entry[2], entry[1], entry[0], 255}, 4);
    }
  }
}

bmp_file build_bmp(const bmp_wish *wish, const uint8_t *runs, size_t runs_size) {
  const size_t palette_at = 14 + wish->header_bytes + 4 * (size_t)masks_behind_header(wish);
  const size_t entry_bytes = wish->header_bytes == 12 ? 3 : 4;
  bmp_file file = {.pixels_at = palette_at + entry_bytes * wish->palette_entries + wish->gap};
  const size_t array_bytes = runs != NULL ? runs_size : row_bytes(wish) * wish->height;
  file.size = file.pixels_at + array_bytes;
  file.bytes = exactly(file.size);
  for (size_t i = 0; i < file.size; i++) {
    file.bytes[i] = (uint8_t)random_bits();
  }
  memset(file.bytes, 0, 14);
  put_header(wish, file.pixels_at, file.size, file.bytes);
  put_palette(wish, &file, palette_at);
  if (runs != NULL) {
    memcpy(file.bytes + file.pixels_at, runs, runs_size);
  }
  return file;
}

/* ---- The reference ---- */

static const uint8_t *stored_row(const bmp_wish *wish, const bmp_file *file, uint32_t y) {
  const uint32_t stored = wish->top_down ? y : wish->height - 1 - y;
  return file->bytes + file->pixels_at + row_bytes(wish) * stored;
}

uint32_t reference_index(const bmp_wish *wish, const bmp_file *file, uint32_t x, uint32_t y) {
  const uint8_t *row = stored_row(wish, file, y);
  uint32_t index = 0;
  for (uint32_t bit = x * wish->bits; bit < (x + 1) * wish->bits; bit++) {
    index = index * 2 + (row[bit / 8] >> (7 - bit % 8) & 1);
  }
  return index;
}

/* The bits that a mask selects, the highest first: as a number, and how many. */
static uint32_t select_bits(uint32_t pixel, uint32_t mask, uint32_t *count) {
  uint32_t value = 0;
  *count = 0;
  for (int bit = 31; bit >= 0; bit--) {
    if ((mask >> bit & 1) != 0) {
      value = value * 2 + (pixel >> bit & 1);
      ++*count;
    }
  }
  return value;
}

static uint32_t scaled(uint32_t value, uint32_t bits, uint32_t pixel_bits, uint32_t most) {
  const double largest = (double)(((uint64_t)1 << bits) - 1);
  if (pixel_bits == 16 && bits <= 8) {
    /* a fraction whose binary digits are those of the value, for ever */
    return (uint32_t)(value / largest * ((double)most + 1) -
                      (value == (uint32_t)largest ? 0.5 : 0));
  }
  return (uint32_t)(value / largest * most + 0.5);
}

void reference_pixel(const bmp_wish *wish, const bmp_file *file, uint32_t x, uint32_t y,
                     uint32_t most, uint32_t rgba[4]) {
  if (wish->bits <= 8) {
    const uint8_t *entry = file->palette[reference_index(wish, file, x, y)];
    for (size_t i = 0; i < 4; i++) {
      rgba[i] = entry[i] * (most / 255);
    }
    return;
  }
  static const uint32_t BITS16[4] = {0x7c00, 0x3e0, 0x1f, 0};
  static const uint32_t BITS24[4] = {0xff0000, 0xff00, 0xff, 0};
  const uint32_t *masks = wish->compression != 0 ? wish->masks : wish->bits == 16 ? BITS16 : BITS24;
  const uint8_t *bytes = stored_row(wish, file, y) + (size_t)x * (wish->bits / 8);
  uint32_t pixel = 0;
  for (uint32_t i = 0; i < wish->bits / 8; i++) {
    pixel |= (uint32_t)bytes[i] << 8 * i;
  }
  const bool has_alpha = masks[3] != 0 && (wish->header_bytes != 40 || wish->compression == 6) &&
                         wish->header_bytes != 52;
  for (size_t i = 0; i < 4; i++) {
    uint32_t count;
    const uint32_t value = select_bits(pixel, masks[i], &count);
    rgba[i] = count == 0 ? 0 : scaled(value, count, wish->bits, most);
  }
  rgba[3] = has_alpha ? rgba[3] : most;
}

uint32_t reference_most(uint32_t format) {
  return format == LPF_FORMAT_GRAY16 || format == LPF_FORMAT_GRAY_ALPHA16 ||
                 format == LPF_FORMAT_RGB16 || format == LPF_FORMAT_RGBA16
             ? 65535
             : 255;
}

size_t reference_store(uint32_t format, const uint32_t rgba[4], uint8_t *bytes) {
  static const char *const ORDERS[] = {
      [LPF_FORMAT_GRAY8] = "R",        [LPF_FORMAT_GRAY16] = "R",
      [LPF_FORMAT_GRAY_ALPHA8] = "RA", [LPF_FORMAT_GRAY_ALPHA16] = "RA",
      [LPF_FORMAT_RGB8] = "RGB",       [LPF_FORMAT_BGR8] = "BGR",
      [LPF_FORMAT_RGBA8] = "RGBA",     [LPF_FORMAT_BGRA8] = "BGRA",
      [LPF_FORMAT_ARGB8] = "ARGB",     [LPF_FORMAT_ABGR8] = "ABGR",
      [LPF_FORMAT_RGB16] = "RGB",      [LPF_FORMAT_RGBA16] = "RGBA"};
  size_t size = 0;
  for (const char *channel = ORDERS[format]; *channel != '\0'; channel++) {
    const uint32_t sample = rgba[strchr("RGBA", *channel) - "RGBA"];
    if (reference_most(format) == 255) {
      bytes[size++] = (uint8_t)sample;
    } else {
      const uint16_t wide = (uint16_t)sample;
      memcpy(bytes + size, &wide, 2);
      size += 2;
    }
  }
  return size;
}
