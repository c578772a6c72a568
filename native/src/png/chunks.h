/* chunks.h: the frames of a PNG's chunks (PNG, 5.3), without a look inside. */
#ifndef LPF_CHUNKS_H
#define LPF_CHUNKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LPF_SIGNATURE_BYTES 8
#define LPF_CHUNK_FRAME_BYTES 12 /* length, type and CRC */

typedef struct lpf_chunk {
  const uint8_t *start;
  size_t offset;      /* of `start` in the PNG */
  size_t size;        /* with its frame */
  size_t data_length; /* without */
} lpf_chunk;

/* The chunk at `offset`, at most png_size; false where no whole chunk is. */
bool lpf_chunk_at(const uint8_t *png, size_t png_size, size_t offset, lpf_chunk *chunk);

/* The four letters, the first in the highest byte; reads 8 bytes. */
uint32_t lpf_chunk_type(const uint8_t *chunk);

#endif
