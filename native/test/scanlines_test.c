// link: native/src/image/scanlines.c native/src/image/rows.c native/src/image/row_plan.c
// link: native/src/image/finish_rows.c native/src/image/generic_rows.c native/src/image/layout.c
// link: native/src/image/adam7.c native/src/base/cpu.c native/src/kernels/kernels.c
// link: native/src/kernels/expand_scalar.c native/src/kernels/unfilter_scalar.c
/*
 * Compares lpf_scanlines_to_bgr, portable and SIMD, with a decoder written here straight from the
 * PNG specification: whole pixels are unfiltered byte by byte, and only then converted.
 */
#include "image/scanlines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CANARY 0xa5

static int failures;

static void fail(const char *what, const lpf_scanlines *picture, bool simd) {
  if (failures++ < 20) {
    fprintf(stderr, "%s: %ux%u depth %u color type %u interlace %u %s\n", what, picture->width,
            picture->height, picture->bit_depth, picture->color_type, picture->interlace_method,
            simd ? "simd" : "portable");
  }
}

static uint32_t random_bits(void) {
  static uint64_t state = 0x9e3779b97f4a7c15u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)(state >> 32);
}

static void *allocate(size_t size) {
  void *memory = malloc(size > 0 ? size : 1);
  if (memory == NULL) {
    fputs("out of memory\n", stderr);
    exit(2);
  }
  return memory;
}

/* ---- The reference: PNG specification, clauses 7.2, 8.2 and 9 ---- */

static uint32_t channels(uint32_t color_type) {
  static const uint32_t counts[] = {1, 0, 3, 1, 2, 0, 4};
  return counts[color_type];
}

static uint8_t paeth_predictor(int a, int b, int c) {
  const int p = a + b - c;
  const int pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
  if (pa <= pb && pa <= pc) {
    return (uint8_t)a;
  }
  return (uint8_t)(pb <= pc ? b : c);
}

static void reconstruct_row(const uint8_t *filtered, size_t bytes, size_t pixel, uint8_t *row,
                            const uint8_t *above) {
  for (size_t i = 0; i < bytes; i++) {
    const uint8_t a = i >= pixel ? row[i - pixel] : 0;
    const uint8_t b = above ? above[i] : 0;
    const uint8_t c = above && i >= pixel ? above[i - pixel] : 0;
    uint8_t prediction = 0;
    switch (filtered[0]) {
      case 1:
        prediction = a;
        break;
      case 2:
        prediction = b;
        break;
      case 3:
        prediction = (uint8_t)((a + b) / 2);
        break;
      case 4:
        prediction = paeth_predictor(a, b, c);
        break;
      default:
        break;
    }
    row[i] = (uint8_t)(filtered[1 + i] + prediction);
  }
}

static void convert_pixel(const lpf_scanlines *picture, const uint8_t *pixel, uint8_t *bgr) {
  const size_t sample = picture->bit_depth / 8;
  switch (picture->color_type) {
    case 2:
    case 6:
      bgr[0] = pixel[2 * sample];
      bgr[1] = pixel[sample];
      bgr[2] = pixel[0];
      break;
    case 3:
      bgr[0] = picture->palette[pixel[0]] & 0xff;
      bgr[1] = picture->palette[pixel[0]] >> 8 & 0xff;
      bgr[2] = picture->palette[pixel[0]] >> 16 & 0xff;
      break;
    default:
      bgr[0] = bgr[1] = bgr[2] = pixel[0];
      break;
  }
}

/* The seven passes as the specification draws them: which pass holds the pixel of an 8x8 block. */
static const char ADAM7[] =
    "16462646"
    "77777777"
    "56565656"
    "77777777"
    "36463646"
    "77777777"
    "56565656"
    "77777777";

static bool in_pass(const lpf_scanlines *picture, char pass, uint32_t x, uint32_t y) {
  return picture->interlace_method == 0 ? pass == '1' : ADAM7[(y % 8) * 8 + x % 8] == pass;
}

/* Walks over the stream. Fills `bgr` unless it is NULL; stores the offsets of the filter bytes. */
static size_t reference(const lpf_scanlines *picture, uint8_t *bgr, size_t *filter_offsets,
                        size_t *filter_count) {
  const size_t pixel = channels(picture->color_type) * (picture->bit_depth / 8);
  uint8_t *rows[2] = {allocate(picture->width * pixel), allocate(picture->width * pixel)};
  size_t offset = 0;
  *filter_count = 0;
  for (char pass = '1'; pass <= '7'; pass++) {
    uint8_t *above = NULL;
    for (uint32_t y = 0; y < picture->height; y++) {
      size_t width = 0;
      for (uint32_t x = 0; x < picture->width; x++) {
        width += in_pass(picture, pass, x, y);
      }
      if (width == 0) {
        continue;
      }
      filter_offsets[(*filter_count)++] = offset;
      if (bgr != NULL) {
        uint8_t *row = rows[*filter_count % 2];
        reconstruct_row(picture->filtered + offset, width * pixel, pixel, row, above);
        above = row;
        for (uint32_t x = 0; x < picture->width; x++) {
          if (in_pass(picture, pass, x, y)) {
            convert_pixel(picture, row, bgr + ((size_t)y * picture->width + x) * 3);
            row += pixel;
          }
        }
      }
      offset += 1 + width * pixel;
    }
  }
  free(rows[0]);
  free(rows[1]);
  return offset;
}

/* ---- The code under test, run in memory of exact sizes ---- */

typedef struct canvas {
  uint8_t *memory;
  size_t size;
  lpf_target_rows rows;
} canvas;

static const size_t CANARIES = 64;

static canvas new_canvas(const lpf_scanlines *picture, bool bottom_up, uint32_t padding,
                         uint32_t gap) {
  const size_t stride = (size_t)picture->width * 3 + padding + gap;
  canvas made;
  made.size = stride * picture->height + 2 * CANARIES;
  made.memory = allocate(made.size);
  memset(made.memory, CANARY, made.size);
  made.rows.padding = padding;
  made.rows.stride = bottom_up ? -(ptrdiff_t)stride : (ptrdiff_t)stride;
  made.rows.first_row = made.memory + CANARIES + (bottom_up ? stride * (picture->height - 1) : 0);
  return made;
}

static int32_t run(const lpf_scanlines *picture, const canvas *on, bool simd,
                   const int32_t *cancel) {
  size_t size = 0;
  if (!lpf_scanlines_workspace_size(picture, &size)) {
    fail("no workspace size", picture, simd);
    return -1000;
  }
  uint8_t *workspace = allocate(size);
  memset(workspace, CANARY, size);
  const int32_t result = lpf_scanlines_to_bgr(picture, &on->rows, workspace, simd, cancel);
  free(workspace);
  return result;
}

/* Every byte of the canvas that is no pixel must be a canary, or zero where it is padding. */
static void check_canvas(const lpf_scanlines *picture, const canvas *drawn, const uint8_t *bgr,
                         bool simd) {
  const size_t row_size = (size_t)picture->width * 3;
  uint8_t *expected = allocate(drawn->size);
  memset(expected, CANARY, drawn->size);
  for (uint32_t y = 0; y < picture->height; y++) {
    uint8_t *row =
        expected + (drawn->rows.first_row - drawn->memory) + drawn->rows.stride * (ptrdiff_t)y;
    memcpy(row, bgr + y * row_size, row_size);
    memset(row + row_size, 0, drawn->rows.padding);
  }
  if (memcmp(expected, drawn->memory, drawn->size) != 0) {
    fail("wrong bytes", picture, simd);
  }
  free(expected);
}

typedef struct sample {
  lpf_scanlines picture;
  uint8_t *stream; /* of exactly the size allowed to be read */
  uint32_t palette[256];
  uint8_t *bgr;
  size_t *filter_offsets;
  size_t filter_count;
} sample;

enum { FILTERS_MIXED = 5, FILTERS_MOSTLY_PAETH = 6, FILTERS_MOSTLY_CHEAP = 7, FILTER_CHOICES = 8 };

static uint8_t choose_filter(uint32_t choice) {
  const uint32_t bits = random_bits();
  switch (choice) {
    case FILTERS_MIXED:
      return (uint8_t)(bits % 5);
    case FILTERS_MOSTLY_PAETH:
      return bits % 8 == 0 ? (uint8_t)(bits / 8 % 5) : 4;
    case FILTERS_MOSTLY_CHEAP:
      return bits % 8 == 0 ? (uint8_t)(bits / 8 % 5) : (uint8_t)(bits / 8 % 3);
    default:
      return (uint8_t)choice;
  }
}

static sample new_sample(lpf_scanlines picture, uint32_t filter_choice) {
  sample made = {.picture = picture};
  made.filter_offsets = allocate(sizeof(size_t) * picture.height * 7);
  const size_t size = reference(&picture, NULL, made.filter_offsets, &made.filter_count);
  made.stream = allocate(size + LPF_SCANLINES_SLACK);
  const bool smooth = random_bits() % 2 == 0; /* small differences take other ways in Paeth */
  for (size_t i = 0; i < size + LPF_SCANLINES_SLACK; i++) {
    made.stream[i] = smooth ? (uint8_t)(random_bits() % 7 - 3) : (uint8_t)random_bits();
  }
  for (size_t i = 0; i < made.filter_count; i++) {
    made.stream[made.filter_offsets[i]] = choose_filter(filter_choice);
  }
  for (size_t i = 0; i < 256; i++) {
    made.palette[i] = i < 200 ? random_bits() & 0xffffff : 0;
  }
  made.picture.filtered = made.stream;
  made.bgr = allocate((size_t)picture.width * picture.height * 3);
  return made;
}

static void free_sample(sample *old) {
  free(old->stream);
  free(old->bgr);
  free(old->filter_offsets);
}

static void check_picture(lpf_scanlines picture, uint32_t filter_choice) {
  sample made = new_sample(picture, filter_choice);
  made.picture.palette = picture.color_type == 3 ? made.palette : NULL;
  size_t count;
  reference(&made.picture, made.bgr, made.filter_offsets, &count);
  const bool bottom_up = random_bits() % 4 != 0;
  const uint32_t padding = random_bits() % 4;
  const uint32_t gap = random_bits() % 3 == 0 ? 5 : 0;
  for (int simd = 0; simd <= 1; simd++) {
    canvas drawn = new_canvas(&made.picture, bottom_up, padding, gap);
    const int32_t not_cancelled = 0;
    if (run(&made.picture, &drawn, simd, simd ? &not_cancelled : NULL) != LPF_SCANLINES_DONE) {
      fail("not done", &made.picture, simd);
    } else {
      check_canvas(&made.picture, &drawn, made.bgr, simd);
    }
    free(drawn.memory);
  }
  free_sample(&made);
}

/* A damaged filter byte in each row in turn, and a flag that is set from the start. */
static void check_failures(lpf_scanlines picture) {
  sample made = new_sample(picture, FILTERS_MIXED);
  made.picture.palette = picture.color_type == 3 ? made.palette : NULL;
  for (int simd = 0; simd <= 1; simd++) {
    canvas drawn = new_canvas(&made.picture, true, 1, 0);
    for (size_t i = 0; i < made.filter_count; i++) {
      uint8_t *filter = made.stream + made.filter_offsets[i];
      const uint8_t good = *filter;
      *filter = (uint8_t)(5 + random_bits() % 251);
      if (run(&made.picture, &drawn, simd, NULL) != LPF_SCANLINES_INVALID_FILTER) {
        fail("invalid filter type taken", &made.picture, simd);
      }
      *filter = good;
    }
    memset(drawn.memory, CANARY, drawn.size);
    const int32_t cancel = 1;
    if (run(&made.picture, &drawn, simd, &cancel) != LPF_SCANLINES_CANCELLED) {
      fail("not cancelled", &made.picture, simd);
    }
    for (size_t i = 0; i < drawn.size; i++) {
      if (drawn.memory[i] != CANARY) {
        fail("written although cancelled at once", &made.picture, simd);
        break;
      }
    }
    free(drawn.memory);
  }
  free_sample(&made);
}

static void check_limits(void) {
  static const bool supported[2][8] = {{true, false, true, true, true, false, true, false},
                                       {true, false, true, false, true, false, true, false}};
  for (uint32_t depth = 0; depth <= 17; depth++) {
    for (uint32_t color_type = 0; color_type < 8; color_type++) {
      const bool expected = (depth == 8 || depth == 16) && supported[depth / 16][color_type];
      if (lpf_scanlines_supported(depth, color_type) != expected) {
        fprintf(stderr, "depth %u color type %u: supported or not?\n", depth, color_type);
        failures++;
      }
    }
  }
  size_t size = 42;
  lpf_scanlines picture = {.width = 1, .height = 1, .bit_depth = 16, .color_type = 6};
  picture.interlace_method = 2;
  if (lpf_scanlines_workspace_size(&picture, &size) || size != 42) {
    fail("unknown interlace method taken", &picture, false);
  }
  picture.interlace_method = 0;
  picture.height = 0;
  if (lpf_scanlines_workspace_size(&picture, &size) || size != 42) {
    fail("empty picture taken", &picture, false);
  }
}

int main(void) {
  static const uint32_t kinds[][2] = {{0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 8},
                                      {4, 8}, {4, 16}, {6, 8}, {6, 16}};
  check_limits();
  unsigned pictures = 0;
  for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
    lpf_scanlines picture = {.color_type = kinds[kind][0], .bit_depth = kinds[kind][1]};
    for (picture.interlace_method = 0; picture.interlace_method <= 1; picture.interlace_method++) {
      for (picture.width = 1; picture.width <= 70; picture.width++) {
        for (uint32_t filter = 0; filter < FILTER_CHOICES; filter++) {
          picture.height = 1 + random_bits() % 20;
          check_picture(picture, filter);
          picture.height = 17 + random_bits() % 30;
          check_picture(picture, filter);
          pictures += 2;
        }
        if (picture.width % 23 == 1 || picture.width == 70) {
          picture.height = 35;
          check_failures(picture);
        }
      }
      for (uint32_t round = 0; round < 6; round++) {
        picture.width = 71 + random_bits() % 300;
        picture.height = 1 + random_bits() % 60;
        check_picture(picture, FILTERS_MIXED + round % 3);
        pictures++;
      }
    }
  }
  printf("%u pictures, %d failures\n", pictures, failures);
  return failures > 0;
}
