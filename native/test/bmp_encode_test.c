/* Pixels into BMPs: header fields, rows with their padding, and what cannot become one. What is
   written is read back bit by bit, not by the library. */
// link: native/test/bmp_builder.c library
#include "bmp_builder.h"
#include "check.h"

static const uint32_t PIXEL_BYTES[LPF_FORMAT_COUNT] = {1, 2, 2, 4, 3, 3, 4, 4, 4, 4, 6, 8, 1};

static uint32_t read32(const uint8_t *from) {
  return from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

/* The channels in the order of their bytes; of an index none. */
static const char *const ORDERS[] = {"R",    "R",    "RA",   "RA",  "RGB",  "BGR", "RGBA",
                                     "BGRA", "ARGB", "ABGR", "RGB", "RGBA", ""};

/* R, G, B, A of a pixel at 8 bits, taken apart by the names of the formats. */
static void take_apart(uint32_t format, const uint8_t *pixel, const uint8_t *palette,
                       uint8_t rgba[4]) {
  if (format == LPF_FORMAT_INDEXED8) {
    memcpy(rgba, palette + 4 * (size_t)*pixel, 4);
    return;
  }
  rgba[3] = 255;
  for (const char *channel = ORDERS[format]; *channel != '\0'; channel++) {
    uint8_t sample = *pixel++;
    if (reference_most(format) == 65535) {
      uint16_t wide;
      memcpy(&wide, pixel++ - 1, 2);
      sample = (uint8_t)(wide / 256);
    }
    rgba[strchr("RGBA", *channel) - "RGBA"] = sample;
  }
  if (format <= LPF_FORMAT_GRAY_ALPHA16) {
    rgba[1] = rgba[2] = rgba[0];
  }
}

/* The same of the BMP's pixel. */
static void read_pixel(const uint8_t *bmp, uint32_t x, uint32_t y, uint32_t height,
                       uint8_t rgba[4]) {
  const uint32_t bits = bmp[28], width = read32(bmp + 18);
  const size_t stride = ((size_t)width * bits + 31) / 32 * 4;
  const uint8_t *row = bmp + read32(bmp + 10) + stride * (height - 1 - y);
  const uint8_t *pixel = row + (size_t)x * bits / 8;
  if (bits <= 8) {
    const uint32_t index = bits == 8 ? *pixel : *pixel >> (7 - x % 8) & 1u;
    pixel = bmp + 14 + read32(bmp + 14) + 4 * (size_t)index;
  }
  rgba[0] = pixel[2];
  rgba[1] = pixel[1];
  rgba[2] = pixel[0];
  rgba[3] = bits == 32 ? pixel[3] : 255;
}

static void check_padding(const uint8_t *bmp, uint32_t height) {
  const uint32_t bits = bmp[28], width = read32(bmp + 18);
  const size_t row = ((size_t)width * bits + 7) / 8, stride = (row + 3) / 4 * 4;
  for (uint32_t y = 0; y < height; y++) {
    for (size_t i = row; i < stride; i++) {
      CHECK_EQUAL(bmp[read32(bmp + 10) + stride * y + i], 0);
    }
  }
}

static void check_encoding(uint32_t format, uint32_t bmp_format, uint32_t bits, uint32_t width,
                           bool upwards, uint32_t flags) {
  enum { HEIGHT = 4 };
  const size_t stride = (size_t)width * PIXEL_BYTES[format] + 5;
  const size_t size = stride * (HEIGHT - 1) + (size_t)width * PIXEL_BYTES[format];
  uint8_t *memory = exactly(size);
  uint8_t palette[1024];
  for (size_t i = 0; i < sizeof palette; i++) {
    palette[i] = (uint8_t)random_bits();
  }
  for (size_t i = 0; i < size; i++) {
    memory[i] = (uint8_t)random_bits();
    memory[i] = bmp_format != LPF_BMP_BILEVEL ? memory[i]
                : format == LPF_FORMAT_GRAY8  ? (memory[i] & 1 ? 255 : 0)
                                              : memory[i] & 1;
  }
  lpf_pixels pixels = {.first_row = upwards ? stride * (HEIGHT - 1) : 0,
                       .stride = upwards ? -(long long)stride : (long long)stride,
                       .width = width,
                       .height = HEIGHT,
                       .format = format};
  lpf_options options = unlimited();
  options.bmp_format = bmp_format;
  options.flags = flags;
  lpf_plan plan;
  CHECK_EQUAL(lpf_bmp_encode_plan(&pixels, &options, &plan), LPF_DONE);
  uint8_t *bmp = exactly((size_t)plan.output_bytes);
  lpf_report report;
  CHECK_EQUAL(lpf_bmp_encode(memory, size, &pixels, palette, 256, &options, bmp, plan.output_bytes,
                             NULL, &report),
              LPF_DONE);
  CHECK_EQUAL(report.bytes_written, plan.output_bytes);
  CHECK(memcmp(bmp, "BM", 2) == 0);
  CHECK_EQUAL(read32(bmp + 2), plan.output_bytes);
  CHECK_EQUAL(read32(bmp + 18), width);
  CHECK_EQUAL(read32(bmp + 22), HEIGHT);
  CHECK_EQUAL(bmp[28], bits);
  check_padding(bmp, HEIGHT);
  for (uint32_t y = 0; y < HEIGHT; y++) {
    const uint8_t *row = memory + (upwards ? stride * (HEIGHT - 1 - y) : stride * y);
    for (uint32_t x = 0; x < width; x++) {
      uint8_t expected[4], found[4];
      take_apart(format, row + (size_t)x * PIXEL_BYTES[format], palette, expected);
      expected[3] = bits == 32 ? expected[3] : 255;
      read_pixel(bmp, x, y, HEIGHT, found);
      CHECK(memcmp(found, expected, 4) == 0);
    }
  }
  free(bmp);
  free(memory);
}

static void every_format_becomes_every_bmp_that_it_can(void) {
  static const uint32_t WIDTHS[] = {1, 3, 8, 9, 31, 64, 67};
  for (uint32_t format = 0; format < LPF_FORMAT_COUNT; format++) {
    const bool indexed = format == LPF_FORMAT_INDEXED8, gray = format <= LPF_FORMAT_GRAY_ALPHA16;
    const bool alpha = strchr(ORDERS[format], 'A') != NULL;
    for (size_t w = 0; w < sizeof WIDTHS / sizeof WIDTHS[0]; w++) {
      const uint32_t flags = w % 2 == 0 ? 0 : LPF_FLAG_SCALAR;
      const bool up = w % 3 == 0;
      check_encoding(format, LPF_BMP_CLASSIC, 24, WIDTHS[w], up, flags);
      check_encoding(format, LPF_BMP_BGRA, 32, WIDTHS[w], up, flags);
      check_encoding(format, LPF_BMP_MATCH,
                     indexed ? 8
                     : alpha ? 32
                     : gray  ? 8
                             : 24,
                     WIDTHS[w], up, flags);
      if (indexed) {
        check_encoding(format, LPF_BMP_INDEXED8, 8, WIDTHS[w], up, flags);
      }
      if (gray) {
        check_encoding(format, LPF_BMP_GRAY8, 8, WIDTHS[w], up, flags);
      }
      if (indexed || format == LPF_FORMAT_GRAY8) {
        check_encoding(format, LPF_BMP_BILEVEL, 1, WIDTHS[w], up, flags);
      }
    }
  }
}

static void what_cannot_become_a_bmp_is_refused_with_its_reason(void) {
  lpf_pixels pixels = {.stride = 6, .width = 2, .height = 2, .format = LPF_FORMAT_RGB8};
  lpf_options options = unlimited();
  lpf_plan plan;
  options.bmp_format = LPF_BMP_GRAY8;
  CHECK_EQUAL(lpf_bmp_encode_plan(&pixels, &options, &plan), LPF_COLOR_TO_GRAY);
  options.bmp_format = LPF_BMP_INDEXED8;
  CHECK_EQUAL(lpf_bmp_encode_plan(&pixels, &options, &plan), LPF_NO_PALETTE);
  options.bmp_format = LPF_BMP_BILEVEL;
  CHECK_EQUAL(lpf_bmp_encode_plan(&pixels, &options, &plan), LPF_NOT_BILEVEL);
  options.bmp_format = LPF_BMP_CLASSIC;
  options.max_pixels = 3;
  CHECK_EQUAL(lpf_bmp_encode_plan(&pixels, &options, &plan), LPF_LIMIT_PIXELS);
  CHECK_EQUAL(plan.wanted, 4);
  options = unlimited();
  options.max_output_bytes = 69;
  CHECK_EQUAL(lpf_bmp_encode_plan(&pixels, &options, &plan), LPF_LIMIT_OUTPUT_BYTES);
  CHECK_EQUAL(plan.wanted, 70);
  options = unlimited();
  pixels.width = pixels.height = 0x7fffffff;
  CHECK_EQUAL(lpf_bmp_encode_plan(&pixels, &options, &plan), LPF_BMP_TOO_LARGE);
  CHECK_EQUAL(plan.limit, 4294967295ll);
}

static void a_third_value_does_not_fit_into_a_bit(void) {
  uint8_t gray[4] = {0, 255, 254, 0}, bmp[100];
  lpf_pixels pixels = {.stride = 2, .width = 2, .height = 2, .format = LPF_FORMAT_GRAY8};
  lpf_options options = unlimited();
  options.bmp_format = LPF_BMP_BILEVEL;
  lpf_report report;
  CHECK_EQUAL(lpf_bmp_encode(gray, 4, &pixels, NULL, 0, &options, bmp, 100, NULL, &report),
              LPF_NOT_BILEVEL);
  CHECK_EQUAL(report.bytes_written, 0);
  gray[2] = 255;
  CHECK_EQUAL(lpf_bmp_encode(gray, 4, &pixels, NULL, 0, &options, bmp, 100, NULL, &report),
              LPF_DONE);
}

static void alpha_is_put_onto_a_background_or_dropped_with_a_warning(void) {
  const uint8_t pixel[4] = {200, 100, 50, 51};
  uint8_t bmp[58];
  lpf_pixels pixels = {.stride = 4, .width = 1, .height = 1, .format = LPF_FORMAT_RGBA8};
  lpf_options options = unlimited();
  lpf_report report;
  CHECK_EQUAL(lpf_bmp_encode(pixel, 4, &pixels, NULL, 0, &options, bmp, 58, NULL, &report),
              LPF_DONE);
  CHECK_EQUAL(report.warning_count, 1);
  CHECK_EQUAL(report.warnings[0].code, LPF_ALPHA_DROPPED);
  CHECK(memcmp(bmp + 54, (uint8_t[4]){50, 100, 200, 0}, 4) == 0);
  options.background = LPF_BACKGROUND | 0x0000ff;
  CHECK_EQUAL(lpf_bmp_encode(pixel, 4, &pixels, NULL, 0, &options, bmp, 58, NULL, &report),
              LPF_DONE);
  CHECK_EQUAL(report.warning_count, 0);
  CHECK(memcmp(bmp + 54, (uint8_t[4]){214, 20, 40, 0}, 4) == 0);
}

static void mistakes_and_cancelling_have_their_codes(void) {
  const uint8_t pixel[4] = {0};
  const int32_t cancel = 1;
  uint8_t bmp[1100];
  lpf_pixels pixels = {.stride = 4, .width = 1, .height = 1, .format = LPF_FORMAT_RGBA8};
  lpf_options options = unlimited();
  lpf_report report;
  CHECK_EQUAL(lpf_bmp_encode(pixel, 4, &pixels, NULL, 0, &options, bmp, 57, NULL, &report),
              LPF_OUTPUT_TOO_SMALL);
  CHECK_EQUAL(report.wanted, 58);
  CHECK_EQUAL(lpf_bmp_encode(pixel, 3, &pixels, NULL, 0, &options, bmp, 58, NULL, &report),
              LPF_OUTPUT_TOO_SMALL);
  CHECK_EQUAL(lpf_bmp_encode(pixel, 4, &pixels, NULL, 0, &options, bmp, 58, &cancel, &report),
              LPF_CANCELLED);
  CHECK_EQUAL(lpf_bmp_encode(NULL, 4, &pixels, NULL, 0, &options, bmp, 58, NULL, &report),
              LPF_INVALID_ARGUMENT);
  pixels.format = LPF_FORMAT_INDEXED8;
  CHECK_EQUAL(lpf_bmp_encode(pixel, 4, &pixels, NULL, 0, &options, bmp, 1100, NULL, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_bmp_encode(pixel, 4, &pixels, bmp, 257, &options, bmp, 1100, NULL, &report),
              LPF_INVALID_ARGUMENT);
}

int main(void) {
  every_format_becomes_every_bmp_that_it_can();
  what_cannot_become_a_bmp_is_refused_with_its_reason();
  a_third_value_does_not_fit_into_a_bit();
  alpha_is_put_onto_a_background_or_dropped_with_a_warning();
  mistakes_and_cancelling_have_their_codes();
  return check_result();
}
