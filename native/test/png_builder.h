/*
 * png_builder.h: PNG files made from known samples, and the BMP that each must become, both written
 * straight from the specifications and without a line of the library.
 */
#ifndef LPF_TEST_PNG_BUILDER_H
#define LPF_TEST_PNG_BUILDER_H

#include <stddef.h>
#include <stdint.h>

typedef struct png_bytes {
  uint8_t *bytes; /* from malloc; a finished PNG has memory of exactly its size */
  size_t size;
} png_bytes;

typedef struct png_shape {
  uint32_t width, height;
  uint32_t bit_depth, color_type, interlace_method;
} png_shape;

#define PNG_PALETTE_ENTRIES 256

typedef struct png_image {
  png_shape shape;
  uint16_t *samples; /* height * width * channels */
  uint8_t palette[PNG_PALETTE_ENTRIES][3];
  uint32_t palette_size; /* entries written to PLTE; indices may lie beyond */
} png_image;

uint32_t png_channels(uint32_t color_type);

/* Random samples, and for color type 3 a palette that some samples lie beyond when there is room.
 */
png_image png_random_image(png_shape shape);
void png_free_image(png_image *image);

/* The filtered scanlines (PNG, 7.2 and 9), with filter types in turn or all `filter` when <= 4. */
png_bytes png_scanlines(const png_image *image, uint32_t filter);

/* A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4). */
png_bytes png_store(const uint8_t *data, size_t size);

/* ---- chunk by chunk ---- */

png_bytes png_begin(png_shape shape); /* signature and IHDR */
void png_add_chunk(png_bytes *png, const char *type, const uint8_t *data, size_t size);
void png_end(png_bytes *png); /* IEND, and no byte of memory beyond it */

/* All of it: IHDR, PLTE where there is one, `idat` in chunks of at most `idat_chunk`, IEND. */
png_bytes png_file(const png_image *image, png_bytes idat, size_t idat_chunk);

/* The usual case. */
png_bytes png_of_image(const png_image *image);

/* ---- what must come out ---- */

/* The 24-bit BMP that lodepng_ffm.h promises. */
png_bytes png_expected_bmp(const png_image *image);

#endif
