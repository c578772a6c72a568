// lodepng_peer.cpp: stock LodePNG, and a BMP written in one pass into the caller's memory.
#include <cstdint>
#include <cstdlib>

#include "bmp_rows.h"
#include "lodepng.h"
#include "peer.h"

namespace {

int32_t run(int32_t work, const uint8_t *input, unsigned long long input_size, uint8_t *out,
            unsigned long long out_size, lpb_result *result) {
  unsigned char *rgb = nullptr;
  unsigned width = 0;
  unsigned height = 0;
  const unsigned error =
      lodepng_decode_memory(&rgb, &width, &height, input, input_size, LCT_RGB, 8);
  if (error == 0 && work == LPB_WORK_DECODE) {
    result->bytes = rgb;
    result->size = 3ULL * width * height;
    result->owner = rgb;
    return 0;
  }
  const bool fits = error == 0 && lpb_bmp_size(width, height) <= out_size;
  if (fits) {
    lpb_bmp_from_rgb(out, rgb, width, height);
    result->bytes = out;
    result->size = lpb_bmp_size(width, height);
  }
  std::free(rgb);
  return fits ? 0 : LPB_FAILED;
}

void release(lpb_result *result) {
  std::free(result->owner);
}

const char *version() {
  return LODEPNG_VERSION_STRING;
}

}  // namespace

const lpb_peer lpb_lodepng = {"lodepng", LPB_WORK_CONVERT | LPB_WORK_DECODE, version, run, release};
