#include "png/needed_chunks.h"

#include <string.h>

#include "libdeflate.h"
#include "png/png_header.h"

typedef struct copy {
  uint8_t *bytes;
  size_t size;
} copy;

static void append(copy *to, const uint8_t *bytes, size_t size) {
  memcpy(to->bytes + to->size, bytes, size);
  to->size += size;
}

static void append_big_endian(copy *to, uint32_t value) {
  const uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                            (uint8_t)value};
  append(to, bytes, sizeof bytes);
}

static void append_chunk(copy *to, uint32_t type, const uint8_t *data, size_t length) {
  append_big_endian(to, (uint32_t)length);
  const size_t checked_from = to->size;
  append_big_endian(to, type);
  if (length != 0) {
    append(to, data, length);
  }
  append_big_endian(to, libdeflate_crc32(0, to->bytes + checked_from, to->size - checked_from));
}

bool lpf_needs_copy(const lpf_png *png) {
  return lpf_passes_over_damage(png) && (png->index.left_out || png->index.broken_off);
}

static bool is_needed(const lpf_png *png, const lpf_chunk *chunk) {
  return !lpf_chunk_is_ancillary(chunk) || (chunk->type == LPF_TYPE_TRNS && png->needs_alpha);
}

/* The file breaks off behind what has been copied. */
static void mend_end(const lpf_png *png, copy *to) {
  const size_t left = png->size - png->index.end;
  const uint8_t *rest = png->bytes + png->index.end;
  if (left >= LPF_CHUNK_DATA_AT && lpf_read_big_endian(rest + 4) == LPF_TYPE_IDAT) {
    size_t offset = png->index.end;
    const lpf_span span = lpf_next_span(png, &offset);
    append_chunk(to, LPF_TYPE_IDAT, span.bytes, span.size);
  }
  append_chunk(to, LPF_TYPE_IEND, NULL, 0);
}

uint8_t *lpf_copy_needed_chunks(const lpf_png *png, size_t *size) {
  copy copied = {.size = 0};
  copied.bytes = lpf_budget_allocate(&png->call->budget, png->size + 2 * LPF_CHUNK_FRAME_BYTES);
  if (copied.bytes == NULL) {
    return NULL;
  }
  append(&copied, png->bytes, LPF_HEADER_BYTES);
  for (size_t offset = LPF_HEADER_BYTES; offset < png->index.end;) {
    lpf_chunk chunk;
    if (lpf_chunk_at(png->bytes, png->index.end, offset, &chunk) != LPF_DONE) {
      break; /* the walk found it whole: the bytes have changed since */
    }
    offset = lpf_chunk_end(&chunk);
    if (is_needed(png, &chunk)) {
      append(&copied, png->bytes + chunk.offset, offset - chunk.offset);
    }
  }
  if (png->index.broken_off) {
    mend_end(png, &copied);
  } else {
    append(&copied, png->bytes + png->index.end, png->size - png->index.end);
  }
  *size = copied.size;
  return copied.bytes;
}
