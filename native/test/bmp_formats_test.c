// link: library native/test/png_builder.c native/test/rows_reference.c
/* PNG to each kind of BMP: which kind an image can become, its palette, its pixels, its profile. */
#include <stdbool.h>

#include "check.h"
#include "png_builder.h"
#include "rows_reference.h"

static lpf_report report;

static uint32_t little_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
         (uint32_t)bytes[3] << 24;
}

/* The whole BMP in memory of exactly the planned size, which the second phase must agree with. */
static int32_t convert(png_bytes png, const lpf_options *options, lpf_plan *plan, uint8_t **bmp) {
  *bmp = NULL;
  int32_t code = lpf_png_plan(png.bytes, png.size, options, plan);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  if (code != LPF_DONE) {
    return code;
  }
  *bmp = exactly((size_t)plan->output_bytes);
  memset(*bmp, 0xa5, (size_t)plan->output_bytes);
  code = lpf_png_to_bmp(png.bytes, png.size, options, *bmp, plan->output_bytes, NULL, 0, NULL,
                        &report);
  CHECK(code != LPF_OUTPUT_TOO_SMALL);
  CHECK_EQUAL(report.bytes_written, code == LPF_DONE ? plan->output_bytes : 0);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  return code;
}

/* An image of three rows with `extra` chunk before its image data. */
static png_bytes png_with(const png_image *image, const char *type, const void *data, size_t size) {
  png_bytes scanlines = png_scanlines(image, 5);
  png_bytes idat = png_store(scanlines.bytes, scanlines.size);
  png_bytes png = png_begin(image->shape);
  if (image->shape.color_type == 3) {
    png_add_chunk(&png, "PLTE", image->palette[0], (size_t)image->palette_size * 3);
  }
  if (type != NULL) {
    png_add_chunk(&png, type, data, size);
  }
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
  png_end(&png);
  free(scanlines.bytes);
  free(idat.bytes);
  return png;
}

static lpf_source source_of(const png_image *image) {
  lpf_source source;
  memset(&source, 0, sizeof source);
  source.width = image->shape.width;
  source.height = image->shape.height;
  source.bit_depth = image->shape.bit_depth;
  source.color_type = image->shape.color_type;
  for (size_t i = 0; i < 256; i++) {
    memcpy(source.palette[i], image->palette[i], 3);
    source.palette[i][3] = 255;
  }
  return source;
}

/* Rows bottom-up, each padded with zeros to 4 bytes. */
static void check_pixels(const png_image *image, const lpf_source *source, lpf_layout_id layout,
                         const uint8_t *bmp) {
  const size_t row_size = reference_row_size(layout, source->width);
  const size_t stride = (row_size + 3) / 4 * 4;
  const uint32_t channels = png_channels(source->color_type);
  const uint8_t *pixels = bmp + little_endian(bmp + 10);
  const lpf_blend blend = {.premultiplied = false};
  uint8_t *row = exactly(stride);
  uint16_t(*samples)[4] = (uint16_t(*)[4])(void *)exactly(source->width * sizeof *samples);
  for (uint32_t y = 0; y < source->height; y++) {
    for (size_t i = 0; i < source->width * channels; i++) {
      samples[i / channels][i % channels] = image->samples[y * source->width * channels + i];
    }
    memset(row, 0, stride);
    reference_row(source, layout, &blend, samples, row);
    CHECK(memcmp(pixels + stride * (source->height - 1 - y), row, stride) == 0);
  }
  free(row);
  free(samples);
}

static lpf_layout_id layout_of(uint32_t bmp_format) {
  static const lpf_layout_id layouts[] = {LPF_FORMAT_BGR8, LPF_FORMAT_BGRA8, LPF_FORMAT_INDEXED8,
                                          LPF_FORMAT_GRAY8, LPF_LAYOUT_BITS1};
  return layouts[bmp_format];
}

static int32_t expected_code(const png_shape *shape, uint32_t bmp_format) {
  switch (bmp_format) {
    case LPF_BMP_INDEXED8:
      return shape->color_type == 3 ? LPF_DONE : LPF_NO_PALETTE;
    case LPF_BMP_GRAY8:
      return shape->color_type == 0 || shape->color_type == 4 ? LPF_DONE : LPF_COLOR_TO_GRAY;
    case LPF_BMP_BILEVEL:
      return shape->bit_depth == 1 ? LPF_DONE : LPF_NOT_BILEVEL;
    default:
      return LPF_DONE;
  }
}

static uint32_t matching_format(const png_shape *shape) {
  return shape->color_type >= 4   ? LPF_BMP_BGRA
         : shape->bit_depth == 1  ? LPF_BMP_BILEVEL
         : shape->color_type == 3 ? LPF_BMP_INDEXED8
         : shape->color_type == 0 ? LPF_BMP_GRAY8
                                  : LPF_BMP_CLASSIC;
}

static void check_palette(const png_image *image, uint32_t bmp_format, const uint8_t *bmp) {
  for (uint32_t i = 0; i < little_endian(bmp + 46); i++) {
    const uint8_t *quad = bmp + 54 + 4 * i;
    const bool gray = image->shape.color_type != 3;
    const uint8_t level = (uint8_t)(bmp_format == LPF_BMP_BILEVEL ? 255 * i : i);
    for (uint32_t channel = 0; channel < 3; channel++) {
      CHECK_EQUAL(quad[channel], gray ? level : image->palette[i][2 - channel]);
    }
  }
}

static void check_image(png_shape shape) {
  png_image image = png_random_image(shape);
  png_bytes png = png_with(&image, NULL, NULL, 0);
  const lpf_source source = source_of(&image);
  for (uint32_t format = 0; format <= LPF_BMP_MATCH; format++) {
    const uint32_t kind = format == LPF_BMP_MATCH ? matching_format(&shape) : format;
    lpf_options options = unlimited();
    options.bmp_format = format;
    lpf_plan plan;
    uint8_t *bmp;
    CHECK_EQUAL(convert(png, &options, &plan, &bmp), expected_code(&shape, kind));
    if (bmp != NULL) {
      CHECK_EQUAL(plan.bmp_format, kind);
      CHECK_EQUAL(little_endian(bmp + 2), plan.output_bytes);
      check_pixels(&image, &source, layout_of(kind), bmp);
      check_palette(&image, kind, bmp);
      CHECK_EQUAL(report.warning_count, shape.color_type >= 4 && kind != LPF_BMP_BGRA);
    }
    free(bmp);
  }
  free(png.bytes);
  png_free_image(&image);
}

static void every_kind_of_png_becomes_what_it_can_become(void) {
  static const uint32_t kinds[][2] = {{0, 1}, {0, 2},  {0, 4},  {0, 8}, {0, 16},
                                      {2, 8}, {2, 16}, {3, 1},  {3, 2}, {3, 4},
                                      {3, 8}, {4, 8},  {4, 16}, {6, 8}, {6, 16}};
  for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
    for (uint32_t width = 1; width < 68; width = width * 2 + 1) {
      check_image((png_shape){width, 3, kinds[kind][1], kinds[kind][0], 0});
      check_image((png_shape){width, 9, kinds[kind][1], kinds[kind][0], 1});
    }
  }
}

/* Transparency before the image data decides; behind it, where PNG does not allow it, it cannot. */
static void match_keeps_the_transparency_of_trns(void) {
  static const struct {
    uint32_t color_type, bit_depth;
    const char *data;
    size_t size;
    uint32_t format, format_on_background;
  } images[] = {{0, 8, "\0\1", 2, LPF_BMP_BGRA, LPF_BMP_CLASSIC},
                {0, 1, "\0\1", 2, LPF_BMP_BGRA, LPF_BMP_BILEVEL},
                {2, 8, "\0\1\0\2\0\3", 6, LPF_BMP_BGRA, LPF_BMP_CLASSIC},
                {3, 8, "\x80", 1, LPF_BMP_BGRA, LPF_BMP_INDEXED8},
                {3, 8, "\xff", 1, LPF_BMP_INDEXED8, LPF_BMP_INDEXED8}};
  for (size_t i = 0; i < sizeof images / sizeof images[0]; i++) {
    png_image image =
        png_random_image((png_shape){5, 3, images[i].bit_depth, images[i].color_type, 0});
    png_bytes png = png_with(&image, "tRNS", images[i].data, images[i].size);
    lpf_options options = unlimited();
    options.bmp_format = LPF_BMP_MATCH;
    lpf_plan plan;
    uint8_t *bmp;
    CHECK_EQUAL(convert(png, &options, &plan, &bmp), LPF_DONE);
    CHECK_EQUAL(plan.bmp_format, images[i].format);
    CHECK_EQUAL(report.warning_count, 0);
    free(bmp);
    options.background = LPF_BACKGROUND | 0x102030;
    CHECK_EQUAL(convert(png, &options, &plan, &bmp), LPF_DONE);
    CHECK_EQUAL(plan.bmp_format, images[i].format_on_background);
    CHECK_EQUAL(report.warning_count, 0);
    free(bmp);
    free(png.bytes);
    png_free_image(&image);
  }
  png_bytes late = png_begin((png_shape){1, 1, 8, 0, 0});
  png_bytes idat = png_store((const uint8_t *)"\0\1", 2);
  png_add_chunk(&late, "IDAT", idat.bytes, idat.size);
  png_add_chunk(&late, "tRNS", (const uint8_t *)"\0\1", 2);
  png_end(&late);
  lpf_options options = unlimited();
  options.bmp_format = LPF_BMP_MATCH;
  lpf_plan plan;
  uint8_t *bmp;
  CHECK_EQUAL(convert(late, &options, &plan, &bmp), LPF_DONE);
  CHECK_EQUAL(plan.bmp_format, LPF_BMP_GRAY8);
  CHECK_EQUAL(report.warning_count, 1);
  free(bmp);
  free(idat.bytes);
  free(late.bytes);
}

static void palettes_are_put_onto_the_background(void) {
  png_image image = png_random_image((png_shape){5, 3, 1, 3, 0});
  memcpy(image.palette, "\x64\x96\xc8\x0a\x14\x1e", 6);
  image.palette_size = 2;
  png_bytes png = png_with(&image, "tRNS", "\x80\0", 2);
  static const uint32_t formats[] = {LPF_BMP_INDEXED8, LPF_BMP_BILEVEL};
  for (size_t i = 0; i < 2; i++) {
    lpf_options options = unlimited();
    options.bmp_format = formats[i];
    options.background = LPF_BACKGROUND | 0x00ff80;
    lpf_plan plan;
    uint8_t *bmp;
    CHECK_EQUAL(convert(png, &options, &plan, &bmp), LPF_DONE);
    /* (100 * 128 + 0 * 127 + 127) / 255 = 50, and so on */
    CHECK(bmp != NULL && memcmp(bmp + 54, "\xa4\xca\x32\0\x80\xff\0\0", 8) == 0);
    free(bmp);
    options.background = 0;
    CHECK_EQUAL(convert(png, &options, &plan, &bmp), LPF_DONE);
    CHECK(bmp != NULL && memcmp(bmp + 54, "\xc8\x96\x64\0\x1e\x14\x0a\0", 8) == 0);
    CHECK_EQUAL(report.warning_count, 1);
    CHECK_EQUAL(report.warnings[0].code, LPF_ALPHA_DROPPED);
    free(bmp);
  }
  free(png.bytes);
  png_free_image(&image);
}

enum { PROFILE_BYTES = 200, STREAM_AT = 3 };

/* iCCP data around a profile for this colour space. */
static png_bytes profile_chunk(const char *color_space, uint8_t profile[PROFILE_BYTES]) {
  for (size_t i = 0; i < PROFILE_BYTES; i++) {
    profile[i] = (uint8_t)(i * 3);
  }
  memcpy(profile + 16, color_space, 4);
  png_bytes stream = png_store(profile, PROFILE_BYTES);
  png_bytes data = {exactly(stream.size + STREAM_AT), stream.size + STREAM_AT};
  memcpy(data.bytes, "p\0\0", STREAM_AT);
  memcpy(data.bytes + STREAM_AT, stream.bytes, stream.size);
  free(stream.bytes);
  return data;
}

static void a_sound_profile_of_rgb_colour_is_embedded(void) {
  enum { WRONG_ADLER32 = 58 };
  static const char *const spaces[] = {"RGB ", "GRAY", "RGB "};
  for (size_t i = 0; i < 3; i++) {
    const bool damaged = i == 2;
    uint8_t profile[PROFILE_BYTES];
    png_bytes data = profile_chunk(spaces[i], profile);
    data.bytes[data.size - 1] ^= damaged;
    png_image image = png_random_image((png_shape){5, 3, 8, 6, 0});
    png_bytes png = png_with(&image, "iCCP", data.bytes, data.size);
    for (uint32_t flags = 0; flags <= LPF_FLAG_TOLERATE_ANCILLARY;
         flags += LPF_FLAG_TOLERATE_ANCILLARY) {
      lpf_options options = unlimited();
      options.bmp_format = LPF_BMP_BGRA;
      options.flags = flags;
      lpf_plan plan;
      uint8_t *bmp;
      CHECK_EQUAL(convert(png, &options, &plan, &bmp), damaged && flags == 0 ? WRONG_ADLER32 : 0);
      const bool embedded = i == 0;
      CHECK_EQUAL(plan.output_bytes, embedded ? 14 + 124 + 60 + PROFILE_BYTES : 14 + 108 + 60);
      if (embedded) {
        CHECK(memcmp(bmp + 14 + little_endian(bmp + 14 + 112), profile, PROFILE_BYTES) == 0);
        CHECK_EQUAL(little_endian(bmp + 14 + 116), PROFILE_BYTES);
      }
      CHECK_EQUAL(report.warning_count, damaged && flags != 0);
      free(bmp);
    }
    free(png.bytes);
    free(data.bytes);
    png_free_image(&image);
  }
}

/* Old memory on the stack must not look like the alpha of a palette that is not there yet. */
static void fill_the_stack(int value) {
  volatile unsigned char bytes[60000];
  for (size_t i = 0; i < sizeof bytes; i++) {
    bytes[i] = (unsigned char)value;
  }
}

/* As LodePNG takes it: a tRNS chunk without an entry, and the palette behind the image data. */
static void a_palette_that_comes_late_has_no_alpha_before(void) {
  png_image image = png_random_image((png_shape){1, 1, 8, 3, 0});
  png_bytes scanlines = png_scanlines(&image, 0);
  png_bytes idat = png_store(scanlines.bytes, scanlines.size);
  png_bytes png = png_begin(image.shape);
  png_add_chunk(&png, "tRNS", idat.bytes, 0);
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
  png_add_chunk(&png, "PLTE", image.palette[0], (size_t)image.palette_size * 3);
  png_end(&png);
  lpf_options options = unlimited();
  options.bmp_format = LPF_BMP_MATCH;
  for (int value = 0; value <= 255; value += 255) {
    lpf_plan plan;
    fill_the_stack(value);
    CHECK_EQUAL(lpf_png_plan(png.bytes, png.size, &options, &plan), LPF_DONE);
    CHECK_EQUAL(plan.bmp_format, LPF_BMP_INDEXED8);
    uint8_t *bmp = exactly((size_t)plan.output_bytes);
    fill_the_stack(255 - value);
    CHECK_EQUAL(lpf_png_to_bmp(png.bytes, png.size, &options, bmp, plan.output_bytes, NULL, 0, NULL,
                               &report),
                LPF_DONE);
    free(bmp);
  }
  free(png.bytes);
  free(idat.bytes);
  free(scanlines.bytes);
  png_free_image(&image);
}

/* The plan, which has not seen more than the beginning of the image data, holds. */
static void damaged_image_data_does_not_change_what_match_means(void) {
  png_image image = png_random_image((png_shape){5, 4, 8, 4, 0});
  png_bytes scanlines = png_scanlines(&image, 0);
  png_bytes idat = png_store(scanlines.bytes, scanlines.size);
  png_bytes png = png_begin(image.shape);
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
  png.bytes[png.size - 1] ^= 1; /* of the CRC */
  png_end(&png);
  lpf_options options = unlimited();
  options.bmp_format = LPF_BMP_MATCH;
  lpf_plan plan;
  CHECK_EQUAL(lpf_png_plan(png.bytes, png.size, &options, &plan), LPF_DONE);
  CHECK_EQUAL(plan.bmp_format, LPF_BMP_BGRA);
  uint8_t *bmp = exactly((size_t)plan.output_bytes);
  CHECK_EQUAL(lpf_png_to_bmp(png.bytes, png.size, &options, bmp, plan.output_bytes, NULL, 0, NULL,
                             &report),
              57 /* LodePNG's for a CRC */);
  free(bmp);
  free(png.bytes);
  free(idat.bytes);
  free(scanlines.bytes);
  png_free_image(&image);
}

int main(void) {
  a_palette_that_comes_late_has_no_alpha_before();
  every_kind_of_png_becomes_what_it_can_become();
  match_keeps_the_transparency_of_trns();
  palettes_are_put_onto_the_background();
  a_sound_profile_of_rgb_colour_is_embedded();
  damaged_image_data_does_not_change_what_match_means();
  return check_result();
}
