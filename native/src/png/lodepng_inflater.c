#include "png/lodepng_inflater.h"

#include <limits.h>

#include "third_party/third_party_lodepng.h"

/* LodePNG's inflater allocates for each Huffman block, so bounding its allocations bounds the time
   that a damaged stream of empty blocks can cost (7 us each). Real files have a block for every
   10 KB or more. One allowance serves the whole file: a thousand small profiles of empty blocks
   would take minutes. */
#define ALLOCATIONS_FOR_LODEPNG_TO_INFLATE 100000ull

int32_t lpf_inflate_by_lodepng(lpf_png *png, const uint8_t *in, size_t in_size, size_t most,
                               uint8_t **out, size_t *out_size) {
  LodePNGDecompressSettings settings;
  lodepng_decompress_settings_init(&settings);
  settings.max_output_size = most;
  lpf_budget *budget = &png->call->budget;
  *out = NULL;
  *out_size = 0;
  budget->allocations_left = ALLOCATIONS_FOR_LODEPNG_TO_INFLATE - png->inflater_allocations;
  unsigned error = lodepng_zlib_decompress(out, out_size, in, in_size, &settings);
  png->inflater_allocations = ALLOCATIONS_FOR_LODEPNG_TO_INFLATE - budget->allocations_left;
  budget->allocations_left = ULLONG_MAX;
  return budget->allocation_refused ? LPF_TOO_MANY_BLOCKS : (int32_t)error;
}

int32_t lpf_inflate_ancillary(lpf_png *png, const uint8_t *in, size_t in_size, size_t most,
                              uint8_t **out, size_t *out_size) {
  lpf_call *call = png->call;
  const unsigned long long limit = call->options->max_ancillary_bytes;
  const unsigned long long counted = png->index.ancillary_bytes + png->inflated_bytes;
  if (limit - counted < most) {
    most = limit == counted ? 1 : (size_t)(limit - counted); /* 0 would mean no limit */
  }
  int32_t code = lpf_inflate_by_lodepng(png, in, in_size, most, out, out_size);
  png->inflated_bytes += *out_size;
  if (*out_size > limit - counted) {
    return lpf_refuse(call, LPF_LIMIT_ANCILLARY_BYTES, limit, counted + *out_size);
  }
  return code == LPF_OUT_OF_MEMORY ? lpf_out_of_memory(call) : code;
}
