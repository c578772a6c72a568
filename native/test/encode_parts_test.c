// link: library native/test/encode_judge.c
/* A PNG in parts is the PNG in one piece; what is wrong with the arguments is said; and each
   allocation may fail. */
#include "base/memory.h"
#include "encode_judge.h"

#define OUT_OF_MEMORY 83 /* LodePNG's code */

static const uint8_t *palette_of(const test_picture *picture) {
  return picture->palette_entries == 0 ? NULL : picture->palette;
}

static int32_t plan_of(const test_picture *picture, const lpf_encode_options *options,
                       lpf_encode_plan *plan) {
  return lpf_png_encode_plan(picture->memory, picture->memory_size, &picture->pixels, options,
                             palette_of(picture), picture->palette_entries, NULL, 0, NULL, plan);
}

/* ---- Parts ---- */

typedef struct strip_bytes {
  uint8_t *bytes;
  size_t size;
  lpf_strips strip;
} strip_bytes;

/* A strip out of a band that has no row more than it needs, unless the image is interlaced. */
static strip_bytes encode_one_strip(const test_picture *picture, const lpf_encode_plan *plan,
                                    const lpf_encode_options *options, uint32_t index) {
  lpf_pixels band = picture->pixels;
  uint32_t top = 0;
  if ((options->flags & LPF_FLAG_INTERLACED) == 0) {
    const uint32_t first = index * plan->strip_scanlines;
    uint32_t end = first + plan->strip_scanlines;
    end = end < band.height ? end : band.height;
    top = first == 0 ? 0 : first - 1;
    band.first_row += (unsigned long long)((long long)top * band.stride);
    band.height = end - top;
  }
  strip_bytes made = {.bytes = exactly((size_t)plan->strip_bytes)};
  uint8_t *scratch = index % 2 == 0 ? exactly((size_t)plan->scratch_bytes) : NULL;
  lpf_report report;
  CHECK_EQUAL(
      lpf_png_encode_strip(plan, index, picture->memory, picture->memory_size, &band, top, options,
                           made.bytes, plan->strip_bytes, scratch,
                           scratch == NULL ? 0 : plan->scratch_bytes, NULL, &made.strip, &report),
      LPF_DONE);
  CHECK(report.peak_memory_bytes <= plan->scratch_bytes);
  made.size = (size_t)report.bytes_written;
  free(scratch);
  return made;
}

/* The strips from the last to the first, as threads might finish them. */
static void check_parts(const test_picture *picture, uint32_t effort, uint32_t flags) {
  lpf_encode_options options = encode_unlimited();
  options.effort = effort;
  options.flags = flags;
  size_t size;
  int32_t code;
  uint8_t *whole = encode_picture(picture, &options, &size, &code);
  CHECK_EQUAL(code, LPF_DONE);
  lpf_encode_plan plan;
  CHECK_EQUAL(plan_of(picture, &options, &plan), LPF_DONE);
  strip_bytes *strips = calloc(plan.strip_count, sizeof *strips);
  for (uint32_t i = plan.strip_count; i-- > 0;) {
    strips[i] = encode_one_strip(picture, &plan, &options, i);
  }
  uint8_t *joined = exactly((size_t)plan.output_bytes), *next = joined;
  lpf_report report;
  CHECK_EQUAL(lpf_png_encode_header(&plan, NULL, 0, next, plan.header_bytes, &report), LPF_DONE);
  next += report.bytes_written;
  lpf_strips all = {0};
  for (uint32_t i = 0; i < plan.strip_count; i++) {
    memcpy(next, strips[i].bytes, strips[i].size);
    next += strips[i].size;
    CHECK_EQUAL(lpf_png_encode_join(&all, &strips[i].strip), LPF_DONE);
    free(strips[i].bytes);
  }
  CHECK_EQUAL(lpf_png_encode_end(&plan, &all, next, LPF_ENCODE_END_BYTES, &report), LPF_DONE);
  next += report.bytes_written;
  CHECK_EQUAL((size_t)(next - joined), size);
  CHECK(whole != NULL && memcmp(joined, whole, size) == 0);
  free(joined);
  free(strips);
  free(whole);
}

static void parts_make_the_same_png_as_one_call(void) {
  for (int kind = 0; kind < PICTURE_KINDS; kind++) {
    test_picture made =
        make_picture((picture_kind)kind, LPF_FORMAT_RGBA8, 700, 1100, 0, kind % 2 == 0);
    check_parts(&made, LPF_EFFORT_FAST, LPF_FLAG_NO_REDUCTIONS);
    check_parts(&made, LPF_EFFORT_BALANCED, kind % 2 == 0 ? LPF_FLAG_INTERLACED : 0);
    free_picture(&made);
  }
  test_picture made = make_picture(SCREEN, LPF_FORMAT_RGB8, 1100, 1500, 0, false);
  check_parts(&made, LPF_EFFORT_SMALL, LPF_FLAG_NO_REDUCTIONS);
  free_picture(&made);
}

/* ---- Chunks ---- */

/* The chunk types of a PNG, four letters each. */
static void list_chunks(const uint8_t *png, size_t size, char *types) {
  for (size_t at = 8; at + 12 <= size;) {
    const size_t length =
        (size_t)png[at] << 24 | (size_t)png[at + 1] << 16 | (size_t)png[at + 2] << 8 | png[at + 3];
    memcpy(types, png + at + 4, 4);
    types += 4;
    at += length + 12;
  }
  *types = 0;
}

static void ancillary_chunks_stand_where_the_specification_wants_them(void) {
  static const uint8_t chunks[] = {
      0, 0, 0, 1, 's', 'R', 'G', 'B', 0, 0xae, 0xce, 0x1c, 0xe9,  /* perceptual */
      0, 0, 0, 1, 'b', 'K', 'G', 'D', 0, 0x88, 0x05, 0x1d, 0x48}; /* index 0 */
  test_picture made = make_picture(SCREEN, LPF_FORMAT_INDEXED8, 20, 10, 0, false);
  lpf_encode_options options = encode_unlimited();
  for (int broken = 0; broken < 3; broken++) {
    uint8_t *copy = copy_of(chunks, sizeof chunks);
    size_t size = sizeof chunks;
    if (broken == 1) {
      copy[8] ^= 1;
    }
    size -= broken == 2 ? 1 : 0;
    lpf_encode_plan plan;
    const int32_t code =
        lpf_png_encode_plan(made.memory, made.memory_size, &made.pixels, &options, made.palette,
                            made.palette_entries, copy, size, NULL, &plan);
    CHECK_EQUAL(code, broken == 0 ? LPF_DONE : LPF_BAD_CHUNKS);
    if (broken == 0) {
      CHECK_EQUAL(plan.bit_depth, 8); /* bKGD depends on it */
      uint8_t *png = exactly((size_t)plan.output_bytes);
      lpf_report report;
      CHECK_EQUAL(lpf_png_encode(&plan, made.memory, made.memory_size, &made.pixels, &options, copy,
                                 size, png, plan.output_bytes, NULL, 0, NULL, &report),
                  LPF_DONE);
      char types[100];
      list_chunks(png, (size_t)report.bytes_written, types);
      char expected[100] = "IHDRsRGBPLTE";
      for (uint32_t i = 0; i < made.palette_entries; i++) {
        if (made.palette[4 * i + 3] != 255) {
          strcpy(expected + 12, "tRNS");
        }
      }
      strcat(expected, "bKGDIDATIEND");
      CHECK(strcmp(types, expected) == 0);
      CHECK(lodepng_decodes_to(&made, png, (size_t)report.bytes_written));
      free(png);
    }
    free(copy);
  }
  free_picture(&made);
}

/* ---- Refusals ---- */

static void limits_and_cancelling_end_the_call_with_their_codes(void) {
  test_picture made = make_picture(NOISE, LPF_FORMAT_RGB8, 300, 200, 0, false);
  lpf_encode_options options = encode_unlimited();
  lpf_encode_plan plan;
  lpf_report report;
  options.max_pixels = 59999;
  CHECK_EQUAL(plan_of(&made, &options, &plan), LPF_LIMIT_PIXELS);
  CHECK_EQUAL(plan.wanted, 60000);
  options = encode_unlimited();
  CHECK_EQUAL(plan_of(&made, &options, &plan), LPF_DONE);
  uint8_t *png = exactly((size_t)plan.output_bytes);
#define ENCODE(size, cancel)                                                                       \
  lpf_png_encode(&plan, made.memory, made.memory_size, &made.pixels, &options, NULL, 0, png, size, \
                 NULL, 0, cancel, &report)
  options.max_output_bytes = 100000;
  CHECK_EQUAL(ENCODE(plan.output_bytes, NULL), LPF_LIMIT_OUTPUT_BYTES);
  options = encode_unlimited();
  options.max_memory_bytes = 50000;
  CHECK_EQUAL(ENCODE(plan.output_bytes, NULL), LPF_LIMIT_MEMORY_BYTES);
  options = encode_unlimited();
  CHECK_EQUAL(ENCODE(plan.output_bytes - 1, NULL), LPF_OUTPUT_TOO_SMALL);
  CHECK_EQUAL(report.wanted, plan.output_bytes);
  const int32_t cancel = 1;
  CHECK_EQUAL(ENCODE(plan.output_bytes, &cancel), LPF_CANCELLED);
  const lpf_encode_plan right = plan;
  plan.color_type = 3; /* without a palette */
  CHECK_EQUAL(ENCODE(plan.output_bytes, NULL), LPF_INVALID_ARGUMENT);
  plan = right;
  plan.width = 299;
  CHECK_EQUAL(ENCODE(plan.output_bytes, NULL), LPF_INVALID_ARGUMENT);
  plan = right;
  made.memory_size--;
  CHECK_EQUAL(ENCODE(plan.output_bytes, NULL), LPF_OUTPUT_TOO_SMALL);
#undef ENCODE
  free(png);
  free_picture(&made);
}

/* ---- Memory ---- */

/* Until a run has fewer than n allocations, so that every one of them has failed once. */
static void every_allocation_may_fail(void) {
  for (uint32_t effort = LPF_EFFORT_FAST; effort <= LPF_EFFORT_SMALL; effort++) {
    test_picture made = make_picture(SCREEN, LPF_FORMAT_RGBA8, 200, 100, 0, false);
    lpf_encode_options options = encode_unlimited();
    options.effort = effort;
    unsigned long long n = 1;
    for (int has_failed = 1; has_failed; n++) {
      size_t size;
      int32_t code;
      lpf_fail_acquire(n, /*onwards=*/0);
      uint8_t *png = encode_picture(&made, &options, &size, &code);
      has_failed = lpf_acquire_has_failed();
      lpf_fail_acquire(0, 0);
      CHECK_EQUAL(code, has_failed ? OUT_OF_MEMORY : LPF_DONE);
      CHECK_EQUAL(lpf_live_allocations(), 0);
      free(png);
    }
    CHECK(n > 3);
    free_picture(&made);
  }
}

int main(void) {
  parts_make_the_same_png_as_one_call();
  ancillary_chunks_stand_where_the_specification_wants_them();
  limits_and_cancelling_end_the_call_with_their_codes();
  every_allocation_may_fail();
  return check_result();
}
