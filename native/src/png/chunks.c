/* chunks.c: a walk over the chunks' lengths and types before anything is allocated for them. */
#include "png/chunks.h"

#include "png/conversion.h"

bool lpf_chunk_at(const uint8_t *png, size_t png_size, size_t offset, lpf_chunk *chunk) {
  if (png_size - offset < LPF_CHUNK_FRAME_BYTES) {
    return false;
  }
  size_t length = lodepng_chunk_length(png + offset);
  if (length > INT32_MAX || length > png_size - offset - LPF_CHUNK_FRAME_BYTES) {
    return false;
  }
  chunk->start = png + offset;
  chunk->offset = offset;
  chunk->size = length + LPF_CHUNK_FRAME_BYTES;
  chunk->data_length = length;
  return true;
}

uint32_t lpf_chunk_type(const uint8_t *chunk) {
  return (uint32_t)chunk[4] << 24 | (uint32_t)chunk[5] << 16 | (uint32_t)chunk[6] << 8 | chunk[7];
}

int32_t lpf_check_chunks(lpf_conversion *conversion) {
  const lpf_options *options = conversion->options;
  unsigned long long chunks = 0;
  size_t offset = LPF_SIGNATURE_BYTES;
  lpf_chunk chunk;
  /* where the structure is broken the walk just ends: LodePNG finds the same, and names it */
  while (lpf_chunk_at(conversion->png, conversion->png_size, offset, &chunk)) {
    chunks++;
    if (chunks > options->max_chunks) {
      return lpf_refuse(conversion, LPF_LIMIT_CHUNKS, options->max_chunks, chunks);
    }
    if (conversion->image_data_offset == 0 && lodepng_chunk_type_equals(chunk.start, "IDAT")) {
      conversion->image_data_offset = offset;
    }
    if (lodepng_chunk_ancillary(chunk.start)) {
      conversion->ancillary_bytes += chunk.data_length;
      if (conversion->ancillary_bytes > options->max_ancillary_bytes) {
        return lpf_refuse(conversion, LPF_LIMIT_ANCILLARY_BYTES, options->max_ancillary_bytes,
                          conversion->ancillary_bytes);
      }
    }
    if (lodepng_chunk_type_equals(chunk.start, "IEND")) {
      break;
    }
    offset += chunk.size;
  }
  bool broken_off_in_image_data = conversion->png_size - offset >= 8 &&
                                  lodepng_chunk_type_equals(conversion->png + offset, "IDAT");
  if (conversion->image_data_offset == 0 && broken_off_in_image_data) {
    conversion->image_data_offset = offset;
  }
  return LPF_DONE;
}
