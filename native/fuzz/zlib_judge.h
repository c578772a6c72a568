/* zlib_judge.h: what zlib says about a stream, for comparison. */
#ifndef LPF_FUZZ_ZLIB_JUDGE_H
#define LPF_FUZZ_ZLIB_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct zlib_verdict {
  bool sound;            /* complete, with nothing behind it */
  bool too_large;        /* more output than there is room for: no verdict */
  const uint8_t *output; /* also that of a damaged stream, up to the damage; until the next call */
  size_t output_size;
} zlib_verdict;

/* The output has room for `most` bytes, and no more than ZLIB_MOST_OUTPUT. */
enum { ZLIB_MOST_OUTPUT = 1 << 22 };

zlib_verdict zlib_inflate(const uint8_t *bytes, size_t size, size_t most);

/* If the deflate data inside are sound, puts their checksum behind them, and returns the size of
   the stream that ends with it; otherwise, or when there is no room for it, `size`. */
size_t zlib_repair_trailer(uint8_t *bytes, size_t size, size_t most);

/*
 * Compares one way of inflating with zlib: the verdict and the bytes. Aborts if they differ. The
 * choices say which way, how the stream is cut and its output taken, and whether a wrong size is
 * announced.
 */
void compare_with_zlib(const uint8_t *bytes, size_t size, size_t most, const uint8_t *choice_bytes,
                       size_t choice_size);

#endif
