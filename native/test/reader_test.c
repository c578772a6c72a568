// link: library native/test/png_builder.c native/test/rows_reference.c native/test/decode_subject.c
/* PNGs in bands of every height: the reference's pixels, wherever the bands are; and selections. */
#include "base/memory.h"
#include "check.h"
#include "decode_subject.h"

enum { GUARD = 0xa5 };

/* How a subject is read. */
typedef struct plan {
  uint32_t format;
  lpf_options options;
  lpf_selection selection;
  bool all;             /* no selection is handed over */
  uint32_t band_height; /* 0: another one each time */
} plan;

static uint32_t selected(uint32_t size, uint32_t step) {
  uint32_t count = 0;
  for (uint32_t at = 0; at < size; at += step) {
    count++;
  }
  return count;
}

/* One row of the selection, as the reference says. */
static void expected_row(const subject *of, const plan *how, uint32_t row, uint8_t *pixels) {
  const lpf_selection *selection = &how->selection;
  const size_t bytes = reference_row_size(how->format, 1);
  uint8_t *whole = exactly(reference_row_size(how->format, of->source.width));
  const lpf_blend blend = blend_of(&how->options);
  const size_t y = selection->y + (size_t)row * selection->step_y;
  reference_row(&of->source, how->format, &blend, of->samples + y * of->source.width, whole);
  for (uint32_t x = 0; x < selection->width; x += selection->step_x, pixels += bytes) {
    memcpy(pixels, whole + (selection->x + x) * bytes, bytes);
  }
  free(whole);
}

/* Reads one band into memory of its own, whose every byte is compared; returns its rows. */
static uint32_t check_band(const subject *of, const plan *how, uint8_t *state, uint32_t done) {
  const uint32_t width = selected(how->selection.width, how->selection.step_x);
  const uint32_t height = how->band_height == 0 ? 1 + random_bits() % 12 : how->band_height;
  const size_t row_size = reference_row_size(how->format, width);
  const size_t stride = row_size + random_bits() % 5, before = random_bits() % 3;
  const size_t size = before + stride * (height - 1) + row_size;
  const bool upwards = (random_bits() & 1) != 0;
  lpf_pixels band = {.first_row = before + (upwards ? stride * (height - 1) : 0),
                     .stride = upwards ? -(long long)stride : (long long)stride,
                     .width = width,
                     .height = height,
                     .format = how->format};
  uint8_t *memory = exactly(size), *expected = exactly(size);
  memset(memory, GUARD, size);
  memset(expected, GUARD, size);
  uint8_t *png = copy_of(of->png.bytes, of->png.size); /* it may lie elsewhere each time */
  lpf_report report;
  uint32_t rows = 99;
  CHECK_EQUAL(lpf_png_reader_rows(state, png, of->png.size, NULL, memory, size, &band, NULL, &rows,
                                  &report),
              LPF_DONE);
  for (uint32_t i = 0; i < rows; i++) {
    uint8_t *row = expected + band.first_row;
    expected_row(of, how, done + i, upwards ? row - stride * i : row + stride * i);
  }
  CHECK(memcmp(memory, expected, size) == 0);
  CHECK_EQUAL(report.bytes_written, row_size * (done + rows));
  free(png);
  free(memory);
  free(expected);
  return rows;
}

static void check_bands(const subject *of, const plan *how) {
  const lpf_selection *selection = how->all ? NULL : &how->selection;
  const uint32_t height = selected(how->selection.height, how->selection.step_y);
  lpf_plan sizes;
  lpf_report report;
  CHECK_EQUAL(lpf_png_reader_plan(of->png.bytes, of->png.size, &how->options, how->format,
                                  selection, &sizes),
              LPF_DONE);
  CHECK_EQUAL(sizes.output_bytes, reference_row_size(how->format, selected(how->selection.width,
                                                                           how->selection.step_x)) *
                                      height);
  uint8_t *state = exactly((size_t)sizes.scratch_bytes);
  lpf_fail_acquire(1, 1); /* the planned state is enough */
  CHECK_EQUAL(lpf_png_reader_open(of->png.bytes, of->png.size, NULL, &how->options, how->format,
                                  selection, state, sizes.scratch_bytes, NULL, &report),
              LPF_DONE);
  uint32_t done = 0, rows;
  while ((rows = check_band(of, how, state, done)) != 0) {
    const uint32_t left = height - done;
    CHECK(rows == left || how->band_height == 0 || rows == how->band_height);
    done += rows;
  }
  CHECK_EQUAL(done, height);
  lpf_png_reader_close(state);
  lpf_fail_acquire(0, 0);
  free(state);
}

/* Whether a decoder makes such pixels of it; what it refuses is not for this test. */
static bool becomes(const subject *of, const plan *how) {
  lpf_plan sizes;
  const uint32_t back = how->options.background;
  const bool gray = (back & 255) == (back >> 8 & 255) && (back & 255) == (back >> 16 & 255);
  return lpf_png_decode_plan(of->png.bytes, of->png.size, &how->options, how->format, &sizes) ==
             LPF_DONE &&
         (gray || how->format > LPF_FORMAT_GRAY_ALPHA16);
}

/* `every`: only every so many-th format, from a random one on. */
static void check_formats(const subject *of, uint32_t band_height, bool selects, uint32_t every) {
  static const uint32_t ways[] = {0, LPF_FLAG_SCALAR, LPF_FLAG_NO_AVX512,
                                  LPF_FLAG_TOLERATE_TRUNCATION};
  static const uint32_t backgrounds[] = {0, LPF_BACKGROUND | 0x808080, LPF_BACKGROUND | 0x10a0f0};
  const uint32_t width = of->source.width, height = of->source.height;
  for (uint32_t format = random_bits() % every; format < LPF_FORMAT_COUNT; format += every) {
    plan how = {.format = format,
                .options = unlimited(),
                .selection = {0, 0, width, height, 1, 1},
                .all = !selects,
                .band_height = band_height};
    how.options.alpha = random_bits() & 1;
    how.options.background = backgrounds[random_bits() % 3];
    how.options.flags = ways[random_bits() % 4];
    if (selects) {
      lpf_selection *selection = &how.selection;
      selection->x = random_bits() % width;
      selection->y = random_bits() % height;
      selection->width = 1 + random_bits() % (width - selection->x);
      selection->height = 1 + random_bits() % (height - selection->y);
      selection->step_x = 1 + random_bits() % 5;
      selection->step_y = 1 + random_bits() % 5;
    }
    if (becomes(of, &how)) {
      check_bands(of, &how);
    }
  }
}

static const uint32_t KINDS[][2] = {{0, 1}, {0, 2},  {0, 4},  {0, 8}, {0, 16},
                                    {2, 8}, {2, 16}, {3, 1},  {3, 2}, {3, 4},
                                    {3, 8}, {4, 8},  {4, 16}, {6, 8}, {6, 16}};
enum { KIND_COUNT = sizeof KINDS / sizeof KINDS[0] };

static void bands_of_any_height_have_the_pixels_of_the_reference(void) {
  static const uint32_t sizes[][2] = {{1, 1}, {5, 3}, {8, 9}, {67, 41}};
  static const uint32_t heights[] = {0, 1, 2, 7, 41};
  for (size_t kind = 0; kind < KIND_COUNT; kind++) {
    for (uint32_t variant = 0; variant < 4; variant++) {
      for (size_t size = 0; size < sizeof sizes / sizeof sizes[0]; size++) {
        subject made = make_subject((png_shape){.width = sizes[size][0],
                                                .height = sizes[size][1],
                                                .color_type = KINDS[kind][0],
                                                .bit_depth = KINDS[kind][1],
                                                .interlace_method = variant & 1},
                                    (variant & 2) != 0);
        for (size_t i = 0; i < sizeof heights / sizeof heights[0]; i++) {
          check_formats(&made, heights[i], false, 2);
        }
        for (int i = 0; i < 3; i++) {
          check_formats(&made, 0, true, 2);
        }
        free_subject(&made);
      }
    }
  }
}

/* Of more than 160 KB of image data, which are inflated in pieces. */
static void images_that_stream_have_them_too(void) {
  for (size_t kind = 0; kind < KIND_COUNT; kind++) {
    const uint32_t bits = KINDS[kind][1] * png_channels(KINDS[kind][0]);
    subject made = make_subject((png_shape){.width = 333,
                                            .height = 170 * 1024 * 8 / 333 / bits + 2,
                                            .color_type = KINDS[kind][0],
                                            .bit_depth = KINDS[kind][1]},
                                true);
    check_formats(&made, 0, false, 5);
    check_formats(&made, 1 + random_bits() % 100, false, 5);
    check_formats(&made, 0, true, 5);
    free_subject(&made);
  }
}

int main(void) {
  bands_of_any_height_have_the_pixels_of_the_reference();
  images_that_stream_have_them_too();
  return check_result();
}
