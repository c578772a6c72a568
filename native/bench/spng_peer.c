/* spng_peer.c: libspng, then one pass that turns its rows into the BMP's. */
#include <spng.h>
#include <stdlib.h>

#include "bmp_rows.h"
#include "peer.h"

static int32_t decode(spng_ctx *context, uint32_t width, uint32_t height, int32_t work,
                      uint8_t *out, unsigned long long out_size, lpb_result *result) {
  size_t rgb_size = 0;
  if (spng_decoded_image_size(context, SPNG_FMT_RGB8, &rgb_size) != 0) {
    return LPB_FAILED;
  }
  if (work == LPB_WORK_DECODE) {
    result->bytes = out;
    result->size = rgb_size;
    return rgb_size > out_size || spng_decode_image(context, out, rgb_size, SPNG_FMT_RGB8, 0) != 0;
  }
  uint8_t *rgb = malloc(rgb_size);
  int32_t failed = lpb_bmp_size(width, height) > out_size || rgb == 0 ||
                   spng_decode_image(context, rgb, rgb_size, SPNG_FMT_RGB8, 0) != 0;
  if (!failed) {
    lpb_bmp_from_rgb(out, rgb, width, height);
    result->bytes = out;
    result->size = lpb_bmp_size(width, height);
  }
  free(rgb);
  return failed;
}

static int32_t run(int32_t work, const uint8_t *input, unsigned long long input_size, uint8_t *out,
                   unsigned long long out_size, lpb_result *result) {
  spng_ctx *context = spng_ctx_new(0);
  struct spng_ihdr header;
  int32_t failed = context == 0 || spng_set_png_buffer(context, input, input_size) != 0 ||
                   spng_get_ihdr(context, &header) != 0 ||
                   decode(context, header.width, header.height, work, out, out_size, result) != 0;
  spng_ctx_free(context);
  return failed ? LPB_FAILED : 0;
}

static const char *version(void) {
  return spng_version_string();
}

const lpb_peer lpb_spng = {"libspng", LPB_WORK_CONVERT | LPB_WORK_DECODE, version, run, 0};
