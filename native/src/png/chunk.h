/* chunk.h: the frames of a PNG's chunks (PNG, 5.3), without a look inside. */
#ifndef LPF_CHUNK_H
#define LPF_CHUNK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LPF_CHUNK_FRAME_BYTES 12 /* length, type and CRC */
#define LPF_CHUNK_DATA_AT 8      /* behind length and type */

/* Four letters as a number, the first in the highest byte, as they stand in the file. */
#define LPF_CHUNK_TYPE(a, b, c, d) \
  ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))
#define LPF_TYPE_IHDR LPF_CHUNK_TYPE('I', 'H', 'D', 'R')
#define LPF_TYPE_PLTE LPF_CHUNK_TYPE('P', 'L', 'T', 'E')
#define LPF_TYPE_IDAT LPF_CHUNK_TYPE('I', 'D', 'A', 'T')
#define LPF_TYPE_IEND LPF_CHUNK_TYPE('I', 'E', 'N', 'D')
#define LPF_TYPE_TRNS LPF_CHUNK_TYPE('t', 'R', 'N', 'S')
#define LPF_TYPE_PHYS LPF_CHUNK_TYPE('p', 'H', 'Y', 's')
#define LPF_TYPE_ICCP LPF_CHUNK_TYPE('i', 'C', 'C', 'P')
#define LPF_TYPE_TEXT LPF_CHUNK_TYPE('t', 'E', 'X', 't')
#define LPF_TYPE_ZTXT LPF_CHUNK_TYPE('z', 'T', 'X', 't')
#define LPF_TYPE_ITXT LPF_CHUNK_TYPE('i', 'T', 'X', 't')
#define LPF_TYPE_ACTL LPF_CHUNK_TYPE('a', 'c', 'T', 'L')

typedef struct lpf_chunk {
  size_t offset; /* of its length field in the PNG; 0 where there is no such chunk */
  size_t length; /* of its data */
  uint32_t type;
} lpf_chunk;

uint32_t lpf_read_big_endian(const uint8_t *bytes);

/* The chunk at `offset`, which is at most png_size; LodePNG's code where no whole chunk is. */
int32_t lpf_chunk_at(const uint8_t *png, size_t png_size, size_t offset, lpf_chunk *chunk);

/* Whether a decoder may pass over it (PNG, 5.4). */
bool lpf_chunk_is_ancillary(const lpf_chunk *chunk);

/* The offset behind it. */
size_t lpf_chunk_end(const lpf_chunk *chunk);

#endif
