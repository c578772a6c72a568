/*
 * Sound PNGs around any scanlines: every input reaches the row kernels. The first bytes choose the
 * shape; the rest, repeated as often as needed, are filter types and samples.
 */
#include <stdlib.h>
#include <string.h>

#include "differential.h"
#include "png_builder.h"

#define SHAPE_BYTES 8

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* 7.2: each row is a filter byte and whole bytes; interlaced, passes of rows follow each other. */
static size_t row_bytes(const png_shape *shape, uint32_t width) {
  return 1 + ((size_t)width * png_channels(shape->color_type) * shape->bit_depth + 7) / 8;
}

static uint8_t *make_scanlines(const png_shape *shape, const uint8_t *data, size_t size,
                               size_t *made_size) {
  static const uint8_t start_x[7] = {0, 4, 0, 2, 0, 1, 0}, step_x[7] = {8, 8, 4, 4, 2, 2, 1};
  static const uint8_t start_y[7] = {0, 0, 4, 0, 2, 0, 1}, step_y[7] = {8, 8, 8, 4, 4, 2, 2};
  uint8_t *scanlines = malloc(((size_t)shape->height + 64) * 2 * row_bytes(shape, shape->width));
  size_t filled = 0, taken = 0;
  for (size_t pass = 0; pass < (shape->interlace_method != 0 ? 7u : 1u); pass++) {
    uint32_t width = shape->width, height = shape->height;
    if (shape->interlace_method != 0) {
      width = (width + step_x[pass] - 1u - start_x[pass]) / step_x[pass];
      height = (height + step_y[pass] - 1u - start_y[pass]) / step_y[pass];
    }
    for (uint32_t row = 0; row < height && width != 0; row++) {
      for (size_t i = 0; i < row_bytes(shape, width); i++) {
        uint8_t byte = size == 0 ? (uint8_t)row : data[taken++ % size];
        /* one in 256 rows may have an invalid filter type */
        scanlines[filled++] = i == 0 && byte != 255 ? byte % 5 : byte;
      }
    }
  }
  *made_size = filled;
  return scanlines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const uint8_t kinds[][2] = {{0, 1}, {0, 2},  {0, 4},  {0, 8}, {0, 16},
                                     {2, 8}, {2, 16}, {3, 1},  {3, 2}, {3, 4},
                                     {3, 8}, {4, 8},  {4, 16}, {6, 8}, {6, 16}};
  if (size < SHAPE_BYTES) {
    return 0;
  }
  const uint8_t *kind = kinds[data[0] % (sizeof kinds / sizeof kinds[0])];
  png_image image = {.shape = {.color_type = kind[0],
                               .bit_depth = kind[1],
                               .interlace_method = data[1] & 1,
                               .width = 1u + data[2],
                               .height = 1u + data[3] % 80}};
  image.palette_size = 1 + data[4] % (1u << (kind[1] > 8 ? 8 : kind[1]));
  for (size_t i = 0; i < sizeof image.palette; i++) {
    ((uint8_t *)image.palette)[i] = (uint8_t)(i * 37 + data[4]);
  }
  fuzz_choices choices = {.tolerance = (uint8_t)(data[1] & 12), /* seldom more than a few bytes */
                          .scratch_size = (uint16_t)(data[5] | data[6] << 8)};
  size_t scanlines_size = 0;
  uint8_t *scanlines =
      make_scanlines(&image.shape, data + SHAPE_BYTES, size - SHAPE_BYTES, &scanlines_size);
  png_bytes idat = png_store(scanlines, scanlines_size);
  png_bytes png = png_file(&image, idat, 1u + data[7] * 50u);
  fuzz_check(png.bytes, png.size, &choices);
  free(png.bytes);
  free(idat.bytes);
  free(scanlines);
  return 0;
}
