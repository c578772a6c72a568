// link: library native/test/png_builder.c native/test/rows_reference.c native/test/decode_subject.c
/* PNGs that come in pieces of any size: the pixels, and as far as it goes the verdict, of the
   whole; never a byte beyond the pieces. */
#include "base/memory.h"
#include "check.h"
#include "decode_subject.h"

enum { FORMAT = LPF_FORMAT_RGBA8, PIXEL_BYTES = 4, OUT_OF_MEMORY = 83 };

/* A PNG on its way: what of it has been handed over, and what is at hand, in memory of exactly that
   size. */
typedef struct source {
  png_bytes png;
  size_t begin, end;
  uint8_t *bytes;
  size_t most; /* bytes that come at a time */
  lpf_piece piece;
} source;

static void at_hand(source *from) {
  free(from->bytes);
  from->bytes = copy_of(from->png.bytes + from->begin, from->end - from->begin);
  from->piece.last = from->end == from->png.size;
}

static void go_on(source *from) {
  CHECK(from->piece.last == 0);
  CHECK(from->piece.used <= from->end - from->begin);
  from->begin += (size_t)from->piece.used;
  CHECK(from->piece.wanted > from->end - from->begin);
  const size_t left = from->png.size - from->end, more = 1 + random_bits() % from->most;
  from->end += more < left ? more : left;
  at_hand(from);
}

static uint32_t selected(uint32_t size, uint32_t step) {
  return (size - 1) / step + 1;
}

/* Rows that are not complete stand in the band that was given. */
static void refuse_another_band(const source *from, uint8_t *state, const lpf_pixels *band) {
  const size_t size = (size_t)band->stride * band->height;
  uint8_t *elsewhere = exactly(size);
  lpf_piece piece = from->piece;
  lpf_report report;
  uint32_t rows;
  CHECK_EQUAL(lpf_png_reader_rows(state, from->bytes, from->end - from->begin, &piece, elsewhere,
                                  size, band, NULL, &rows, &report),
              LPF_INVALID_ARGUMENT);
  free(elsewhere);
}

/* Reads all of the selection to `pixels`; the code. Bands are of random heights. */
static int32_t read(png_bytes png, const lpf_options *options, const lpf_selection *selection,
                    size_t most, size_t state_size, uint8_t *pixels, lpf_report *report) {
  source from = {.png = png, .most = most};
  uint8_t *state = exactly(state_size);
  at_hand(&from);
  int32_t code;
  while ((code = lpf_png_reader_open(from.bytes, from.end - from.begin, &from.piece, options,
                                     FORMAT, selection, state, state_size, NULL, report)) ==
         LPF_WANTS_INPUT) {
    CHECK_EQUAL(from.piece.used, 0);
    go_on(&from);
  }
  const bool opened = code == LPF_DONE;
  const uint32_t width = selected(selection->width, selection->step_x);
  const uint32_t height = selected(selection->height, selection->step_y);
  const size_t row_size = (size_t)width * PIXEL_BYTES;
  uint32_t done = 0;
  if (opened) {
    CHECK(from.piece.used >= 33);
    from.begin += (size_t)from.piece.used;
    at_hand(&from);
  }
  for (uint32_t rows = 1; code == LPF_DONE && rows != 0;) {
    const uint32_t band_height = 1 + random_bits() % 9;
    uint8_t *memory = exactly(band_height * row_size);
    lpf_pixels band = {0, (long long)row_size, width, band_height, FORMAT, 0};
    while ((code = lpf_png_reader_rows(state, from.bytes, from.end - from.begin, &from.piece,
                                       memory, band_height * row_size, &band, NULL, &rows,
                                       report)) == LPF_WANTS_INPUT) {
      CHECK_EQUAL(rows, 0);
      refuse_another_band(&from, state, &band);
      go_on(&from);
    }
    if (code == LPF_DONE) {
      memcpy(pixels + done * row_size, memory, rows * row_size);
      done += rows;
      CHECK(from.piece.used <= from.end - from.begin);
      from.begin += (size_t)from.piece.used;
      at_hand(&from);
    }
    free(memory);
  }
  CHECK(code != LPF_DONE || done == height);
  if (opened) {
    uint32_t rows;
    lpf_pixels band = {0, (long long)row_size, width, 1, FORMAT, 0};
    CHECK_EQUAL(lpf_png_reader_rows(state, from.bytes, from.end - from.begin, NULL, state, 0, &band,
                                    NULL, &rows, report),
                LPF_INVALID_ARGUMENT); /* not as a whole */
    lpf_png_reader_close(state);
  }
  CHECK_EQUAL(lpf_live_allocations(), 0);
  free(from.bytes);
  free(state);
  return code;
}

static lpf_options in_pieces(void) {
  lpf_options options = unlimited();
  options.flags = LPF_FLAG_TOLERATE_ANCILLARY;
  return options;
}

static size_t state_size(png_bytes png, const lpf_options *options,
                         const lpf_selection *selection) {
  lpf_plan plan;
  CHECK_EQUAL(lpf_png_reader_plan(png.bytes, ~0ull >> 2, options, FORMAT, selection, &plan),
              LPF_DONE);
  return (size_t)plan.scratch_bytes;
}

static void check_selection(const subject *made, const lpf_selection *selection, size_t most) {
  const lpf_options options = in_pieces();
  const lpf_blend blend = blend_of(&options);
  const uint32_t width = selected(selection->width, selection->step_x);
  const uint32_t height = selected(selection->height, selection->step_y);
  uint8_t *pixels = exactly((size_t)width * height * PIXEL_BYTES);
  uint8_t *row = exactly((size_t)made->source.width * PIXEL_BYTES);
  lpf_report report;
  lpf_fail_acquire(1, 1); /* the planned state is enough */
  CHECK_EQUAL(read(made->png, &options, selection, most, state_size(made->png, &options, selection),
                   pixels, &report),
              LPF_DONE);
  lpf_fail_acquire(0, 0);
  for (uint32_t y = 0; y < height; y++) {
    const size_t from = selection->y + (size_t)y * selection->step_y;
    reference_row(&made->source, FORMAT, &blend, made->samples + from * made->source.width, row);
    for (uint32_t x = 0; x < width; x++) {
      CHECK(memcmp(pixels + ((size_t)y * width + x) * PIXEL_BYTES,
                   row + (selection->x + (size_t)x * selection->step_x) * PIXEL_BYTES,
                   PIXEL_BYTES) == 0);
    }
  }
  free(row);
  free(pixels);
}

static void pieces_of_any_size_give_the_pixels_of_the_reference(void) {
  static const png_shape shapes[] = {{9, 17, 8, 2, 0},    {30, 20, 4, 3, 0},    {7, 300, 1, 0, 0},
                                     {300, 240, 8, 2, 0}, {333, 100, 16, 6, 0}, {40, 40, 8, 4, 0}};
  static const size_t sizes[] = {1, 3, 100, 5000, 200000};
  for (size_t shape = 0; shape < sizeof shapes / sizeof shapes[0]; shape++) {
    subject made = make_subject(shapes[shape], true);
    const uint32_t width = made.source.width, height = made.source.height;
    for (size_t i = made.png.size > 20000 ? 2 : 0; i < sizeof sizes / sizeof sizes[0]; i++) {
      const lpf_selection all = {0, 0, width, height, 1, 1};
      const lpf_selection sparse = {0, 0, width, height, 3, 7};
      const lpf_selection part = {width / 3, height / 4, width / 2, height / 2, 2, 2};
      check_selection(&made, &all, sizes[i]);
      check_selection(&made, &sparse, sizes[i]);
      check_selection(&made, &part, sizes[i]);
    }
    free_subject(&made);
  }
}

/* What comes of a file in pieces is what comes of the whole, or the word that only that can tell.
 */
static void compare(png_bytes png, png_shape shape, const lpf_options *options) {
  const size_t size = (size_t)shape.width * shape.height * PIXEL_BYTES;
  uint8_t *whole = exactly(size), *pixels = exactly(size);
  lpf_pixels into = {0, (long long)shape.width * PIXEL_BYTES, shape.width, shape.height, FORMAT, 0};
  lpf_report whole_report, report;
  const int32_t expected = lpf_png_decode(png.bytes, png.size, options, whole, size, &into, NULL, 0,
                                          NULL, &whole_report);
  const lpf_selection all = {0, 0, shape.width, shape.height, 1, 1};
  const int32_t code = read(png, options, &all, 1 + random_bits() % 3000, 8000, pixels, &report);
  if (code == LPF_DONE) {
    CHECK_EQUAL(expected, LPF_DONE);
    CHECK(memcmp(pixels, whole, size) == 0);
    CHECK_EQUAL(report.warning_count, whole_report.warning_count);
    CHECK(memcmp(report.warnings, whole_report.warnings, sizeof report.warnings) == 0);
  } else if (code != LPF_NOT_IN_PIECES) {
    CHECK_EQUAL(code, expected);
    CHECK_EQUAL(report.limit, whole_report.limit);
  }
  free(whole);
  free(pixels);
}

static png_bytes rich_png(const png_image *image, png_bytes idat) {
  png_bytes png = png_begin(image->shape);
  png_add_chunk(&png, "gAMA", (const uint8_t *)"\0\0\xb1\x8f", 4);
  if (image->shape.color_type == 3) {
    png_add_chunk(&png, "PLTE", image->palette[0], (size_t)image->palette_size * 3);
  }
  const size_t third = idat.size / 3;
  png_add_chunk(&png, "IDAT", idat.bytes, third);
  png_add_chunk(&png, "IDAT", idat.bytes, 0);
  png_add_chunk(&png, "IDAT", idat.bytes + third, idat.size - third);
  png_add_chunk(&png, "pHYs", (const uint8_t *)"\0\0\1\0\0\0\2\0\1", 9);
  png_add_chunk(&png, "tEXt", (const uint8_t *)"a\0some words", 12);
  png_end(&png);
  return png;
}

static void damage_has_the_code_of_the_whole_or_asks_for_it(void) {
  static const png_shape shapes[] = {{9, 17, 8, 2, 0}, {30, 20, 4, 3, 0}, {300, 240, 8, 2, 0}};
  for (size_t i = 0; i < 3; i++) {
    png_image image = png_random_image(shapes[i]);
    png_bytes scanlines = png_scanlines(&image, 5),
              idat = png_store(scanlines.bytes, scanlines.size);
    png_bytes png = rich_png(&image, idat);
    lpf_options options = in_pieces();
    for (unsigned long long most = 0; most < 25; most++) { /* and a limit that of the whole */
      options.max_chunks = most % 2 == 0 ? most / 2 : ~0ull;
      options.max_ancillary_bytes = most % 2 == 0 ? ~0ull : most;
      compare(png, shapes[i], &options);
    }
    options = in_pieces();
    for (int n = 0; n < (i == 2 ? 60 : 600); n++) {
      png_bytes changed = {copy_of(png.bytes, png.size), png.size};
      size_t at = 33 + random_bits() % (png.size - 33);
      if (i == 2 && n % 3 == 0) { /* near the end */
        at = png.size - 1 - random_bits() % 80;
      }
      if (n % 2 == 0) {
        changed.bytes[at] = (uint8_t)random_bits();
      } else {
        changed.size = at;
      }
      uint8_t *exact = copy_of(changed.bytes, changed.size);
      compare((png_bytes){exact, changed.size}, shapes[i], &options);
      free(exact);
      free(changed.bytes);
    }
    free(png.bytes);
    free(idat.bytes);
    free(scanlines.bytes);
    png_free_image(&image);
  }
}

static void what_needs_the_whole_says_so_at_once(void) {
  static const uint32_t flags[] = {0, LPF_FLAG_TOLERATE_TRUNCATION | LPF_FLAG_TOLERATE_ANCILLARY,
                                   LPF_FLAG_TOLERATE_ANCILLARY | LPF_FLAG_LODEPNG_ONLY};
  for (uint32_t i = 0; i <= 3; i++) {
    png_image image = png_random_image((png_shape){9, 17, 8, 2, i == 3});
    png_bytes png = png_of_image(&image);
    lpf_options options = in_pieces();
    options.flags = i == 3 ? options.flags : flags[i];
    uint8_t state[8000];
    lpf_piece piece = {.last = 0};
    lpf_report report;
    CHECK_EQUAL(lpf_png_reader_open(png.bytes, 33, &piece, &options, FORMAT, NULL, state,
                                    sizeof state, NULL, &report),
                LPF_NOT_IN_PIECES);
    CHECK_EQUAL(lpf_png_reader_open(png.bytes, 32, &piece, &options, FORMAT, NULL, state,
                                    sizeof state, NULL, &report),
                LPF_WANTS_INPUT);
    CHECK_EQUAL(piece.wanted, 33);
    free(png.bytes);
    png_free_image(&image);
  }
}

static void every_allocation_may_fail(void) {
  subject made = make_subject((png_shape){300, 240, 8, 2, 0}, false);
  const lpf_options options = in_pieces();
  const lpf_selection all = {0, 0, 300, 240, 1, 2};
  uint8_t *pixels = exactly(300 * 240 * PIXEL_BYTES);
  lpf_report report;
  for (unsigned long long n = 1;; n++) {
    lpf_fail_acquire(n, n % 2 == 0);
    const int32_t code = read(made.png, &options, &all, 50000, 5000, pixels, &report);
    const int has_failed = lpf_acquire_has_failed();
    lpf_fail_acquire(0, 0);
    CHECK_EQUAL(code, has_failed ? OUT_OF_MEMORY : LPF_DONE);
    if (!has_failed) {
      CHECK(n > 2);
      break;
    }
  }
  free(pixels);
  free_subject(&made);
}

/* What is at hand counts, and what was: a stream has no size that could be known before. */
static void the_limit_on_input_holds_on_the_way(void) {
  subject made = make_subject((png_shape){300, 240, 8, 2, 0}, false);
  lpf_options options = in_pieces();
  options.max_input_bytes = 100000;
  const lpf_selection all = {0, 0, 300, 240, 1, 1};
  uint8_t *pixels = exactly(300 * 240 * PIXEL_BYTES);
  lpf_report report;
  CHECK_EQUAL(read(made.png, &options, &all, 5000, 2 << 20, pixels, &report),
              LPF_LIMIT_INPUT_BYTES);
  CHECK_EQUAL(report.limit, 100000);
  CHECK(report.wanted > 100000 && report.wanted <= 106000);
  free(pixels);
  free_subject(&made);
}

int main(void) {
  pieces_of_any_size_give_the_pixels_of_the_reference();
  damage_has_the_code_of_the_whole_or_asks_for_it();
  what_needs_the_whole_says_so_at_once();
  every_allocation_may_fail();
  the_limit_on_input_holds_on_the_way();
  return check_result();
}
