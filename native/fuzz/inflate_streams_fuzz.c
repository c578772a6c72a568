/*
 * Sound streams that are made of the input, as choices: block types, codes at their limits,
 * distances at the window's edge, a few bytes or several hundred thousand; then some of their bits
 * changed, and the checksum made right again, so that the change is not found there but where it
 * is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deflate_streams.h"
#include "zlib_judge.h"

enum { CHOICE_BYTES = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2 * CHOICE_BYTES) {
    return 0;
  }
  choices from = choices_of(data + CHOICE_BYTES, size - CHOICE_BYTES);
  /* mostly small streams, some larger than all buffers */
  static const uint8_t scales[16] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 12};
  const size_t about = (size_t)choose(&from, 256) << scales[choose(&from, 16)];
  stream made = random_stream(&from, about);
  zlib_verdict verdict = zlib_inflate(made.bytes, made.size, ZLIB_MOST_OUTPUT);
  if (!verdict.too_large &&
      (!verdict.sound || verdict.output_size != made.output_size ||
       (made.output_size > 0 && memcmp(verdict.output, made.output, made.output_size) != 0))) {
    fputs("zlib refuses a stream that was made to be sound\n", stderr);
    abort();
  }
  compare_with_zlib(made.bytes, made.size, ZLIB_MOST_OUTPUT, data, CHOICE_BYTES);

  const unsigned changes = choose(&from, 4);
  for (unsigned i = 0; i < changes; i++) {
    size_t at = choose(&from, (uint32_t)made.size);
    if (choose(&from, 2)) {
      at = choose(&from, made.size < 100 ? (uint32_t)made.size : 100); /* the first block's codes */
    }
    made.bytes[at] ^= (uint8_t)(1u << choose(&from, 8));
  }
  size_t used = made.size;
  if (choose(&from, 4) != 0) {
    used = zlib_repair_trailer(made.bytes, made.size, ZLIB_MOST_OUTPUT);
  }
  if (changes > 0) {
    compare_with_zlib(made.bytes, used, ZLIB_MOST_OUTPUT, data, CHOICE_BYTES);
  }
  stream_free(&made);
  return 0;
}
