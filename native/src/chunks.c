/* chunks.c: a walk over the chunks' lengths and types before anything is allocated for them. */
#include "conversion.h"

#define SIGNATURE_BYTES 8
#define CHUNK_FRAME_BYTES 12 /* length, type and CRC (PNG, 5.3) */

int32_t lpf_check_chunks(lpf_conversion *conversion) {
  const lpf_options *options = conversion->options;
  unsigned long long chunks = 0;
  size_t position = SIGNATURE_BYTES;
  /* where the structure is broken the walk just ends: LodePNG finds the same and has a code for it */
  while (conversion->png_size - position >= CHUNK_FRAME_BYTES) {
    const uint8_t *chunk = conversion->png + position;
    size_t length = lodepng_chunk_length(chunk);
    if (length > conversion->png_size - position - CHUNK_FRAME_BYTES) {
      break;
    }
    chunks++;
    if (chunks > options->max_chunks) {
      return lpf_refuse(conversion, LPF_LIMIT_CHUNKS, options->max_chunks, chunks);
    }
    if (lodepng_chunk_ancillary(chunk)) {
      conversion->ancillary_bytes += length;
      if (conversion->ancillary_bytes > options->max_ancillary_bytes) {
        return lpf_refuse(conversion, LPF_LIMIT_ANCILLARY_BYTES, options->max_ancillary_bytes,
                          conversion->ancillary_bytes);
      }
    }
    if (lodepng_chunk_type_equals(chunk, "IEND")) {
      break;
    }
    position += length + CHUNK_FRAME_BYTES;
  }
  return LPF_DONE;
}
