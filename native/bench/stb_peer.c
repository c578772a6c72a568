/* stb_peer.c: stb_image, then one pass that turns its rows into the BMP's. */
#include <limits.h>
#include <stdlib.h>

#include "bmp_rows.h"
#include "peer.h"

#ifdef __GNUC__
/* Third-party code keeps to its own set of warnings; this one is given at the end of the file. */
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wunused-but-set-variable"
#endif
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#include <stb/stb_image.h>
#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif

static int32_t run(int32_t work, const uint8_t *input, unsigned long long input_size, uint8_t *out,
                   unsigned long long out_size, lpb_result *result) {
  int width = 0;
  int height = 0;
  int channels = 0;
  if (input_size > INT_MAX) {
    return LPB_FAILED;
  }
  uint8_t *rgb = stbi_load_from_memory(input, (int)input_size, &width, &height, &channels, 3);
  if (rgb == 0) {
    return LPB_FAILED;
  }
  uint32_t columns = (uint32_t)width;
  uint32_t rows = (uint32_t)height;
  if (work == LPB_WORK_DECODE) {
    result->bytes = rgb;
    result->size = 3ULL * columns * rows;
    result->owner = rgb;
    return 0;
  }
  int fits = lpb_bmp_size(columns, rows) <= out_size;
  if (fits) {
    lpb_bmp_from_rgb(out, rgb, columns, rows);
    result->bytes = out;
    result->size = lpb_bmp_size(columns, rows);
  }
  stbi_image_free(rgb);
  return fits ? 0 : LPB_FAILED;
}

static void release(lpb_result *result) {
  stbi_image_free(result->owner);
}

static const char *version(void) {
  return "stb_image.h as the machine has it";
}

const lpb_peer lpb_stb = {"stb", LPB_WORK_CONVERT | LPB_WORK_DECODE, version, run, release};
