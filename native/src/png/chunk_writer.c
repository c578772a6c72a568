#include "png/chunk_writer.h"

#include <string.h>

#include "libdeflate.h"

const uint8_t lpf_png_signature[LPF_SIGNATURE_BYTES] = {0x89, 'P',  'N',  'G',
                                                        '\r', '\n', 0x1a, '\n'};

void lpf_write_big_endian(uint8_t *bytes, uint32_t value) {
  bytes[0] = (uint8_t)(value >> 24);
  bytes[1] = (uint8_t)(value >> 16);
  bytes[2] = (uint8_t)(value >> 8);
  bytes[3] = (uint8_t)value;
}

uint8_t *lpf_finish_chunk(uint8_t *chunk, uint32_t type, uint32_t length) {
  uint8_t *end = chunk + LPF_CHUNK_DATA_AT + length;
  lpf_write_big_endian(chunk, length);
  lpf_write_big_endian(chunk + 4, type);
  lpf_write_big_endian(end, libdeflate_crc32(0, chunk + 4, 4 + (size_t)length));
  return end + 4;
}

uint8_t *lpf_write_chunk(uint8_t *chunk, uint32_t type, const uint8_t *data, uint32_t length) {
  if (length != 0) {
    memcpy(chunk + LPF_CHUNK_DATA_AT, data, length);
  }
  return lpf_finish_chunk(chunk, type, length);
}
