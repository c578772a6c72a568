// link: library native/test/png_builder.c
/* Damage that is passed over, and damage that only looks as if it could be. */
#include "check.h"
#include "png_builder.h"

enum { TOLERANT = LPF_FLAG_TOLERATE_ANCILLARY | LPF_FLAG_TOLERATE_TRUNCATION };

static int32_t convert(png_bytes png, uint32_t flags, uint8_t *bmp, size_t bmp_size,
                       lpf_report *report) {
  lpf_options options = unlimited();
  options.flags = flags;
  int32_t code =
      lpf_png_to_bmp(png.bytes, png.size, &options, bmp, bmp_size, NULL, 0, NULL, report);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  return code;
}

/* LodePNG notes the size of a palette that it refuses, and has no memory for so many entries. */
static void transparency_of_an_oversized_palette_is_written_nowhere(void) {
  enum { ENTRIES = 2000, PALETTE_TOO_LARGE = 38 };
  uint8_t entries[3 * ENTRIES] = {0};
  uint8_t alpha[ENTRIES] = {0};
  for (int sound_palette_first = 0; sound_palette_first <= 1; sound_palette_first++) {
    png_bytes png =
        png_begin((png_shape){.width = 1, .height = 1, .bit_depth = 8, .color_type = 3});
    if (sound_palette_first) {
      png_add_chunk(&png, "PLTE", entries, 3);
    }
    png_add_chunk(&png, "PLTE", entries, sizeof entries);
    png_add_chunk(&png, "tRNS", alpha, sizeof alpha);
    png_bytes idat = png_store((const uint8_t *)"\0\0", 2);
    png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
    png_end(&png);
    uint8_t bmp[58];
    lpf_report report;
    CHECK_EQUAL(convert(png, 0, bmp, sizeof bmp, &report), PALETTE_TOO_LARGE);
    CHECK_EQUAL(convert(png, TOLERANT, bmp, sizeof bmp, &report), PALETTE_TOO_LARGE);
    free(idat.bytes);
    free(png.bytes);
  }
}

/* Warnings about damage; transparency that a BMP of 24 bits leaves behind is none. */
static uint32_t damage_warnings(const lpf_report *report) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < report->warning_count; i++) {
    count += report->warnings[i].code != LPF_ALPHA_DROPPED;
  }
  return count;
}

/* Every byte of the file is changed in turn: no verdict is asked for, but no harm either. */
static void any_changed_byte_is_survived(void) {
  static const uint32_t color_types[] = {0, 2, 3};
  for (size_t kind = 0; kind < 3; kind++) {
    png_image image = png_random_image(
        (png_shape){.width = 3, .height = 2, .bit_depth = 8, .color_type = color_types[kind]});
    png_bytes scanlines = png_scanlines(&image, 5);
    png_bytes idat = png_store(scanlines.bytes, scanlines.size);
    png_bytes png = png_begin(image.shape);
    png_add_chunk(&png, "gAMA", (const uint8_t *)"\0\0\xb1\x8f", 4);
    png_add_chunk(&png, "PLTE", image.palette[0], 30);
    png_add_chunk(&png, "tRNS", (const uint8_t *)"\0\1\0\2\0\3", color_types[kind] == 0 ? 2 : 6);
    png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
    png_end(&png);
    uint8_t *bmp = exactly(54 + 2 * 12);
    for (size_t i = 8; i < png.size; i++) {
      uint8_t sound = png.bytes[i];
      for (uint32_t bit = 0; bit < 8; bit++) {
        png.bytes[i] = (uint8_t)(sound ^ 1u << bit);
        lpf_report report;
        int32_t strict = convert(png, 0, bmp, 54 + 2 * 12, &report);
        int32_t tolerant = convert(png, TOLERANT, bmp, 54 + 2 * 12, &report);
        CHECK(strict != LPF_DONE || (tolerant == LPF_DONE && damage_warnings(&report) == 0));
        CHECK(strict == LPF_DONE || tolerant != LPF_DONE || damage_warnings(&report) > 0);
      }
      png.bytes[i] = sound;
    }
    free(bmp);
    free(png.bytes);
    free(idat.bytes);
    free(scanlines.bytes);
    png_free_image(&image);
  }
}

static void put_stored_header(uint8_t to[5], int last, size_t length) {
  const uint8_t header[5] = {last ? 1 : 0, (uint8_t)length, (uint8_t)(length >> 8),
                             (uint8_t)~length, (uint8_t)(~length >> 8)};
  memcpy(to, header, sizeof header);
}

/* Rows of gray in two stored blocks, of which the second is cut short. The rows are long enough for
   LodePNG's inflater to need scratch memory that nothing has written to before. */
static void a_stored_block_that_breaks_off_shows_no_old_memory(void) {
  enum { WIDTH = 2000, ROWS = 12, WHOLE_ROWS = 10, ROW = 1 + WIDTH, STRIDE = 3 * WIDTH };
  enum { FIRST = WHOLE_ROWS * ROW, SECOND = (ROWS - WHOLE_ROWS) * ROW };
  enum { BMP_BYTES = 54 + ROWS * STRIDE, SCRATCH_BYTES = 200000 };
  uint8_t *stream = exactly(2 + 5 + FIRST + 5 + SECOND);
  uint8_t *bmp = exactly(BMP_BYTES);
  uint8_t *expected = exactly(ROWS * STRIDE);
  uint8_t *scratch = exactly(SCRATCH_BYTES);
  memcpy(stream, "\x78\x01", 2);
  put_stored_header(stream + 2, 0, FIRST);
  put_stored_header(stream + 7 + FIRST, 1, SECOND);
  for (size_t y = 0; y < ROWS; y++) {
    uint8_t *row = stream + 7 + y * ROW + (y < WHOLE_ROWS ? 0 : 5);
    row[0] = 0; /* filter None */
    memset(row + 1, 0x11, WIDTH);
    memset(expected + (ROWS - 1 - y) * STRIDE, y < WHOLE_ROWS ? 0x11 : 0, STRIDE);
  }
  for (size_t there = 1; there < SECOND - 5; there += 997) {
    png_bytes png = png_begin((png_shape){.width = WIDTH, .height = ROWS, .bit_depth = 8});
    png_add_chunk(&png, "IDAT", stream, 12 + FIRST + there);
    png_end(&png);
    for (uint32_t way = 0; way <= LPF_FLAG_LODEPNG_ONLY; way += LPF_FLAG_LODEPNG_ONLY) {
      memset(scratch, 0xa5, SCRATCH_BYTES); /* neither a filter type nor black */
      lpf_options options = unlimited();
      options.flags = TOLERANT | way;
      lpf_report report;
      CHECK_EQUAL(lpf_png_to_bmp(png.bytes, png.size, &options, bmp, BMP_BYTES, scratch,
                                 SCRATCH_BYTES, NULL, &report),
                  LPF_DONE);
      CHECK_EQUAL(report.warning_count, 1);
      CHECK(memcmp(bmp + 54, expected, ROWS * STRIDE) == 0);
    }
    free(png.bytes);
  }
  free(scratch);
  free(expected);
  free(bmp);
  free(stream);
}

int main(void) {
  transparency_of_an_oversized_palette_is_written_nowhere();
  any_changed_byte_is_survived();
  a_stored_block_that_breaks_off_shows_no_old_memory();
  return check_result();
}
