// link: library native/test/png_builder.c
/* The same damage under each verdict: LodePNG's on the whole file, and what lets damage pass that
   the pixels asked for do not need. */
#include <stdbool.h>

#include "check.h"
#include "png_builder.h"

enum { STRICT = 0, DEFAULT = LPF_FLAG_TOLERATE_ANCILLARY, TOLERANT = LPF_FLAG_TOLERATE_TRUNCATION };

/* A chunk type as reports have it. */
static uint32_t type_of(const char *letters) {
  uint32_t type = 0;
  for (size_t i = 0; i < 4; i++) {
    type = type << 8 | (uint8_t)letters[i];
  }
  return type;
}

static lpf_report report;

/* One pixel, which is what every file here has. */
static int32_t decode(png_bytes png, uint32_t flags, uint32_t format, uint8_t pixel[8]) {
  lpf_options options = unlimited();
  options.flags = flags;
  lpf_pixels pixels = {0, 8, 1, 1, format, 0};
  memset(pixel, 0xa5, 8);
  int32_t code =
      lpf_png_decode(png.bytes, png.size, &options, pixel, 8, &pixels, NULL, 0, NULL, &report);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  return code;
}

static const uint8_t PALETTE[6] = {10, 20, 30, 40, 50, 60};

/* A pixel of color type 2 (1, 2, 3), 0 (7), 3 (index 1) or 6 (1, 2, 3, 4). */
static png_bytes with_chunk(uint32_t color_type, const char *type, const void *data, size_t size,
                            bool wrong_crc) {
  static const char *const rows[] = {"\0\7", "", "\0\1\2\3", "\0\1", "", "", "\0\1\2\3\4"};
  static const size_t row_bytes[] = {2, 0, 4, 2, 0, 0, 5};
  png_bytes png = png_begin((png_shape){1, 1, 8, color_type, 0});
  if (color_type == 3) {
    png_add_chunk(&png, "PLTE", PALETTE, sizeof PALETTE);
  }
  png_add_chunk(&png, type, data, size);
  png.bytes[png.size - 1] ^= wrong_crc;
  png_bytes idat = png_store((const uint8_t *)rows[color_type], row_bytes[color_type]);
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
  png_end(&png);
  free(idat.bytes);
  return png;
}

static void check_warning(uint32_t index, int32_t code, const char *type, size_t offset) {
  CHECK(report.warning_count > index);
  CHECK_EQUAL(report.warnings[index].code, code);
  CHECK_EQUAL(report.warnings[index].chunk_type, type_of(type));
  CHECK_EQUAL(report.warnings[index].offset, offset);
}

/* LodePNG's code for each; by default the pixels and a warning with that code. */
static void damage_beside_the_pixels_is_a_warning_by_default(void) {
  static const struct {
    uint32_t color_type;
    const char *type;
    const char *data;
    size_t size;
    bool wrong_crc;
    int32_t code;
  } damaged[] = {
      {6, "sBIT", "\10\10\10", 3, false, 114}, {2, "sBIT", "\10\0\10", 3, false, 115},
      {2, "sBIT", "\11\10\10", 3, false, 115}, {2, "gAMA", "\0\0\1", 3, false, 96},
      {2, "gAMA", "\0\0\1\1", 4, true, 57},    {2, "cHRM", "", 0, false, 97},
      {2, "sRGB", "\0\0", 2, false, 98},       {2, "tIME", "\0", 1, false, 73},
      {2, "pHYs", "\0\0", 2, false, 74},       {2, "bKGD", "\0", 1, false, 45},
      {0, "bKGD", "\0", 1, false, 44},         {3, "bKGD", "\0\0", 2, false, 43},
      {3, "bKGD", "\2", 1, false, 103},        {2, "cICP", "\0", 1, false, 117},
      {2, "mDCv", "\0", 1, false, 119},        {2, "cLLi", "\0", 1, false, 120},
      {2, "iCCP", "p\0\0x", 4, true, 53},      {2, "iCCP", "p\0", 2, false, 75},
      {2, "iCCP", "\0\0\0x", 4, false, 89},    {2, "iCCP", "p\0\1x", 4, false, 72},
      {2, "tEXt", "a\0b", 3, true, 57},        {2, "test", "a", 1, false, 122},
      {2, "t3St", "a", 1, false, 121},
  };
  uint8_t sound[8], pixel[8];
  for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
    const uint32_t color_type = damaged[i].color_type;
    png_bytes plain = with_chunk(color_type, "teSt", "", 0, false);
    CHECK_EQUAL(decode(plain, STRICT, LPF_FORMAT_RGBA8, sound), LPF_DONE);
    free(plain.bytes);
    png_bytes png = with_chunk(color_type, damaged[i].type, damaged[i].data, damaged[i].size,
                               damaged[i].wrong_crc);
    const bool profile_stream =
        damaged[i].code == 53; /* LodePNG inflates before it checks the CRC */
    CHECK_EQUAL(decode(png, STRICT, LPF_FORMAT_RGBA8, pixel), damaged[i].code);
    for (uint32_t flags = DEFAULT; flags <= TOLERANT; flags += TOLERANT - DEFAULT) {
      for (uint32_t way = 0; way <= LPF_FLAG_LODEPNG_ONLY; way += LPF_FLAG_LODEPNG_ONLY) {
        CHECK_EQUAL(decode(png, flags | way, LPF_FORMAT_RGBA8, pixel), LPF_DONE);
        CHECK(memcmp(pixel, sound, sizeof pixel) == 0);
        CHECK_EQUAL(report.warning_count, 1);
        check_warning(0, profile_stream ? 57 : damaged[i].code, damaged[i].type,
                      color_type == 3 ? 33 + 18 : 33);
      }
    }
    free(png.bytes);
  }
}

/* Whoever wants alpha needs tRNS; a background is made of it, too. */
static void a_damaged_trns_is_an_error_where_alpha_is_asked_for(void) {
  static const struct {
    uint32_t color_type;
    size_t size;
    bool wrong_crc;
    int32_t code;
  } damaged[] = {
      {0, 1, false, 30}, {2, 5, false, 41}, {3, 3, false, 39}, {6, 2, false, 42}, {2, 6, true, 57}};
  uint8_t pixel[8];
  for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
    const uint32_t color_type = damaged[i].color_type;
    png_bytes png =
        with_chunk(color_type, "tRNS", "\0\0\0\0\0\0", damaged[i].size, damaged[i].wrong_crc);
    const size_t offset = color_type == 3 ? 33 + 18 : 33;
    for (uint32_t flags = 0; flags <= LPF_FLAG_LODEPNG_ONLY; flags += LPF_FLAG_LODEPNG_ONLY) {
      CHECK_EQUAL(decode(png, STRICT | flags, LPF_FORMAT_RGB8, pixel), damaged[i].code);
      CHECK_EQUAL(decode(png, DEFAULT | flags, LPF_FORMAT_RGBA8, pixel), damaged[i].code);
      CHECK_EQUAL(decode(png, TOLERANT | flags, LPF_FORMAT_RGBA16, pixel), damaged[i].code);
      CHECK_EQUAL(decode(png, DEFAULT | flags, LPF_FORMAT_RGB8, pixel), LPF_DONE);
      check_warning(0, damaged[i].code, "tRNS", offset);
      CHECK(pixel[0] == (color_type == 3 ? 40 : color_type == 0 ? 7 : 1));
      if (color_type == 6) {
        check_warning(1, LPF_ALPHA_DROPPED, "IHDR", 8);
      }
    }
    lpf_options options = unlimited();
    options.flags = DEFAULT;
    options.background = LPF_BACKGROUND;
    lpf_pixels pixels = {0, 8, 1, 1, LPF_FORMAT_RGB8, 0};
    CHECK_EQUAL(
        lpf_png_decode(png.bytes, png.size, &options, pixel, 8, &pixels, NULL, 0, NULL, &report),
        damaged[i].code);
    uint8_t rgba[1024];
    uint32_t entries;
    CHECK_EQUAL(lpf_png_palette(png.bytes, png.size, &options, rgba, &entries, &report),
                color_type == 3 ? damaged[i].code : LPF_DONE);
    free(png.bytes);
  }
}

/* What the pixels need is judged by LodePNG whatever the flags, and whatever else is damaged. */
static void damage_that_the_pixels_meet_has_one_code_under_every_verdict(void) {
  static const struct {
    const char *type;
    const char *data;
    size_t size;
    int32_t code;
  } damaged[] = {{"PLTE", "", 0, 38},  {"PLTE", "\1\2", 2, 38}, {"ABCD", "", 0, 69},
                 {"A1CD", "", 0, 121}, {"ABcD", "", 0, 122},    {"IHDR", "", 0, 69},
                 {"IDAT", "x", 1, 24}};
  static const uint32_t flags[] = {STRICT, DEFAULT, LPF_FLAG_LODEPNG_ONLY,
                                   DEFAULT | LPF_FLAG_LODEPNG_ONLY};
  uint8_t pixel[8];
  for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
    png_bytes png = with_chunk(2, damaged[i].type, damaged[i].data, damaged[i].size, false);
    for (size_t way = 0; way < sizeof flags / sizeof flags[0]; way++) {
      CHECK_EQUAL(decode(png, flags[way], LPF_FORMAT_RGBA8, pixel), damaged[i].code);
    }
    free(png.bytes);
  }
}

/* Behind the image data nothing is needed any more; a file that ends within it lacks pixels. */
static void a_missing_end_is_passed_over_once_the_pixels_are_there(void) {
  png_bytes png = with_chunk(2, "teSt", "abc", 3, false);
  uint8_t pixel[8];
  const size_t image_data_end = png.size - 12;
  for (size_t size = 33; size < png.size; size++) {
    png_bytes cut = {copy_of(png.bytes, size), size};
    const int32_t strict = decode(cut, STRICT, LPF_FORMAT_RGBA8, pixel);
    CHECK(strict == 30 || strict == 64);
    int32_t code = decode(cut, DEFAULT, LPF_FORMAT_RGBA8, pixel);
    if (size < image_data_end) {
      CHECK_EQUAL(code, strict);
    } else {
      CHECK_EQUAL(code, LPF_DONE);
      check_warning(0, strict, "IEND", image_data_end);
      CHECK(memcmp(pixel, "\1\2\3\xff", 4) == 0);
    }
    free(cut.bytes);
  }
  free(png.bytes);
}

/* Two rows in stored blocks, of which the second is missing: black, opaque, index 0. */
static void missing_pixels_are_black_and_opaque_in_every_format(void) {
  static const uint32_t color_types[] = {0, 2, 3, 4, 6};
  for (size_t kind = 0; kind < 5; kind++) {
    png_shape shape = {3, 2, 8, color_types[kind], 0};
    png_image image = png_random_image(shape);
    memset(image.palette, 0x77, sizeof image.palette);
    png_bytes scanlines = png_scanlines(&image, 0);
    memset(scanlines.bytes + 1, 0x55, scanlines.size / 2 - 1);
    png_bytes idat = png_store(scanlines.bytes, scanlines.size / 2);
    png_bytes png = png_begin(shape);
    if (shape.color_type == 3) {
      png_add_chunk(&png, "PLTE", image.palette[0], 256 * 3);
    }
    png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
    png_end(&png);
    for (uint32_t format = 0; format < LPF_FORMAT_COUNT; format++) {
      lpf_options options = unlimited();
      options.flags = TOLERANT;
      lpf_plan plan;
      if (lpf_png_decode_plan(png.bytes, png.size, &options, format, &plan) != LPF_DONE) {
        continue;
      }
      const size_t row = (size_t)plan.output_bytes / 2, pixel = row / 3;
      const bool wide = format == LPF_FORMAT_GRAY16 || format == LPF_FORMAT_GRAY_ALPHA16 ||
                        format >= LPF_FORMAT_RGB16;
      const size_t sample = wide && format != LPF_FORMAT_INDEXED8 ? 2 : 1;
      lpf_pixels pixels = {0, (long long)row, 3, 2, format, 0};
      uint8_t *memory = exactly(2 * row);
      memset(memory, 0xa5, 2 * row);
      CHECK_EQUAL(lpf_png_decode(png.bytes, png.size, &options, memory, 2 * row, &pixels, NULL, 0,
                                 NULL, &report),
                  LPF_DONE);
      check_warning(0, 91, "IDAT", shape.color_type == 3 ? 33 + 780 : 33);
      for (size_t i = 0; i < row; i++) {
        const size_t channel = i % pixel / sample, channels = pixel / sample;
        const bool alpha_first = format == LPF_FORMAT_ARGB8 || format == LPF_FORMAT_ABGR8;
        const bool has_alpha = channels == 2 || channels == 4;
        const bool is_alpha = has_alpha && channel == (alpha_first ? 0 : channels - 1);
        CHECK_EQUAL(memory[row + i], is_alpha ? 0xff : 0);
        const bool was_alpha = shape.color_type >= 4;
        CHECK_EQUAL(memory[i], is_alpha && !was_alpha                                   ? 0xff
                               : shape.color_type == 3 && format != LPF_FORMAT_INDEXED8 ? 0x77
                                                                                        : 0x55);
      }
      free(memory);
    }
    free(png.bytes);
    free(idat.bytes);
    free(scanlines.bytes);
    png_free_image(&image);
  }
}

/* Each tRNS changes as many entries as it has; a PLTE takes all of it back. */
static void transparency_that_stands_twice_is_read_as_lodepng_reads_it(void) {
  uint8_t pixel[8];
  for (int palette_between = 0; palette_between <= 1; palette_between++) {
    png_bytes png = png_begin((png_shape){1, 1, 8, 3, 0});
    png_add_chunk(&png, "PLTE", PALETTE, sizeof PALETTE);
    png_add_chunk(&png, "tRNS", (const uint8_t *)"\1\2", 2);
    if (palette_between) {
      png_add_chunk(&png, "PLTE", PALETTE, sizeof PALETTE);
    }
    png_add_chunk(&png, "tRNS", (const uint8_t *)"\3", 1);
    png_bytes idat = png_store((const uint8_t *)"\0\1", 2);
    png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
    png_end(&png);
    for (uint32_t way = 0; way <= LPF_FLAG_LODEPNG_ONLY; way += LPF_FLAG_LODEPNG_ONLY) {
      CHECK_EQUAL(decode(png, way, LPF_FORMAT_RGBA8, pixel), LPF_DONE);
      CHECK_EQUAL(pixel[3], palette_between ? 255 : 2);
      CHECK_EQUAL(pixel[0], 40);
    }
    free(idat.bytes);
    free(png.bytes);
  }
}

int main(void) {
  damage_beside_the_pixels_is_a_warning_by_default();
  a_damaged_trns_is_an_error_where_alpha_is_asked_for();
  damage_that_the_pixels_meet_has_one_code_under_every_verdict();
  a_missing_end_is_passed_over_once_the_pixels_are_there();
  missing_pixels_are_black_and_opaque_in_every_format();
  transparency_that_stands_twice_is_read_as_lodepng_reads_it();
  return check_result();
}
