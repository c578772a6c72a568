#include "image/entropy.h"

uint64_t lpf_log2(uint64_t number) {
  const unsigned power = 63u - (unsigned)__builtin_clzll(number);
  /* 65536 times what is above the power of two, m: log2(1 + m) is about m + 0.344 m (1 - m) */
  const uint64_t above = (power > 16 ? number >> (power - 16) : number << (16 - power)) - 65536;
  return (uint64_t)power * 65536 + above + (above * (65536 - above) >> 16) * 22544 / 65536;
}

uint64_t lpf_entropy(const uint32_t counts[256]) {
  uint64_t total = 0, of_counts = 0;
  for (int i = 0; i < 256; i++) {
    if (counts[i] != 0) {
      total += counts[i];
      of_counts += counts[i] * lpf_log2(counts[i]);
    }
  }
  return total == 0 ? 0 : total * lpf_log2(total) - of_counts;
}
