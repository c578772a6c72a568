// link: library native/test/png_builder.c native/test/rows_reference.c native/test/decode_subject.c
/* Whole PNGs into pixels of every format, wherever the pixels are, and nothing beside them. */
#include <stdbool.h>

#include "base/memory.h"
#include "check.h"
#include "decode_subject.h"
#include "png_builder.h"

enum { GUARD = 0xa5 };

static const uint32_t WAYS[] = {0, LPF_FLAG_SCALAR, LPF_FLAG_NO_AVX512, LPF_FLAG_LODEPNG_ONLY};
enum { WAY_COUNT = sizeof WAYS / sizeof WAYS[0] };

static bool has_alpha(const subject *of) {
  return of->source.color_type >= 4 || of->source.has_key || of->source.palette_has_alpha;
}

static bool shows_alpha(uint32_t format) {
  return format == LPF_FORMAT_GRAY_ALPHA8 || format == LPF_FORMAT_GRAY_ALPHA16 ||
         (format >= LPF_FORMAT_RGBA8 && format <= LPF_FORMAT_ABGR8) || format == LPF_FORMAT_RGBA16;
}

static bool is_gray_format(uint32_t format) {
  return format <= LPF_FORMAT_GRAY_ALPHA16;
}

static int32_t expected_code(const subject *of, uint32_t format, const lpf_options *options) {
  const bool indexed = of->source.color_type == 3;
  const bool gray = of->source.color_type == 0 || of->source.color_type == 4;
  const uint32_t back = options->background;
  const bool gray_background =
      (back & 255) == (back >> 8 & 255) && (back & 255) == (back >> 16 & 255);
  if (format == LPF_FORMAT_INDEXED8) {
    return indexed ? LPF_DONE : LPF_NO_PALETTE;
  }
  if (is_gray_format(format) && (!gray || (back != 0 && has_alpha(of) && !gray_background))) {
    return LPF_COLOR_TO_GRAY;
  }
  return LPF_DONE;
}

static void check_report(const subject *of, uint32_t format, const lpf_options *options,
                         const lpf_report *report) {
  const bool dropped = has_alpha(of) && !shows_alpha(format) && format != LPF_FORMAT_INDEXED8 &&
                       options->background == 0;
  CHECK_EQUAL(report->warning_count, dropped);
  if (dropped && report->warning_count == 1) {
    const bool channel = of->source.color_type >= 4;
    CHECK_EQUAL(report->warnings[0].code, LPF_ALPHA_DROPPED);
    CHECK_EQUAL(report->warnings[0].chunk_type, channel ? 0x49484452 : 0x74524e53);
    const size_t palette_bytes =
        of->source.color_type == 3 ? 12 + 3 * (size_t)of->image.palette_size : 0;
    CHECK_EQUAL(report->warnings[0].offset, channel ? 8 : 33 + palette_bytes);
  }
  const bool by_lodepng = (options->flags & LPF_FLAG_LODEPNG_ONLY) != 0;
  CHECK_EQUAL(report->decode_path, by_lodepng ? LPF_PATH_LODEPNG : LPF_PATH_FAST);
  CHECK_EQUAL(report->bytes_written,
              reference_row_size(format, of->source.width) * of->source.height);
}

/* Decodes into rows `padding` bytes apart, `before` bytes into the memory, down or up, and compares
   each byte of the memory. */
static void check_decode(const subject *of, uint32_t format, const lpf_options *options,
                         size_t padding, size_t before, bool upwards) {
  const lpf_source *source = &of->source;
  const size_t row_size = reference_row_size(format, source->width);
  const size_t stride = row_size + padding;
  const size_t size = before + stride * (source->height - 1) + row_size;
  lpf_pixels pixels = {.first_row = before + (upwards ? stride * (source->height - 1) : 0),
                       .stride = upwards ? -(long long)stride : (long long)stride,
                       .width = source->width,
                       .height = source->height,
                       .format = format};
  uint8_t *memory = exactly(size), *expected = exactly(size);
  memset(memory, GUARD, size);
  memset(expected, GUARD, size);
  lpf_blend blend = blend_of(options);
  lpf_plan plan;
  int32_t code = expected_code(of, format, options);
  const bool known_by_header = code == LPF_NO_PALETTE || source->color_type == 3 ||
                               source->color_type == 2 || source->color_type == 6;
  CHECK_EQUAL(lpf_png_decode_plan(of->png.bytes, of->png.size, options, format, &plan),
              known_by_header ? code : LPF_DONE);
  lpf_report report;
  CHECK_EQUAL(lpf_png_decode(of->png.bytes, of->png.size, options, memory, size, &pixels, NULL, 0,
                             NULL, &report),
              code);
  if (code == LPF_DONE) {
    CHECK_EQUAL(plan.output_bytes, row_size * source->height);
    check_report(of, format, options, &report);
    for (uint32_t y = 0; y < source->height; y++) {
      uint8_t *row = expected + pixels.first_row;
      row = upwards ? row - stride * y : row + stride * y;
      reference_row(source, format, &blend, of->samples + (size_t)y * source->width, row);
    }
  }
  CHECK(memcmp(memory, expected, size) == 0);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  free(memory);
  free(expected);
}

static void check_every_format(const subject *of) {
  static const uint32_t backgrounds[] = {0, LPF_BACKGROUND | 0x808080, LPF_BACKGROUND | 0x10a0f0};
  for (uint32_t format = 0; format < LPF_FORMAT_COUNT; format++) {
    for (size_t i = 0; i < 4; i++) {
      lpf_options options = unlimited();
      options.alpha = i == 3 ? LPF_ALPHA_PREMULTIPLIED : LPF_ALPHA_STRAIGHT;
      options.background = backgrounds[i % 3];
      options.flags = WAYS[random_bits() % WAY_COUNT];
      check_decode(of, format, &options, random_bits() % 9, random_bits() % 5,
                   (random_bits() & 1) != 0);
    }
  }
}

static void every_kind_of_png_becomes_pixels_of_every_format(void) {
  static const uint32_t kinds[][2] = {{0, 1}, {0, 2},  {0, 4},  {0, 8}, {0, 16},
                                      {2, 8}, {2, 16}, {3, 1},  {3, 2}, {3, 4},
                                      {3, 8}, {4, 8},  {4, 16}, {6, 8}, {6, 16}};
  static const uint32_t sizes[][2] = {{1, 1}, {5, 3}, {8, 9}, {67, 21}};
  for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
    for (uint32_t variant = 0; variant < 4; variant++) {
      for (size_t size = 0; size < sizeof sizes / sizeof sizes[0]; size++) {
        subject made = make_subject((png_shape){.width = sizes[size][0],
                                                .height = sizes[size][1],
                                                .color_type = kinds[kind][0],
                                                .bit_depth = kinds[kind][1],
                                                .interlace_method = variant & 1},
                                    (variant & 2) != 0);
        check_every_format(&made);
        free_subject(&made);
      }
    }
  }
}

static void the_planned_scratch_is_enough(void) {
  subject made = make_subject((png_shape){300, 200, 8, 6, 0}, false);
  for (uint32_t format = LPF_FORMAT_RGB8; format <= LPF_FORMAT_RGBA16; format++) {
    lpf_options options = unlimited();
    options.alpha = LPF_ALPHA_PREMULTIPLIED;
    lpf_plan plan;
    CHECK_EQUAL(lpf_png_decode_plan(made.png.bytes, made.png.size, &options, format, &plan), 0);
    options.max_memory_bytes = plan.scratch_bytes;
    uint8_t *scratch = exactly((size_t)plan.scratch_bytes);
    uint8_t *memory = exactly((size_t)plan.output_bytes);
    lpf_pixels pixels = {.stride = (long long)plan.output_bytes / 200,
                         .width = 300,
                         .height = 200,
                         .format = format};
    lpf_report report;
    lpf_fail_acquire(1, 1);
    CHECK_EQUAL(lpf_png_decode(made.png.bytes, made.png.size, &options, memory, plan.output_bytes,
                               &pixels, scratch, plan.scratch_bytes, NULL, &report),
                LPF_DONE);
    lpf_fail_acquire(0, 0);
    CHECK(report.peak_memory_bytes > 0 && report.peak_memory_bytes <= plan.scratch_bytes);
    free(memory);
    free(scratch);
  }
  free_subject(&made);
}

static void a_set_flag_cancels_every_way(void) {
  subject made = make_subject((png_shape){40, 30, 8, 2, 0}, false);
  uint8_t *memory = exactly(40 * 30 * 4);
  const int32_t cancelled = 1;
  for (size_t way = 0; way < WAY_COUNT; way++) {
    lpf_options options = unlimited();
    options.flags = WAYS[way];
    lpf_pixels pixels = {0, 160, 40, 30, LPF_FORMAT_RGBA8, 0};
    lpf_report report;
    CHECK_EQUAL(lpf_png_decode(made.png.bytes, made.png.size, &options, memory, 40 * 30 * 4,
                               &pixels, NULL, 0, &cancelled, &report),
                LPF_CANCELLED);
    CHECK_EQUAL(report.bytes_written, 0);
  }
  free(memory);
  free_subject(&made);
}

static void the_palette_has_the_alpha_of_trns(void) {
  subject made = make_subject((png_shape){9, 3, 4, 3, 0}, true);
  lpf_options options = unlimited();
  lpf_report report;
  uint8_t rgba[1024];
  uint32_t entries = 7;
  CHECK_EQUAL(lpf_png_palette(made.png.bytes, made.png.size, &options, rgba, &entries, &report),
              LPF_DONE);
  CHECK_EQUAL(entries, made.image.palette_size);
  CHECK(memcmp(rgba, made.source.palette, 4 * (size_t)entries) == 0);
  free_subject(&made);
  made = make_subject((png_shape){9, 3, 8, 2, 0}, true);
  CHECK_EQUAL(lpf_png_palette(made.png.bytes, made.png.size, &options, rgba, &entries, &report),
              LPF_DONE);
  CHECK_EQUAL(entries, 0);
  free_subject(&made);
}

int main(void) {
  every_kind_of_png_becomes_pixels_of_every_format();
  the_planned_scratch_is_enough();
  a_set_flag_cancels_every_way();
  the_palette_has_the_alpha_of_trns();
  return check_result();
}
