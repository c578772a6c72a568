#include "differential.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lodepng_ffm.h"
#include "plain_lodepng.h"

/* Beyond that a run is slow, and shows nothing that a smaller picture does not. */
#define MOST_PIXELS (1ull << 18)

#define BMP_HEADER_BYTES 54

/* LodePNG's codes. */
enum {
  INVALID_LENGTH_SYMBOL = 16,
  INVALID_DISTANCE_SYMBOL = 18,
  INVALID_FILTER = 36,
  OUT_OF_MEMORY = 83,
  TOO_MANY_PIXELS = 92,
  WRONG_IDAT_SIZE = 91,
  OVER_MAX_OUTPUT_SIZE = 109
};

#define REQUIRE(condition, code)                                                                \
  do {                                                                                          \
    if (!(condition)) {                                                                         \
      fprintf(stderr, "%s:%d: not so: %s (code %d)\n", __FILE__, __LINE__, #condition, (code)); \
      abort();                                                                                  \
    }                                                                                           \
  } while (0)

typedef struct outcome {
  int32_t code;
  uint8_t *bmp; /* of exactly the planned size */
  unsigned long long bmp_size;
  lpf_report report;
} outcome;

static lpf_options options_for(const fuzz_choices *choices) {
  lpf_options options;
  memset(&options, 0xff, sizeof options); /* no limit */
  options.max_pixels = MOST_PIXELS;
  options.flags = choices->tolerance & (LPF_FLAG_TOLERATE_ANCILLARY | LPF_FLAG_TOLERATE_TRUNCATION);
  options.bmp_format = LPF_BMP_CLASSIC;
  options.alpha = LPF_ALPHA_STRAIGHT;
  options.background = LPF_BACKGROUND_NONE;
  unsigned long long *limits[] = {&options.max_input_bytes,     &options.max_pixels,
                                  &options.max_output_bytes,    &options.max_memory_bytes,
                                  &options.max_ancillary_bytes, &options.max_chunks,
                                  &options.max_idat_ratio};
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
    if ((choices->limited >> i & 1) != 0) {
      *limits[i] = i == 6   ? 1 + choices->limit % 3u
                   : i == 5 ? choices->limit % 30u
                            : choices->limit;
    }
  }
  return options;
}

static outcome convert(const uint8_t *png, size_t size, const lpf_options *options,
                       size_t scratch_size, const int32_t *cancel) {
  outcome result;
  memset(&result, 0, sizeof result);
  lpf_plan plan;
  result.code = lpf_png_plan(png, size, options, &plan);
  lpf_info info;
  int32_t info_code = lpf_png_info(png, size, &info);
  REQUIRE(result.code != LPF_DONE || (info_code == LPF_DONE && info.width == plan.info.width),
          result.code);
  if (result.code != LPF_DONE) {
    result.report.limit = plan.limit;
    result.report.wanted = plan.wanted;
    return result;
  }
  result.bmp_size = plan.output_bytes;
  result.bmp = malloc((size_t)plan.output_bytes);
  memset(result.bmp, 0xa5, (size_t)plan.output_bytes);
  uint8_t *scratch = scratch_size == 0 ? NULL : malloc(scratch_size);
  result.code = lpf_png_to_bmp(png, size, options, result.bmp, result.bmp_size, scratch,
                               scratch_size, cancel, &result.report);
  free(scratch);
  const lpf_report *report = &result.report;
  REQUIRE(report->bytes_written == (result.code == LPF_DONE ? plan.output_bytes : 0), result.code);
  REQUIRE(report->peak_memory_bytes <= options->max_memory_bytes, result.code);
  REQUIRE(lpf_live_allocations() == 0 && lpf_live_bytes() == 0, result.code);
  REQUIRE(result.code != LPF_INVALID_ARGUMENT && result.code != LPF_OUTPUT_TOO_SMALL, result.code);
  REQUIRE(lpf_error_text(result.code)[0] != 0, result.code);
  return result;
}

static int is_limit(const outcome *result) {
  if (result->code >= LPF_LIMIT_INPUT_BYTES && result->code <= LPF_BMP_TOO_LARGE) {
    REQUIRE(result->report.wanted > result->report.limit, result->code);
    return 1;
  }
  return 0;
}

static uint32_t little_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
         (uint32_t)bytes[3] << 24;
}

static void require_header(const outcome *ours, const plain_picture *plain) {
  static const uint8_t planes_and_bits[4] = {1, 0, 24, 0};
  const uint8_t *bmp = ours->bmp;
  REQUIRE(memcmp(bmp, "BM", 2) == 0 && little_endian(bmp + 2) == ours->bmp_size, 0);
  REQUIRE(little_endian(bmp + 10) == BMP_HEADER_BYTES && little_endian(bmp + 14) == 40, 0);
  REQUIRE(little_endian(bmp + 18) == plain->width && little_endian(bmp + 22) == plain->height, 0);
  REQUIRE(memcmp(bmp + 26, planes_and_bits, 4) == 0, 0);
  for (size_t i = 0; i < 2; i++) {
    uint32_t resolution = plain->pixels_per_metre[i];
    REQUIRE(little_endian(bmp + 38 + 4 * i) == (resolution > INT32_MAX ? 0 : resolution), 0);
  }
}

static void require_pixels(const outcome *ours, const plain_picture *plain) {
  size_t row_size = (size_t)plain->width * 3;
  size_t stride = (row_size + 3) / 4 * 4;
  for (size_t y = 0; y < plain->height; y++) {
    const uint8_t *row = ours->bmp + BMP_HEADER_BYTES + (plain->height - 1 - y) * stride;
    const uint8_t *rgb = plain->rgb + y * row_size;
    for (size_t x = 0; x < row_size; x += 3) {
      REQUIRE(row[x] == rgb[x + 2] && row[x + 1] == rgb[x + 1] && row[x + 2] == rgb[x], 0);
    }
    for (size_t x = row_size; x < stride; x++) {
      REQUIRE(row[x] == 0, 0);
    }
  }
}

/* Warnings about damage; transparency that a BMP of 24 bits leaves behind is none. */
static uint32_t damage_warnings(const lpf_report *report) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < report->warning_count && i < LPF_WARNING_CAPACITY; i++) {
    count += report->warnings[i].code != LPF_ALPHA_DROPPED;
  }
  return count;
}

/* PNG's lengths are below 2^31: the highest bit of width or height is 0. */
static int has_impossible_side(const uint8_t *png, size_t size) {
  return size >= 24 && ((png[16] | png[20]) & 0x80) != 0;
}

/*
 * The exceptions:
 * - A side over 2,147,483,647 is code 92; plain LodePNG goes on where its memory is large enough.
 * - An image that inflates to too much fails with 91 at that point. Plain LodePNG inflates it to
 * its end, and may find something else there; with a maximum of its own it stops as well, with 109.
 * - libdeflate takes the length symbols 286 and 287 and the distance symbols 30 and 31, which RFC
 *   1951 reserves, for their predecessors; LodePNG refuses them. Such a stream has to have the
 *   checksum of what libdeflate makes of it, so damage alone does not bring it about.
 * - Streams of very many empty blocks are refused; plain LodePNG takes its time.
 */
static void require_agreement(const outcome *ours, const plain_picture *plain) {
  if (ours->code == LPF_TOO_MANY_BLOCKS) {
    return;
  }
  if (plain->error == INVALID_LENGTH_SYMBOL || plain->error == INVALID_DISTANCE_SYMBOL) {
    if (ours->code == LPF_DONE || ours->code == INVALID_FILTER) {
      return;
    }
  }
  unsigned expected = plain->error == OVER_MAX_OUTPUT_SIZE ? WRONG_IDAT_SIZE : plain->error;
  if ((unsigned)ours->code != expected) {
    fprintf(stderr, "plain LodePNG: code %u\n", expected);
  }
  REQUIRE((unsigned)ours->code == expected, ours->code);
  if (expected == 0) {
    require_header(ours, plain);
    require_pixels(ours, plain);
    REQUIRE(damage_warnings(&ours->report) == 0, 0);
  }
}

/* Scalar and vector instructions, fast path and LodePNG's own, with and without scratch memory. */
static void require_same_every_way(const uint8_t *png, size_t size, lpf_options options,
                                   const outcome *first, size_t scratch_size) {
  static const uint32_t flags[] = {LPF_FLAG_SCALAR, LPF_FLAG_LODEPNG_ONLY};
  const uint32_t common = options.flags;
  for (size_t i = 0; i < 2; i++) {
    options.flags = common | flags[i];
    outcome other = convert(png, size, &options, i == 0 ? 0 : scratch_size, NULL);
    REQUIRE(other.code == first->code, other.code);
    REQUIRE(other.code != LPF_DONE || memcmp(other.bmp, first->bmp, (size_t)first->bmp_size) == 0,
            other.code);
    REQUIRE(other.report.warning_count == first->report.warning_count, other.code);
    free(other.bmp);
  }
}

/* What the strict verdict accepts, the one that lets damage beside the pixels pass accepts, too,
   and finds nothing to let pass. */
static void require_default_agrees(const uint8_t *png, size_t size, lpf_options options,
                                   const outcome *strict) {
  options.flags |= LPF_FLAG_TOLERATE_ANCILLARY;
  outcome by_default = convert(png, size, &options, 0, NULL);
  REQUIRE(by_default.code == LPF_DONE, by_default.code);
  REQUIRE(memcmp(by_default.bmp, strict->bmp, (size_t)strict->bmp_size) == 0, 0);
  REQUIRE(by_default.report.warning_count == strict->report.warning_count, 0);
  free(by_default.bmp);
}

static void check_failing_allocation(const uint8_t *png, size_t size, const lpf_options *options,
                                     const outcome *first, const fuzz_choices *choices) {
  lpf_fail_acquire(choices->fail_acquire, choices->fail_acquire & 1);
  outcome failed = convert(png, size, options, 0, NULL);
  int has_failed = lpf_acquire_has_failed();
  lpf_fail_acquire(0, 0);
  REQUIRE(failed.code == (has_failed ? OUT_OF_MEMORY : first->code), failed.code);
  free(failed.bmp);
}

void fuzz_check(const uint8_t *png, size_t size, const fuzz_choices *choices) {
  const int32_t cancel = choices->cancelled != 0;
  const lpf_options options = options_for(choices);
  const size_t scratch_size = (size_t)choices->scratch_size * 7;
  outcome ours = convert(png, size, &options, scratch_size, &cancel);
  if (is_limit(&ours)) {
    free(ours.bmp);
    return;
  }
  if (cancel) {
    REQUIRE(ours.code != LPF_DONE, ours.code);
    free(ours.bmp);
    return;
  }
  if (ours.code == TOO_MANY_PIXELS && has_impossible_side(png, size)) {
    return;
  }
  lpf_plan plan;
  (void)lpf_png_plan(png, size, &options, &plan);
  plain_picture plain =
      plain_decode(png, size, plan.scanline_bytes == 0 ? 1 : (size_t)plan.scanline_bytes);
  if (options.flags == 0 || plain.error == 0) {
    require_agreement(&ours, &plain);
  }
  if (choices->limited == 0) {
    require_same_every_way(png, size, options, &ours, scratch_size);
    if (ours.code == LPF_DONE && options.flags == 0) {
      require_default_agrees(png, size, options, &ours);
    }
    if (choices->fail_acquire != 0) {
      check_failing_allocation(png, size, &options, &ours, choices);
    }
  }
  free(plain.rgb);
  free(ours.bmp);
}
