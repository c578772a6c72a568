/* check.h: what a C test is made of: checks that go on after a failure, and memory of exact size.
 */
#ifndef LPF_TEST_CHECK_H
#define LPF_TEST_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lodepng_ffm.h"

static int check_failures;

/* Notes a failure with the place where it was noticed. */
#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition) && check_failures++ < 20) {                              \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
    }                                                                         \
  } while (0)

/* For numbers: says which two they were. */
#define CHECK_EQUAL(found, expected)                                                    \
  do {                                                                                  \
    long long check_found = (long long)(found), check_expected = (long long)(expected); \
    if (check_found != check_expected && check_failures++ < 20) {                       \
      fprintf(stderr, "%s:%d: %s is %lld, expected %lld\n", __FILE__, __LINE__, #found, \
              check_found, check_expected);                                             \
    }                                                                                   \
  } while (0)

/* The end of every test: the library must hold nothing any more. */
static inline int check_result(void) {
  CHECK_EQUAL(lpf_live_allocations(), 0);
  CHECK_EQUAL(lpf_live_bytes(), 0);
  if (check_failures > 0) {
    fprintf(stderr, "%d checks failed\n", check_failures);
  }
  return check_failures > 0;
}

/* A block of its own, so that a sanitizer sees the first byte beyond it; 0 bytes included. */
static inline uint8_t *exactly(size_t size) {
  uint8_t *memory = malloc(size);
  if (memory == NULL && size > 0) {
    fputs("out of memory\n", stderr);
    exit(2);
  }
  return memory;
}

static inline uint8_t *copy_of(const uint8_t *bytes, size_t size) {
  uint8_t *copy = exactly(size);
  if (size > 0) {
    memcpy(copy, bytes, size);
  }
  return copy;
}

/* The same numbers in every run. */
static inline uint32_t random_bits(void) {
  static uint64_t state = 0x9e3779b97f4a7c15u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)(state >> 32);
}

static inline lpf_options unlimited(void) {
  lpf_options options;
  memset(&options, 0, sizeof options);
  options.max_input_bytes = options.max_pixels = options.max_output_bytes = ~0ull;
  options.max_memory_bytes = options.max_ancillary_bytes = options.max_chunks = ~0ull;
  options.max_idat_ratio = ~0ull;
  return options;
}

#endif
