/*
 * inflate_libdeflate.c: inflating by libdeflate, which wants the whole stream in one piece and
 * gives the whole output at once: a single span is inflated where it lies, several are joined
 * before.
 */
#include <string.h>

#include "deflate/inflate.h"
#include "third_party/libdeflate_placed.h"

#define ZLIB_HEADER_BYTES 2
#define ZLIB_TRAILER_BYTES 4
#define ALIGNMENT 64

struct lpf_inflater {
  struct libdeflate_decompressor *decompressor;
  size_t output_size;
  uint8_t *output;
  uint8_t *joined;
  size_t joined_size;
};

static size_t round_up(size_t size) {
  return (size + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1);
}

static size_t state_bytes(void) {
  return round_up(sizeof(lpf_inflater)) + round_up(lpf_decompressor_bytes());
}

bool lpf_inflate_memory_size(const lpf_inflate_sizes *sizes, size_t *size) {
  const unsigned long long joined = sizes->one_span ? 0 : sizes->input_bytes;
  const unsigned long long most = PTRDIFF_MAX / 4;
  if (sizes->output_bytes > most || joined > most) {
    return false;
  }
  *size =
      state_bytes() + round_up((size_t)sizes->output_bytes + LPF_INFLATE_SLACK) + (size_t)joined;
  return true;
}

lpf_inflater *lpf_inflate_begin(uint8_t *memory, const lpf_inflate_sizes *sizes) {
  lpf_inflater *inflater = (lpf_inflater *)(void *)memory;
  inflater->decompressor = lpf_decompressor_at(memory + round_up(sizeof *inflater));
  inflater->output_size = (size_t)sizes->output_bytes;
  inflater->output = memory + state_bytes();
  inflater->joined = inflater->output + round_up(inflater->output_size + LPF_INFLATE_SLACK);
  inflater->joined_size = 0;
  return inflater;
}

static bool has_plain_zlib_header(const uint8_t *in) {
  const unsigned method = in[0] & 15u;
  const unsigned window = in[0] >> 4;
  const bool preset_dictionary = (in[1] & 32u) != 0;
  return (in[0] * 256u + in[1]) % 31u == 0 && method == 8 && window <= 7 && !preset_dictionary;
}

static uint32_t read_big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool inflate_whole(lpf_inflater *inflater, const uint8_t *in, size_t in_size) {
  if (in_size < ZLIB_HEADER_BYTES + ZLIB_TRAILER_BYTES || !has_plain_zlib_header(in)) {
    return false;
  }
  const size_t deflated = in_size - ZLIB_HEADER_BYTES - ZLIB_TRAILER_BYTES;
  size_t used = 0;
  size_t given = 0;
  enum libdeflate_result result =
      libdeflate_deflate_decompress_ex(inflater->decompressor, in + ZLIB_HEADER_BYTES, deflated,
                                       inflater->output, inflater->output_size, &used, &given);
  if (result != LIBDEFLATE_SUCCESS || used != deflated || given != inflater->output_size) {
    return false;
  }
  return libdeflate_adler32(1, inflater->output, given) ==
         read_big_endian(in + in_size - ZLIB_TRAILER_BYTES);
}

lpf_inflate_result lpf_inflate(lpf_inflater *inflater, const uint8_t **span, size_t *span_size,
                               bool last_span, lpf_finished *finished) {
  const uint8_t *in = *span;
  size_t in_size = *span_size;
  *span += in_size;
  *span_size = 0;
  if (!last_span || inflater->joined_size != 0) {
    if (in_size != 0) {
      memcpy(inflater->joined + inflater->joined_size, in, in_size);
      inflater->joined_size += in_size;
    }
    if (!last_span) {
      return LPF_INFLATE_WANTS_INPUT;
    }
    in = inflater->joined;
    in_size = inflater->joined_size;
  }
  if (!inflate_whole(inflater, in, in_size)) {
    return LPF_INFLATE_DAMAGED;
  }
  memset(inflater->output + inflater->output_size, 0, LPF_INFLATE_SLACK);
  *finished = (lpf_finished){.bytes = inflater->output, .size = inflater->output_size};
  return LPF_INFLATE_COMPLETE;
}
