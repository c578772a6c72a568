#include "png_builder.h"

#include <string.h>

#include "check.h"

uint32_t png_channels(uint32_t color_type) {
  static const uint32_t counts[] = {1, 0, 3, 1, 2, 0, 4};
  return counts[color_type];
}

static uint32_t bits_per_pixel(const png_shape *shape) {
  return png_channels(shape->color_type) * shape->bit_depth;
}

png_image png_random_image(png_shape shape) {
  png_image image = {.shape = shape};
  size_t count = (size_t)shape.width * shape.height * png_channels(shape.color_type);
  image.samples = (uint16_t *)(void *)exactly(count * sizeof *image.samples);
  for (size_t i = 0; i < count; i++) {
    image.samples[i] = (uint16_t)(random_bits() & ((1u << shape.bit_depth) - 1));
  }
  if (shape.color_type == 3) {
    uint32_t most = 1u << shape.bit_depth;
    image.palette_size = most > 4 ? most - most / 4 : most;
    for (uint32_t i = 0; i < image.palette_size; i++) {
      for (uint32_t channel = 0; channel < 3; channel++) {
        image.palette[i][channel] = (uint8_t)random_bits();
      }
    }
  }
  return image;
}

void png_free_image(png_image *image) {
  free(image->samples);
  image->samples = NULL;
}

/* How much memory stands behind a growing file: the next power of two. */
static size_t capacity(size_t size) {
  size_t bytes = 64;
  while (bytes < size) {
    bytes *= 2;
  }
  return bytes;
}

static void append(png_bytes *to, const void *bytes, size_t size) {
  if (to->bytes == NULL || capacity(to->size + size) > capacity(to->size)) {
    to->bytes = realloc(to->bytes, capacity(to->size + size));
    if (to->bytes == NULL) {
      fputs("out of memory\n", stderr);
      exit(2);
    }
  }
  if (size > 0) {
    memcpy(to->bytes + to->size, bytes, size);
  }
  to->size += size;
}

static void append_byte(png_bytes *to, uint32_t byte) {
  uint8_t value = (uint8_t)byte;
  append(to, &value, 1);
}

static void append_big_endian(png_bytes *to, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    append_byte(to, value >> shift);
  }
}

/* ---- scanlines ---- */

static uint8_t paeth(int left, int up, int corner) {
  int estimate = left + up - corner;
  int by_left = abs(estimate - left), by_up = abs(estimate - up),
      by_corner = abs(estimate - corner);
  if (by_left <= by_up && by_left <= by_corner) {
    return (uint8_t)left;
  }
  return (uint8_t)(by_up <= by_corner ? up : corner);
}

static uint8_t prediction(uint32_t filter, int left, int up, int corner) {
  switch (filter) {
    case 1:
      return (uint8_t)left;
    case 2:
      return (uint8_t)up;
    case 3:
      return (uint8_t)((left + up) / 2);
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

static void append_filtered(png_bytes *to, uint32_t filter, const uint8_t *row,
                            const uint8_t *above, size_t size, size_t pixel) {
  append_byte(to, filter);
  for (size_t i = 0; i < size; i++) {
    int left = i >= pixel ? row[i - pixel] : 0;
    int corner = i >= pixel ? above[i - pixel] : 0;
    append_byte(to, (uint32_t)(row[i] - prediction(filter, left, above[i], corner)));
  }
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

static int in_pass(const png_shape *shape, char pass, uint32_t x, uint32_t y) {
  return shape->interlace_method == 0 ? pass == '1' : ADAM7[(y % 8) * 8 + x % 8] == pass;
}

/* Packs the pixels of row y that belong to the pass; returns its bits. */
static size_t pack_row(const png_image *image, char pass, uint32_t y, uint8_t *row) {
  const png_shape *shape = &image->shape;
  uint32_t channels = png_channels(shape->color_type);
  size_t bit = 0;
  for (uint32_t x = 0; x < shape->width; x++) {
    if (!in_pass(shape, pass, x, y)) {
      continue;
    }
    for (uint32_t channel = 0; channel < channels; channel++) {
      uint32_t sample = image->samples[((size_t)y * shape->width + x) * channels + channel];
      for (uint32_t i = shape->bit_depth; i-- > 0; bit++) {
        row[bit / 8] = (uint8_t)(row[bit / 8] | (sample >> i & 1u) << (7 - bit % 8));
      }
    }
  }
  return bit;
}

png_bytes png_scanlines(const png_image *image, uint32_t filter) {
  const png_shape *shape = &image->shape;
  size_t longest = ((size_t)shape->width * bits_per_pixel(shape) + 7) / 8;
  size_t pixel = (bits_per_pixel(shape) + 7) / 8;
  uint8_t *row = exactly(longest), *above = exactly(longest);
  png_bytes scanlines = {NULL, 0};
  uint32_t rows = 0;
  for (char pass = '1'; pass <= '7'; pass++) {
    memset(above, 0, longest);
    for (uint32_t y = 0; y < shape->height; y++) {
      memset(row, 0, longest);
      size_t bits = pack_row(image, pass, y, row);
      if (bits > 0) {
        append_filtered(&scanlines, filter <= 4 ? filter : rows % 5, row, above, (bits + 7) / 8,
                        pixel);
        memcpy(above, row, longest);
        rows++;
      }
    }
  }
  free(row);
  free(above);
  return scanlines;
}

/* ---- zlib and chunks ---- */

static uint32_t adler32(const uint8_t *data, size_t size) {
  uint32_t low = 1, high = 0;
  for (size_t i = 0; i < size; i++) {
    low = (low + data[i]) % 65521;
    high = (high + low) % 65521;
  }
  return high << 16 | low;
}

png_bytes png_store(const uint8_t *data, size_t size) {
  png_bytes stream = {NULL, 0};
  append(&stream, "\x78\x01", 2);
  for (size_t at = 0; at < size || at == 0;) {
    uint32_t block = size - at > 65535 ? 65535 : (uint32_t)(size - at);
    append_byte(&stream, at + block == size);
    append_byte(&stream, block);
    append_byte(&stream, block >> 8);
    append_byte(&stream, ~block);
    append_byte(&stream, ~block >> 8);
    append(&stream, data + at, block);
    at += block;
    if (block == 0) {
      break;
    }
  }
  append_big_endian(&stream, adler32(data, size));
  return stream;
}

static uint32_t crc32_of(const uint8_t *data, size_t size) {
  uint32_t crc = 0xffffffffu;
  for (size_t i = 0; i < size; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++) {
      crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
  }
  return ~crc;
}

void png_add_chunk(png_bytes *png, const char *type, const uint8_t *data, size_t size) {
  append_big_endian(png, (uint32_t)size);
  size_t start = png->size;
  append(png, type, 4);
  append(png, data, size);
  append_big_endian(png, crc32_of(png->bytes + start, png->size - start));
}

png_bytes png_begin(png_shape shape) {
  png_bytes header = {NULL, 0};
  append_big_endian(&header, shape.width);
  append_big_endian(&header, shape.height);
  append_byte(&header, shape.bit_depth);
  append_byte(&header, shape.color_type);
  append_byte(&header, 0);
  append_byte(&header, 0);
  append_byte(&header, shape.interlace_method);
  png_bytes png = {NULL, 0};
  append(&png, "\x89PNG\r\n\x1a\n", 8);
  png_add_chunk(&png, "IHDR", header.bytes, header.size);
  free(header.bytes);
  return png;
}

void png_end(png_bytes *png) {
  png_add_chunk(png, "IEND", NULL, 0);
  uint8_t *exact = copy_of(png->bytes, png->size);
  free(png->bytes);
  png->bytes = exact;
}

png_bytes png_file(const png_image *image, png_bytes idat, size_t idat_chunk) {
  png_bytes png = png_begin(image->shape);
  if (image->shape.color_type == 3) {
    png_add_chunk(&png, "PLTE", image->palette[0], (size_t)image->palette_size * 3);
  }
  for (size_t at = 0; at < idat.size; at += idat_chunk) {
    size_t size = idat.size - at < idat_chunk ? idat.size - at : idat_chunk;
    png_add_chunk(&png, "IDAT", idat.bytes + at, size);
  }
  png_end(&png);
  return png;
}

png_bytes png_of_image(const png_image *image) {
  png_bytes scanlines = png_scanlines(image, 5);
  png_bytes idat = png_store(scanlines.bytes, scanlines.size);
  png_bytes png = png_file(image, idat, 1000);
  free(scanlines.bytes);
  free(idat.bytes);
  return png;
}

/* ---- the BMP ---- */

static void append_little_endian(png_bytes *to, uint32_t value, uint32_t bytes) {
  for (uint32_t i = 0; i < bytes; i++) {
    append_byte(to, value >> 8 * i);
  }
}

static void expected_pixel(const png_image *image, uint32_t x, uint32_t y, uint8_t bgr[3]) {
  const png_shape *shape = &image->shape;
  uint32_t channels = png_channels(shape->color_type);
  const uint16_t *samples = image->samples + ((size_t)y * shape->width + x) * channels;
  if (shape->color_type == 3) {
    for (uint32_t i = 0; i < 3; i++) { /* what no entry names is black */
      bgr[i] = image->palette[samples[0]][2 - i];
    }
    return;
  }
  for (uint32_t i = 0; i < 3; i++) {
    uint32_t sample = samples[channels >= 3 ? 2 - i : 0];
    bgr[i] = (uint8_t)(shape->bit_depth == 16 ? sample >> 8
                                              : sample * 255u / ((1u << shape->bit_depth) - 1));
  }
}

png_bytes png_expected_bmp(const png_image *image) {
  const png_shape *shape = &image->shape;
  uint32_t stride = (shape->width * 3 + 3) / 4 * 4;
  png_bytes bmp = {NULL, 0};
  append(&bmp, "BM", 2);
  append_little_endian(&bmp, 54 + stride * shape->height, 4);
  append_little_endian(&bmp, 0, 4);
  append_little_endian(&bmp, 54, 4);
  append_little_endian(&bmp, 40, 4);
  append_little_endian(&bmp, shape->width, 4);
  append_little_endian(&bmp, shape->height, 4);
  append_little_endian(&bmp, 1, 2);
  append_little_endian(&bmp, 24, 2);
  for (int field = 0; field < 6; field++) {
    append_little_endian(&bmp, 0, 4);
  }
  for (uint32_t y = shape->height; y-- > 0;) {
    for (uint32_t x = 0; x < shape->width; x++) {
      uint8_t bgr[3];
      expected_pixel(image, x, y, bgr);
      append(&bmp, bgr, 3);
    }
    append_little_endian(&bmp, 0, stride - shape->width * 3);
  }
  return bmp;
}
