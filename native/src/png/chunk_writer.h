/* chunk_writer.h: chunks into memory (PNG, 5.3). */
#ifndef LPF_CHUNK_WRITER_H
#define LPF_CHUNK_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "png/chunk.h"

enum { LPF_SIGNATURE_BYTES = 8, LPF_IHDR_BYTES = 13 };

extern const uint8_t lpf_png_signature[LPF_SIGNATURE_BYTES];

void lpf_write_big_endian(uint8_t *bytes, uint32_t value);

/* Writes length, type and CRC around the `length` bytes that are at chunk + LPF_CHUNK_DATA_AT;
   returns the end of the chunk. */
uint8_t *lpf_finish_chunk(uint8_t *chunk, uint32_t type, uint32_t length);

/* A chunk of data that is elsewhere. */
uint8_t *lpf_write_chunk(uint8_t *chunk, uint32_t type, const uint8_t *data, uint32_t length);

#endif
