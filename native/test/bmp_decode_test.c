/* BMPs of every kind into pixels of every format, against a reference of the test's own. */
// link: native/test/bmp_builder.c library
#include "bmp_builder.h"
#include "check.h"

static const size_t PIXEL_BYTES[LPF_FORMAT_COUNT] = {1, 2, 2, 4, 3, 3, 4, 4, 4, 4, 6, 8, 1};

static bool is_gray_format(uint32_t format) {
  return format <= LPF_FORMAT_GRAY_ALPHA16;
}

static int32_t decode(const uint8_t *bytes, size_t size, const lpf_options *options,
                      uint8_t *memory, size_t memory_size, const lpf_pixels *pixels,
                      lpf_report *report) {
  return lpf_bmp_decode(bytes, size, options, memory, memory_size, pixels, NULL, 0, NULL, report);
}

/* The code that a format must get. */
static int32_t expected_code(const bmp_wish *wish, uint32_t format) {
  if (format == LPF_FORMAT_INDEXED8) {
    return wish->bits <= 8 ? LPF_DONE : LPF_NO_PALETTE;
  }
  return is_gray_format(format) && (wish->bits > 8 || !wish->gray_palette) ? LPF_COLOR_TO_GRAY
                                                                           : LPF_DONE;
}

static void expect_pixels(const bmp_wish *wish, const bmp_file *file, uint32_t format,
                          const uint8_t *pixels, size_t stride) {
  for (uint32_t y = 0; y < wish->height; y++) {
    for (uint32_t x = 0; x < wish->width; x++) {
      uint8_t expected[8];
      size_t size = 1;
      if (format == LPF_FORMAT_INDEXED8) {
        expected[0] = (uint8_t)reference_index(wish, file, x, y);
      } else {
        uint32_t rgba[4];
        reference_pixel(wish, file, x, y, reference_most(format), rgba);
        size = reference_store(format, rgba, expected);
      }
      CHECK(memcmp(pixels + y * stride + x * size, expected, size) == 0);
    }
  }
}

static void check_format(const bmp_wish *wish, const bmp_file *file, uint32_t format,
                         uint32_t flags) {
  lpf_options options = unlimited();
  options.flags = flags;
  lpf_bmp_plan plan;
  const int32_t code = expected_code(wish, format);
  CHECK_EQUAL(lpf_bmp_decode_plan(file->bytes, file->size, &options, format, &plan), code);
  CHECK_EQUAL(plan.info.width, wish->width);
  CHECK_EQUAL(plan.info.height, wish->height);
  const size_t stride = wish->width * PIXEL_BYTES[format];
  const size_t size = stride * wish->height;
  uint8_t *memory = exactly(size);
  lpf_pixels pixels = {
      .stride = (long long)stride, .width = wish->width, .height = wish->height, .format = format};
  lpf_report report;
  CHECK_EQUAL(decode(file->bytes, file->size, &options, memory, size, &pixels, &report), code);
  if (code == LPF_DONE) {
    CHECK_EQUAL(plan.output_bytes, size);
    CHECK_EQUAL(report.bytes_written, size);
    expect_pixels(wish, file, format, memory, stride);
  }
  free(memory);
}

static void check_all(const bmp_wish *wish) {
  bmp_file file = build_bmp(wish, NULL, 0);
  for (uint32_t format = 0; format < LPF_FORMAT_COUNT; format++) {
    check_format(wish, &file, format, 0);
    check_format(wish, &file, format, LPF_FLAG_SCALAR);
  }
  free(file.bytes);
}

/* ---- Kinds ---- */

static const uint32_t WIDTHS[] = {1, 2, 3, 7, 8, 9, 10, 17, 33, 64, 65, 131};
enum { WIDTH_COUNT = sizeof WIDTHS / sizeof WIDTHS[0] };

static void every_header_has_every_number_of_bits(void) {
  static const uint32_t HEADERS[] = {12, 16, 20, 36, 40, 42, 48, 52, 56, 60, 64, 108, 124};
  static const uint32_t BITS[] = {1, 2, 4, 8, 16, 24, 32};
  for (size_t h = 0; h < sizeof HEADERS / sizeof HEADERS[0]; h++) {
    for (size_t b = 0; b < sizeof BITS / sizeof BITS[0]; b++) {
      bmp_wish wish = {.header_bytes = HEADERS[h], .bits = BITS[b], .height = 5};
      wish.width = WIDTHS[(h + b) % WIDTH_COUNT];
      wish.palette_entries = wish.bits <= 8 ? 1u << wish.bits : 0;
      wish.top_down = HEADERS[h] != 12 && b % 2 == 1;
      check_all(&wish);
    }
  }
}

static void every_width_is_right_to_its_last_pixel(void) {
  static const uint32_t BITS[] = {1, 2, 4, 8, 16, 24, 32};
  for (size_t b = 0; b < sizeof BITS / sizeof BITS[0]; b++) {
    for (size_t w = 0; w < WIDTH_COUNT; w++) {
      bmp_wish wish = {.header_bytes = 40, .bits = BITS[b], .width = WIDTHS[w], .height = 3};
      wish.palette_entries = wish.bits <= 8 ? 1u << wish.bits : 0;
      check_all(&wish);
    }
  }
}

static void any_masks_give_their_samples(void) {
  static const uint32_t MASKS[][5] = {
      {16, 0xf800, 0x07e0, 0x001f, 0},
      {16, 0x7c00, 0x03e0, 0x001f, 0x8000},
      {16, 0x0f00, 0x00f0, 0x000f, 0xf000},
      {16, 0x001f, 0x07e0, 0xf800, 0},
      {16, 0x00e0, 0x001c, 0x0003, 0xff00},
      {16, 0x3ff0, 0x000e, 0x0001, 0xc000},
      {16, 0xff00, 0x00ff, 0, 0},
      {32, 0xff0000, 0xff00, 0xff, 0xff000000u},
      {32, 0xff, 0xff00, 0xff0000, 0xff000000u},
      {32, 0xff000000u, 0xff0000, 0xff00, 0xff},
      {32, 0xff000000u, 0xff0000, 0xff00, 0},
      {32, 0x3ff00000, 0xffc00, 0x3ff, 0xc0000000u},
      {32, 0xfc000000u, 0x3ffff00, 0xf8, 0x7},
      {32, 0x1fe, 0x1fe00, 0x1fe0000, 0},
      {32, 0xffff0000u, 0xffff, 0, 0},
      {32, 0xffffffffu, 0x1, 0x80000000u, 0},
      {32, 0xff, 0xff, 0xff, 0xff},
      {16, 0x007f, 0x3f80, 0xc000, 0},
  };
  static const uint32_t HEADERS[] = {40, 52, 56, 108, 124};
  for (size_t m = 0; m < sizeof MASKS / sizeof MASKS[0]; m++) {
    for (size_t h = 0; h < sizeof HEADERS / sizeof HEADERS[0]; h++) {
      bmp_wish wish = {.header_bytes = HEADERS[h],
                       .bits = MASKS[m][0],
                       .compression = h % 2 == 0 ? 3 : 6,
                       .width = WIDTHS[(m + h) % WIDTH_COUNT],
                       .height = 4};
      memcpy(wish.masks, MASKS[m] + 1, sizeof wish.masks);
      wish.compression = HEADERS[h] == 40 && MASKS[m][4] != 0 ? 6 : 3;
      check_all(&wish);
    }
  }
}

static void every_value_of_a_sample_is_scaled_to_the_whole_range(void) {
  for (uint32_t pixel_bits = 16; pixel_bits <= 32; pixel_bits += 16) {
    for (uint32_t bits = 1; bits <= 12; bits++) {
      bmp_wish wish = {.header_bytes = 56,
                       .bits = pixel_bits,
                       .compression = 3,
                       .width = 1u << bits,
                       .height = 1};
      wish.masks[0] = (1u << bits) - 1;
      wish.masks[3] = bits < 9 ? 0 : 1u << (pixel_bits - 1);
      bmp_file file = build_bmp(&wish, NULL, 0);
      for (uint32_t value = 0; value < wish.width; value++) {
        uint8_t *pixel = file.bytes + file.pixels_at + (size_t)value * (pixel_bits / 8);
        pixel[0] = (uint8_t)value;
        pixel[1] = (uint8_t)(value >> 8);
      }
      check_format(&wish, &file, LPF_FORMAT_RGBA8, 0);
      check_format(&wish, &file, LPF_FORMAT_RGBA16, 0);
      free(file.bytes);
    }
  }
}

static void palettes_may_be_short_long_gray_and_apart(void) {
  static const uint32_t ENTRIES[][2] = {{0, 256},   {3, 3}, {1, 1}, {256, 256},
                                        {300, 300}, {0, 7}, {9, 5}, {0xffffffffu, 256}};
  for (size_t i = 0; i < sizeof ENTRIES / sizeof ENTRIES[0]; i++) {
    for (uint32_t gray = 0; gray <= 1; gray++) {
      bmp_wish wish = {.header_bytes = 40,
                       .bits = 8,
                       .width = 33,
                       .height = 4,
                       .colors_used = ENTRIES[i][0],
                       .palette_entries = ENTRIES[i][1],
                       .gray_palette = gray != 0};
      check_all(&wish);
      if (ENTRIES[i][0] == ENTRIES[i][1]) {
        wish.gap = 37;
        check_all(&wish);
      }
    }
  }
}

static void without_an_offset_the_pixels_follow_the_palette(void) {
  bmp_wish wish = {.header_bytes = 40, .bits = 4, .width = 9, .height = 3, .palette_entries = 16};
  wish.no_offset = true;
  check_all(&wish);
  wish.palette_entries = wish.colors_used = 5;
  check_all(&wish);
  wish = (bmp_wish){.header_bytes = 12, .bits = 24, .width = 9, .height = 3, .no_offset = true};
  check_all(&wish);
}

/* ---- What the headers say ---- */

static void the_header_tells_what_is_in_it(void) {
  bmp_wish wish = {.header_bytes = 124, .bits = 32, .compression = 3, .width = 5, .height = 6};
  memcpy(wish.masks, (uint32_t[4]){0xff, 0xff00, 0xff0000, 0xff000000u}, sizeof wish.masks);
  wish.top_down = true;
  bmp_file file = build_bmp(&wish, NULL, 0);
  memcpy(file.bytes + 14 + 56, "DEBM", 4);
  memcpy(file.bytes + 14 + 112, "\x10\x02\0\0\x30\0\0\0", 8);
  lpf_options options = unlimited();
  lpf_bmp_info info;
  lpf_report report;
  CHECK_EQUAL(lpf_bmp_read_info(file.bytes, file.size, &options, &info, &report), LPF_DONE);
  CHECK_EQUAL(info.width, 5);
  CHECK_EQUAL(info.height, 6);
  CHECK_EQUAL(info.header_bytes, 124);
  CHECK_EQUAL(info.bit_count, 32);
  CHECK_EQUAL(info.compression, LPF_BI_BITFIELDS);
  CHECK_EQUAL(info.top_down, 1);
  CHECK_EQUAL(info.red_mask, 0xff);
  CHECK_EQUAL(info.alpha_mask, 0xff000000u);
  CHECK_EQUAL(info.horizontal_pixels_per_metre, 2835);
  CHECK_EQUAL(info.vertical_pixels_per_metre, 3000);
  CHECK_EQUAL(info.pixels_at, 138);
  CHECK_EQUAL(info.profile_at, 14 + 0x210);
  CHECK_EQUAL(info.profile_bytes, 0x30);
  free(file.bytes);
}

static void the_palette_is_that_of_the_file(void) {
  bmp_wish wish = {.header_bytes = 12, .bits = 4, .width = 5, .height = 2, .palette_entries = 11};
  bmp_file file = build_bmp(&wish, NULL, 0);
  lpf_options options = unlimited();
  uint8_t rgba[1024];
  uint32_t entries;
  lpf_report report;
  CHECK_EQUAL(lpf_bmp_palette(file.bytes, file.size, &options, rgba, &entries, &report), LPF_DONE);
  CHECK_EQUAL(entries, 11);
  CHECK(memcmp(rgba, file.palette, 44) == 0);
  free(file.bytes);
}

/* ---- Blending ---- */

static uint32_t weighted(uint32_t above, uint32_t alpha, uint32_t below, uint32_t most) {
  return (uint32_t)(((uint64_t)above * alpha + (uint64_t)below * (most - alpha) + most / 2) / most);
}

static void check_blending(const bmp_wish *wish, uint32_t format, bool background) {
  bmp_file file = build_bmp(wish, NULL, 0);
  lpf_options options = unlimited();
  options.alpha = background ? LPF_ALPHA_STRAIGHT : LPF_ALPHA_PREMULTIPLIED;
  options.background = background ? LPF_BACKGROUND | 0x20c080 : LPF_BACKGROUND_NONE;
  const uint32_t most = reference_most(format);
  const uint32_t below[3] = {0x20 * (most / 255), 0xc0 * (most / 255), 0x80 * (most / 255)};
  const size_t stride = wish->width * PIXEL_BYTES[format];
  uint8_t *memory = exactly(stride * wish->height);
  lpf_pixels pixels = {
      .stride = (long long)stride, .width = wish->width, .height = wish->height, .format = format};
  lpf_report report;
  CHECK_EQUAL(
      decode(file.bytes, file.size, &options, memory, stride * wish->height, &pixels, &report),
      LPF_DONE);
  CHECK_EQUAL(report.warning_count, 0);
  for (uint32_t y = 0; y < wish->height; y++) {
    for (uint32_t x = 0; x < wish->width; x++) {
      uint32_t rgba[4];
      reference_pixel(wish, &file, x, y, most, rgba);
      for (size_t i = 0; i < 3; i++) {
        rgba[i] = weighted(rgba[i], rgba[3], background ? below[i] : 0, most);
      }
      rgba[3] = background ? most : rgba[3];
      uint8_t expected[8];
      const size_t size = reference_store(format, rgba, expected);
      CHECK(memcmp(memory + y * stride + x * size, expected, size) == 0);
    }
  }
  free(memory);
  free(file.bytes);
}

static void alpha_is_multiplied_or_put_onto_a_background(void) {
  bmp_wish bytes = {.header_bytes = 108, .bits = 32, .compression = 3, .width = 71, .height = 3};
  memcpy(bytes.masks, (uint32_t[4]){0xff0000, 0xff00, 0xff, 0xff000000u}, sizeof bytes.masks);
  bmp_wish fields = bytes;
  fields.bits = 16;
  memcpy(fields.masks, (uint32_t[4]){0xf00, 0xf0, 0xf, 0xf000}, sizeof fields.masks);
  static const uint32_t FORMATS[] = {LPF_FORMAT_RGBA8, LPF_FORMAT_ABGR8, LPF_FORMAT_RGBA16};
  for (size_t i = 0; i < 3; i++) {
    for (int background = 0; background <= 1; background++) {
      check_blending(&bytes, FORMATS[i], background != 0);
      check_blending(&fields, FORMATS[i], background != 0);
    }
  }
  check_blending(&bytes, LPF_FORMAT_RGB8, true);
  check_blending(&fields, LPF_FORMAT_RGB16, true);
}

static void alpha_that_is_dropped_is_a_warning(void) {
  bmp_wish wish = {.header_bytes = 56, .bits = 32, .compression = 3, .width = 4, .height = 2};
  memcpy(wish.masks, (uint32_t[4]){0xff0000, 0xff00, 0xff, 0xff000000u}, sizeof wish.masks);
  bmp_file file = build_bmp(&wish, NULL, 0);
  lpf_options options = unlimited();
  uint8_t memory[24];
  lpf_pixels pixels = {.stride = 12, .width = 4, .height = 2, .format = LPF_FORMAT_RGB8};
  lpf_report report;
  CHECK_EQUAL(decode(file.bytes, file.size, &options, memory, 24, &pixels, &report), LPF_DONE);
  CHECK_EQUAL(report.warning_count, 1);
  CHECK_EQUAL(report.warnings[0].code, LPF_ALPHA_DROPPED);
  CHECK_EQUAL(report.warnings[0].offset, 66);
  CHECK_EQUAL(report.warnings[0].chunk_type, 0);
  free(file.bytes);
}

/* ---- Places ---- */

static void rows_go_where_they_are_told_and_nowhere_else(void) {
  bmp_wish wish = {.header_bytes = 40, .bits = 24, .width = 11, .height = 5};
  bmp_file file = build_bmp(&wish, NULL, 0);
  lpf_options options = unlimited();
  uint8_t memory[1000];
  memset(memory, 0x5a, sizeof memory);
  lpf_pixels pixels = {
      .first_row = 700, .stride = -100, .width = 11, .height = 5, .format = LPF_FORMAT_BGRA8};
  lpf_report report;
  CHECK_EQUAL(decode(file.bytes, file.size, &options, memory, sizeof memory, &pixels, &report),
              LPF_DONE);
  size_t untouched = 0;
  for (size_t i = 0; i < sizeof memory; i++) {
    const bool inside = i >= 300 && i < 800 && i % 100 < 44;
    untouched += !inside && memory[i] == 0x5a;
  }
  CHECK_EQUAL(untouched, sizeof memory - (size_t)5 * 44);
  for (uint32_t y = 0; y < 5; y++) {
    uint32_t rgba[4];
    uint8_t expected[4];
    reference_pixel(&wish, &file, 10, y, 255, rgba);
    reference_store(LPF_FORMAT_BGRA8, rgba, expected);
    CHECK(memcmp(memory + 700 - (size_t)100 * y + 40, expected, 4) == 0);
  }
  pixels.first_row = 399;
  CHECK_EQUAL(decode(file.bytes, file.size, &options, memory, sizeof memory, &pixels, &report),
              LPF_OUTPUT_TOO_SMALL);
  pixels.width = 10;
  CHECK_EQUAL(decode(file.bytes, file.size, &options, memory, sizeof memory, &pixels, &report),
              LPF_INVALID_ARGUMENT);
  free(file.bytes);
}

int main(void) {
  every_header_has_every_number_of_bits();
  every_width_is_right_to_its_last_pixel();
  any_masks_give_their_samples();
  every_value_of_a_sample_is_scaled_to_the_whole_range();
  palettes_may_be_short_long_gray_and_apart();
  without_an_offset_the_pixels_follow_the_palette();
  the_header_tells_what_is_in_it();
  the_palette_is_that_of_the_file();
  alpha_is_multiplied_or_put_onto_a_background();
  alpha_that_is_dropped_is_a_warning();
  rows_go_where_they_are_told_and_nowhere_else();
  return check_result();
}
