/*
 * bmp_builder.h: BMPs as others write them, with the pixels that they must give, from a reference
 * that takes each pixel's bits apart one by one.
 */
#ifndef LPF_TEST_BMP_BUILDER_H
#define LPF_TEST_BMP_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a BMP shall be. Values that the header has no room for must be 0. */
typedef struct bmp_wish {
  uint32_t header_bytes; /* 12, 16 to 64, 108, 124 */
  uint32_t bits;         /* a pixel */
  uint32_t compression;  /* biCompression, as it stands in the file */
  uint32_t width, height;
  bool top_down;
  uint32_t colors_used;     /* biClrUsed */
  uint32_t palette_entries; /* that are written */
  bool gray_palette;
  uint32_t masks[4]; /* R, G, B, A */
  uint32_t gap;      /* bytes between the headers and the pixels */
  bool no_offset;    /* bfOffBits is 0 */
} bmp_wish;

typedef struct bmp_file {
  uint8_t *bytes; /* exactly `size`, from malloc */
  size_t size;
  size_t pixels_at;
  uint8_t palette[256][4]; /* R, G, B, A; 0, 0, 0, 0 beyond its entries */
} bmp_file;

/* With random pixels, the padding of whose rows is random, too. `extra` bytes follow behind the
   headers instead if the compression is one in runs. */
bmp_file build_bmp(const bmp_wish *wish, const uint8_t *runs, size_t runs_size);

/* The pixel in column x of row y, from the top: R, G, B, A for samples up to `most`, 255 or 65535.
   Of BMPs that are not in runs. */
void reference_pixel(const bmp_wish *wish, const bmp_file *file, uint32_t x, uint32_t y,
                     uint32_t most, uint32_t rgba[4]);

/* The index of that pixel. */
uint32_t reference_index(const bmp_wish *wish, const bmp_file *file, uint32_t x, uint32_t y);

/* Puts R, G, B, A into the bytes that an LPF_FORMAT_ other than INDEXED8 has for it; returns how
   many. */
size_t reference_store(uint32_t format, const uint32_t rgba[4], uint8_t *bytes);

/* The largest sample of a format. */
uint32_t reference_most(uint32_t format);

#endif
