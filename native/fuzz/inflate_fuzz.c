/*
 * Any bytes as a zlib stream: what the inflaters say about it and make of it, however it is cut and
 * taken, compared with zlib. The first bytes choose; if they say so, the checksum is repaired.
 */
#include <stdlib.h>
#include <string.h>

#include "zlib_judge.h"

enum { CHOICE_BYTES = 12, MOST_OUTPUT = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < CHOICE_BYTES) {
    return 0;
  }
  const size_t stream_size = size - CHOICE_BYTES;
  uint8_t *bytes = malloc(stream_size + 1);
  memcpy(bytes, data + CHOICE_BYTES, stream_size);
  size_t used = stream_size;
  if (data[0] & 1) {
    used = zlib_repair_trailer(bytes, stream_size, MOST_OUTPUT);
  }
  compare_with_zlib(bytes, used, MOST_OUTPUT, data + 1, CHOICE_BYTES - 1);
  free(bytes);
  return 0;
}
