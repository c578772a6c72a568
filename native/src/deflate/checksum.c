#include "deflate/checksum.h"

/*
 * The low half is 1 plus the sum of all bytes; the high half sums the low half after each byte. So
 * the second part's high half lacks, for each of its bytes, what the first part's low half is above
 * 1.
 */
uint32_t lpf_join_adler(uint32_t first, uint32_t second, uint64_t second_bytes) {
  const uint64_t modulus = 65521;
  const uint64_t above = (first & 0xffff) + modulus - 1;
  const uint64_t low = ((second & 0xffff) + above) % modulus;
  const uint64_t high =
      ((first >> 16) + (second >> 16) + second_bytes % modulus * (above % modulus)) % modulus;
  return (uint32_t)(high << 16 | low);
}
