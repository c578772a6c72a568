// link: library native/test/png_builder.c native/test/rows_reference.c native/test/decode_subject.c
/* What is wrong with a file, read in bands: the verdict that decoding it whole gives, the same rows
   up to there, nothing left behind. */
#include "base/memory.h"
#include "check.h"
#include "decode_subject.h"

enum { FORMAT = LPF_FORMAT_RGBA8, PIXEL_BYTES = 4, OUT_OF_MEMORY = 83 };

/* What came of a file. */
typedef struct outcome {
  int32_t code;
  lpf_report report;
  uint8_t *pixels; /* of all rows, those that were not read 0 */
} outcome;

static const uint8_t *no_bytes(void) {
  return (const uint8_t *)"";
}

static outcome decode(png_bytes png, png_shape shape, const lpf_options *options) {
  const size_t size = (size_t)shape.width * shape.height * PIXEL_BYTES;
  outcome made = {.pixels = exactly(size)};
  memset(made.pixels, 0, size);
  lpf_pixels pixels = {0, (long long)shape.width * PIXEL_BYTES, shape.width, shape.height, FORMAT,
                       0};
  made.code = lpf_png_decode(png.bytes, png.size, options, made.pixels, size, &pixels, NULL, 0,
                             NULL, &made.report);
  return made;
}

/* Reads bands of `band_height` rows with a state of `state_size` bytes, stopping before row `stop`.
 */
static outcome read(png_bytes png, png_shape shape, const lpf_options *options,
                    uint32_t band_height, size_t state_size, uint32_t stop) {
  const size_t row_size = (size_t)shape.width * PIXEL_BYTES, size = row_size * shape.height;
  outcome made = {.pixels = exactly(size)};
  memset(made.pixels, 0, size);
  uint8_t *state = exactly(state_size);
  made.code = lpf_png_reader_open(png.bytes, png.size, NULL, options, FORMAT, NULL, state,
                                  state_size, NULL, &made.report);
  if (made.code == LPF_DONE) {
    uint32_t done = 0, rows = 1;
    while (rows != 0 && made.code == LPF_DONE && done < stop) {
      const uint32_t left = shape.height - done;
      const uint32_t height = left == 0 || left > band_height ? band_height : left;
      uint8_t *memory = exactly(height * row_size);
      memset(memory, 0, height * row_size);
      lpf_pixels band = {0, (long long)row_size, shape.width, height, FORMAT, 0};
      made.code = lpf_png_reader_rows(state, png.bytes, png.size, NULL, memory, height * row_size,
                                      &band, NULL, &rows, &made.report);
      CHECK(made.code == LPF_DONE || rows == 0);
      memcpy(made.pixels + done * row_size, memory, rows * row_size);
      if (made.code != LPF_DONE) { /* and so it stays */
        lpf_report again;
        CHECK_EQUAL(lpf_png_reader_rows(state, png.bytes, png.size, NULL, memory, height * row_size,
                                        &band, NULL, &rows, &again),
                    made.code);
        CHECK_EQUAL(again.limit, made.report.limit);
      }
      done += rows;
      free(memory);
    }
    CHECK(made.code != LPF_DONE || stop < shape.height || done == shape.height);
    lpf_png_reader_close(state);
  }
  free(state);
  return made;
}

static size_t planned(png_bytes png, const lpf_options *options) {
  lpf_plan sizes;
  const int32_t code = lpf_png_reader_plan(png.bytes, png.size, options, FORMAT, NULL, &sizes);
  return code == LPF_DONE ? (size_t)sizes.scratch_bytes : 4096;
}

static bool same_warnings(const lpf_report *a, const lpf_report *b) {
  return a->warning_count == b->warning_count &&
         memcmp(a->warnings, b->warnings, sizeof a->warnings) == 0;
}

/* One file, whole and in bands. */
static void compare(png_bytes png, png_shape shape, const lpf_options *options) {
  outcome whole = decode(png, shape, options);
  outcome bands = read(png, shape, options, 1 + random_bits() % 9, planned(png, options), ~0u);
  CHECK_EQUAL(bands.code, whole.code);
  if (whole.code == LPF_DONE && bands.code == LPF_DONE) {
    CHECK(memcmp(bands.pixels, whole.pixels, (size_t)shape.width * shape.height * PIXEL_BYTES) ==
          0);
    CHECK(same_warnings(&bands.report, &whole.report));
    CHECK_EQUAL(bands.report.decode_path, whole.report.decode_path);
  }
  CHECK_EQUAL(lpf_live_allocations(), 0);
  free(whole.pixels);
  free(bands.pixels);
}

static const uint32_t TOLERANCES[] = {0, LPF_FLAG_TOLERATE_ANCILLARY, LPF_FLAG_TOLERATE_TRUNCATION,
                                      LPF_FLAG_LODEPNG_ONLY};

static lpf_options some_options(void) {
  lpf_options options = unlimited();
  options.flags = TOLERANCES[random_bits() % 4];
  return options;
}

static const png_shape SMALL = {9, 17, 8, 2, 0}, INTERLACED = {9, 17, 8, 6, 1},
                       INDEXED = {30, 20, 4, 3, 0},
                       /* of more than 160 KB, which are inflated in pieces */
    LARGE = {300, 240, 8, 2, 0};

static void damaged_bytes_have_the_verdict_of_the_whole(void) {
  static const png_shape *const shapes[] = {&SMALL, &INTERLACED, &INDEXED};
  for (size_t i = 0; i < 3; i++) {
    subject made = make_subject(*shapes[i], true);
    for (size_t at = 33; at < made.png.size; at++) {
      const uint8_t kept = made.png.bytes[at];
      made.png.bytes[at] = (uint8_t)random_bits();
      const lpf_options options = some_options();
      compare(made.png, *shapes[i], &options);
      made.png.bytes[at] = kept;
    }
    free_subject(&made);
  }
}

/* The chunks are sound, and the stream in them is not. */
static void damaged_streams_have_the_verdict_of_the_whole(void) {
  static const png_shape *const shapes[] = {&SMALL, &INTERLACED, &LARGE};
  for (size_t i = 0; i < 3; i++) {
    png_image image = png_random_image(*shapes[i]);
    png_bytes scanlines = png_scanlines(&image, 5);
    png_bytes idat = png_store(scanlines.bytes, scanlines.size);
    for (int n = 0; n < 120; n++) {
      png_bytes changed = {copy_of(idat.bytes, idat.size), idat.size};
      /* in LARGE mostly where blocks begin, and at the end */
      const size_t near = n % 3 == 0 ? idat.size - 1 : n % 3 == 1 ? (random_bits() % 4) * 65540 : 0;
      const size_t at = (near + random_bits() % 16) % idat.size;
      if (n % 2 == 0) {
        changed.bytes[at] ^= (uint8_t)(1 + random_bits() % 255);
      } else {
        changed.size = i == 2 ? random_bits() % idat.size : at;
      }
      png_bytes png = png_file(&image, changed, 50000);
      const lpf_options options = some_options();
      compare(png, *shapes[i], &options);
      free(png.bytes);
      free(changed.bytes);
    }
    free(idat.bytes);
    free(scanlines.bytes);
    png_free_image(&image);
  }
}

static void truncated_files_have_the_verdict_of_the_whole(void) {
  static const png_shape *const shapes[] = {&SMALL, &INTERLACED, &LARGE};
  for (size_t i = 0; i < 3; i++) {
    subject made = make_subject(*shapes[i], false);
    for (size_t cut = 0; cut < made.png.size; cut += i == 2 ? 1 + random_bits() % 4000 : 1) {
      png_bytes part = {copy_of(made.png.bytes, cut), cut};
      const lpf_options options = some_options();
      compare(part, *shapes[i], &options);
      free(part.bytes);
    }
    free_subject(&made);
  }
}

/* Filter types above 4 at any row; and data behind the last one. */
static void wrong_scanlines_have_the_verdict_of_the_whole(void) {
  for (int n = 0; n < 60; n++) {
    const png_shape shape = n % 2 == 0 ? LARGE : SMALL;
    const size_t row = 1 + (size_t)shape.width * 3;
    png_image image = png_random_image(shape);
    png_bytes scanlines = png_scanlines(&image, 5);
    png_bytes longer = {exactly(scanlines.size + 5), scanlines.size};
    memcpy(longer.bytes, scanlines.bytes, scanlines.size);
    if (n % 3 == 0) {
      memset(longer.bytes + longer.size, 0, 5);
      longer.size += 5;
    } else {
      longer.bytes[row * (random_bits() % shape.height)] = 5;
    }
    png_bytes idat = png_store(longer.bytes, longer.size);
    if (n % 5 == 1) {
      idat.bytes[idat.size - 1] ^= 1;
    }
    png_bytes png = png_file(&image, idat, 9999);
    const lpf_options options = some_options();
    compare(png, shape, &options);
    free(png.bytes);
    free(idat.bytes);
    free(longer.bytes);
    free(scanlines.bytes);
    png_free_image(&image);
  }
}

static void every_allocation_may_fail(void) {
  static const png_shape *const shapes[] = {&SMALL, &INTERLACED, &LARGE};
  for (size_t i = 0; i < 3; i++) {
    for (int damaged = 0; damaged <= 1; damaged++) {
      subject made = make_subject(*shapes[i], false);
      if (damaged) { /* the checksum of the image data, so that it shows with the last row */
        png_image *image = &made.image;
        png_bytes scanlines = png_scanlines(image, 5),
                  idat = png_store(scanlines.bytes, scanlines.size);
        idat.bytes[idat.size - 1] ^= 1;
        free(made.png.bytes);
        made.png = png_file(image, idat, 50000);
        free(idat.bytes);
        free(scanlines.bytes);
      }
      const lpf_options options = unlimited();
      outcome sound = read(made.png, *shapes[i], &options, 7, 4096, ~0u);
      for (unsigned long long n = 1;; n++) {
        lpf_fail_acquire(n, n % 2 == 0);
        outcome failed = read(made.png, *shapes[i], &options, 7, 4096, ~0u);
        const int has_failed = lpf_acquire_has_failed();
        lpf_fail_acquire(0, 0);
        CHECK_EQUAL(failed.code, has_failed ? OUT_OF_MEMORY : sound.code);
        CHECK_EQUAL(lpf_live_allocations(), 0);
        free(failed.pixels);
        if (!has_failed) {
          CHECK(n > 2);
          break;
        }
      }
      free(sound.pixels);
      free_subject(&made);
    }
  }
}

static void closing_in_the_middle_leaves_nothing_behind(void) {
  subject made = make_subject(LARGE, false);
  for (uint32_t stop = 0; stop < 200; stop += 1 + random_bits() % 30) {
    const lpf_options options = some_options();
    outcome part = read(made.png, LARGE, &options, 7, 16384, stop); /* the rest from the system */
    CHECK_EQUAL(part.code, LPF_DONE);
    CHECK_EQUAL(lpf_live_allocations(), 0);
    CHECK_EQUAL(lpf_live_bytes(), 0);
    free(part.pixels);
  }
  free_subject(&made);
}

static void limits_on_memory_hold(void) {
  subject made = make_subject(LARGE, false);
  lpf_options options = unlimited();
  const size_t enough = planned(made.png, &options);
  options.max_memory_bytes = enough;
  outcome sound = read(made.png, LARGE, &options, 7, enough, ~0u);
  CHECK_EQUAL(sound.code, LPF_DONE);
  const unsigned long long peak = sound.report.peak_memory_bytes;
  CHECK(peak <= enough);
  free(sound.pixels);
  for (int way = 0; way < 3; way++) { /* from the state, from the system, and less than a reader */
    options.max_memory_bytes = way == 2 ? 100 : peak - 1;
    outcome refused = read(made.png, LARGE, &options, 7, way == 0 ? enough : 16384, ~0u);
    CHECK_EQUAL(refused.code, LPF_LIMIT_MEMORY_BYTES);
    CHECK_EQUAL(refused.report.limit, options.max_memory_bytes);
    CHECK(refused.report.wanted > options.max_memory_bytes);
    free(refused.pixels);
  }
  free_subject(&made);
}

/* Also one that is as large as the limit allows, and lies where little of it can be used. */
static void a_limit_that_no_state_fits_in_is_named(void) {
  subject made = make_subject(SMALL, false);
  lpf_options options = unlimited();
  const size_t most = 8192;
  uint8_t *memory = exactly(most + 64);
  for (size_t size = 1; size <= most; size++) {
    options.max_memory_bytes = size;
    lpf_report report;
    CHECK_EQUAL(lpf_png_reader_open(made.png.bytes, made.png.size, NULL, &options, FORMAT, NULL,
                                    memory + 16, size, NULL, &report),
                LPF_LIMIT_MEMORY_BYTES);
    CHECK_EQUAL(report.limit, size);
    CHECK(report.wanted > size);
  }
  free(memory);
  free_subject(&made);
}

static void the_state_has_no_rows_that_the_image_has_not(void) {
  const lpf_options options = unlimited();
  const lpf_selection half = {0, 0, 500000, 1, 1, 1};
  png_bytes header = png_begin((png_shape){1000000, 1, 8, 6, 0});
  lpf_plan all, some;
  CHECK_EQUAL(lpf_png_reader_plan(header.bytes, header.size, &options, FORMAT, NULL, &all),
              LPF_DONE);
  CHECK_EQUAL(lpf_png_reader_plan(header.bytes, header.size, &options, FORMAT, &half, &some),
              LPF_DONE);
  CHECK_EQUAL(some.scratch_bytes - all.scratch_bytes, 1000000 * PIXEL_BYTES);
  free(header.bytes);
}

/* The state of an image does not depend on its height, but for what small images are inflated by.
 */
static void the_state_does_not_grow_with_the_height(void) {
  lpf_options options = unlimited();
  size_t before = 0;
  for (uint32_t height = 10000; height <= 1000000; height *= 10) {
    png_bytes header = png_begin((png_shape){1000, height, 8, 6, 0});
    lpf_plan sizes;
    CHECK_EQUAL(lpf_png_reader_plan(header.bytes, header.size, &options, FORMAT, NULL, &sizes),
                LPF_DONE);
    CHECK(before == 0 || sizes.scratch_bytes == before);
    CHECK(sizes.scratch_bytes < 5 << 20);
    before = (size_t)sizes.scratch_bytes;
    free(header.bytes);
  }
}

static void a_set_flag_cancels(void) {
  static const png_shape *const shapes[] = {&SMALL, &INTERLACED, &LARGE};
  const int32_t set = 1;
  for (size_t i = 0; i < 3; i++) {
    subject made = make_subject(*shapes[i], false);
    const lpf_options options = unlimited();
    const size_t size = planned(made.png, &options);
    uint8_t *state = exactly(size), *memory = exactly(300 * PIXEL_BYTES);
    lpf_report report;
    CHECK_EQUAL(lpf_png_reader_open(made.png.bytes, made.png.size, NULL, &options, FORMAT, NULL,
                                    state, size, &set, &report),
                LPF_CANCELLED);
    CHECK_EQUAL(lpf_png_reader_open(made.png.bytes, made.png.size, NULL, &options, FORMAT, NULL,
                                    state, size, NULL, &report),
                LPF_DONE);
    lpf_pixels band = {0, 0, shapes[i]->width, 1, FORMAT, 0};
    uint32_t rows;
    CHECK_EQUAL(lpf_png_reader_rows(state, made.png.bytes, made.png.size, NULL, memory,
                                    300 * PIXEL_BYTES, &band, &set, &rows, &report),
                LPF_CANCELLED);
    lpf_png_reader_close(state);
    free(state);
    free(memory);
    free_subject(&made);
  }
}

static void wrong_arguments_are_refused(void) {
  subject made = make_subject(SMALL, false);
  const lpf_options options = unlimited();
  lpf_plan sizes;
  static const lpf_selection beyond[] = {
      {0, 0, 10, 17, 1, 1}, {0, 1, 9, 17, 1, 1}, {9, 0, 1, 1, 1, 1},
      {0, 17, 1, 1, 1, 1},  {0, 0, 0, 1, 1, 1},  {0, 0, 1, 0, 1, 1},
      {0, 0, 9, 17, 0, 1},  {0, 0, 9, 17, 1, 0}, {~0u, 0, 2, 1, 1, 1}};
  for (size_t i = 0; i < sizeof beyond / sizeof beyond[0]; i++) {
    CHECK_EQUAL(
        lpf_png_reader_plan(made.png.bytes, made.png.size, &options, FORMAT, &beyond[i], &sizes),
        LPF_INVALID_ARGUMENT);
  }
  uint8_t *state = exactly(planned(made.png, &options)), memory[9 * 4 * 2];
  lpf_report report;
  CHECK_EQUAL(lpf_png_reader_open(made.png.bytes, made.png.size, NULL, &options, FORMAT, NULL,
                                  state, 64, NULL, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_reader_open(made.png.bytes, made.png.size, NULL, &options, FORMAT, NULL,
                                  state, planned(made.png, &options), NULL, &report),
              LPF_DONE);
  static const struct {
    lpf_pixels band;
    size_t size;
    int32_t code;
  } bands[] = {{{0, 36, 9, 2, LPF_FORMAT_BGRA8, 0}, 72, LPF_INVALID_ARGUMENT},
               {{0, 36, 8, 2, FORMAT, 0}, 72, LPF_INVALID_ARGUMENT},
               {{0, 35, 9, 2, FORMAT, 0}, 72, LPF_INVALID_ARGUMENT},
               {{0, 36, 9, 0, FORMAT, 0}, 72, LPF_INVALID_ARGUMENT},
               {{1, 36, 9, 2, FORMAT, 0}, 72, LPF_OUTPUT_TOO_SMALL},
               {{0, -36, 9, 2, FORMAT, 0}, 72, LPF_OUTPUT_TOO_SMALL},
               {{0, 36, 9, 2, FORMAT, 0}, 72, LPF_DONE}};
  for (size_t i = 0; i < sizeof bands / sizeof bands[0]; i++) {
    uint32_t rows = 7;
    CHECK_EQUAL(lpf_png_reader_rows(state, made.png.bytes, made.png.size, NULL, memory,
                                    bands[i].size, &bands[i].band, NULL, &rows, &report),
                bands[i].code);
    CHECK_EQUAL(rows, bands[i].code == LPF_DONE ? 2 : 0);
  }
  uint32_t rows;
  CHECK_EQUAL(lpf_png_reader_rows(state, no_bytes(), 0, NULL, memory, 72, &bands[6].band, NULL,
                                  &rows, &report),
              LPF_INVALID_ARGUMENT);
  lpf_png_reader_close(state);
  free(state);
  free_subject(&made);
}

int main(void) {
  damaged_bytes_have_the_verdict_of_the_whole();
  damaged_streams_have_the_verdict_of_the_whole();
  truncated_files_have_the_verdict_of_the_whole();
  wrong_scanlines_have_the_verdict_of_the_whole();
  every_allocation_may_fail();
  closing_in_the_middle_leaves_nothing_behind();
  limits_on_memory_hold();
  a_limit_that_no_state_fits_in_is_named();
  the_state_has_no_rows_that_the_image_has_not();
  the_state_does_not_grow_with_the_height();
  a_set_flag_cancels();
  wrong_arguments_are_refused();
  return check_result();
}
