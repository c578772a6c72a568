/* Filters, orders and checks with NEON. */
#include "base/cpu.h"

#if LPF_HAVE_NEON

#include <arm_neon.h>
#include <string.h>

#include "base/always_inline.h"
#include "kernels/filter_rows.h"

enum { LANES = 16 };

typedef uint8x16_t filter_vector;
typedef uint64x2_t weight_sum;

static LPF_ALWAYS_INLINE uint8x16_t load_bytes(const uint8_t *bytes) {
  return vld1q_u8(bytes);
}

static LPF_ALWAYS_INLINE void store_bytes(uint8_t *bytes, uint8x16_t vector) {
  vst1q_u8(bytes, vector);
}

static LPF_ALWAYS_INLINE uint8x16_t first_bytes(uint8x16_t bytes, size_t count) {
  static const uint8_t ones[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                   255, 255, 255, 255, 255, 255, 255, 255};
  return vandq_u8(bytes, load_bytes(ones + 16 - count));
}

static LPF_ALWAYS_INLINE uint8x16_t subtract(uint8x16_t a, uint8x16_t b) {
  return vsubq_u8(a, b);
}

static LPF_ALWAYS_INLINE uint8x16_t minimum(uint8x16_t a, uint8x16_t b) {
  return vminq_u8(a, b);
}

static LPF_ALWAYS_INLINE uint8x16_t maximum(uint8x16_t a, uint8x16_t b) {
  return vmaxq_u8(a, b);
}

static LPF_ALWAYS_INLINE uint8x16_t subtract_saturated(uint8x16_t a, uint8x16_t b) {
  return vqsubq_u8(a, b);
}

static LPF_ALWAYS_INLINE uint8x16_t equal(uint8x16_t a, uint8x16_t b) {
  return vceqq_u8(a, b);
}

static LPF_ALWAYS_INLINE uint8x16_t choose(uint8x16_t mask, uint8x16_t a, uint8x16_t b) {
  return vbslq_u8(mask, a, b);
}

static LPF_ALWAYS_INLINE uint8x16_t half_sum(uint8x16_t a, uint8x16_t b) {
  return vhaddq_u8(a, b);
}

static LPF_ALWAYS_INLINE uint8x16_t magnitude(uint8x16_t bytes) {
  return vreinterpretq_u8_s8(vabsq_s8(vreinterpretq_s8_u8(bytes)));
}

/* Twice the bits that are not leading zeros, and 2; from 63 on as 63. */
static LPF_ALWAYS_INLINE uint8x16_t bits_of_magnitude(uint8x16_t magnitudes) {
  const uint8x16_t zeros = vclzq_u8(vminq_u8(magnitudes, vdupq_n_u8(63)));
  return vsubq_u8(vdupq_n_u8(18), vaddq_u8(zeros, zeros));
}

static LPF_ALWAYS_INLINE uint64x2_t no_weight(void) {
  return vdupq_n_u64(0);
}

static LPF_ALWAYS_INLINE uint64x2_t sum_bytes(uint8x16_t bytes) {
  return vpaddlq_u32(vpaddlq_u16(vpaddlq_u8(bytes)));
}

static LPF_ALWAYS_INLINE uint64x2_t add_weights(uint64x2_t a, uint64x2_t b) {
  return vaddq_u64(a, b);
}

static LPF_ALWAYS_INLINE uint64_t weight_total(uint64x2_t sum) {
  return vgetq_lane_u64(sum, 0) + vgetq_lane_u64(sum, 1);
}

/* The last pixels out of a copy, since nothing may be read beyond them. */
static void order_pixels_row(const uint8_t *pixels, size_t count, const lpf_byte_order *order,
                             uint8_t *target) {
  const size_t source = order->source_bytes, bytes = order->target_bytes;
  const size_t step = 16 / (source > bytes ? source : bytes);
  const uint8x16_t shuffle = vandq_u8(load_bytes(order->shuffle), vdupq_n_u8(15));
  uint8_t last[16] = {0};
  size_t left = count;
  for (; left * source >= 16; left -= step, pixels += step * source, target += step * bytes) {
    store_bytes(target, vqtbl1q_u8(load_bytes(pixels), shuffle));
  }
  while (left > 0) {
    const size_t part = left < step ? left : step;
    memcpy(last, pixels, part * source);
    store_bytes(target, vqtbl1q_u8(load_bytes(last), shuffle));
    pixels += part * source;
    target += part * bytes;
    left -= part;
  }
}

static void map_bytes(const uint8_t *row, size_t size, const uint8_t table[256], uint8_t *target) {
  const uint8x16x4_t first = vld1q_u8_x4(table), second = vld1q_u8_x4(table + 64);
  const uint8x16x4_t third = vld1q_u8_x4(table + 128), fourth = vld1q_u8_x4(table + 192);
  const uint8x16_t step = vdupq_n_u8(64);
  for (size_t i = 0; i < size; i += LANES) { /* an index beyond a quarter's end changes nothing */
    const uint8x16_t index = load_bytes(row + i);
    const uint8x16_t from_64 = vsubq_u8(index, step), from_128 = vsubq_u8(from_64, step);
    uint8x16_t mapped = vqtbl4q_u8(first, index);
    mapped = vqtbx4q_u8(mapped, second, from_64);
    mapped = vqtbx4q_u8(mapped, third, from_128);
    mapped = vqtbx4q_u8(mapped, fourth, vsubq_u8(from_128, step));
    store_bytes(target + i, mapped);
  }
}

/* After what they are made of. */
#include "kernels/filter_kernels.h"

LPF_FILTER_KERNELS(neon);

#endif
