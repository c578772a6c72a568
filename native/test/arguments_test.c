// link: library native/test/png_builder.c
/* Null pointers, sizes of zero, outputs too short, files cut anywhere: codes, never a crash. */
#include "check.h"
#include "png_builder.h"

static png_bytes small_png(png_image *image) {
  *image = png_random_image((png_shape){.width = 5, .height = 4, .color_type = 2, .bit_depth = 8});
  return png_of_image(image);
}

enum { SMALL_BMP = 54 + 16 * 4 };

static void null_is_refused_by_every_function(void) {
  png_image image;
  png_bytes png = small_png(&image);
  lpf_options options = unlimited();
  lpf_plan plan;
  lpf_info info;
  lpf_report report;
  uint8_t *bmp = exactly(SMALL_BMP);
  CHECK_EQUAL(lpf_png_info(NULL, 33, &info), LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_info(png.bytes, png.size, NULL), LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_plan(NULL, 33, &options, &plan), LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_plan(png.bytes, png.size, NULL, &plan), LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_plan(png.bytes, png.size, &options, NULL), LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_to_bmp(NULL, 33, &options, bmp, SMALL_BMP, NULL, 0, NULL, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_to_bmp(png.bytes, png.size, NULL, bmp, SMALL_BMP, NULL, 0, NULL, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(
      lpf_png_to_bmp(png.bytes, png.size, &options, NULL, SMALL_BMP, NULL, 0, NULL, &report),
      LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_to_bmp(png.bytes, png.size, &options, bmp, SMALL_BMP, NULL, 8, NULL, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_to_bmp(png.bytes, png.size, &options, bmp, SMALL_BMP, NULL, 0, NULL, NULL),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_to_bmp(png.bytes, ~0ull, &options, bmp, SMALL_BMP, NULL, 0, NULL, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(
      lpf_png_to_bmp(png.bytes, png.size, &options, bmp, SMALL_BMP, bmp, ~0ull, NULL, &report),
      LPF_INVALID_ARGUMENT);
  options.max_idat_ratio = 0;
  CHECK_EQUAL(lpf_png_to_bmp(png.bytes, png.size, &options, bmp, SMALL_BMP, NULL, 0, NULL, &report),
              LPF_INVALID_ARGUMENT);
  free(bmp);
  free(png.bytes);
  png_free_image(&image);
}

static void no_bytes_are_no_png(void) {
  lpf_options options = unlimited();
  lpf_plan plan;
  lpf_info info;
  lpf_report report;
  uint8_t bmp[SMALL_BMP];
  const int32_t empty_input = 48;
  CHECK_EQUAL(lpf_png_info(NULL, 0, &info), empty_input);
  CHECK_EQUAL(lpf_png_plan(NULL, 0, &options, &plan), empty_input);
  CHECK_EQUAL(lpf_png_to_bmp(NULL, 0, &options, bmp, SMALL_BMP, NULL, 0, NULL, &report),
              empty_input);
}

static void a_cut_file_is_refused_wherever_it_is_cut(void) {
  png_image image;
  png_bytes png = small_png(&image);
  uint8_t *bmp = exactly(SMALL_BMP);
  lpf_options options = unlimited();
  for (size_t size = 0; size < png.size; size++) {
    uint8_t *cut = copy_of(png.bytes, size);
    lpf_info info;
    lpf_plan plan;
    lpf_report report;
    memset(&info, 0xa5, sizeof info);
    CHECK((lpf_png_info(cut, size, &info) == LPF_DONE) == (size >= 33));
    CHECK_EQUAL(info.width, size >= 33 ? 5 : 0);
    CHECK((lpf_png_plan(cut, size, &options, &plan) == LPF_DONE) == (size >= 33));
    for (uint32_t flags = 0; flags <= 2; flags++) {
      options.flags = flags;
      int32_t code = lpf_png_to_bmp(cut, size, &options, bmp, SMALL_BMP, NULL, 0, NULL, &report);
      CHECK(code > 0 && code < LPF_INVALID_ARGUMENT);
      CHECK_EQUAL(report.bytes_written, 0);
      CHECK_EQUAL(lpf_live_allocations(), 0);
    }
    free(cut);
  }
  free(bmp);
  free(png.bytes);
  png_free_image(&image);
}

static void a_short_output_is_refused_before_it_is_touched(void) {
  png_image image;
  png_bytes png = small_png(&image);
  lpf_options options = unlimited();
  for (size_t size = 0; size < SMALL_BMP; size++) {
    uint8_t *bmp = size == 0 ? NULL : exactly(size);
    lpf_report report;
    CHECK_EQUAL(lpf_png_to_bmp(png.bytes, png.size, &options, bmp, size, NULL, 0, NULL, &report),
                LPF_OUTPUT_TOO_SMALL);
    CHECK_EQUAL(report.limit, size);
    CHECK_EQUAL(report.wanted, SMALL_BMP);
    free(bmp);
  }
  free(png.bytes);
  png_free_image(&image);
}

static void nothing_behind_the_bmp_is_written(void) {
  png_image image;
  png_bytes png = small_png(&image);
  lpf_options options = unlimited();
  uint8_t bmp[SMALL_BMP + 32];
  memset(bmp, 0xa5, sizeof bmp);
  lpf_report report;
  CHECK_EQUAL(
      lpf_png_to_bmp(png.bytes, png.size, &options, bmp, sizeof bmp, NULL, 0, NULL, &report),
      LPF_DONE);
  CHECK_EQUAL(report.bytes_written, SMALL_BMP);
  for (size_t i = SMALL_BMP; i < sizeof bmp; i++) {
    CHECK_EQUAL(bmp[i], 0xa5);
  }
  free(png.bytes);
  png_free_image(&image);
}

int main(void) {
  null_is_refused_by_every_function();
  no_bytes_are_no_png();
  a_cut_file_is_refused_wherever_it_is_cut();
  a_short_output_is_refused_before_it_is_touched();
  nothing_behind_the_bmp_is_written();
  return check_result();
}
