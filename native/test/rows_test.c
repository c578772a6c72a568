// link: native/test/rows_reference.c native/src/image/rows.c native/src/image/plan_rows.c
// link: native/src/image/finish_rows.c native/src/image/generic_rows.c native/src/image/layout.c
// link: native/src/image/adam7.c native/src/base/cpu.c native/src/kernels/kernels.c
// link: native/src/kernels/expand_scalar.c native/src/kernels/unfilter_scalar.c
// link: native/src/kernels/kernels_avx2.c native/src/kernels/kernels_avx512.c
// link: native/src/kernels/kernels_neon.c native/src/kernels/permute_scalar.c
// link: native/src/kernels/pixel_order.c
/*
 * Compares finished rows of every kind of image in every layout, with all kinds of kernels, with a
 * decoder written straight from the PNG specification (rows_reference.c).
 */
#include "image/rows.h"

#include "check.h"
#include "rows_reference.h"

#define CANARY 0xa5

typedef struct test_case {
  lpf_source source;
  lpf_layout_id layout;
  lpf_blend blend;
  uint8_t *scanlines; /* with nothing behind them */
  size_t size;
  size_t *filter_offsets;
  size_t filter_count;
  uint16_t (*samples)[4];
} test_case;

static void complain(const test_case *test, lpf_simd simd, const char *what) {
  const lpf_source *source = &test->source;
  if (check_failures++ < 20) {
    fprintf(stderr,
            "%s: %ux%u depth %u color type %u interlace %u key %d layout %u premultiplied %d "
            "background %d simd %d\n",
            what, source->width, source->height, source->bit_depth, source->color_type,
            source->interlace_method, source->has_key, test->layout, test->blend.premultiplied,
            test->blend.has_background, (int)simd);
  }
}

/* ---- Images ---- */

enum { FILTERS_MIXED = 5, FILTERS_MOSTLY_PAETH, FILTERS_MOSTLY_CHEAP, FILTER_CHOICES };

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

static void make_palette(lpf_source *source) {
  source->palette_has_alpha = random_bits() % 2 == 0;
  for (size_t i = 0; i < 256; i++) {
    const uint32_t color = i < 200 ? random_bits() : 0;
    source->palette[i][0] = (uint8_t)color;
    source->palette[i][1] = (uint8_t)(color >> 8);
    source->palette[i][2] = (uint8_t)(color >> 16);
    source->palette[i][3] = source->palette_has_alpha ? (uint8_t)(color >> 24) : 255;
  }
}

/* A key that some pixel has, if that can be; by its high bytes alone it may have to be refused. */
static void make_key(test_case *test) {
  lpf_source *source = &test->source;
  source->has_key = source->color_type <= 2 && random_bits() % 2 == 0;
  const size_t place = random_bits() % ((size_t)source->width * source->height);
  for (size_t i = 0; source->has_key && i < (source->color_type == 2 ? 3 : 1); i++) {
    source->key[i] = test->samples[place][i];
    if (random_bits() % 8 == 0) {
      source->key[i] ^= 1;
    }
  }
}

static test_case make_case(lpf_source source, uint32_t filter_choice) {
  test_case made = {.source = source};
  made.filter_offsets = (size_t *)(void *)exactly(sizeof(size_t) * source.height * 7);
  made.size = scanlines_size(&source, made.filter_offsets, &made.filter_count);
  made.scanlines = exactly(made.size);
  /* Small differences take other ways in Paeth, and few values make keys that match often. */
  const uint32_t kind = random_bits() % 3;
  for (size_t i = 0; i < made.size; i++) {
    const uint32_t bits = random_bits();
    made.scanlines[i] = (uint8_t)(kind == 0 ? bits : kind == 1 ? bits % 7 - 3 : bits % 2);
  }
  for (size_t i = 0; i < made.filter_count; i++) {
    made.scanlines[made.filter_offsets[i]] = choose_filter(filter_choice);
  }
  made.samples = reference_samples(&made.source, made.scanlines);
  make_palette(&made.source);
  make_key(&made);
  return made;
}

static void free_case(test_case *old) {
  free(old->scanlines);
  free(old->filter_offsets);
  free(old->samples);
}

/* ---- Targets ---- */

typedef struct canvas {
  uint8_t *memory;
  size_t size;
  lpf_surface surface;
} canvas;

/* Memory of exactly the rows, from the lowest address to the highest. */
static canvas new_canvas(const test_case *test, bool bottom_up, uint32_t padding, uint32_t gap) {
  const size_t row = reference_row_size(test->layout, test->source.width) + padding;
  const size_t stride = row + gap, last = stride * (test->source.height - 1);
  canvas made = {.size = last + row};
  made.memory = exactly(made.size);
  memset(made.memory, CANARY, made.size);
  made.surface = (lpf_surface){.first_row = made.memory + (bottom_up ? last : 0),
                               .stride = bottom_up ? -(ptrdiff_t)stride : (ptrdiff_t)stride,
                               .width = test->source.width,
                               .height = test->source.height,
                               .layout = test->layout,
                               .padding = padding};
  return made;
}

/* Every byte of the canvas that is no pixel must be a canary, or zero where it is padding. */
static bool canvas_is_right(const test_case *test, const canvas *drawn) {
  const size_t row_size = reference_row_size(test->layout, test->source.width);
  uint8_t *expected = exactly(drawn->size);
  memset(expected, CANARY, drawn->size);
  for (uint32_t y = 0; y < test->source.height; y++) {
    uint8_t *row = expected + (drawn->surface.first_row - drawn->memory) +
                   drawn->surface.stride * (ptrdiff_t)y;
    reference_row(&test->source, test->layout, &test->blend,
                  test->samples + (size_t)y * test->source.width, row);
    memset(row + row_size, 0, drawn->surface.padding);
  }
  const bool right = memcmp(expected, drawn->memory, drawn->size) == 0;
  free(expected);
  return right;
}

/* ---- The code under test, run in memory of exact sizes ---- */

/* At most so many bytes of scanlines at a time; each piece is a copy of its own. */
static int32_t run(const test_case *test, const canvas *on, lpf_simd simd, size_t piece,
                   const int32_t *cancel) {
  lpf_rows_sizes sizes;
  if (!lpf_rows_sizes_of(&test->source, test->layout, &test->blend, &sizes)) {
    complain(test, simd, "no sizes");
    return -1000;
  }
  uint8_t *workspace = exactly(sizes.workspace_bytes + 63);
  memset(workspace, CANARY, sizes.workspace_bytes + 63);
  /* As late as alignment allows. */
  uint8_t *aligned = workspace + 63 - ((uintptr_t)workspace + 63) % 64;
  lpf_rows *rows = lpf_rows_begin(aligned, &test->source, &on->surface, &test->blend, simd);
  size_t begin = 0, end = 0;
  int32_t result = LPF_ROWS_DONE;
  while (end < test->size && result == LPF_ROWS_DONE) {
    const size_t more = 1 + random_bits() % piece;
    end = more < test->size - end ? end + more : test->size;
    uint8_t *bytes = exactly(end - begin + LPF_SCANLINES_SLACK);
    memcpy(bytes, test->scanlines + begin, end - begin);
    memset(bytes + (end - begin), CANARY, LPF_SCANLINES_SLACK);
    size_t taken = 0;
    result = lpf_rows_take(rows, bytes, end - begin, end == test->size, cancel, &taken);
    free(bytes);
    begin += taken;
    if (result == LPF_ROWS_DONE && (begin > end || end - begin >= sizes.group_bytes)) {
      complain(test, simd, "wrong number of bytes taken");
    }
  }
  if (result == LPF_ROWS_DONE && (!lpf_rows_complete(rows) || begin != test->size)) {
    complain(test, simd, "not complete");
  }
  free(workspace);
  return result;
}

static size_t random_piece(const test_case *test) {
  switch (random_bits() % 3) {
    case 0:
      return test->size; /* few pieces */
    case 1:
      return 1 + test->size / 8;
    default:
      return 1 + random_bits() % 64;
  }
}

static void check_case(const test_case *test) {
  const bool bottom_up = random_bits() % 2 == 0;
  const uint32_t padding = random_bits() % 4;
  const uint32_t gap = random_bits() % 3 == 0 ? 5 : 0;
  for (lpf_simd simd = LPF_SIMD_NONE; simd <= LPF_SIMD_ALL; simd++) {
    canvas drawn = new_canvas(test, bottom_up, padding, gap);
    const int32_t not_cancelled = 0;
    const size_t piece = simd == LPF_SIMD_NONE ? test->size : random_piece(test);
    if (run(test, &drawn, simd, piece, simd ? &not_cancelled : NULL) != LPF_ROWS_DONE) {
      complain(test, simd, "not done");
    } else if (!canvas_is_right(test, &drawn)) {
      complain(test, simd, "wrong bytes");
    }
    free(drawn.memory);
  }
}

/* A damaged filter byte in each row in turn, and a flag that is set from the start. */
static void check_failing(test_case *test) {
  for (lpf_simd simd = LPF_SIMD_NONE; simd <= LPF_SIMD_ALL; simd++) {
    canvas drawn = new_canvas(test, true, 1, 0);
    for (size_t i = 0; i < test->filter_count; i++) {
      uint8_t *filter = test->scanlines + test->filter_offsets[i];
      const uint8_t good = *filter;
      *filter = (uint8_t)(5 + random_bits() % 251);
      if (run(test, &drawn, simd, random_piece(test), NULL) != LPF_ROWS_INVALID_FILTER) {
        complain(test, simd, "invalid filter type taken");
      }
      *filter = good;
    }
    memset(drawn.memory, CANARY, drawn.size);
    const int32_t cancel = 1;
    if (run(test, &drawn, simd, test->size, &cancel) != LPF_ROWS_CANCELLED) {
      complain(test, simd, "not cancelled");
    }
    for (size_t i = 0; i < drawn.size; i++) {
      if (drawn.memory[i] != CANARY) {
        complain(test, simd, "written although cancelled at once");
        break;
      }
    }
    free(drawn.memory);
  }
}

/* ---- All of them ---- */

static const uint32_t KINDS[][2] = {{0, 1}, {0, 2},  {0, 4},  {0, 8}, {0, 16},
                                    {2, 8}, {2, 16}, {3, 1},  {3, 2}, {3, 4},
                                    {3, 8}, {4, 8},  {4, 16}, {6, 8}, {6, 16}};
enum { KIND_COUNT = sizeof KINDS / sizeof KINDS[0] };

static const lpf_blend BLENDS[] = {{false, false, {0, 0, 0}},
                                   {true, false, {0, 0, 0}},
                                   {false, true, {200, 100, 3}},
                                   {true, true, {0, 255, 128}}};
enum { BLEND_COUNT = sizeof BLENDS / sizeof BLENDS[0] };

/* Widths 1 to 40 in turn, some that are wide, and around the sizes of vectors. */
static uint32_t next_width(uint32_t *turn) {
  static const uint32_t wide[] = {63, 64, 65, 79, 80, 96, 127, 128, 129, 200, 257, 512, 515, 700};
  const uint32_t narrow = 40, count = narrow + sizeof wide / sizeof wide[0];
  const uint32_t index = (*turn)++ % count;
  return index < narrow ? index + 1 : wide[index - narrow];
}

/* Every layout and every kind of blending of one image. */
static unsigned check_layouts(test_case *test, bool failing) {
  unsigned checked = 0;
  for (test->layout = 0; test->layout <= LPF_LAYOUT_BITS1; test->layout++) {
    if (!lpf_rows_supported(&test->source, test->layout)) {
      continue;
    }
    for (size_t blend = 0; blend < BLEND_COUNT; blend++) {
      test->blend = BLENDS[blend];
      check_case(test);
      checked++;
    }
    if (failing) {
      check_failing(test);
    }
  }
  return checked;
}

static void check_supported(void) {
  unsigned allowed = 0;
  for (uint32_t depth = 0; depth <= 33; depth++) {
    for (uint32_t color_type = 0; color_type <= 8; color_type++) {
      bool in_png = false;
      for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        in_png = in_png || (KINDS[kind][0] == color_type && KINDS[kind][1] == depth);
      }
      lpf_source source = {1, 1, depth, color_type, 0, {{0}}, false, false, {0}};
      for (lpf_layout_id layout = 0; layout <= LPF_LAYOUT_BITS1 + 1; layout++) {
        const bool gray = layout <= LPF_FORMAT_GRAY_ALPHA16;
        bool expected = in_png && layout <= LPF_LAYOUT_BITS1;
        expected = expected && (!gray || color_type == 0 || color_type == 4);
        expected = expected && (layout != LPF_FORMAT_INDEXED8 || color_type == 3);
        expected = expected && (layout != LPF_LAYOUT_BITS1 || depth == 1);
        CHECK_EQUAL(lpf_rows_supported(&source, layout), expected);
        allowed += expected;
      }
      source.interlace_method = 2;
      CHECK(!lpf_rows_supported(&source, LPF_FORMAT_RGBA8));
      source.interlace_method = source.width = 0;
      CHECK(!lpf_rows_supported(&source, LPF_FORMAT_RGBA8));
    }
  }
  CHECK_EQUAL(allowed, 15 * 8 + 7 * 4 + 4 + 2);
}

static void check_sizes_that_are_too_large(void) {
  const lpf_source source = {INT32_MAX, INT32_MAX, 16, 6, 1, {{0}}, false, false, {0}};
  lpf_rows_sizes sizes = {42, 43};
  const bool fits = lpf_rows_sizes_of(&source, LPF_FORMAT_RGBA16, &BLENDS[0], &sizes);
  CHECK_EQUAL(fits, sizeof(size_t) > 4);
  CHECK(fits || (sizes.workspace_bytes == 42 && sizes.group_bytes == 43));
}

int main(void) {
  const uint32_t rounds = 6;
  check_supported();
  check_sizes_that_are_too_large();
  unsigned checked = 0;
  uint32_t turn = 0;
  for (size_t kind = 0; kind < KIND_COUNT; kind++) {
    for (uint32_t interlace = 0; interlace <= 1; interlace++) {
      for (uint32_t round = 0; round < rounds; round++) {
        for (uint32_t filter = 0; filter < FILTER_CHOICES; filter += 1 + round % 2) {
          lpf_source source = {.color_type = KINDS[kind][0],
                               .bit_depth = KINDS[kind][1],
                               .interlace_method = interlace};
          source.width = next_width(&turn);
          source.height = 1 + random_bits() % (round % 4 == 0 ? 70 : 20);
          test_case test = make_case(source, filter);
          checked += check_layouts(&test, round == 0 && filter == FILTERS_MIXED);
          free_case(&test);
        }
      }
    }
  }
  printf("%u images, %d failures\n", checked, check_failures);
  return check_failures > 0;
}
