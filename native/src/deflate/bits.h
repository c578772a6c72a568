/* bits.h: a stream of bits that begins in the low bits of its bytes, as deflate's does (RFC
 * 1951, 3.1.1). */
#ifndef LPF_BITS_H
#define LPF_BITS_H

#include <stdint.h>
#include <string.h>

#include "base/always_inline.h"

#define LPF_LIKELY(condition) __builtin_expect(!!(condition), 1)
#define LPF_UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* The loads and stores put the first byte into the low bits, whatever the processor's own order. */

static LPF_ALWAYS_INLINE uint64_t lpf_little_endian(uint64_t value) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return __builtin_bswap64(value);
#else
  return value;
#endif
}

static LPF_ALWAYS_INLINE uint64_t lpf_load64(const uint8_t *bytes) {
  uint64_t value;
  memcpy(&value, bytes, sizeof value);
  return lpf_little_endian(value);
}

static LPF_ALWAYS_INLINE void lpf_store64(uint8_t *bytes, uint64_t value) {
  value = lpf_little_endian(value);
  memcpy(bytes, &value, sizeof value);
}

static LPF_ALWAYS_INLINE uint32_t lpf_load32(const uint8_t *bytes) {
  uint32_t value;
  memcpy(&value, bytes, sizeof value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap32(value);
#endif
  return value;
}

static LPF_ALWAYS_INLINE void lpf_store32(uint8_t *bytes, uint32_t value) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap32(value);
#endif
  memcpy(bytes, &value, sizeof value);
}

/* At least 57 bits from bit `position` on; up to 8 bytes are read. */
static LPF_ALWAYS_INLINE uint64_t lpf_bits_at(const uint8_t *bytes, uint64_t position) {
  return lpf_load64(bytes + (position >> 3)) >> (position & 7);
}

/* The field of `value` whose first bit is in the low byte of `field`, and its width in the next. */
static LPF_ALWAYS_INLINE uint64_t lpf_bit_field(uint64_t value, uint64_t field) {
#if defined(__BMI__) && defined(__x86_64__)
  return __builtin_ia32_bextr_u64(value, field); /* one instruction that ignores what is above */
#else
  return value >> (field & 63) & ~(~(uint64_t)0 << (field >> 8 & 63));
#endif
}

#endif
