/*
 * Any bytes as a PNG, read in bands of random heights, of random regions and steps, and as a BMP in
 * bands. The verdict and the pixels are those of decoding, or converting, the whole, which the
 * targets decode and convert compare with plain LodePNG; of a region that ends above the last row
 * damage behind it need not be seen. Nothing is left, whether the reader is closed at the end, in
 * the middle, or after an allocation has failed. The last twelve bytes of the input are not part of
 * the PNG: they choose the rest.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lodepng_ffm.h"
#include "plain_lodepng.h"
#include "rows_reference.h"

#define MOST_PIXELS (1ull << 16)
#define CHOICE_BYTES 12
#define OUT_OF_MEMORY 83

/* Bits of the first choice byte. */
enum {
  REPAIR_CHECKSUMS = 1,
  SELECTS = 2,
  TOLERANCE = 12,
  STOPS = 16,
  BY_LODEPNG = 32,
  SCALAR = 64,
  AS_BMP = 128
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition, const char *what, int32_t code) {
  if (!condition) {
    fprintf(stderr, "not so: %s (code %d)\n", what, code);
    abort();
  }
}

typedef struct reading {
  const uint8_t *png;
  size_t size;
  const uint8_t *choice;
  lpf_options options;
  uint32_t format;
  lpf_selection selection;
} reading;

static lpf_options options_for(const uint8_t *choice) {
  lpf_options options;
  memset(&options, 0xff, sizeof options); /* no limit */
  options.max_pixels = MOST_PIXELS;
  options.flags = choice[0] & TOLERANCE;
  options.flags |= (choice[0] & BY_LODEPNG) != 0 ? LPF_FLAG_LODEPNG_ONLY : 0;
  options.flags |= (choice[0] & SCALAR) != 0 ? LPF_FLAG_SCALAR : 0;
  options.bmp_format = choice[1] % (LPF_BMP_MATCH + 1);
  options.alpha = choice[2] & 1;
  options.background =
      (choice[2] & 6) != 6 ? LPF_BACKGROUND_NONE : LPF_BACKGROUND | choice[2] * 0x10101u;
  return options;
}

static lpf_selection selection_for(const uint8_t *choice, const lpf_info *info) {
  lpf_selection selection = {0, 0, info->width, info->height, 1, 1};
  if ((choice[0] & SELECTS) != 0) {
    selection.x = choice[4] % info->width;
    selection.y = choice[5] % info->height;
    selection.width = 1 + choice[6] * 3u % (info->width - selection.x);
    selection.height = choice[7] % 3 == 0 ? info->height - selection.y
                                          : 1 + choice[7] % (info->height - selection.y);
    selection.step_x = 1 + choice[8] % 7u;
    selection.step_y = 1 + choice[8] / 16u;
  }
  return selection;
}

static uint8_t *decode_whole(const reading *of, const lpf_info *info, int32_t *code) {
  const size_t row_size = reference_row_size(of->format, info->width);
  lpf_pixels pixels = {0, (long long)row_size, info->width, info->height, of->format, 0};
  uint8_t *memory = malloc(row_size * info->height);
  lpf_report report;
  *code = lpf_png_decode(of->png, of->size, &of->options, memory, row_size * info->height, &pixels,
                         NULL, 0, NULL, &report);
  return memory;
}

/* The next band, as high as the choices say, compared with the whole; the code. */
static int32_t read_band(const reading *of, uint8_t *state, uint32_t width, uint32_t done,
                         const uint8_t *whole, size_t whole_row, uint32_t *rows) {
  const uint32_t height = 1 + of->choice[9 + done % 2] % (done % 3 == 0 ? 40u : 7u);
  const size_t row_size = reference_row_size(of->format, width);
  const size_t pixel = reference_row_size(of->format, 1), size = row_size * height;
  uint8_t *memory = malloc(size);
  lpf_pixels band = {0, (long long)row_size, width, height, of->format, 0};
  lpf_report report;
  int32_t code =
      lpf_png_reader_rows(state, of->png, of->size, NULL, memory, size, &band, NULL, rows, &report);
  require(code == LPF_DONE || *rows == 0, "a failure has no rows", code);
  for (uint32_t i = 0; i < *rows && whole != NULL; i++) {
    const uint8_t *row =
        whole + whole_row * (of->selection.y + (size_t)(done + i) * of->selection.step_y);
    for (uint32_t x = 0; x < width; x++) {
      require(
          memcmp(memory + row_size * i + pixel * x,
                 row + pixel * (of->selection.x + (size_t)x * of->selection.step_x), pixel) == 0,
          "the pixels are those of the whole", 0);
    }
  }
  free(memory);
  return code;
}

static void read_bands(const reading *of, const lpf_info *info, const uint8_t *whole,
                       int32_t whole_code) {
  const lpf_selection *selection = &of->selection;
  lpf_plan plan;
  int32_t code = lpf_png_reader_plan(of->png, of->size, &of->options, of->format, selection, &plan);
  require(code == LPF_DONE, "what has a plan has one in bands", code);
  const uint32_t width = (selection->width - 1) / selection->step_x + 1;
  const uint32_t height = (selection->height - 1) / selection->step_y + 1;
  const size_t least = 4096;
  const size_t state_size = of->choice[3] % 2 == 0 ? (size_t)plan.scratch_bytes : least;
  uint8_t *state = malloc(state_size);
  lpf_fail_acquire(of->choice[11], of->choice[11] & 1);
  lpf_report report;
  code = lpf_png_reader_open(of->png, of->size, NULL, &of->options, of->format, selection, state,
                             state_size, NULL, &report);
  if (code == LPF_DONE) {
    uint32_t done = 0, rows = 1;
    while (rows != 0 && ((of->choice[0] & STOPS) == 0 || done < height / 2)) {
      code = read_band(of, state, width, done, whole_code == LPF_DONE ? whole : NULL,
                       reference_row_size(of->format, info->width), &rows);
      done += rows;
    }
    lpf_png_reader_close(state);
    require(code != LPF_DONE || (of->choice[0] & STOPS) != 0 || done == height, "all rows come", 0);
  }
  const bool failed = lpf_acquire_has_failed() != 0;
  lpf_fail_acquire(0, 0);
  free(state);
  require(lpf_live_allocations() == 0, "nothing is left", code);
  const bool reaches_end =
      selection->y + selection->height == info->height && (of->choice[0] & STOPS) == 0;
  require(!failed || code == OUT_OF_MEMORY, "a failed allocation has its code", code);
  if (!failed && (reaches_end || code != LPF_DONE || whole_code == LPF_DONE)) {
    require(code == whole_code, "the verdict is that on the whole", code);
  }
}

static void check_pixels(reading *of) {
  of->format = of->choice[1] % LPF_FORMAT_COUNT;
  lpf_plan plan;
  if (lpf_png_decode_plan(of->png, of->size, &of->options, of->format, &plan) != LPF_DONE) {
    return;
  }
  of->selection = selection_for(of->choice, &plan.info);
  int32_t code;
  uint8_t *whole = decode_whole(of, &plan.info, &code);
  read_bands(of, &plan.info, whole, code);
  free(whole);
}

/* Makes a BMP in bands, which has the size of the whole. */
static int32_t make_bmp(const reading *of, const lpf_plan *plan, uint8_t *bmp) {
  lpf_plan planned;
  lpf_bmp_bands bands;
  lpf_report report;
  int32_t code = lpf_png_bmp_bands_plan(of->png, of->size, &of->options, &planned, &bands);
  require(code == LPF_DONE && planned.output_bytes == plan->output_bytes, "plans agree", code);
  uint8_t *state = malloc((size_t)bands.state_bytes);
  code = lpf_png_bmp_bands_open(of->png, of->size, NULL, &of->options, state, bands.state_bytes,
                                NULL, &report);
  if (code == LPF_DONE) {
    const size_t size = (size_t)bands.row_bytes * (1 + of->choice[9] % 40u);
    uint8_t *memory = malloc(size);
    uint32_t left = plan->info.height, rows = 1;
    while (code == LPF_DONE && rows != 0) {
      code = lpf_png_bmp_bands_rows(state, of->png, of->size, NULL, memory, size, NULL, &rows,
                                    &report);
      left -= rows;
      memcpy(bmp + bands.pixels_at + bands.row_bytes * left, memory,
             (size_t)bands.row_bytes * rows);
    }
    free(memory);
    const size_t ends = (size_t)(bands.pixels_at + bands.profile_bytes);
    memory = malloc(ends);
    if (code == LPF_DONE) {
      code = lpf_png_bmp_bands_ends(state, of->png, of->size, NULL, memory, ends, &report);
      memcpy(bmp, memory, (size_t)bands.pixels_at);
      memcpy(bmp + plan->output_bytes - bands.profile_bytes, memory + bands.pixels_at,
             (size_t)bands.profile_bytes);
    }
    free(memory);
    lpf_png_reader_close(state);
  }
  free(state);
  return code;
}

static void check_bmp(const reading *of) {
  lpf_plan plan;
  if (lpf_png_plan(of->png, of->size, &of->options, &plan) != LPF_DONE) {
    return;
  }
  const size_t size = (size_t)plan.output_bytes;
  uint8_t *whole = malloc(size), *bmp = malloc(size);
  lpf_report report;
  const int32_t code =
      lpf_png_to_bmp(of->png, of->size, &of->options, whole, size, NULL, 0, NULL, &report);
  require(make_bmp(of, &plan, bmp) == code, "the verdict is that on the whole", code);
  require(code != LPF_DONE || memcmp(bmp, whole, size) == 0, "the BMP is that of the whole", 0);
  require(lpf_live_allocations() == 0, "nothing is left", code);
  free(whole);
  free(bmp);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < CHOICE_BYTES) {
    return 0;
  }
  size -= CHOICE_BYTES;
  const uint8_t *choice = data + size;
  uint8_t *png = malloc(size);
  if (size != 0) {
    memcpy(png, data, size);
    if ((choice[0] & REPAIR_CHECKSUMS) != 0) {
      plain_repair_checksums(png, size);
    }
  }
  reading of = {.png = png, .size = size, .choice = choice, .options = options_for(choice)};
  if ((choice[0] & AS_BMP) != 0) {
    check_bmp(&of);
  } else {
    check_pixels(&of);
  }
  free(png);
  return 0;
}
