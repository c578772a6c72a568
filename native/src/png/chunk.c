#include "png/chunk.h"

#include "png/lodepng_codes.h"

uint32_t lpf_read_big_endian(const uint8_t *bytes) {
  return LPF_CHUNK_TYPE(bytes[0], bytes[1], bytes[2], bytes[3]);
}

int32_t lpf_chunk_at(const uint8_t *png, size_t png_size, size_t offset, lpf_chunk *chunk) {
  if (png_size - offset < LPF_CHUNK_FRAME_BYTES) {
    return LPF_LODEPNG_BROKEN_OFF;
  }
  uint32_t length = lpf_read_big_endian(png + offset);
  if (length > INT32_MAX) {
    return LPF_LODEPNG_CHUNK_TOO_LONG;
  }
  if (length > png_size - offset - LPF_CHUNK_FRAME_BYTES) {
    return LPF_LODEPNG_CHUNK_BROKEN_OFF;
  }
  chunk->offset = offset;
  chunk->length = length;
  chunk->type = lpf_read_big_endian(png + offset + 4);
  return 0;
}

bool lpf_chunk_is_ancillary(const lpf_chunk *chunk) {
  return (chunk->type & LPF_CHUNK_TYPE(0x20, 0, 0, 0)) != 0;
}

size_t lpf_chunk_end(const lpf_chunk *chunk) {
  return chunk->offset + chunk->length + LPF_CHUNK_FRAME_BYTES;
}
