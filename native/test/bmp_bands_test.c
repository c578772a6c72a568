// link: library native/test/png_builder.c
/* BMPs in bands: put together, the bytes that the reference, or a whole conversion, has. */
#include <stdbool.h>

#include "base/memory.h"
#include "check.h"
#include "png_builder.h"

enum { OUT_OF_MEMORY = 83 };

/* Makes a BMP in bands of at most so many rows, with so much state; the code. */
static int32_t convert(png_bytes png, const lpf_options *options, uint32_t band_rows,
                       size_t state_size, uint8_t *bmp, lpf_report *report) {
  lpf_plan plan;
  lpf_bmp_bands bands;
  int32_t code = lpf_png_bmp_bands_plan(png.bytes, png.size, options, &plan, &bands);
  if (code != LPF_DONE) {
    return code;
  }
  CHECK_EQUAL(plan.scratch_bytes, bands.state_bytes);
  state_size = state_size == 0 ? (size_t)bands.state_bytes : state_size;
  uint8_t *state = exactly(state_size);
  code =
      lpf_png_bmp_bands_open(png.bytes, png.size, NULL, options, state, state_size, NULL, report);
  if (code != LPF_DONE) {
    free(state);
    return code;
  }
  const uint32_t height = plan.info.height;
  uint32_t done = 0, rows = 1;
  while (code == LPF_DONE && rows > 0) {
    const size_t size = (size_t)bands.row_bytes * band_rows + random_bits() % bands.row_bytes;
    uint8_t *memory = exactly(size);
    code =
        lpf_png_bmp_bands_rows(state, png.bytes, png.size, NULL, memory, size, NULL, &rows, report);
    const size_t at = (size_t)(bands.pixels_at + bands.row_bytes * (height - done - rows));
    memcpy(bmp + at, memory, (size_t)bands.row_bytes * rows);
    done += rows;
    free(memory);
  }
  CHECK(code != LPF_DONE || done == height);
  const size_t ends = (size_t)(bands.pixels_at + bands.profile_bytes);
  uint8_t *memory = exactly(ends);
  if (code == LPF_DONE) {
    lpf_report refused;
    CHECK_EQUAL(
        lpf_png_bmp_bands_ends(state, png.bytes, png.size, NULL, memory, ends - 1, &refused),
        LPF_OUTPUT_TOO_SMALL);
    CHECK_EQUAL(refused.wanted, ends);
    code = lpf_png_bmp_bands_ends(state, png.bytes, png.size, NULL, memory, ends, report);
  }
  if (code == LPF_DONE) {
    memcpy(bmp, memory, (size_t)bands.pixels_at);
    memcpy(bmp + bands.pixels_at + bands.row_bytes * height, memory + bands.pixels_at,
           (size_t)bands.profile_bytes);
    CHECK_EQUAL(report->bytes_written, plan.output_bytes);
    CHECK_EQUAL(ends + bands.row_bytes * height, plan.output_bytes);
  }
  lpf_png_reader_close(state);
  free(memory);
  free(state);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  return code;
}

/* The same file whole, if it becomes a BMP at all. */
static void compare(png_bytes png, const lpf_options *options) {
  lpf_plan plan;
  lpf_report whole_report, report;
  int32_t code = lpf_png_plan(png.bytes, png.size, options, &plan);
  if (code != LPF_DONE) {
    CHECK_EQUAL(convert(png, options, 1, 0, NULL, &report), code);
    return;
  }
  uint8_t *whole = exactly((size_t)plan.output_bytes), *bmp = exactly((size_t)plan.output_bytes);
  code = lpf_png_to_bmp(png.bytes, png.size, options, whole, plan.output_bytes, NULL, 0, NULL,
                        &whole_report);
  CHECK_EQUAL(convert(png, options, 1 + random_bits() % 9, 0, bmp, &report), code);
  if (code == LPF_DONE) {
    CHECK(memcmp(bmp, whole, (size_t)plan.output_bytes) == 0);
    CHECK_EQUAL(report.warning_count, whole_report.warning_count);
    CHECK_EQUAL(report.decode_path, whole_report.decode_path);
  }
  free(whole);
  free(bmp);
}

static const uint32_t KINDS[][2] = {{0, 1}, {0, 2},  {0, 4},  {0, 8}, {0, 16},
                                    {2, 8}, {2, 16}, {3, 1},  {3, 2}, {3, 4},
                                    {3, 8}, {4, 8},  {4, 16}, {6, 8}, {6, 16}};

static void classic_bmps_are_those_of_the_reference(void) {
  for (size_t kind = 0; kind < sizeof KINDS / sizeof KINDS[0]; kind++) {
    for (uint32_t interlaced = 0; interlaced <= 1; interlaced++) {
      png_image image =
          png_random_image((png_shape){33, 29, KINDS[kind][1], KINDS[kind][0], interlaced});
      png_bytes png = png_of_image(&image), expected = png_expected_bmp(&image);
      const lpf_options options = unlimited();
      static const uint32_t heights[] = {1, 2, 7, 29};
      for (size_t i = 0; i < 4; i++) {
        uint8_t *bmp = exactly(expected.size);
        lpf_report report;
        CHECK_EQUAL(convert(png, &options, heights[i], 0, bmp, &report), LPF_DONE);
        CHECK(memcmp(bmp, expected.bytes, expected.size) == 0);
        free(bmp);
      }
      free(png.bytes);
      free(expected.bytes);
      png_free_image(&image);
    }
  }
}

/* With tRNS, a resolution, a profile of RGB colour, and damage in one chunk or another. */
static png_bytes rich_png(const png_image *image, bool profile, uint32_t damage) {
  png_bytes png = png_begin(image->shape);
  uint8_t resolution[9] = {0, 0, 11, 19, 0, 0, 11, 20, 1};
  png_add_chunk(&png, "pHYs", resolution, damage == 1 ? 8 : 9);
  if (profile) {
    uint8_t icc[128] = {0}, data[200] = {'p', 0, 0};
    memcpy(icc + 16, damage == 2 ? "GRAY" : "RGB ", 4);
    png_bytes stream = png_store(icc, sizeof icc);
    memcpy(data + 3, stream.bytes, stream.size);
    png_add_chunk(&png, "iCCP", data, 3 + stream.size - (damage == 3 ? 5 : 0));
    free(stream.bytes);
  }
  if (image->shape.color_type == 3) {
    png_add_chunk(&png, "PLTE", image->palette[0], (size_t)image->palette_size * 3);
    png_add_chunk(&png, "tRNS", resolution, 1);
  }
  png_bytes scanlines = png_scanlines(image, 5), idat = png_store(scanlines.bytes, scanlines.size);
  idat.bytes[idat.size - 1] ^= damage == 4;
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size - (damage == 5 ? idat.size / 2 : 0));
  png_end(&png);
  free(scanlines.bytes);
  free(idat.bytes);
  return png;
}

static void every_kind_of_bmp_is_that_of_a_whole_conversion(void) {
  static const uint32_t tolerances[] = {0, LPF_FLAG_TOLERATE_ANCILLARY,
                                        LPF_FLAG_TOLERATE_TRUNCATION, LPF_FLAG_LODEPNG_ONLY};
  for (size_t kind = 0; kind < sizeof KINDS / sizeof KINDS[0]; kind++) {
    for (uint32_t format = 0; format <= LPF_BMP_MATCH; format++) {
      for (uint32_t damage = 0; damage <= 5; damage++) {
        png_image image = png_random_image(
            (png_shape){21, 19, KINDS[kind][1], KINDS[kind][0], random_bits() % 4 == 0});
        png_bytes png = rich_png(&image, random_bits() % 2 == 0, damage);
        lpf_options options = unlimited();
        options.bmp_format = format;
        options.flags = tolerances[random_bits() % 4];
        options.background = random_bits() % 3 == 0 ? LPF_BACKGROUND | 0x505050 : 0;
        compare(png, &options);
        free(png.bytes);
        png_free_image(&image);
      }
    }
  }
}

static void every_allocation_may_fail(void) {
  png_image image = png_random_image((png_shape){300, 200, 8, 2, 0});
  png_bytes png = rich_png(&image, true, 0);
  lpf_options options = unlimited();
  options.bmp_format = LPF_BMP_BGRA;
  uint8_t *bmp = exactly(300 * 200 * 4 + 1000);
  lpf_report report;
  for (unsigned long long n = 1;; n++) {
    lpf_fail_acquire(n, n % 2 == 0);
    const int32_t code = convert(png, &options, 7, 4096, bmp, &report);
    const int has_failed = lpf_acquire_has_failed();
    lpf_fail_acquire(0, 0);
    CHECK_EQUAL(code, has_failed ? OUT_OF_MEMORY : LPF_DONE);
    CHECK_EQUAL(lpf_live_allocations(), 0);
    if (!has_failed) {
      CHECK(n > 3);
      break;
    }
  }
  free(bmp);
  free(png.bytes);
  png_free_image(&image);
}

/* Makes all of it other bytes. */
static void spoil(png_bytes png, uint32_t way) {
  enum { HEADER_BYTES = 33, FRAME_BYTES = 12 };
  for (size_t i = way % 2 == 0 ? 0 : HEADER_BYTES; i < png.size; i++) {
    png.bytes[i] = way % 4 == 0 ? 0 : way % 4 == 1 ? 0x7f : (uint8_t)random_bits();
  }
  if (way % 4 == 3) { /* one chunk that the pixels need, up to the end of the file */
    const size_t length = png.size - HEADER_BYTES - FRAME_BYTES;
    for (uint32_t i = 0; i < 4; i++) {
      png.bytes[HEADER_BYTES + i] = (uint8_t)(length >> (24 - 8 * i));
      png.bytes[HEADER_BYTES + 4 + i] = 'A';
    }
  }
}

/* Nobody may do that; who does gets other rows or an error, and that is all. */
static void a_png_that_changes_between_bands_does_no_harm(void) {
  enum { BANDS = 35 };
  static const uint32_t tolerances[] = {0, LPF_FLAG_TOLERATE_ANCILLARY,
                                        LPF_FLAG_TOLERATE_TRUNCATION, LPF_FLAG_LODEPNG_ONLY};
  for (uint32_t n = 0; n < 2 * BANDS + 16; n++) {
    png_image image = png_random_image((png_shape){900, 7 * BANDS, 8, 2, 0});
    png_bytes sound = rich_png(&image, true, 0);
    png_bytes png = {exactly(sound.size + 5000), sound.size + 5000}; /* more, behind IEND */
    memset(png.bytes, 0, png.size);
    memcpy(png.bytes, sound.bytes, sound.size);
    lpf_options options = unlimited();
    options.bmp_format = LPF_BMP_BGRA;
    options.flags = tolerances[random_bits() % 4];
    lpf_plan plan;
    lpf_bmp_bands bands;
    lpf_report report;
    CHECK_EQUAL(lpf_png_bmp_bands_plan(png.bytes, png.size, &options, &plan, &bands), LPF_DONE);
    const size_t band_size = (size_t)bands.row_bytes * 7;
    uint8_t *state = exactly((size_t)bands.state_bytes), *memory = exactly(band_size);
    CHECK_EQUAL(lpf_png_bmp_bands_open(png.bytes, png.size, NULL, &options, state,
                                       bands.state_bytes, NULL, &report),
                LPF_DONE);
    for (uint32_t band = 0; band < BANDS; band++) {
      if (band == n / 2) {
        spoil(png, n);
      }
      uint32_t rows;
      (void)lpf_png_bmp_bands_rows(state, png.bytes, png.size, NULL, memory, band_size, NULL, &rows,
                                   &report);
    }
    spoil(png, n);
    (void)lpf_png_bmp_bands_ends(state, png.bytes, png.size, NULL, memory, band_size, &report);
    lpf_png_reader_close(state);
    CHECK_EQUAL(lpf_live_allocations(), 0);
    free(state);
    free(memory);
    free(png.bytes);
    free(sound.bytes);
    png_free_image(&image);
  }
}

int main(void) {
  classic_bmps_are_those_of_the_reference();
  every_kind_of_bmp_is_that_of_a_whole_conversion();
  every_allocation_may_fail();
  a_png_that_changes_between_bands_does_no_harm();
  return check_result();
}
