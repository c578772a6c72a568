/* BMPs that lie, end early, or want too much: each gets a code with its numbers, and nothing beyond
   the file is read. */
// link: native/test/bmp_builder.c library
#include "base/memory.h"
#include "bmp_builder.h"
#include "check.h"

/* Enough for every image here, and its sides at most 64. */
enum { MOST_PIXELS = 64 * 64, MOST_MEMORY = MOST_PIXELS * 8 };

static const uint32_t PIXEL_BYTES[LPF_FORMAT_COUNT] = {1, 2, 2, 4, 3, 3, 4, 4, 4, 4, 6, 8, 1};

/* Decodes a copy of exactly this size; the code of the plan must be that of decoding, as far as it
   could know. */
static int32_t decode(const uint8_t *bytes, size_t size, const lpf_options *options,
                      uint32_t format, const int32_t *cancel, lpf_report *report) {
  uint8_t *copy = copy_of(bytes, size);
  lpf_bmp_plan plan;
  int32_t code = lpf_bmp_decode_plan(copy, size, options, format, &plan);
  memset(report, 0, sizeof *report);
  report->limit = plan.limit;
  report->wanted = plan.wanted;
  if (code == LPF_DONE && plan.output_bytes <= MOST_MEMORY) {
    uint8_t *memory = exactly((size_t)plan.output_bytes);
    lpf_pixels pixels = {.stride = (long long)plan.info.width * PIXEL_BYTES[format],
                         .width = plan.info.width,
                         .height = plan.info.height,
                         .format = format};
    code = lpf_bmp_decode(copy, size, options, memory, plan.output_bytes, &pixels, NULL, 0, cancel,
                          report);
    free(memory);
  }
  free(copy);
  return code;
}

static int32_t decode_simply(const bmp_file *file, const lpf_options *options, lpf_report *report) {
  return decode(file->bytes, file->size, options, LPF_FORMAT_RGBA8, NULL, report);
}

static const uint8_t RUNS8[] = {3, 1, 0, 3, 5, 6, 7, 0, 0, 0, 0, 4, 2, 4, 9, 0, 0, 0, 0, 1};
static const uint8_t RUNS24[] = {3, 1, 2, 3, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 1};

static const bmp_wish WISHES[] = {
    {.header_bytes = 12, .bits = 24, .width = 7, .height = 3},
    {.header_bytes = 12, .bits = 4, .width = 7, .height = 3, .palette_entries = 16},
    {.header_bytes = 40, .bits = 1, .width = 17, .height = 3, .palette_entries = 2},
    {.header_bytes = 40,
     .bits = 16,
     .compression = 3,
     .masks = {0xf800, 0x7e0, 0x1f, 0},
     .width = 5,
     .height = 3},
    {.header_bytes = 40,
     .bits = 32,
     .compression = 6,
     .width = 3,
     .height = 2,
     .masks = {0xff0000, 0xff00, 0xff, 0xff000000u}},
    {.header_bytes = 64,
     .bits = 8,
     .width = 5,
     .height = 3,
     .palette_entries = 9,
     .colors_used = 9},
    {.header_bytes = 40,
     .bits = 8,
     .compression = 1,
     .width = 8,
     .height = 3,
     .palette_entries = 10,
     .colors_used = 10},
    {.header_bytes = 64, .bits = 24, .compression = 4, .width = 8, .height = 2},
    {.header_bytes = 108,
     .bits = 32,
     .compression = 3,
     .width = 3,
     .height = 2,
     .masks = {0xff, 0xff00, 0xff0000, 0}},
    {.header_bytes = 124, .bits = 24, .width = 3, .height = 2, .top_down = true},
};
enum { WISH_COUNT = sizeof WISHES / sizeof WISHES[0] };

static bmp_file build(size_t i) {
  switch (WISHES[i].compression) {
    case 1:
      return build_bmp(&WISHES[i], RUNS8, sizeof RUNS8);
    case 4:
      return build_bmp(&WISHES[i], RUNS24, sizeof RUNS24);
    default:
      return build_bmp(&WISHES[i], NULL, 0);
  }
}

static void a_beginning_of_a_file_is_refused_and_never_read_beyond(void) {
  lpf_options strict = unlimited(), tolerant = unlimited();
  tolerant.flags = LPF_FLAG_TOLERATE_ANCILLARY | LPF_FLAG_TOLERATE_TRUNCATION;
  for (size_t i = 0; i < WISH_COUNT; i++) {
    bmp_file file = build(i);
    for (size_t size = 0; size < file.size; size++) {
      lpf_report report;
      const int32_t code = decode(file.bytes, size, &strict, LPF_FORMAT_RGBA8, NULL, &report);
      if (size < 2) {
        CHECK_EQUAL(code, LPF_BMP_NO_SIGNATURE);
      } else if (code == LPF_BMP_HEADER_BROKEN_OFF) {
        CHECK(size < file.pixels_at);
        CHECK_EQUAL(report.limit, size);
        CHECK(report.wanted > size && report.wanted <= file.pixels_at);
      } else if (code == LPF_BMP_TRUNCATED) {
        CHECK_EQUAL(report.limit, size);
      } else {
        CHECK_EQUAL(code, LPF_DONE); /* only padding is missing, or the end of the runs */
        CHECK(file.size - size <= 3);
      }
      const int32_t shown = decode(file.bytes, size, &tolerant, LPF_FORMAT_RGBA8, NULL, &report);
      const bool has_headers = code != LPF_BMP_HEADER_BROKEN_OFF && size >= 2;
      CHECK_EQUAL(shown, has_headers ? LPF_DONE : code);
      CHECK_EQUAL(report.warning_count, has_headers && code == LPF_BMP_TRUNCATED);
    }
    free(file.bytes);
  }
}

/* Whatever a byte of the headers says, the answer is one of the library's codes. */
static void any_byte_of_the_headers_may_lie(void) {
  lpf_options options = unlimited();
  options.max_pixels = MOST_PIXELS;
  static const uint8_t VALUES[] = {0, 1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32, 40, 64, 127, 128, 255};
  for (uint32_t tolerant = 0; tolerant <= 1; tolerant++) {
    options.flags = tolerant == 0 ? 0 : LPF_FLAG_TOLERATE_TRUNCATION;
    for (size_t i = 0; i < WISH_COUNT; i++) {
      bmp_file file = build(i);
      for (size_t at = 0; at < file.pixels_at; at++) {
        const uint8_t kept = file.bytes[at];
        for (size_t v = 0; v < sizeof VALUES; v++) {
          file.bytes[at] = VALUES[v];
          lpf_report report;
          const int32_t code = decode(file.bytes, file.size, &options,
                                      (uint32_t)(v % LPF_FORMAT_COUNT), NULL, &report);
          CHECK(code == LPF_DONE || code == LPF_LIMIT_PIXELS || code == LPF_COLOR_TO_GRAY ||
                code == LPF_NO_PALETTE ||
                (code >= LPF_BMP_NO_SIGNATURE && code <= LPF_BMP_INVALID_PLANES));
        }
        file.bytes[at] = kept;
      }
      free(file.bytes);
    }
  }
}

static void put32(bmp_file *file, size_t at, uint32_t value) {
  for (size_t i = 0; i < 4; i++) {
    file->bytes[at + i] = (uint8_t)(value >> 8 * i);
  }
}

static void expect_code(size_t wish, size_t at, uint32_t value, int32_t code,
                        unsigned long long limit, unsigned long long wanted) {
  bmp_file file = build(wish);
  put32(&file, at, value);
  lpf_options options = unlimited();
  lpf_report report;
  CHECK_EQUAL(decode_simply(&file, &options, &report), code);
  CHECK_EQUAL(report.limit, limit);
  CHECK_EQUAL(report.wanted, wanted);
  free(file.bytes);
}

static void each_code_has_the_number_that_it_is_about(void) {
  enum { SIZE = 14, WIDTH = 18, HEIGHT = 22, PLANES = 26, COMPRESSION = 30, MASKS = 54 };
  expect_code(3, SIZE, 66, LPF_BMP_INVALID_HEADER_SIZE, 0, 66);
  expect_code(3, WIDTH, 0x80000000u, LPF_BMP_NO_PIXELS, 0, 0);
  expect_code(3, HEIGHT, 0x80000000u, LPF_BMP_NO_PIXELS, 0, 0);
  expect_code(3, HEIGHT, 0, LPF_BMP_NO_PIXELS, 0, 0);
  expect_code(3, PLANES, 0x00100002, LPF_BMP_INVALID_PLANES, 1, 2);
  expect_code(3, PLANES, 0x00030001, LPF_BMP_INVALID_BIT_COUNT, 0, 3);
  expect_code(3, COMPRESSION, 1, LPF_BMP_INVALID_BIT_COUNT, 0, 16);
  expect_code(3, COMPRESSION, 5, LPF_BMP_UNSUPPORTED_COMPRESSION, 0, 5);
  expect_code(5, COMPRESSION, 3, LPF_BMP_UNSUPPORTED_COMPRESSION, 0, 3);
  expect_code(3, MASKS, 0x5000, LPF_BMP_INVALID_MASK, 0, 0x5000);
  expect_code(3, MASKS, 0x18000, LPF_BMP_INVALID_MASK, 0, 0x18000);
  expect_code(3, 10, 65, LPF_BMP_INVALID_OFFSET, 66, 65);
}

static void limits_refuse_with_their_numbers_before_anything_is_spent(void) {
  bmp_file file = build(6);
  lpf_report report;
  lpf_options options = unlimited();
  options.max_input_bytes = file.size - 1;
  CHECK_EQUAL(decode_simply(&file, &options, &report), LPF_LIMIT_INPUT_BYTES);
  CHECK_EQUAL(report.wanted, file.size);
  options = unlimited();
  options.max_pixels = 23;
  CHECK_EQUAL(decode_simply(&file, &options, &report), LPF_LIMIT_PIXELS);
  CHECK_EQUAL(report.wanted, 24);
  options = unlimited();
  options.max_output_bytes = 95;
  CHECK_EQUAL(decode_simply(&file, &options, &report), LPF_LIMIT_OUTPUT_BYTES);
  CHECK_EQUAL(report.wanted, 96);
  options = unlimited();
  options.max_memory_bytes = 7;
  CHECK_EQUAL(decode_simply(&file, &options, &report), LPF_LIMIT_MEMORY_BYTES);
  CHECK_EQUAL(report.limit, 7);
  CHECK(report.wanted >= 8);
  free(file.bytes);
}

static void without_memory_the_code_says_so_and_nothing_is_kept(void) {
  for (size_t i = 0; i < WISH_COUNT; i++) {
    bmp_file file = build(i);
    lpf_options options = unlimited();
    for (unsigned long long n = 1; n < 10; n++) {
      lpf_report report;
      lpf_fail_acquire(n, /*onwards=*/1);
      const int32_t code = decode_simply(&file, &options, &report);
      const bool failed = lpf_acquire_has_failed();
      lpf_fail_acquire(0, 0);
      CHECK_EQUAL(code, failed ? 83 : LPF_DONE);
      CHECK_EQUAL(lpf_live_allocations(), 0);
      if (!failed) {
        CHECK_EQUAL(n, 1 + (WISHES[i].compression == 1 || WISHES[i].compression == 4));
        break;
      }
    }
    free(file.bytes);
  }
}

static void the_scratch_of_the_plan_is_enough(void) {
  bmp_file file = build(6);
  lpf_options options = unlimited();
  lpf_bmp_plan plan;
  CHECK_EQUAL(lpf_bmp_decode_plan(file.bytes, file.size, &options, LPF_FORMAT_INDEXED8, &plan),
              LPF_DONE);
  uint8_t *scratch = exactly((size_t)plan.scratch_bytes);
  uint8_t memory[24];
  lpf_pixels pixels = {.stride = 8, .width = 8, .height = 3, .format = LPF_FORMAT_INDEXED8};
  lpf_report report;
  lpf_fail_acquire(1, /*onwards=*/1);
  CHECK_EQUAL(lpf_bmp_decode(file.bytes, file.size, &options, memory, 24, &pixels, scratch,
                             plan.scratch_bytes, NULL, &report),
              LPF_DONE);
  lpf_fail_acquire(0, 0);
  CHECK(report.peak_memory_bytes > 0);
  free(scratch);
  free(file.bytes);
}

static void a_flag_that_is_set_ends_the_call(void) {
  const int32_t cancel = 1;
  for (size_t i = 0; i < WISH_COUNT; i++) {
    bmp_file file = build(i);
    lpf_options options = unlimited();
    lpf_report report;
    CHECK_EQUAL(decode(file.bytes, file.size, &options, LPF_FORMAT_RGBA8, &cancel, &report),
                LPF_CANCELLED);
    CHECK_EQUAL(report.bytes_written, 0);
    free(file.bytes);
  }
}

static void sides_beyond_all_memory_are_refused_with_numbers(void) {
  bmp_file file = build(3);
  put32(&file, 18, 0x7fffffff);
  put32(&file, 22, 0x7fffffff);
  lpf_options options = unlimited();
  lpf_bmp_plan plan;
  CHECK_EQUAL(lpf_bmp_decode_plan(file.bytes, file.size, &options, LPF_FORMAT_RGBA8, &plan),
              LPF_BMP_TRUNCATED);
  CHECK_EQUAL(plan.limit, file.size);
  CHECK(plan.wanted > 1ull << 62);
  options.flags = LPF_FLAG_TOLERATE_TRUNCATION;
  CHECK_EQUAL(lpf_bmp_decode_plan(file.bytes, file.size, &options, LPF_FORMAT_RGBA16, &plan),
              LPF_DONE);
  CHECK_EQUAL(plan.output_bytes, UINT64_MAX);
  uint8_t memory[8];
  lpf_pixels pixels = {.stride = 0x7fffffffll * 8,
                       .width = 0x7fffffff,
                       .height = 0x7fffffff,
                       .format = LPF_FORMAT_RGBA16};
  lpf_report report;
  CHECK_EQUAL(
      lpf_bmp_decode(file.bytes, file.size, &options, memory, 8, &pixels, NULL, 0, NULL, &report),
      LPF_OUTPUT_TOO_SMALL);
  free(file.bytes);
}

static void callers_mistakes_are_invalid_arguments(void) {
  bmp_file file = build(0);
  lpf_options options = unlimited();
  lpf_bmp_info info;
  lpf_bmp_plan plan;
  lpf_report report;
  uint8_t rgba[1024];
  uint32_t entries;
  lpf_pixels pixels = {.stride = 28, .width = 7, .height = 3, .format = LPF_FORMAT_RGBA8};
  CHECK_EQUAL(lpf_bmp_read_info(NULL, 1, &options, &info, &report), LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_bmp_read_info(NULL, 0, &options, &info, &report), LPF_BMP_NO_SIGNATURE);
  CHECK_EQUAL(lpf_bmp_read_info(file.bytes, file.size, NULL, &info, &report), LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_bmp_decode_plan(file.bytes, file.size, &options, LPF_FORMAT_COUNT, &plan),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_bmp_decode_plan(file.bytes, file.size, &options, 0, NULL), LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_bmp_palette(file.bytes, file.size, &options, NULL, &entries, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(
      lpf_bmp_decode(file.bytes, file.size, &options, NULL, 1, &pixels, NULL, 0, NULL, &report),
      LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(
      lpf_bmp_decode(file.bytes, file.size, &options, rgba, 84, &pixels, NULL, 0, NULL, NULL),
      LPF_INVALID_ARGUMENT);
  pixels.stride = 27;
  CHECK_EQUAL(
      lpf_bmp_decode(file.bytes, file.size, &options, rgba, 1024, &pixels, NULL, 0, NULL, &report),
      LPF_INVALID_ARGUMENT);
  free(file.bytes);
}

int main(void) {
  a_beginning_of_a_file_is_refused_and_never_read_beyond();
  any_byte_of_the_headers_may_lie();
  each_code_has_the_number_that_it_is_about();
  limits_refuse_with_their_numbers_before_anything_is_spent();
  without_memory_the_code_says_so_and_nothing_is_kept();
  the_scratch_of_the_plan_is_enough();
  a_flag_that_is_set_ends_the_call();
  sides_beyond_all_memory_are_refused_with_numbers();
  callers_mistakes_are_invalid_arguments();
  return check_result();
}
