/* zlib_format.h: what is around the deflate data of a zlib stream (RFC 1950, 2.2). */
#ifndef LPF_ZLIB_FORMAT_H
#define LPF_ZLIB_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

enum { LPF_ZLIB_HEADER_BYTES = 2, LPF_ZLIB_TRAILER_BYTES = 4 };

/* Deflate, a window of up to 32 KB, no preset dictionary. */
static inline bool lpf_is_zlib_header(const uint8_t header[LPF_ZLIB_HEADER_BYTES]) {
  const unsigned method = header[0] & 15u;
  const unsigned window = header[0] >> 4;
  const bool preset_dictionary = (header[1] & 32u) != 0;
  return (header[0] * 256u + header[1]) % 31u == 0 && method == 8 && window <= 7 &&
         !preset_dictionary;
}

/* The Adler-32 of what is inflated. */
static inline uint32_t lpf_zlib_checksum(const uint8_t trailer[LPF_ZLIB_TRAILER_BYTES]) {
  return (uint32_t)trailer[0] << 24 | (uint32_t)trailer[1] << 16 | (uint32_t)trailer[2] << 8 |
         trailer[3];
}

#endif
