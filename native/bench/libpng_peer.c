/*
 * libpng_peer.c: libpng, reading straight into the BMP rows in B,G,R order, which is the shortest
 * way it has: no pass over the pixels comes after it.
 */
#include <png.h>
#include <stdlib.h>

#include "bmp_rows.h"
#include "peer.h"

typedef struct source {
  const uint8_t *at;
  unsigned long long left;
} source;

static void read_bytes(png_structp png, png_bytep to, size_t count) {
  source *from = png_get_io_ptr(png);
  if (count > from->left) {
    png_error(png, "the file ends early");
  }
  memcpy(to, from->at, count);
  from->at += count;
  from->left -= count;
}

static void be_silent(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void be_silent_and_stop(png_structp png, png_const_charp text) {
  (void)text;
  png_longjmp(png, 1);
}

/* 8-bit colour without alpha, as LodePNG would convert it: no gamma, the high byte of 16 bits. */
static void ask_for_plain_colour(png_structp png, int blue_first) {
  png_set_strip_16(png);
  png_set_expand(png);
  png_set_gray_to_rgb(png);
  png_set_strip_alpha(png);
  if (blue_first) {
    png_set_bgr(png);
  }
}

static int read_image(png_structp png, png_infop info, png_bytep **rows, int32_t work, uint8_t *out,
                      unsigned long long out_size, lpb_result *result) {
  png_read_info(png, info);
  uint32_t width = png_get_image_width(png, info);
  uint32_t height = png_get_image_height(png, info);
  int to_bmp = work == LPB_WORK_CONVERT;
  unsigned long long size = to_bmp ? lpb_bmp_size(width, height) : 3ULL * width * height;
  *rows = malloc(height * sizeof **rows);
  if (size > out_size || *rows == 0) {
    return LPB_FAILED;
  }
  for (uint32_t y = 0; y < height; y++) {
    (*rows)[y] = to_bmp ? lpb_bmp_row(out, width, height, y) : out + 3ULL * width * y;
  }
  ask_for_plain_colour(png, to_bmp);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  png_read_image(png, *rows);
  png_read_end(png, 0);
  if (to_bmp) {
    lpb_bmp_header(out, width, height);
    for (uint32_t y = 0; y < height; y++) {
      lpb_bmp_pad_row((*rows)[y], width);
    }
  }
  result->bytes = out;
  result->size = size;
  return 0;
}

static int32_t run(int32_t work, const uint8_t *input, unsigned long long input_size, uint8_t *out,
                   unsigned long long out_size, lpb_result *result) {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, 0, be_silent_and_stop, be_silent);
  png_infop info = png_create_info_struct(png);
  source from = {input, input_size};
  png_bytep *volatile rows = 0;
  volatile int32_t code = LPB_FAILED;
  if (setjmp(png_jmpbuf(png)) == 0) {
    png_set_read_fn(png, &from, read_bytes);
    code = read_image(png, info, (png_bytep **)&rows, work, out, out_size, result);
  }
  free(rows);
  png_destroy_read_struct(&png, &info, 0);
  return code;
}

static const char *version(void) {
  return png_get_libpng_ver(0);
}

const lpb_peer lpb_libpng = {"libpng", LPB_WORK_CONVERT | LPB_WORK_DECODE, version, run, 0};
