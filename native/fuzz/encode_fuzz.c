/*
 * Pixels and options to PNG, and what plain LodePNG makes of that. The first bytes choose format,
 * size, options and what fails; the rest, repeated and moved a little from row to row, is the
 * pixels: some runs, some matches, some noise. Images have up to some megabytes, so that blocks and
 * strips have borders.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "encode_judge.h"
#include "plain_lodepng.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CHOICE_BYTES = 12, MOST_BYTES = 3 << 20, OUT_OF_MEMORY = 83 };

static const uint32_t WAYS[] = {LPF_FLAG_SCALAR, LPF_FLAG_NO_AVX512, 0};

static void expect(int holds, const char *what) {
  if (!holds) {
    fprintf(stderr, "not so: %s\n", what);
    abort();
  }
}

static uint32_t two_bytes(const uint8_t *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8;
}

/* A picture of nothing, whose memory is then filled. */
static test_picture picture_of(const uint8_t *choice, const uint8_t *data, size_t size) {
  static const uint32_t bytes[LPF_FORMAT_COUNT] = {1, 2, 2, 4, 3, 3, 4, 4, 4, 4, 6, 8, 1};
  const uint32_t format = choice[0] % LPF_FORMAT_COUNT;
  const int large = choice[1] % 8 == 0;
  uint32_t width = 1 + two_bytes(choice + 2) % (large ? 3000 : 80);
  uint32_t height = 1 + two_bytes(choice + 4) % (large ? 2000 : 80);
  while ((uint64_t)width * height * bytes[format] > MOST_BYTES) {
    height = height > 1 ? height / 2 : 1;
    width = height == 1 && width > 65536 ? width / 2 : width;
  }
  test_picture made =
      make_picture(FLAT, format, width, height, choice[6] % 4, (choice[6] & 128) != 0);
  for (size_t i = 0; size != 0 && i < made.memory_size; i++) {
    made.memory[i] = data[(i + i / 5000 * (choice[7] % 7)) % size];
  }
  if (format == LPF_FORMAT_INDEXED8) {
    made.palette_entries = 1 + choice[7];
    for (uint32_t i = 0; i < 4 * made.palette_entries; i++) {
      made.palette[i] = (uint8_t)(i * 37 + choice[8]);
    }
    for (size_t i = 0; i < made.memory_size; i++) {
      made.memory[i] = (uint8_t)(made.memory[i] % made.palette_entries);
    }
  }
  return made;
}

static void check_pixels(const test_picture *picture, const uint8_t *png, size_t size) {
  plain_picture decoded = plain_decode_rgba16(png, size, (size_t)64 << 20);
  expect(decoded.error == 0, "LodePNG decodes it");
  expect(decoded.width == picture->pixels.width && decoded.height == picture->pixels.height,
         "the size is kept");
  const uint8_t *sample = decoded.rgb;
  for (uint32_t y = 0; y < decoded.height; y++) {
    for (uint32_t x = 0; x < decoded.width; x++) {
      uint32_t expected[4];
      picture_pixel(picture, x, y, expected);
      for (int i = 0; i < 4; i++, sample += 2) {
        expect((uint32_t)(sample[0] << 8 | sample[1]) == expected[i], "the pixels are kept");
      }
    }
  }
  free(decoded.rgb);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < CHOICE_BYTES) {
    return 0;
  }
  const uint8_t *choice = data;
  test_picture picture = picture_of(choice, data + CHOICE_BYTES, size - CHOICE_BYTES);
  lpf_encode_options options = encode_unlimited();
  /* the slow effort for small images alone, and not often */
  const int small = choice[9] % 32 == 0 && picture.memory_size < 20000;
  options.effort = small ? LPF_EFFORT_SMALL : choice[9] % 2;
  options.flags =
      (choice[10] & 1 ? LPF_FLAG_INTERLACED : 0) | (choice[10] & 2 ? LPF_FLAG_NO_REDUCTIONS : 0);
  const uint32_t flags = options.flags;
  uint8_t *first = NULL;
  size_t first_size = 0;
  for (size_t way = 0; way < sizeof WAYS / sizeof WAYS[0]; way++) {
    size_t png_size;
    int32_t code;
    options.flags = flags | WAYS[way];
    lpf_fail_acquire(choice[11] < 8 ? choice[11] : 0, 0);
    uint8_t *png = encode_picture(&picture, &options, &png_size, &code);
    const int failed = lpf_acquire_has_failed();
    lpf_fail_acquire(0, 0);
    expect(code == (failed ? OUT_OF_MEMORY : LPF_DONE), "the code is the right one");
    expect(check_failures == 0, "the bounds hold");
    expect(lpf_live_allocations() == 0, "nothing leaks");
    if (first == NULL) {
      first = png;
      first_size = png_size;
      if (png != NULL) {
        check_pixels(&picture, png, png_size);
      }
    } else {
      expect(png != NULL && png_size == first_size && memcmp(png, first, png_size) == 0,
             "vectors change no byte");
      free(png);
    }
  }
  free(first);
  free_picture(&picture);
  return 0;
}
