/*
 * neon.h: the vectors of the kernels' templates, with NEON, in pairs of its registers. avx2.h has
 * the same functions and says what they do. Every 64-bit ARM processor has NEON: nothing is asked
 * at run time.
 */
#ifndef LPF_NEON_H
#define LPF_NEON_H

#include <arm_neon.h>
#include <stdint.h>

#include "base/always_inline.h"

#define LPF_VECTORS_END

#define LPF_KERNEL(name) name##_neon

typedef struct lpf_vector {
  uint8x16_t low, high;
} lpf_vector;
typedef uint8x16_t lpf_half;

#define LPF_OPERATION static LPF_ALWAYS_INLINE

/* ---- Memory ---- */

LPF_OPERATION lpf_half lpf_load_half(const void *bytes) {
  return vld1q_u8(bytes);
}

LPF_OPERATION void lpf_store_half(void *bytes, lpf_half a) {
  vst1q_u8(bytes, a);
}

LPF_OPERATION lpf_vector lpf_join(lpf_half low, lpf_half high) {
  return (lpf_vector){low, high};
}

LPF_OPERATION lpf_vector lpf_load(const void *bytes) {
  return lpf_join(vld1q_u8(bytes), vld1q_u8((const uint8_t *)bytes + 16));
}

LPF_OPERATION lpf_half lpf_low(lpf_vector a) {
  return a.low;
}

LPF_OPERATION lpf_half lpf_high(lpf_vector a) {
  return a.high;
}

LPF_OPERATION lpf_vector lpf_load_twice(const void *bytes) {
  return lpf_join(vld1q_u8(bytes), vld1q_u8(bytes));
}

LPF_OPERATION lpf_vector lpf_load_eights(const uint8_t *const bytes[4]) {
  return lpf_join(vcombine_u8(vld1_u8(bytes[0]), vld1_u8(bytes[1])),
                  vcombine_u8(vld1_u8(bytes[2]), vld1_u8(bytes[3])));
}

LPF_OPERATION void lpf_store_eights(lpf_half a, uint8_t *first, uint8_t *second) {
  vst1_u8(first, vget_low_u8(a));
  vst1_u8(second, vget_high_u8(a));
}

LPF_OPERATION lpf_half lpf_load_first_of_2(const uint8_t *bytes) {
  return vld2q_u8(bytes).val[0];
}

LPF_OPERATION lpf_half lpf_load_first_of_4(const uint8_t *bytes) {
  return vld4q_u8(bytes).val[0];
}

LPF_OPERATION lpf_vector lpf_load_eights_first_of_2(const uint8_t *const bytes[4]) {
  return lpf_join(vcombine_u8(vld2_u8(bytes[0]).val[0], vld2_u8(bytes[1]).val[0]),
                  vcombine_u8(vld2_u8(bytes[2]).val[0], vld2_u8(bytes[3]).val[0]));
}

LPF_OPERATION lpf_vector lpf_load_eights_first_of_4(const uint8_t *const bytes[4]) {
  return lpf_join(vcombine_u8(vld4_u8(bytes[0]).val[0], vld4_u8(bytes[1]).val[0]),
                  vcombine_u8(vld4_u8(bytes[2]).val[0], vld4_u8(bytes[3]).val[0]));
}

/* ---- Bytes by themselves ---- */

LPF_OPERATION lpf_vector lpf_all(uint8_t byte) {
  return lpf_join(vdupq_n_u8(byte), vdupq_n_u8(byte));
}

LPF_OPERATION lpf_vector lpf_zero(void) {
  return lpf_all(0);
}

#define LPF_ON_BOTH_HALVES(name, instruction)                                \
  LPF_OPERATION lpf_vector name(lpf_vector a, lpf_vector b) {                \
    return lpf_join(instruction(a.low, b.low), instruction(a.high, b.high)); \
  }
LPF_ON_BOTH_HALVES(lpf_add, vaddq_u8)
LPF_ON_BOTH_HALVES(lpf_and, vandq_u8)
LPF_ON_BOTH_HALVES(lpf_or, vorrq_u8)
LPF_ON_BOTH_HALVES(lpf_minimum, vminq_u8)
LPF_ON_BOTH_HALVES(lpf_maximum, vmaxq_u8)
LPF_ON_BOTH_HALVES(lpf_add_saturated, vqaddq_u8)
LPF_ON_BOTH_HALVES(lpf_subtract_saturated, vqsubq_u8)
LPF_ON_BOTH_HALVES(lpf_average, vhaddq_u8)
LPF_ON_BOTH_HALVES(lpf_equal, vceqq_u8)
LPF_ON_BOTH_HALVES(lpf_at_most, vcleq_u8)
LPF_ON_BOTH_HALVES(lpf_shuffle, vqtbl1q_u8)
LPF_ON_BOTH_HALVES(lpf_interleave_lower_bytes, vzip1q_u8)
LPF_ON_BOTH_HALVES(lpf_interleave_upper_bytes, vzip2q_u8)

LPF_OPERATION lpf_half lpf_add_half(lpf_half a, lpf_half b) {
  return vaddq_u8(a, b);
}

LPF_OPERATION lpf_half lpf_or_half(lpf_half a, lpf_half b) {
  return vorrq_u8(a, b);
}

LPF_OPERATION lpf_vector lpf_select(lpf_vector mask, lpf_vector yes, lpf_vector no) {
  return lpf_join(vbslq_u8(mask.low, yes.low, no.low), vbslq_u8(mask.high, yes.high, no.high));
}

/* ---- Moving bytes ---- */

LPF_OPERATION lpf_half lpf_shuffle_half(lpf_half a, lpf_half order) {
  return vqtbl1q_u8(a, order);
}

#define lpf_move_up_half(a, count) vextq_u8(vdupq_n_u8(0), a, 16 - (count))
#define lpf_move_up(a, count) \
  lpf_join(lpf_move_up_half((a).low, count), lpf_move_up_half((a).high, count))

LPF_OPERATION lpf_half lpf_drop_four(lpf_half a) {
  return vextq_u8(a, vdupq_n_u8(0), 4);
}

LPF_OPERATION lpf_half lpf_repeat_last_four(lpf_half a) {
  return vreinterpretq_u8_u32(vdupq_laneq_u32(vreinterpretq_u32_u8(a), 3));
}

LPF_OPERATION lpf_half lpf_repeat_last(lpf_half a) {
  return vdupq_laneq_u8(a, 15);
}

LPF_OPERATION lpf_vector lpf_append_four(lpf_half below, lpf_vector a) {
  const uint8x16_t ends_with_below =
      vreinterpretq_u8_u32(vdupq_laneq_u32(vreinterpretq_u32_u8(below), 0));
  return lpf_join(vextq_u8(ends_with_below, a.low, 12), vextq_u8(a.low, a.high, 12));
}

LPF_OPERATION lpf_vector lpf_append_one(const uint8_t *below, lpf_vector a) {
  return lpf_join(vextq_u8(vld1q_dup_u8(below), a.low, 15), vextq_u8(a.low, a.high, 15));
}

#define LPF_INTERLEAVE(name, instruction, size)                                     \
  LPF_OPERATION lpf_half name##_of_half(lpf_half a, lpf_half b) {                   \
    return vreinterpretq_u8_u##size(                                                \
        instruction(vreinterpretq_u##size##_u8(a), vreinterpretq_u##size##_u8(b))); \
  }                                                                                 \
  LPF_ON_BOTH_HALVES(name, name##_of_half)
LPF_INTERLEAVE(lpf_interleave_lower_twos, vzip1q_u16, 16)
LPF_INTERLEAVE(lpf_interleave_upper_twos, vzip2q_u16, 16)
LPF_INTERLEAVE(lpf_interleave_lower_fours, vzip1q_u32, 32)
LPF_INTERLEAVE(lpf_interleave_upper_fours, vzip2q_u32, 32)
LPF_INTERLEAVE(lpf_interleave_lower_eights, vzip1q_u64, 64)
LPF_INTERLEAVE(lpf_interleave_upper_eights, vzip2q_u64, 64)

#endif
