/* What the NEON kernels share. Every 64-bit ARM processor has NEON: nothing is asked at run time.
 */
#ifndef LPF_NEON_H
#define LPF_NEON_H

#include "base/cpu.h"

#if LPF_HAVE_NEON

#include <arm_neon.h>
#include <stddef.h>
#include <stdint.h>

#include "base/always_inline.h"

/* Adds to each byte all those before it, and `left`: the sum of what precedes the vector. */
static LPF_ALWAYS_INLINE uint8x16_t lpf_running_sums(uint8x16_t bytes, uint8x16_t left) {
  const uint8x16_t zero = vdupq_n_u8(0);
  bytes = vaddq_u8(bytes, vextq_u8(zero, bytes, 15)); /* sums of two, */
  bytes = vaddq_u8(bytes, vextq_u8(zero, bytes, 14)); /* of four, and so on */
  bytes = vaddq_u8(bytes, vextq_u8(zero, bytes, 12));
  bytes = vaddq_u8(bytes, vextq_u8(zero, bytes, 8));
  return vaddq_u8(bytes, left);
}

/* The last byte, sixteen times. */
static LPF_ALWAYS_INLINE uint8x16_t lpf_last_byte(uint8x16_t bytes) {
  return vdupq_laneq_u8(bytes, 15);
}

#endif

#endif
