/* encode_judge.h: pixels to encode, what they are as R, G, B, A of 16 bits, and whether LodePNG
   decodes a PNG to that. */
#ifndef LPF_TEST_ENCODE_JUDGE_H
#define LPF_TEST_ENCODE_JUDGE_H

#include <stdbool.h>

#include "check.h"

/* What the pixels look like. */
typedef enum picture_kind {
  NOISE,      /* every byte random */
  GRADIENT,   /* smooth, with a little noise: a photograph */
  SCREEN,     /* areas of few colours, repeated */
  FLAT,       /* one colour nearly everywhere */
  GRAYS,      /* as GRADIENT, but red, green and blue are the same */
  OPAQUE,     /* as GRADIENT, alpha the largest value */
  FEW_GRAYS,  /* opaque; multiples of 17, or of 85, or black and white */
  EIGHT_BITS, /* as GRADIENT, samples of 16 bits with two equal bytes */
  PICTURE_KINDS
} picture_kind;

typedef struct test_picture {
  lpf_pixels pixels;
  uint8_t *memory; /* of exactly memory_size bytes */
  size_t memory_size;
  uint8_t palette[1024]; /* of INDEXED8 */
  uint32_t palette_entries;
} test_picture;

/* `padding` bytes lie between rows; bottom-up if asked. */
test_picture make_picture(picture_kind kind, uint32_t format, uint32_t width, uint32_t height,
                          uint32_t padding, bool bottom_up);
void free_picture(test_picture *picture);

/* R, G, B, A of a pixel, 0 to 65535, straight from what the formats' names say. */
void picture_pixel(const test_picture *picture, uint32_t x, uint32_t y, uint32_t rgba[4]);

/* Whether LodePNG, alone, decodes the PNG to those pixels. */
bool lodepng_decodes_to(const test_picture *picture, const uint8_t *png, size_t png_size);

lpf_encode_options encode_unlimited(void);

/* Plans and encodes; the PNG in memory of exactly its size, which the caller frees. Checks that it
   is no longer than the bounds. Null after a failure, which *code says. */
uint8_t *encode_picture(const test_picture *picture, const lpf_encode_options *options,
                        size_t *size, int32_t *code);

#endif
