#include "encode_judge.h"

#include "base/budget.h"
#include "third_party/third_party_lodepng.h"

/* Samples of a format: how many bytes, and where red, green, blue and alpha begin (-1: none). */
typedef struct format_of_pixels {
  uint32_t bytes, sample_bytes;
  int at[4];
} format_of_pixels;

static const format_of_pixels FORMATS[LPF_FORMAT_COUNT] = {
    [LPF_FORMAT_GRAY8] = {1, 1, {0, 0, 0, -1}},
    [LPF_FORMAT_GRAY16] = {2, 2, {0, 0, 0, -1}},
    [LPF_FORMAT_GRAY_ALPHA8] = {2, 1, {0, 0, 0, 1}},
    [LPF_FORMAT_GRAY_ALPHA16] = {4, 2, {0, 0, 0, 2}},
    [LPF_FORMAT_RGB8] = {3, 1, {0, 1, 2, -1}},
    [LPF_FORMAT_BGR8] = {3, 1, {2, 1, 0, -1}},
    [LPF_FORMAT_RGBA8] = {4, 1, {0, 1, 2, 3}},
    [LPF_FORMAT_BGRA8] = {4, 1, {2, 1, 0, 3}},
    [LPF_FORMAT_ARGB8] = {4, 1, {1, 2, 3, 0}},
    [LPF_FORMAT_ABGR8] = {4, 1, {3, 2, 1, 0}},
    [LPF_FORMAT_RGB16] = {6, 2, {0, 2, 4, -1}},
    [LPF_FORMAT_RGBA16] = {8, 2, {0, 2, 4, 6}},
    [LPF_FORMAT_INDEXED8] = {1, 1, {0, 0, 0, -1}},
};

static uint8_t *pixel_at(const test_picture *picture, uint32_t x, uint32_t y) {
  const lpf_pixels *pixels = &picture->pixels;
  const long long row = (long long)pixels->first_row + (long long)y * pixels->stride;
  return picture->memory + row + (size_t)x * FORMATS[pixels->format].bytes;
}

static uint32_t load_sample(const uint8_t *sample, uint32_t bytes) {
  uint16_t wide;
  if (bytes == 1) {
    return *sample * 257u;
  }
  memcpy(&wide, sample, sizeof wide);
  return wide;
}

void picture_pixel(const test_picture *picture, uint32_t x, uint32_t y, uint32_t rgba[4]) {
  const format_of_pixels *format = &FORMATS[picture->pixels.format];
  const uint8_t *pixel = pixel_at(picture, x, y);
  for (int i = 0; i < 4; i++) {
    if (picture->pixels.format == LPF_FORMAT_INDEXED8) {
      rgba[i] = picture->palette[4 * (size_t)*pixel + (size_t)i] * 257u;
    } else {
      rgba[i] =
          format->at[i] < 0 ? 65535 : load_sample(pixel + format->at[i], format->sample_bytes);
    }
  }
}

/* ---- Pictures ---- */

static uint32_t smooth_sample(uint32_t x, uint32_t y, uint32_t channel) {
  return x * (3 + channel) * 80 + y * (5 - channel) * 60 + (random_bits() & 1023);
}

/* Areas of 13 x 7 pixels, each of one of 40 colours; with something like text in every third. */
static uint32_t screen_sample(uint32_t x, uint32_t y, uint32_t channel) {
  const uint32_t area = x / 13 * 7 + y / 7 * 3;
  const uint32_t glyph = area % 3 == 0 && ((x % 13 * 5 + y % 7 * 3) % 4 == 0) ? 11 : 0;
  return (area + glyph) % 40 * 1543 * (channel + 1);
}

static uint32_t sample_of(picture_kind kind, uint32_t x, uint32_t y, uint32_t channel) {
  switch (kind) {
    case NOISE:
      return random_bits();
    case SCREEN:
      return screen_sample(x, y, channel);
    case FLAT:
      return (x * 31 + y * 17) % 997 == 0 ? random_bits() : 40000 + channel;
    default:
      return smooth_sample(x, y, channel);
  }
}

static void fill_pixel(test_picture *picture, picture_kind kind, uint32_t x, uint32_t y) {
  const format_of_pixels *format = &FORMATS[picture->pixels.format];
  uint8_t *pixel = pixel_at(picture, x, y);
  const uint32_t step = x % 2 == 0 && picture->pixels.width % 3 == 0 ? 85 * 257 : 17 * 257;
  const uint32_t few = picture->pixels.width % 5 == 0 ? 65535 : step;
  uint32_t red = sample_of(kind, x, y, 0);
  for (int i = 0; i < 4; i++) {
    if (format->at[i] < 0) {
      continue;
    }
    uint32_t value = i == 0 ? red : sample_of(kind, x, y, (uint32_t)i);
    if (kind == GRAYS && i < 3) {
      value = red;
    } else if (kind == FEW_GRAYS) {
      value = red % (65535 / few + 1) * few;
    } else if (kind == EIGHT_BITS) {
      value = (value >> 8 & 255) * 257;
    }
    if (i == 3 && (kind == OPAQUE || kind == FEW_GRAYS)) {
      value = 65535;
    }
    const uint16_t wide = (uint16_t)value;
    if (format->sample_bytes == 2) {
      memcpy(pixel + format->at[i], &wide, sizeof wide);
    } else {
      pixel[format->at[i]] = (uint8_t)(wide >> 8);
    }
  }
  if (picture->pixels.format == LPF_FORMAT_INDEXED8) {
    *pixel = (uint8_t)(*pixel % picture->palette_entries);
  }
}

test_picture make_picture(picture_kind kind, uint32_t format, uint32_t width, uint32_t height,
                          uint32_t padding, bool bottom_up) {
  const long long stride = (long long)width * FORMATS[format].bytes + padding;
  test_picture made = {.pixels = {.width = width, .height = height, .format = format}};
  made.memory_size = (size_t)(stride * height - padding);
  made.memory = exactly(made.memory_size);
  memset(made.memory, 0xa5, made.memory_size);
  made.pixels.stride = bottom_up ? -stride : stride;
  made.pixels.first_row = bottom_up ? (unsigned long long)(stride * (height - 1)) : 0;
  if (format == LPF_FORMAT_INDEXED8) {
    static const uint32_t sizes[] = {256, 1, 2, 3, 4, 5, 16, 17, 200};
    made.palette_entries = sizes[random_bits() % 9];
    for (uint32_t i = 0; i < 4 * made.palette_entries; i++) {
      made.palette[i] = i % 4 == 3 && random_bits() % 4 ? 255 : (uint8_t)random_bits();
    }
  }
  for (uint32_t y = 0; y < height; y++) {
    for (uint32_t x = 0; x < width; x++) {
      fill_pixel(&made, kind, x, y);
    }
  }
  return made;
}

void free_picture(test_picture *picture) {
  free(picture->memory);
}

/* ---- The judge ---- */

static bool are_pixels(const test_picture *picture, const uint8_t *rgba16) {
  for (uint32_t y = 0; y < picture->pixels.height; y++) {
    for (uint32_t x = 0; x < picture->pixels.width; x++) {
      uint32_t expected[4];
      picture_pixel(picture, x, y, expected);
      for (int i = 0; i < 4; i++, rgba16 += 2) {
        if ((uint32_t)(rgba16[0] << 8 | rgba16[1]) != expected[i]) {
          fprintf(stderr, "sample %d of (%u, %u) is %u, expected %u\n", i, x, y,
                  rgba16[0] << 8 | rgba16[1], expected[i]);
          return false;
        }
      }
    }
  }
  return true;
}

bool lodepng_decodes_to(const test_picture *picture, const uint8_t *png, size_t png_size) {
  lpf_budget budget; /* LodePNG's memory is the library's */
  lpf_budget_begin(&budget, ~0ull, NULL, 0);
  uint8_t *rgba16 = NULL;
  unsigned width = 0, height = 0;
  const unsigned error =
      lodepng_decode_memory(&rgba16, &width, &height, png, png_size, LCT_RGBA, 16);
  CHECK_EQUAL(error, 0);
  const bool same = error == 0 && width == picture->pixels.width &&
                    height == picture->pixels.height && are_pixels(picture, rgba16);
  lpf_budget_free(&budget, rgba16);
  lpf_budget_end(&budget);
  return same;
}

lpf_encode_options encode_unlimited(void) {
  return (lpf_encode_options){
      .max_pixels = ~0ull, .max_output_bytes = ~0ull, .max_memory_bytes = ~0ull};
}

uint8_t *encode_picture(const test_picture *picture, const lpf_encode_options *options,
                        size_t *size, int32_t *code) {
  const lpf_pixels *pixels = &picture->pixels;
  lpf_encode_plan plan;
  lpf_report report;
  *size = 0;
  *code = lpf_png_encode_plan(picture->memory, picture->memory_size, pixels, options,
                              picture->palette_entries == 0 ? NULL : picture->palette,
                              picture->palette_entries, NULL, 0, NULL, &plan);
  if (*code != LPF_DONE) {
    return NULL;
  }
  CHECK(plan.output_bytes <=
        lpf_png_encode_bound(pixels->width, pixels->height, pixels->format, options, 0));
  uint8_t *room = exactly((size_t)plan.output_bytes);
  *code = lpf_png_encode(&plan, picture->memory, picture->memory_size, pixels, options, NULL, 0,
                         room, plan.output_bytes, NULL, 0, NULL, &report);
  uint8_t *png = NULL;
  if (*code == LPF_DONE) {
    *size = (size_t)report.bytes_written;
    CHECK(*size > 0 && *size <= plan.output_bytes);
    png = copy_of(room, *size);
  } else {
    CHECK_EQUAL(report.bytes_written, 0);
  }
  free(room);
  return png;
}
