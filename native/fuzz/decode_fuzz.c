/*
 * Any bytes as a PNG, decoded into pixels: every format, straight, premultiplied or on a
 * background, in rows of any stride. What plain LodePNG makes of the same bytes, at 16 bits a
 * sample, is turned into the format by the reference of the row tests, and must be the same; not a
 * byte beside the pixels may change. The last eight bytes of the input are not part of the PNG:
 * they choose the rest.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lodepng_ffm.h"
#include "plain_lodepng.h"
#include "rows_reference.h"

/* Beyond that a run is slow, and shows nothing that a smaller picture does not. */
#define MOST_PIXELS (1ull << 16)
#define CHOICE_BYTES 8
#define GUARD 0xa5

/* LodePNG's codes, see require_agreement in differential.c. */
enum {
  INVALID_LENGTH_SYMBOL = 16,
  INVALID_DISTANCE_SYMBOL = 18,
  OUT_OF_MEMORY = 83,
  TOO_MANY_PIXELS = 92
};

/* Bits of the first choice byte; of the third, what becomes of transparency. */
enum { REPAIR_CHECKSUMS = 1, TOLERANCE = 12, UPWARDS = 16, BY_LODEPNG = 32, SCALAR = 64 };
enum { PREMULTIPLIED = 1, ON_BACKGROUND = 2, ON_GRAY = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition, const char *what, int32_t code) {
  if (!condition) {
    fprintf(stderr, "not so: %s (code %d)\n", what, code);
    abort();
  }
}

typedef struct decoding {
  const uint8_t *png;
  size_t size;
  lpf_options options;
  lpf_pixels pixels;
  uint8_t *memory; /* of exactly the size that the pixels reach */
  size_t memory_size;
  size_t row_size;
} decoding;

static lpf_options options_for(const uint8_t *choice) {
  lpf_options options;
  memset(&options, 0xff, sizeof options); /* no limit */
  options.max_pixels = MOST_PIXELS;
  options.flags = choice[0] & TOLERANCE;
  options.flags |= (choice[0] & BY_LODEPNG) != 0 ? LPF_FLAG_LODEPNG_ONLY : 0;
  options.flags |= (choice[0] & SCALAR) != 0 ? LPF_FLAG_SCALAR : 0;
  options.bmp_format = LPF_BMP_CLASSIC;
  options.alpha = (choice[2] & PREMULTIPLIED) != 0 ? LPF_ALPHA_PREMULTIPLIED : LPF_ALPHA_STRAIGHT;
  options.background = (choice[2] & ON_BACKGROUND) == 0 ? LPF_BACKGROUND_NONE
                       : (choice[2] & ON_GRAY) != 0
                           ? LPF_BACKGROUND | choice[3] * 0x10101u
                           : LPF_BACKGROUND | choice[3] * 0x3579u % 0xffffffu;
  return options;
}

static void lay_out(decoding *about, const lpf_info *info, const uint8_t *choice) {
  const uint32_t format = choice[1] % LPF_FORMAT_COUNT;
  about->row_size = reference_row_size(format, info->width);
  const size_t stride = about->row_size + choice[4] % 70u;
  const size_t before = choice[5] % 70u;
  const bool upwards = (choice[0] & UPWARDS) != 0;
  about->pixels = (lpf_pixels){.first_row = before + (upwards ? stride * (info->height - 1) : 0),
                               .stride = upwards ? -(long long)stride : (long long)stride,
                               .width = info->width,
                               .height = info->height,
                               .format = format};
  about->memory_size = before + stride * (info->height - 1) + about->row_size;
  about->memory = malloc(about->memory_size);
  memset(about->memory, GUARD, about->memory_size);
}

/* Colours as R, G, B, A of 16 bits, whatever the PNG has: a gray format takes R. */
static void expect_row(const decoding *about, const plain_picture *plain, uint32_t y,
                       uint8_t *row) {
  const lpf_options *options = &about->options;
  const lpf_source source = {.width = plain->width, .height = 1, .bit_depth = 16, .color_type = 6};
  const lpf_blend blend = {
      .premultiplied = options->alpha == LPF_ALPHA_PREMULTIPLIED,
      .has_background = options->background != 0,
      .background = {(uint8_t)(options->background >> 16), (uint8_t)(options->background >> 8),
                     (uint8_t)options->background}};
  uint16_t(*samples)[4] = malloc(plain->width * sizeof *samples);
  const uint8_t *rgba = plain->rgb + (size_t)y * plain->width * 8;
  for (size_t i = 0; i < (size_t)plain->width * 4; i++) {
    samples[i / 4][i % 4] = (uint16_t)(rgba[2 * i] << 8 | rgba[2 * i + 1]);
  }
  reference_row(&source, about->pixels.format, &blend, samples, row);
  free(samples);
}

/* Each index names the colour that LodePNG shows; beyond the palette that is black. */
static void require_indices(const decoding *about, const plain_picture *plain, uint32_t y,
                            const uint8_t *row) {
  uint8_t palette[1024];
  uint32_t entries = 0;
  lpf_report report;
  int32_t code =
      lpf_png_palette(about->png, about->size, &about->options, palette, &entries, &report);
  if (code != LPF_DONE) {
    return; /* stands behind the image data, or transparency is damaged, which indices do without */
  }
  for (uint32_t x = 0; x < plain->width; x++) {
    const uint8_t *rgba = plain->rgb + ((size_t)y * plain->width + x) * 8;
    for (uint32_t channel = 0; channel < 3; channel++) {
      const uint8_t color = row[x] < entries ? palette[4 * row[x] + channel] : 0;
      require(rgba[2 * channel] == color, "an index names its colour", 0);
    }
  }
}

static void require_pixels(const decoding *about, const plain_picture *plain) {
  uint8_t *expected = malloc(about->memory_size);
  memset(expected, GUARD, about->memory_size);
  for (uint32_t y = 0; y < plain->height; y++) {
    const size_t at = (size_t)((long long)about->pixels.first_row + about->pixels.stride * y);
    if (about->pixels.format == LPF_FORMAT_INDEXED8) {
      require_indices(about, plain, y, about->memory + at);
      memcpy(expected + at, about->memory + at, about->row_size);
    } else {
      expect_row(about, plain, y, expected + at);
    }
  }
  require(memcmp(expected, about->memory, about->memory_size) == 0, "the pixels are LodePNG's", 0);
  free(expected);
}

static int32_t decode(decoding *about, const uint8_t *choice, lpf_report *report) {
  const size_t scratch_size = choice[6] * 300u;
  uint8_t *scratch = scratch_size == 0 ? NULL : malloc(scratch_size);
  lpf_fail_acquire(choice[7], choice[7] & 1);
  int32_t code =
      lpf_png_decode(about->png, about->size, &about->options, about->memory, about->memory_size,
                     &about->pixels, scratch, scratch_size, NULL, report);
  const bool failed = lpf_acquire_has_failed() != 0;
  lpf_fail_acquire(0, 0);
  free(scratch);
  require(!failed || code == OUT_OF_MEMORY, "a failed allocation has its code", code);
  require(lpf_live_allocations() == 0, "nothing is left", code);
  require((code == LPF_DONE) == (report->bytes_written != 0), "bytes are written or not", code);
  require(code != LPF_INVALID_ARGUMENT && code != LPF_OUTPUT_TOO_SMALL, "the pixels fit", code);
  return code;
}

static void check(decoding *about, const uint8_t *choice) {
  lpf_plan plan;
  const uint32_t format = choice[1] % LPF_FORMAT_COUNT;
  int32_t code = lpf_png_decode_plan(about->png, about->size, &about->options, format, &plan);
  if (code != LPF_DONE) {
    return;
  }
  lay_out(about, &plan.info, choice);
  require(plan.output_bytes == about->row_size * plan.info.height, "the plan is exact", 0);
  lpf_report report;
  code = decode(about, choice, &report);
  plain_picture plain = plain_decode_rgba16(about->png, about->size, (size_t)plan.scanline_bytes);
  const bool reserved_symbols =
      plain.error == INVALID_LENGTH_SYMBOL || plain.error == INVALID_DISTANCE_SYMBOL;
  const bool may_differ = code == OUT_OF_MEMORY || code == LPF_TOO_MANY_BLOCKS ||
                          code == LPF_COLOR_TO_GRAY || code == TOO_MANY_PIXELS;
  if (plain.error == 0 && !may_differ) {
    require(code == LPF_DONE, "what LodePNG accepts is accepted", code);
    require_pixels(about, &plain);
  } else if ((about->options.flags & TOLERANCE) == 0 && !reserved_symbols) {
    require(plain.error == 0 || code != LPF_DONE, "what LodePNG refuses is refused", code);
  }
  free(plain.rgb);
  free(about->memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < CHOICE_BYTES) {
    return 0;
  }
  size -= CHOICE_BYTES;
  const uint8_t *choice = data + size;
  uint8_t *png = malloc(size);
  if (size != 0) {
    memcpy(png, data, size);
    if ((choice[0] & REPAIR_CHECKSUMS) != 0) {
      plain_repair_checksums(png, size);
    }
  }
  decoding about = {.png = png, .size = size, .options = options_for(choice)};
  check(&about, choice);
  free(png);
  return 0;
}
