#include "png/ancillary.h"

#include <string.h>

#include "libdeflate.h"
#include "lodepng_ffm.h"
#include "png/chunk.h"

static bool stands_behind_palette(uint32_t type) {
  return type == LPF_CHUNK_TYPE('b', 'K', 'G', 'D') || type == LPF_CHUNK_TYPE('h', 'I', 'S', 'T');
}

static bool depends_on_color_type(uint32_t type) {
  return stands_behind_palette(type) || type == LPF_CHUNK_TYPE('s', 'B', 'I', 'T');
}

static bool has_right_crc(const uint8_t *chunks, const lpf_chunk *chunk) {
  const uint8_t *type = chunks + chunk->offset + 4;
  return libdeflate_crc32(0, type, 4 + chunk->length) ==
         lpf_read_big_endian(type + 4 + chunk->length);
}

int32_t lpf_check_ancillary(const uint8_t *chunks, size_t size, bool *depends_on_color) {
  *depends_on_color = false;
  for (size_t at = 0; at < size;) {
    lpf_chunk chunk;
    if (lpf_chunk_at(chunks, size, at, &chunk) != 0 || !lpf_chunk_is_ancillary(&chunk) ||
        chunk.type == LPF_TYPE_TRNS || !has_right_crc(chunks, &chunk)) {
      return LPF_BAD_CHUNKS;
    }
    *depends_on_color = *depends_on_color || depends_on_color_type(chunk.type);
    at = lpf_chunk_end(&chunk);
  }
  return LPF_DONE;
}

uint8_t *lpf_copy_ancillary(const uint8_t *chunks, size_t size, bool behind_palette,
                            uint8_t *output) {
  for (size_t at = 0; at < size;) {
    lpf_chunk chunk;
    if (lpf_chunk_at(chunks, size, at, &chunk) != 0) {
      break; /* has been checked */
    }
    const size_t end = lpf_chunk_end(&chunk);
    if (stands_behind_palette(chunk.type) == behind_palette) {
      memcpy(output, chunks + at, end - at);
      output += end - at;
    }
    at = end;
  }
  return output;
}
