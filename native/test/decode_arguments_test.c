// link: library native/test/png_builder.c
/* Pixels that do not lie within their memory, null pointers, options that mean nothing: codes, and
   nothing is written. */
#include "check.h"
#include "png_builder.h"

enum { GUARD = 0xa5 };

static png_bytes small_png(void) {
  png_image image = png_random_image((png_shape){3, 2, 8, 2, 0});
  png_bytes png = png_of_image(&image);
  png_free_image(&image);
  return png;
}

/* Pixels that do not fit, by what they say of themselves: the code, and the first byte that is
   written, which must not be. */
static void pixels_outside_the_memory_are_refused_untouched(void) {
  static const struct {
    lpf_pixels pixels;
    unsigned long long memory_size;
    int32_t code;
  } refused[] = {
      {{0, 12, 2, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_INVALID_ARGUMENT}, /* another width */
      {{0, 12, 3, 3, LPF_FORMAT_RGB8, 0}, 64, LPF_INVALID_ARGUMENT}, /* another height */
      {{0, 12, 0, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_INVALID_ARGUMENT},
      {{0, 12, 3, 0, LPF_FORMAT_RGB8, 0}, 64, LPF_INVALID_ARGUMENT},
      {{0, 8, 3, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_INVALID_ARGUMENT}, /* rows overlap */
      {{8, -8, 3, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_INVALID_ARGUMENT},
      {{0, 0, 3, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_INVALID_ARGUMENT},
      {{0, 12, 3, 2, LPF_FORMAT_COUNT, 0}, 64, LPF_INVALID_ARGUMENT},
      {{0, 9, 3, 2, LPF_FORMAT_RGB8, 0}, 17, LPF_OUTPUT_TOO_SMALL},
      {{1, 9, 3, 2, LPF_FORMAT_RGB8, 0}, 18, LPF_OUTPUT_TOO_SMALL},
      {{8, -9, 3, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_OUTPUT_TOO_SMALL}, /* begins before the memory */
      {{56, -9, 3, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_OUTPUT_TOO_SMALL},
      {{0, INT64_MAX, 3, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_OUTPUT_TOO_SMALL},
      {{0, INT64_MIN, 3, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_OUTPUT_TOO_SMALL},
      {{UINT64_MAX, 9, 3, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_OUTPUT_TOO_SMALL},
      {{UINT64_MAX - 8, 9, 3, 2, LPF_FORMAT_RGB8, 0}, 64, LPF_OUTPUT_TOO_SMALL},
      {{0, 9, 3, 2, LPF_FORMAT_RGB8, 0}, 0, LPF_OUTPUT_TOO_SMALL},
  };
  png_bytes made = small_png();
  lpf_options options = unlimited();
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
    uint8_t memory[64];
    memset(memory, GUARD, sizeof memory);
    lpf_report report;
    CHECK_EQUAL(lpf_png_decode(made.bytes, made.size, &options, memory, refused[i].memory_size,
                               &refused[i].pixels, NULL, 0, NULL, &report),
                refused[i].code);
    CHECK(refused[i].code != LPF_OUTPUT_TOO_SMALL || report.wanted > report.limit);
    for (size_t at = 0; at < sizeof memory; at++) {
      CHECK_EQUAL(memory[at], GUARD);
    }
  }
  free(made.bytes);
}

static void null_and_options_without_meaning_are_refused(void) {
  png_bytes made = small_png();
  const uint8_t *png = made.bytes;
  const size_t size = made.size;
  lpf_options options = unlimited();
  lpf_pixels pixels = {0, 9, 3, 2, LPF_FORMAT_RGB8, 0};
  uint8_t memory[18];
  lpf_report report;
  lpf_plan plan;
  enum { BAD = LPF_INVALID_ARGUMENT };
  CHECK_EQUAL(lpf_png_decode(NULL, 9, &options, memory, 18, &pixels, NULL, 0, NULL, &report), BAD);
  CHECK_EQUAL(lpf_png_decode(png, size, NULL, memory, 18, &pixels, NULL, 0, NULL, &report), BAD);
  CHECK_EQUAL(lpf_png_decode(png, size, &options, NULL, 18, &pixels, NULL, 0, NULL, &report), BAD);
  CHECK_EQUAL(lpf_png_decode(png, size, &options, memory, 18, NULL, NULL, 0, NULL, &report), BAD);
  CHECK_EQUAL(lpf_png_decode(png, size, &options, memory, 18, &pixels, NULL, 1, NULL, &report),
              BAD);
  CHECK_EQUAL(lpf_png_decode(png, size, &options, memory, 18, &pixels, NULL, 0, NULL, NULL), BAD);
  CHECK_EQUAL(lpf_png_decode(png, size, &options, memory, ~0ull, &pixels, NULL, 0, NULL, &report),
              BAD);
  CHECK_EQUAL(lpf_png_decode_plan(png, size, &options, LPF_FORMAT_COUNT, &plan), BAD);
  CHECK_EQUAL(lpf_png_decode_plan(png, size, NULL, 0, &plan), BAD);
  CHECK_EQUAL(lpf_png_decode_plan(png, size, &options, 0, NULL), BAD);
  CHECK_EQUAL(lpf_png_decode_plan(NULL, 9, &options, 0, &plan), BAD);
  uint32_t entries;
  uint8_t rgba[1024];
  CHECK_EQUAL(lpf_png_palette(NULL, 9, &options, rgba, &entries, &report), BAD);
  CHECK_EQUAL(lpf_png_palette(png, size, NULL, rgba, &entries, &report), BAD);
  CHECK_EQUAL(lpf_png_palette(png, size, &options, NULL, &entries, &report), BAD);
  CHECK_EQUAL(lpf_png_palette(png, size, &options, rgba, NULL, &report), BAD);
  static const uint32_t meaningless[][2] = {{2, 0}, {0, 0x00ffffff}, {0, 0x7f000000}};
  for (size_t i = 0; i < 3; i++) {
    options.alpha = meaningless[i][0];
    options.background = meaningless[i][1];
    CHECK_EQUAL(lpf_png_decode(png, size, &options, memory, 18, &pixels, NULL, 0, NULL, &report),
                BAD);
  }
  free(made.bytes);
}

static void sizes_that_no_memory_has_are_refused_by_the_plan(void) {
  png_bytes png = png_begin((png_shape){0x7fffffff, 0x7fffffff, 16, 6, 1});
  lpf_options options = unlimited();
  lpf_plan plan;
  CHECK_EQUAL(lpf_png_decode_plan(png.bytes, png.size, &options, LPF_FORMAT_RGBA16, &plan), 92);
  options.max_pixels = 1000;
  CHECK_EQUAL(lpf_png_decode_plan(png.bytes, png.size, &options, LPF_FORMAT_RGBA16, &plan),
              LPF_LIMIT_PIXELS);
  CHECK_EQUAL(plan.limit, 1000);
  CHECK_EQUAL(plan.wanted, 0x7fffffffull * 0x7fffffff);
  free(png.bytes);
}

int main(void) {
  pixels_outside_the_memory_are_refused_untouched();
  null_and_options_without_meaning_are_refused();
  sizes_that_no_memory_has_are_refused_by_the_plan();
  return check_result();
}
