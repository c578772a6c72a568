/* The loops for any processor: words of 64 bits. */
#include "deflate/coding_choice.h"

/* ---- Comparing ---- */

/* Which of 8 bytes are 0, in the lowest bits. */
static LPF_ALWAYS_INLINE uint64_t zero_bytes(uint64_t word) {
  const uint64_t low = 0x7f7f7f7f7f7f7f7fu;
  const uint64_t zero = ~(((word & low) + low) | word | low); /* 0x80 where a byte is 0 */
  return (zero >> 7) * 0x0102040810204080u >> 56;             /* gathers one bit of each byte */
}

static LPF_ALWAYS_INLINE uint64_t equal_bytes(const uint8_t *one, const uint8_t *other) {
  uint64_t equal = 0;
  for (int i = 0; i < 8; i++) {
    equal |= zero_bytes(lpf_load64(one + 8 * i) ^ lpf_load64(other + 8 * i)) << 8 * i;
  }
  return equal;
}

static LPF_ALWAYS_INLINE size_t match_length(const uint8_t *one, const uint8_t *other,
                                             const uint8_t *end) {
  const uint8_t *begin = one;
  for (; one < end; one += 8, other += 8) {
    const uint64_t differs = lpf_load64(one) ^ lpf_load64(other);
    if (differs != 0) {
      const size_t length = (size_t)(one - begin) + ((size_t)__builtin_ctzll(differs) >> 3);
      return length < (size_t)(end - begin) ? length : (size_t)(end - begin);
    }
  }
  return (size_t)(end - begin);
}

static uint64_t count_zero_words(const uint8_t *data, size_t size) {
  uint64_t count = 0;
  for (size_t i = 0; i < size / 64 * 8; i++) {
    count += lpf_load64(data + 8 * i) == 0;
  }
  return count;
}

/* ---- Packing ---- */

typedef struct packer {
  uint32_t literal[256]; /* code << 8 | its bits */
} packer;

static void make_packer(packer *made, const lpf_huffman_codes *codes) {
  for (int i = 0; i < 256; i++) {
    made->literal[i] = (uint32_t)codes->symbol_code[i] << 8 | codes->symbol_bits[i];
  }
}

static LPF_ALWAYS_INLINE void pack_four(lpf_bit_writer *writer, const uint8_t *data,
                                        const packer *literals) {
  const uint32_t a = literals->literal[data[0]], b = literals->literal[data[1]];
  const uint32_t c = literals->literal[data[2]], d = literals->literal[data[3]];
  const uint64_t first = (uint64_t)(a >> 8) | (uint64_t)(b >> 8) << (a & 63);
  const uint64_t second = (uint64_t)(c >> 8) | (uint64_t)(d >> 8) << (c & 63);
  const uint32_t bits = a + b;
  lpf_put_bits(writer, first | second << (bits & 63), (bits + c + d) & 63);
}

static LPF_ALWAYS_INLINE void pack_literals(lpf_bit_writer *writer, const uint8_t *data,
                                            size_t count, const packer *literals) {
  for (; count >= 4; count -= 4, data += 4) {
    pack_four(writer, data, literals);
  }
  for (; count > 0; count--, data++) {
    const uint32_t literal = literals->literal[*data];
    lpf_put_bits(writer, literal >> 8, literal & 63);
  }
}

enum { WINDOWS_AT_ONCE = 1 };

typedef lpf_bit_writer window_writer;

static LPF_ALWAYS_INLINE window_writer begin_windows(const lpf_bit_writer *writer) {
  return *writer;
}

static LPF_ALWAYS_INLINE void end_windows(const window_writer *windows, lpf_bit_writer *writer) {
  *writer = *windows;
}

static LPF_ALWAYS_INLINE void pack_windows(window_writer *windows, const uint8_t *data,
                                           size_t count, const packer *literals, const int narrow) {
  (void)narrow;
  pack_literals(windows, data, 64 * count, literals);
}

static bool is_narrow(const lpf_huffman_codes *codes, const uint32_t literals[256]) {
  (void)codes, (void)literals;
  return true; /* no matter here */
}

/* ---- Costs ---- */

static LPF_ALWAYS_INLINE void sum_costs(const uint8_t *data, size_t size, const uint8_t cost[256],
                                        uint16_t *sums) {
  uint16_t sum = 0;
  for (size_t i = 0; i < size; i++) {
    sums[i] = sum;
    sum = (uint16_t)(sum + cost[data[i]]);
  }
  for (size_t i = 0; i <= LPF_LONGEST_MATCH; i++) {
    sums[size + i] = sum;
  }
}

/* After what they are made of. */
#include "deflate/coding_kernels.h"

LPF_CODING_LOOPS(portable);
