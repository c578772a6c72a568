/* BMPs compressed in runs: random commands, against a canvas that the test draws on itself. */
// link: native/test/bmp_builder.c library
#include "bmp_builder.h"
#include "check.h"

enum { MOST_WIDTH = 40, MOST_HEIGHT = 12, MOST_BYTES = 20000 };

/* What the commands draw: an index, or 0xRRGGBB, for each pixel, in the order of the file. */
typedef struct canvas {
  uint32_t bits, width, height;
  uint32_t pixels[MOST_HEIGHT][MOST_WIDTH];
  uint8_t bytes[MOST_BYTES];
  size_t size;
  uint32_t x, y;
} canvas;

static void put(canvas *to, uint32_t byte) {
  to->bytes[to->size++] = (uint8_t)byte;
}

static uint32_t random_pixel(const canvas *to) {
  return random_bits() & (to->bits == 24 ? 0xffffff : to->bits == 8 ? 0xff : 0xf);
}

static void draw(canvas *to, uint32_t pixel) {
  to->pixels[to->y][to->x++] = pixel;
}

static void put_pixel24(canvas *to, uint32_t pixel) {
  put(to, pixel & 0xff);
  put(to, pixel >> 8 & 0xff);
  put(to, pixel >> 16);
}

static void put_run(canvas *to, uint32_t count) {
  const uint32_t first = random_pixel(to);
  const uint32_t second = to->bits == 4 ? random_pixel(to) : first;
  put(to, count);
  if (to->bits == 24) {
    put_pixel24(to, first);
  } else {
    put(to, to->bits == 4 ? first << 4 | second : first);
  }
  for (uint32_t i = 0; i < count; i++) {
    draw(to, i % 2 == 0 ? first : second);
  }
}

static void put_pixels(canvas *to, uint32_t count) {
  const size_t begin = to->size + 2;
  put(to, 0);
  put(to, count);
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t pixel = random_pixel(to);
    if (to->bits == 24) {
      put_pixel24(to, pixel);
    } else if (to->bits == 8) {
      put(to, pixel);
    } else if (i % 2 == 0) {
      put(to, pixel << 4);
    } else {
      to->bytes[to->size - 1] |= (uint8_t)pixel;
    }
    draw(to, pixel);
  }
  if ((to->size - begin) % 2 != 0) {
    put(to, random_bits() & 0xff);
  }
}

static void put_move(canvas *to, uint32_t right, uint32_t on) {
  put(to, 0);
  put(to, 2);
  put(to, right);
  put(to, on);
  to->x += right;
  to->y += on;
}

static void put_end_of_row(canvas *to) {
  put(to, 0);
  put(to, 0);
  to->x = 0;
  to->y++;
}

static void put_random_command(canvas *to) {
  const uint32_t room = to->width - to->x;
  const uint32_t choice = random_bits() % 10;
  if (choice < 4 && room > 0) {
    put_run(to, 1 + random_bits() % room);
  } else if (choice < 7 && room >= 3) {
    put_pixels(to, 3 + random_bits() % (room - 2));
  } else if (choice == 7) {
    put_move(to, random_bits() % (room + 1), random_bits() % 3);
  } else if (choice == 8 || room == 0) {
    put_end_of_row(to);
  }
}

static canvas random_canvas(uint32_t bits) {
  canvas made = {.bits = bits,
                 .width = 1 + random_bits() % MOST_WIDTH,
                 .height = 1 + random_bits() % MOST_HEIGHT};
  while (made.y < made.height) {
    put_random_command(&made);
  }
  if (random_bits() % 2 == 0) {
    put(&made, 0);
    put(&made, 1);
  }
  return made;
}

static bmp_wish wish_for(const canvas *from) {
  bmp_wish wish = {.header_bytes = from->bits == 24 ? 64 : 40,
                   .bits = from->bits,
                   .compression = from->bits == 24  ? 4
                                  : from->bits == 8 ? 1
                                                    : 2,
                   .width = from->width,
                   .height = from->height,
                   .top_down = random_bits() % 4 == 0};
  wish.palette_entries = from->bits == 24 ? 0 : 1u << from->bits;
  return wish;
}

static int32_t decode(const bmp_file *file, const bmp_wish *wish, uint32_t flags, uint8_t *rgba,
                      lpf_report *report) {
  lpf_options options = unlimited();
  options.flags = flags;
  lpf_pixels pixels = {.stride = 4ll * wish->width,
                       .width = wish->width,
                       .height = wish->height,
                       .format = LPF_FORMAT_RGBA8};
  return lpf_bmp_decode(file->bytes, file->size, &options, rgba, 4ull * wish->width * wish->height,
                        &pixels, NULL, 0, NULL, report);
}

/* Rows of the file from `begin` on, up to `end`. */
static void expect_canvas(const canvas *from, const bmp_wish *wish, const bmp_file *file,
                          const uint8_t *rgba, uint32_t begin, uint32_t end) {
  for (uint32_t stored = begin; stored < end; stored++) {
    const uint32_t y = wish->top_down ? stored : wish->height - 1 - stored;
    for (uint32_t x = 0; x < wish->width; x++) {
      const uint32_t pixel = from->pixels[stored][x];
      const uint8_t color[4] = {(uint8_t)(pixel >> 16), (uint8_t)(pixel >> 8), (uint8_t)pixel, 255};
      const uint8_t *expected = from->bits == 24 ? color : file->palette[pixel];
      CHECK(memcmp(rgba + 4 * ((size_t)y * wish->width + x), expected, 4) == 0);
    }
  }
}

static void random_commands_draw_what_they_say(void) {
  static const uint32_t BITS[] = {4, 8, 24};
  for (uint32_t i = 0; i < 3000; i++) {
    canvas drawn = random_canvas(BITS[i % 3]);
    const bmp_wish wish = wish_for(&drawn);
    bmp_file file = build_bmp(&wish, drawn.bytes, drawn.size);
    uint8_t *rgba = exactly(4 * (size_t)wish.width * wish.height);
    lpf_report report;
    CHECK_EQUAL(decode(&file, &wish, 0, rgba, &report), LPF_DONE);
    CHECK_EQUAL(report.warning_count, 0);
    expect_canvas(&drawn, &wish, &file, rgba, 0, wish.height);
    free(rgba);
    free(file.bytes);
  }
}

/* Full rows, each with its end. */
static canvas full_canvas(uint32_t bits) {
  canvas made = {.bits = bits, .width = 21, .height = 6};
  while (made.y < made.height) {
    put_run(&made, 8);
    put_pixels(&made, 13);
    put_end_of_row(&made);
  }
  return made;
}

static void a_file_that_ends_in_a_row_is_refused_or_shown_as_far_as_it_goes(void) {
  static const uint32_t BITS[] = {4, 8, 24};
  for (size_t b = 0; b < 3; b++) {
    canvas drawn = full_canvas(BITS[b]);
    const size_t row = drawn.size / drawn.height;
    bmp_wish wish = wish_for(&drawn);
    /* without its end and a byte to make it even the last row is complete */
    for (size_t size = 0; size < drawn.size - 3; size++) {
      bmp_file file = build_bmp(&wish, drawn.bytes, size);
      uint8_t rgba[4 * 21 * 6];
      lpf_report report;
      CHECK_EQUAL(decode(&file, &wish, 0, rgba, &report), LPF_BMP_TRUNCATED);
      CHECK_EQUAL(report.limit, file.size);
      CHECK_EQUAL(report.wanted, 0);
      CHECK_EQUAL(decode(&file, &wish, LPF_FLAG_TOLERATE_TRUNCATION, rgba, &report), LPF_DONE);
      CHECK_EQUAL(report.warning_count, 1);
      CHECK_EQUAL(report.warnings[0].code, LPF_BMP_TRUNCATED);
      CHECK_EQUAL(report.warnings[0].offset, file.size);
      expect_canvas(&drawn, &wish, &file, rgba, 0, (uint32_t)(size / row));
      const uint32_t last = wish.top_down ? wish.height - 1 : 0; /* of it there is never all */
      if (size / row < 5) {
        CHECK(memcmp(rgba + (size_t)4 * 21 * last + 80, (uint8_t[4]){0, 0, 0, 255}, 4) == 0);
      }
      free(file.bytes);
    }
  }
}

static void a_run_beyond_its_row_is_refused_or_cut_off(void) {
  bmp_wish wish = {.header_bytes = 40,
                   .bits = 8,
                   .compression = 1,
                   .width = 5,
                   .height = 2,
                   .palette_entries = 256};
  static const uint8_t BEYOND[] = {3, 7, 3, 9, 0, 0, 5, 1, 0, 1};
  bmp_file file = build_bmp(&wish, BEYOND, sizeof BEYOND);
  uint8_t rgba[40];
  lpf_report report;
  CHECK_EQUAL(decode(&file, &wish, LPF_FLAG_TOLERATE_ANCILLARY, rgba, &report),
              LPF_BMP_INVALID_RUN);
  CHECK_EQUAL(report.wanted, file.pixels_at + 2);
  CHECK_EQUAL(decode(&file, &wish, LPF_FLAG_TOLERATE_TRUNCATION, rgba, &report), LPF_DONE);
  CHECK_EQUAL(report.warnings[0].code, LPF_BMP_INVALID_RUN);
  CHECK_EQUAL(report.warnings[0].offset, file.pixels_at + 2);
  static const uint8_t EXPECTED[10] = {1, 1, 1, 1, 1, 7, 7, 7, 9, 9};
  for (size_t i = 0; i < 10; i++) {
    CHECK(memcmp(rgba + 4 * i, file.palette[EXPECTED[i]], 4) == 0);
  }
  free(file.bytes);
}

static void moves_out_of_the_image_end_it(void) {
  bmp_wish wish = {.header_bytes = 40,
                   .bits = 8,
                   .compression = 1,
                   .width = 3,
                   .height = 3,
                   .palette_entries = 256};
  static const uint8_t MOVES[] = {3, 7, 0, 2, 255, 255, 9, 9};
  bmp_file file = build_bmp(&wish, MOVES, sizeof MOVES);
  uint8_t rgba[36];
  lpf_report report;
  CHECK_EQUAL(decode(&file, &wish, 0, rgba, &report), LPF_DONE);
  CHECK(memcmp(rgba, file.palette[0], 4) == 0);
  CHECK(memcmp(rgba + 32, file.palette[7], 4) == 0);
  free(file.bytes);
}

int main(void) {
  random_commands_draw_what_they_say();
  a_file_that_ends_in_a_row_is_refused_or_shown_as_far_as_it_goes();
  a_run_beyond_its_row_is_refused_or_cut_off();
  moves_out_of_the_image_end_it();
  return check_result();
}
