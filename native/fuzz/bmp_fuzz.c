/*
 * Any bytes as a BMP, decoded into pixels of every format, in rows of any stride. What the plan has
 * promised must hold; with and without vector instructions there must be the same pixels; pixels of
 * 8-bit formats must be those of RGBA8 in another order; and not a byte beside them may change. The
 * last eight bytes of the input are not part of the BMP: they choose the rest.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lodepng_ffm.h"

/* Beyond that a run is slow, and shows nothing that a smaller picture does not. */
#define MOST_PIXELS (1ull << 14)
#define CHOICE_BYTES 8
#define GUARD 0xa5

enum { OUT_OF_MEMORY = 83 }; /* LodePNG's code */

/* Bits of the first choice byte. */
enum { TOLERANCE = 12, UPWARDS = 16, PREMULTIPLIED = 32, ON_BACKGROUND = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition, const char *what, int32_t code) {
  if (!condition) {
    fprintf(stderr, "not so: %s (code %d)\n", what, code);
    abort();
  }
}

/* The channels of a format in the order of its bytes, 8 bits each; null for other formats. */
static const char *channels_of(uint32_t format) {
  static const char *const CHANNELS[LPF_FORMAT_COUNT] = {
      [LPF_FORMAT_GRAY8] = "R",    [LPF_FORMAT_GRAY_ALPHA8] = "RA", [LPF_FORMAT_RGB8] = "RGB",
      [LPF_FORMAT_BGR8] = "BGR",   [LPF_FORMAT_RGBA8] = "RGBA",     [LPF_FORMAT_BGRA8] = "BGRA",
      [LPF_FORMAT_ARGB8] = "ARGB", [LPF_FORMAT_ABGR8] = "ABGR"};
  return CHANNELS[format];
}

typedef struct decoding {
  const uint8_t *bmp;
  size_t size;
  lpf_options options;
  lpf_bmp_plan plan;
} decoding;

/* Rows with `padding` bytes between them, which must stay as they are; null where the code is not
   LPF_DONE. */
static uint8_t *decode(const decoding *about, uint32_t format, size_t row, size_t padding,
                       bool upwards, int32_t *code) {
  const lpf_bmp_info *info = &about->plan.info;
  const size_t stride = row + padding, last = info->height - (size_t)1;
  const size_t memory_size = stride * last + row;
  uint8_t *memory = malloc(memory_size);
  memset(memory, GUARD, memory_size);
  const lpf_pixels pixels = {.first_row = upwards ? stride * last : 0,
                             .stride = upwards ? -(long long)stride : (long long)stride,
                             .width = info->width,
                             .height = info->height,
                             .format = format};
  lpf_report report;
  *code = lpf_bmp_decode(about->bmp, about->size, &about->options, memory, memory_size, &pixels,
                         NULL, 0, NULL, &report);
  require(report.bytes_written == (*code == LPF_DONE ? row * info->height : 0), "bytes are counted",
          *code);
  for (size_t y = 0; y < last; y++) {
    for (size_t i = 0; i < padding; i++) {
      require(memory[y * stride + row + i] == GUARD, "nothing beside the pixels changes", *code);
    }
  }
  if (*code == LPF_DONE) {
    return memory;
  }
  free(memory);
  return NULL;
}

static void require_same(const decoding *about, uint32_t format, const uint8_t *pixels,
                         size_t stride, const uint8_t *rgba) {
  const char *channels = channels_of(format);
  if (channels == NULL || about->options.alpha == LPF_ALPHA_PREMULTIPLIED) {
    return; /* a format without alpha has the colours as they are */
  }
  const lpf_bmp_info *info = &about->plan.info;
  const size_t count = strlen(channels);
  for (size_t y = 0; y < info->height; y++) {
    for (size_t x = 0; x < info->width; x++) {
      for (size_t i = 0; i < count; i++) {
        const size_t from = (size_t)(strchr("RGBA", channels[i]) - "RGBA");
        require(pixels[y * stride + x * count + i] == rgba[4 * (y * info->width + x) + from],
                "the pixels are those of RGBA8", (int32_t)format);
      }
    }
  }
}

static void check_format(decoding *about, uint32_t format, const uint8_t *choice) {
  const int32_t planned =
      lpf_bmp_decode_plan(about->bmp, about->size, &about->options, format, &about->plan);
  require(planned == LPF_DONE || planned == LPF_LIMIT_PIXELS || planned == LPF_COLOR_TO_GRAY ||
              planned == LPF_NO_PALETTE ||
              (planned >= LPF_BMP_NO_SIGNATURE && planned <= LPF_BMP_INVALID_PLANES),
          "the plan has a code of its own", planned);
  if (planned != LPF_DONE) {
    return;
  }
  const lpf_bmp_info *info = &about->plan.info;
  const size_t row = (size_t)(about->plan.output_bytes / info->height);
  const size_t padding = choice[2] % 70u;
  const bool upwards = (choice[0] & UPWARDS) != 0;
  int32_t code, scalar_code, rgba_code;
  uint8_t *pixels = decode(about, format, row, padding, upwards, &code);
  require(code == LPF_DONE || code == LPF_BMP_TRUNCATED || code == LPF_BMP_INVALID_RUN,
          "decoding has a code of its own", code);
  about->options.flags |= LPF_FLAG_SCALAR;
  uint8_t *scalar = decode(about, format, row, padding, upwards, &scalar_code);
  about->options.flags &= ~(uint32_t)LPF_FLAG_SCALAR;
  uint8_t *rgba = decode(about, LPF_FORMAT_RGBA8, 4 * (size_t)info->width, 0, upwards, &rgba_code);
  require(code == scalar_code && code == rgba_code, "the code is the same each time", code);
  if (code == LPF_DONE) {
    require(memcmp(pixels, scalar, (row + padding) * (info->height - (size_t)1) + row) == 0,
            "vectors give the same pixels", (int32_t)format);
    require_same(about, format, pixels, row + padding, rgba);
  }
  free(pixels);
  free(scalar);
  free(rgba);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < CHOICE_BYTES) {
    return 0;
  }
  const uint8_t *choice = data + size - CHOICE_BYTES;
  decoding about = {.bmp = data, .size = size - CHOICE_BYTES};
  memset(&about.options, 0xff, sizeof about.options); /* no limit */
  about.options.max_pixels = MOST_PIXELS;
  about.options.flags = choice[0] & TOLERANCE;
  about.options.bmp_format = LPF_BMP_CLASSIC;
  about.options.alpha =
      (choice[0] & PREMULTIPLIED) != 0 ? LPF_ALPHA_PREMULTIPLIED : LPF_ALPHA_STRAIGHT;
  about.options.background =
      (choice[0] & ON_BACKGROUND) != 0 ? LPF_BACKGROUND | choice[1] * 0x3579u : LPF_BACKGROUND_NONE;
  for (uint32_t i = 0; i < 3; i++) {
    check_format(&about, choice[3 + i] % LPF_FORMAT_COUNT, choice);
  }
  require(lpf_live_allocations() == 0, "nothing stays allocated", OUT_OF_MEMORY);
  return 0;
}
