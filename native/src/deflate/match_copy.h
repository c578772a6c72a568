/*
 * match_copy.h: a part of the loops (inflate_loops.h), for the instruction set of the file that
 * includes it: a match is copied by whole vectors, and where it overlaps itself, as the pattern
 * that it repeats.
 *
 * A load that spans several recent stores waits until all of them have left the store queue, which
 * costs more than the copy. So 16 bytes at a time, and of patterns only the bytes that they have.
 */
#ifndef LPF_MATCH_COPY_H
#define LPF_MATCH_COPY_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "deflate/bits.h"

/* Through a value: the compiler makes one load and one store of it. */
static LPF_ALWAYS_INLINE void copy16(uint8_t *target, const uint8_t *source) {
  uint64_t halves[2];
  memcpy(halves, source, sizeof halves);
  memcpy(target, halves, sizeof halves);
}

static LPF_ALWAYS_INLINE void copy32(uint8_t *target, const uint8_t *source) {
  uint64_t quarters[4];
  memcpy(quarters, source, sizeof quarters);
  memcpy(target, quarters, sizeof quarters);
}

#ifdef LPF_LOOPS_AVX2

enum { PATTERN_BYTES = 32 };

/* For distances below 16: where byte i of the pattern comes from, in the 4 bytes before the target
   for distances up to 4, or in the 16 before; and the largest multiple of the distance up to 32. */
#define FROM(d, i) (uint8_t)(((d) <= 4 ? 4 : 16) - (d) + (i) % (d))
#define FROM8(d, i)                                                                   \
  FROM(d, i), FROM(d, (i) + 1), FROM(d, (i) + 2), FROM(d, (i) + 3), FROM(d, (i) + 4), \
      FROM(d, (i) + 5), FROM(d, (i) + 6), FROM(d, (i) + 7)
#define PATTERN(d) \
  { FROM8(d, 0), FROM8(d, 8), FROM8(d, 16), FROM8(d, 24) }
static const uint8_t PATTERNS[16][PATTERN_BYTES] = {
    {0},         PATTERN(1),  PATTERN(2),  PATTERN(3), PATTERN(4),  PATTERN(5),
    PATTERN(6),  PATTERN(7),  PATTERN(8),  PATTERN(9), PATTERN(10), PATTERN(11),
    PATTERN(12), PATTERN(13), PATTERN(14), PATTERN(15)};
static const uint8_t PATTERN_STEPS[16] = {0,  32, 32, 30, 32, 30, 30, 28,
                                          32, 27, 30, 22, 24, 26, 28, 30};

static LPF_ALWAYS_INLINE void repeat_pattern(uint8_t *target, uint32_t distance, uint32_t length) {
  __m256i pattern;
  if (distance == 1) {
    pattern = _mm256_set1_epi8((char)target[-1]);
  } else {
    uint32_t four;
    memcpy(&four, target - 4, sizeof four);
    const __m128i before = distance <= 4 ? _mm_cvtsi32_si128((int)four)
                                         : _mm_loadu_si128((const __m128i *)(target - 16));
    pattern = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(before),
                                  _mm256_loadu_si256((const __m256i *)PATTERNS[distance]));
  }
  const uint8_t *end = target + length;
  const size_t step = PATTERN_STEPS[distance];
  do {
    _mm256_storeu_si256((__m256i *)target, pattern);
    target += step;
  } while (target < end);
}

#else

/* Distances up to 4: the multiplier that repeats the pattern through 8 bytes. */
static const uint64_t REPEAT[5] = {0, 0x0101010101010101u, 0x0001000100010001u, 0x0001000001000001u,
                                   0x0000000100000001u};
static const uint8_t PATTERN_STEPS[8] = {0, 8, 8, 6, 8, 5, 6, 7};

static LPF_ALWAYS_INLINE void repeat_pattern(uint8_t *target, uint32_t distance, uint32_t length) {
  const uint8_t *end = target + length;
  if (distance < 8) {
    uint64_t pattern;
    if (distance <= 4) {
      pattern = (uint64_t)(lpf_load32(target - 4) >> (32 - 8 * distance)) * REPEAT[distance];
    } else {
      pattern = lpf_load64(target - 8) >> (64 - 8 * distance);
      pattern |= pattern << 8 * distance;
    }
    const size_t step = PATTERN_STEPS[distance];
    do {
      lpf_store64(target, pattern);
      lpf_store64(target + step, pattern);
      target += 2 * step;
    } while (target < end);
    return;
  }
  const uint64_t first = lpf_load64(target - distance);
  const uint64_t last = lpf_load64(target - 8);
  const uint64_t second =
      distance == 8 ? first : last >> (128 - 8 * distance) | first << (8 * distance - 64);
  const size_t step = distance == 8 ? 16 : distance;
  do {
    lpf_store64(target, first);
    lpf_store64(target + 8, second);
    target += step;
  } while (target < end);
}

#endif

/* May write up to 64 bytes beyond the match, and read 16 before what it copies. */
static LPF_ALWAYS_INLINE void copy_match(uint8_t *target, uint32_t distance, uint32_t length) {
  if (LPF_UNLIKELY(distance < 16)) {
    repeat_pattern(target, distance, length);
    return;
  }
  const uint8_t *source = target - distance;
  copy16(target, source);
  copy16(target + 16, source + 16);
  if (LPF_LIKELY(length <= 32)) {
    return;
  }
  const uint8_t *end = target + length;
  target += 32;
  source += 32;
  if (LPF_LIKELY(distance >= 64)) {
    do {
      copy32(target, source);
      copy32(target + 32, source + 32);
      target += 64;
      source += 64;
    } while (target < end);
  } else {
    do {
      copy16(target, source);
      copy16(target + 16, source + 16);
      target += 32;
      source += 32;
    } while (target < end);
  }
}

#endif
