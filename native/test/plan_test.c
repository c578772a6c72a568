// link: library native/test/png_builder.c
/* From headers to sizes, up to the largest that the formats can say. */
#include "check.h"
#include "png_builder.h"

static png_bytes header(uint32_t width, uint32_t height, uint32_t bit_depth, uint32_t color_type,
                        uint32_t interlace) {
  png_bytes png = png_begin((png_shape){.width = width,
                                        .height = height,
                                        .bit_depth = bit_depth,
                                        .color_type = color_type,
                                        .interlace_method = interlace});
  uint8_t *exact = copy_of(png.bytes, png.size);
  free(png.bytes);
  png.bytes = exact;
  return png;
}

static int32_t plan_of(png_bytes png, lpf_plan *plan) {
  lpf_options options = unlimited();
  memset(plan, 0xa5, sizeof *plan);
  int32_t code = lpf_png_plan(png.bytes, png.size, &options, plan);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  free(png.bytes);
  return code;
}

static void sizes_follow_from_the_header(void) {
  lpf_plan plan;
  CHECK_EQUAL(plan_of(header(33, 5, 1, 0, 0), &plan), LPF_DONE);
  CHECK_EQUAL(plan.scanline_bytes, (1 + 5) * 5);
  CHECK_EQUAL(plan.output_bytes, 54 + 100 * 5);
  CHECK_EQUAL(plan.info.decode_path, LPF_PATH_FAST);
  CHECK_EQUAL(plan_of(header(33, 5, 16, 6, 0), &plan), LPF_DONE);
  CHECK_EQUAL(plan.scanline_bytes, (1 + 33 * 8) * 5);
  CHECK_EQUAL(plan.info.decode_path, LPF_PATH_FAST);
  CHECK_EQUAL(plan_of(header(1, 1, 16, 2, 1), &plan), LPF_DONE);
  CHECK_EQUAL(plan.scanline_bytes, 7); /* six of the passes are empty */
  CHECK_EQUAL(plan.limit, 0);
  CHECK_EQUAL(plan.wanted, 0);
}

static void the_largest_bmp_is_planned_and_the_next_refused(void) {
  lpf_plan plan;
  /* 54 + 4 * height: the last that bfSize can say is 4294967294 */
  CHECK_EQUAL(plan_of(header(1, 1073741810, 8, 0, 0), &plan), LPF_DONE);
  CHECK_EQUAL(plan.output_bytes, 4294967294ull);
  CHECK_EQUAL(plan_of(header(1, 1073741811, 8, 0, 0), &plan), LPF_BMP_TOO_LARGE);
  CHECK_EQUAL(plan.limit, 4294967295ull);
  CHECK_EQUAL(plan.wanted, 4294967298ull);
  CHECK_EQUAL(plan_of(header(0x7fffffff, 0x7fffffff, 16, 6, 1), &plan), LPF_BMP_TOO_LARGE);
  CHECK_EQUAL(plan_of(header(1, 1073741810, 16, 6, 1), &plan), LPF_DONE);
  CHECK(plan.scratch_bytes < 4u << 20); /* a window of the scanlines, not all of them */
  CHECK_EQUAL(plan.scanline_bytes, 9ull * 1073741810);
}

static void impossible_headers_have_lodepngs_codes(void) {
  static const struct {
    uint32_t width, height, bit_depth, color_type, interlace;
    int32_t code;
  } headers[] = {
      {0, 1, 8, 0, 0, 93},  {1, 0, 8, 0, 0, 93},           {1, 1, 3, 0, 0, 37},
      {1, 1, 16, 3, 0, 37}, {1, 1, 8, 1, 0, 31},           {1, 1, 8, 7, 0, 31},
      {1, 1, 8, 0, 2, 34},  {0x80000000u, 1, 8, 0, 0, 92}, {1, 0xffffffffu, 8, 0, 0, 92},
  };
  for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
    png_bytes png = header(headers[i].width, headers[i].height, headers[i].bit_depth,
                           headers[i].color_type, headers[i].interlace);
    lpf_info info;
    CHECK_EQUAL(lpf_png_info(png.bytes, png.size, &info), headers[i].code);
    CHECK_EQUAL(info.width, 0);
    CHECK_EQUAL(info.height, 0);
    lpf_plan plan;
    CHECK_EQUAL(plan_of(png, &plan), headers[i].code);
    CHECK_EQUAL(plan.output_bytes, 0);
  }
}

int main(void) {
  sizes_follow_from_the_header();
  the_largest_bmp_is_planned_and_the_next_refused();
  impossible_headers_have_lodepngs_codes();
  return check_result();
}
