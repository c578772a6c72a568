/*
 * libdeflate_floor.c: the inflate that every decoder of this kind has to do, with the inflater that
 * the library itself uses, into memory that is already there. No checksum, no chunks, no filters:
 * time that nothing above it can get under.
 */
#include <libdeflate.h>

#include "peer.h"

#define ZLIB_HEADER 2
#define ZLIB_FRAME 6

static _Thread_local struct libdeflate_decompressor *inflater;

static int32_t run(int32_t work, const uint8_t *input, unsigned long long input_size, uint8_t *out,
                   unsigned long long out_size, lpb_result *result) {
  (void)work;
  if (inflater == 0) {
    inflater = libdeflate_alloc_decompressor();
  }
  size_t written = 0;
  if (inflater == 0 || input_size < ZLIB_FRAME ||
      libdeflate_deflate_decompress(inflater, input + ZLIB_HEADER, input_size - ZLIB_FRAME, out,
                                    out_size, &written) != LIBDEFLATE_SUCCESS) {
    return LPB_FAILED;
  }
  result->bytes = out;
  result->size = written;
  return 0;
}

static const char *version(void) {
  return LIBDEFLATE_VERSION_STRING;
}

const lpb_peer lpb_libdeflate = {"libdeflate-inflate", LPB_WORK_INFLATE, version, run, 0};
