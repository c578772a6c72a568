#include "png/profile.h"

#include "png/damage.h"
#include "png/lodepng_codes.h"
#include "png/lodepng_inflater.h"
#include "png/png_header.h"

/* LodePNG's max_icc_size. */
#define MOST_PROFILE_BYTES ((size_t)16 << 20)

int32_t lpf_inflate_profile(lpf_png *png, const lpf_chunk *chunk, uint8_t **profile, size_t *size) {
  const uint8_t *data = png->bytes + chunk->offset + LPF_CHUNK_DATA_AT;
  const size_t stream_at = lpf_stream_at(data, chunk->length);
  int32_t code = lpf_inflate_ancillary(png, data + stream_at, chunk->length - stream_at,
                                       MOST_PROFILE_BYTES, profile, size);
  if (code < LPF_INVALID_ARGUMENT && code != LPF_OUT_OF_MEMORY) {
    if (code != LPF_DONE && *size > MOST_PROFILE_BYTES) {
      code = LPF_LODEPNG_ICCP_TOO_LARGE;
    } else if (code == LPF_DONE && *size == 0) {
      code = LPF_LODEPNG_ICCP_EMPTY;
    }
  }
  if (code != LPF_DONE) {
    lpf_budget_free(&png->call->budget, *profile);
    *profile = NULL;
    *size = 0;
  }
  return code;
}

int32_t lpf_judge_profiles(lpf_png *png) {
  size_t offset = LPF_HEADER_BYTES;
  for (uint32_t left = png->index.profiles; left > 0;) {
    lpf_chunk chunk;
    (void)lpf_chunk_at(png->bytes, png->size, offset, &chunk); /* the walk found it whole */
    offset = lpf_chunk_end(&chunk);
    if (chunk.type == LPF_TYPE_ICCP) {
      uint8_t *profile;
      size_t size;
      int32_t code = lpf_inflate_profile(png, &chunk, &profile, &size);
      if (code != LPF_DONE) {
        return code;
      }
      lpf_budget_free(&png->call->budget, profile);
      left--;
    }
  }
  return LPF_DONE;
}
