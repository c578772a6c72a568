/* little_endian.h: the byte order of a BMP, at any alignment. */
#ifndef LPF_LITTLE_ENDIAN_H
#define LPF_LITTLE_ENDIAN_H

#include <stdint.h>

static inline uint32_t lpf_read16(const uint8_t *from) {
  return (uint32_t)from[0] | (uint32_t)from[1] << 8;
}

static inline uint32_t lpf_read32(const uint8_t *from) {
  return lpf_read16(from) | lpf_read16(from + 2) << 16;
}

static inline void lpf_write16(uint8_t *to, uint32_t value) {
  to[0] = (uint8_t)value;
  to[1] = (uint8_t)(value >> 8);
}

static inline void lpf_write32(uint8_t *to, uint32_t value) {
  lpf_write16(to, value);
  lpf_write16(to + 2, value >> 16);
}

#endif
