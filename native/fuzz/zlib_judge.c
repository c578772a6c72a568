#include "zlib_judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "inflate_driver.h"

enum { HEADER_BYTES = 2, TRAILER_BYTES = 4 };

/* Returns zlib's code; *used says how much of the input it needed. */
static int run_zlib(const uint8_t *bytes, size_t size, int window_bits, uint8_t *output,
                    size_t most, size_t *used, size_t *given) {
  z_stream zlib;
  memset(&zlib, 0, sizeof zlib);
  if (inflateInit2(&zlib, window_bits) != Z_OK) {
    abort();
  }
  zlib.next_in = (uint8_t *)(uintptr_t)bytes;
  zlib.avail_in = (uInt)size;
  zlib.next_out = output;
  zlib.avail_out = (uInt)most;
  int code = inflate(&zlib, Z_FINISH);
  *used = size - zlib.avail_in;
  *given = most - zlib.avail_out;
  inflateEnd(&zlib);
  return code;
}

static uint8_t output_of_zlib[ZLIB_MOST_OUTPUT + 1];

zlib_verdict zlib_inflate(const uint8_t *bytes, size_t size, size_t most) {
  zlib_verdict verdict = {.output = output_of_zlib};
  size_t used = 0;
  int code = run_zlib(bytes, size, 15, output_of_zlib, most + 1, &used, &verdict.output_size);
  verdict.too_large = verdict.output_size > most;
  verdict.sound = code == Z_STREAM_END && used == size;
  return verdict;
}

size_t zlib_repair_trailer(uint8_t *bytes, size_t size, size_t most) {
  if (size < HEADER_BYTES + TRAILER_BYTES) {
    return size;
  }
  size_t used = 0, given = 0;
  int code =
      run_zlib(bytes + HEADER_BYTES, size - HEADER_BYTES, -15, output_of_zlib, most, &used, &given);
  const size_t end = HEADER_BYTES + used;
  if (code == Z_STREAM_END && end + TRAILER_BYTES <= size) {
    uLong sum = adler32(1, output_of_zlib, (uInt)given);
    for (size_t i = 0; i < TRAILER_BYTES; i++) {
      bytes[end + i] = (uint8_t)(sum >> (24 - 8 * i));
    }
    size = end + TRAILER_BYTES;
  }
  return size;
}

static void disagree(const inflate_way *way, const char *what) {
  fprintf(stderr, "zlib and %s: %s\n", way->name, what);
  abort();
}

void compare_with_zlib(const uint8_t *bytes, size_t size, size_t most, const uint8_t *choice_bytes,
                       size_t choice_size) {
  zlib_verdict verdict = zlib_inflate(bytes, size, most);
  if (!verdict.too_large) {
    choices from = choices_of(choice_bytes, choice_size);
    const inflate_way *way = &INFLATE_WAYS[choose(&from, (uint32_t)INFLATE_WAY_COUNT)];
    size_t expected = verdict.output_size, given = 0;
    const unsigned off = choose(&from, 32);
    expected += off == 1;
    expected -= off == 2 && expected > 0;
    const bool sound = verdict.sound && expected == verdict.output_size;
    uint8_t *output = malloc(expected + 1);
    lpf_inflate_result result = inflate_with(way, bytes, size, expected, &from, output, &given);
    if (result != (sound ? LPF_INFLATE_COMPLETE : LPF_INFLATE_DAMAGED)) {
      disagree(way, sound ? "sound for zlib" : "damaged for zlib");
    }
    if (sound && given != expected) {
      disagree(way, "not all bytes were given");
    }
    if (given > verdict.output_size || memcmp(output, verdict.output, given) != 0) {
      disagree(way, "other bytes");
    }
    free(output);
  }
}
