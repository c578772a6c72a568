// link: library native/test/png_builder.c
/* Whole conversions of every kind of PNG, each way, in memory of exact sizes. */
#include <stdbool.h>

#include "base/memory.h"
#include "check.h"
#include "png_builder.h"

static const uint32_t FLAGS[] = {0, LPF_FLAG_SCALAR, LPF_FLAG_LODEPNG_ONLY};
enum { WAYS = sizeof FLAGS / sizeof FLAGS[0] };

/* The PNG's byte for the colour type: 4 and 6 have alpha, which this BMP has no place for. */
static bool has_alpha_channel(png_bytes png) {
  return png.bytes[25] >= 4;
}

static void check_warnings(png_bytes png, const lpf_report *report) {
  CHECK_EQUAL(report->warning_count, has_alpha_channel(png));
  if (report->warning_count == 1) {
    CHECK_EQUAL(report->warnings[0].code, LPF_ALPHA_DROPPED);
    CHECK_EQUAL(report->warnings[0].chunk_type, 0x49484452); /* IHDR */
    CHECK_EQUAL(report->warnings[0].offset, 8);
  }
}

static void check_conversion(png_bytes png, png_bytes expected, uint32_t flags,
                             unsigned long long scratch_size) {
  lpf_options options = unlimited();
  options.flags = flags;
  uint8_t *bmp = exactly(expected.size);
  memset(bmp, 0xa5, expected.size);
  uint8_t *scratch = scratch_size == 0 ? NULL : exactly((size_t)scratch_size);
  const int32_t not_cancelled = 0;
  lpf_report report;
  int32_t code = lpf_png_to_bmp(png.bytes, png.size, &options, bmp, expected.size, scratch,
                                scratch_size, &not_cancelled, &report);
  CHECK_EQUAL(code, LPF_DONE);
  CHECK_EQUAL(report.bytes_written, expected.size);
  check_warnings(png, &report);
  CHECK_EQUAL(report.limit, 0);
  CHECK(code != LPF_DONE || memcmp(bmp, expected.bytes, expected.size) == 0);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  free(bmp);
  free(scratch);
}

static void check_shape(png_shape shape) {
  png_image image = png_random_image(shape);
  png_bytes png = png_of_image(&image);
  png_bytes expected = png_expected_bmp(&image);
  lpf_options options = unlimited();
  lpf_plan plan;
  CHECK_EQUAL(lpf_png_plan(png.bytes, png.size, &options, &plan), LPF_DONE);
  CHECK_EQUAL(plan.output_bytes, expected.size);
  CHECK_EQUAL(plan.info.width, shape.width);
  CHECK_EQUAL(plan.info.interlace_method, shape.interlace_method);
  png_bytes scanlines = png_scanlines(&image, 0);
  CHECK_EQUAL(plan.scanline_bytes, scanlines.size);
  for (int way = 0; way < WAYS; way++) {
    check_conversion(png, expected, FLAGS[way], 0);
    check_conversion(png, expected, FLAGS[way], plan.scratch_bytes);
    check_conversion(png, expected, FLAGS[way], 1 + random_bits() % plan.scratch_bytes);
  }
  free(scanlines.bytes);
  free(expected.bytes);
  free(png.bytes);
  png_free_image(&image);
}

static void every_kind_of_png_becomes_its_bmp(void) {
  static const uint32_t kinds[][2] = {{0, 1}, {0, 2},  {0, 4},  {0, 8}, {0, 16},
                                      {2, 8}, {2, 16}, {3, 1},  {3, 2}, {3, 4},
                                      {3, 8}, {4, 8},  {4, 16}, {6, 8}, {6, 16}};
  for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
    for (uint32_t interlace = 0; interlace <= 1; interlace++) {
      png_shape shape = {
          .color_type = kinds[kind][0], .bit_depth = kinds[kind][1], .interlace_method = interlace};
      for (uint32_t size = 1; size <= 9; size++) {
        shape.width = size;
        for (shape.height = 1; shape.height <= 9; shape.height += 2) {
          check_shape(shape);
        }
      }
      shape.width = 10 + random_bits() % 60;
      shape.height = 10 + random_bits() % 30;
      check_shape(shape);
      shape.width = 130;
      shape.height = 1;
      check_shape(shape);
      shape.width = 1;
      shape.height = 130;
      check_shape(shape);
    }
  }
}

/* With the promised scratch, a file on the fast path takes nothing from the system. */
static void the_planned_scratch_is_enough(void) {
  png_shape shape = {.width = 300, .height = 200, .color_type = 6, .bit_depth = 8};
  png_image image = png_random_image(shape);
  png_bytes png = png_of_image(&image);
  lpf_options options = unlimited();
  lpf_plan plan;
  CHECK_EQUAL(lpf_png_plan(png.bytes, png.size, &options, &plan), LPF_DONE);
  options.max_memory_bytes = plan.scratch_bytes;
  uint8_t *bmp = exactly((size_t)plan.output_bytes);
  uint8_t *scratch = exactly((size_t)plan.scratch_bytes);
  lpf_report report;
  lpf_fail_acquire(1, 1);
  CHECK_EQUAL(lpf_png_to_bmp(png.bytes, png.size, &options, bmp, plan.output_bytes, scratch,
                             plan.scratch_bytes, NULL, &report),
              LPF_DONE);
  lpf_fail_acquire(0, 0);
  CHECK_EQUAL(report.decode_path, LPF_PATH_FAST);
  CHECK(report.peak_memory_bytes > 0 && report.peak_memory_bytes <= plan.scratch_bytes);
  free(scratch);
  free(bmp);
  free(png.bytes);
  png_free_image(&image);
}

static void a_set_flag_cancels_every_way(void) {
  static const uint32_t kinds[][2] = {{0, 1}, {0, 8}, {2, 8}};
  const int32_t cancelled = 1;
  for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
    png_shape shape = {
        .width = 40, .height = 30, .color_type = kinds[kind][0], .bit_depth = kinds[kind][1]};
    png_image image = png_random_image(shape);
    png_bytes png = png_of_image(&image);
    uint8_t *bmp = exactly(54 + 120 * 30);
    for (int way = 0; way < WAYS; way++) {
      lpf_options options = unlimited();
      options.flags = FLAGS[way];
      lpf_report report;
      CHECK_EQUAL(lpf_png_to_bmp(png.bytes, png.size, &options, bmp, 54 + 120 * 30, NULL, 0,
                                 &cancelled, &report),
                  LPF_CANCELLED);
      CHECK_EQUAL(report.bytes_written, 0);
    }
    free(bmp);
    free(png.bytes);
    png_free_image(&image);
  }
}

static void resolution_is_taken_from_phys(void) {
  static const uint8_t metres[9] = {0, 0, 0x0b, 0x13, 0, 0, 0x0b, 0x14, 1};
  for (uint8_t unit = 0; unit <= 2; unit++) {
    png_image image =
        png_random_image((png_shape){.width = 2, .height = 1, .color_type = 0, .bit_depth = 8});
    png_bytes scanlines = png_scanlines(&image, 0);
    png_bytes idat = png_store(scanlines.bytes, scanlines.size);
    png_bytes png = png_begin(image.shape);
    uint8_t data[9];
    memcpy(data, metres, sizeof data);
    data[8] = unit;
    png_add_chunk(&png, "pHYs", data, sizeof data);
    png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
    png_end(&png);
    png_bytes expected = png_expected_bmp(&image);
    if (unit == 1) {
      expected.bytes[38] = 0x13;
      expected.bytes[42] = 0x14;
      expected.bytes[39] = expected.bytes[43] = 0x0b;
    }
    for (int way = 0; way < WAYS; way++) {
      check_conversion(png, expected, FLAGS[way], 0);
    }
    free(expected.bytes);
    free(png.bytes);
    free(idat.bytes);
    free(scanlines.bytes);
    png_free_image(&image);
  }
}

int main(void) {
  every_kind_of_png_becomes_its_bmp();
  the_planned_scratch_is_enough();
  a_set_flag_cancels_every_way();
  resolution_is_taken_from_phys();
  return check_result();
}
