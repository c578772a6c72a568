#include "deflate/whole_inflate.h"

#include <string.h>

#include "deflate/zlib_format.h"
#include "third_party/libdeflate_placed.h"

/*
 * libdeflate leaves its fast loop where less than a few words of input or a longest match of output
 * are left, and in flat images tens of kilobytes of output are in those last bytes. Slack behind
 * both lets the loop run to the end; that nothing of it was used or filled is seen afterwards.
 */
enum { INPUT_SLACK = 64, OUTPUT_SLACK = 320, ALIGNMENT = 64 };

_Static_assert(OUTPUT_SLACK >= LPF_INFLATE_SLACK, "what follows the output must be readable");

struct lpf_whole_inflater {
  struct libdeflate_decompressor *decompressor;
  size_t output_size, input_size;
  uint8_t *output;
  uint8_t *input; /* the spans, joined: they have no slack behind them where they lie */
  size_t joined;
  lpf_inflate_result result; /* WANTS_INPUT until all of it is there */
};

static size_t round_up(size_t size) {
  return (size + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1);
}

static size_t state_bytes(void) {
  return round_up(sizeof(lpf_whole_inflater)) + round_up(lpf_decompressor_bytes());
}

bool lpf_whole_inflate_memory_size(const lpf_inflate_sizes *sizes, size_t *size) {
  const unsigned long long most = PTRDIFF_MAX / 4;
  if (sizes->output_bytes > most || sizes->input_bytes > most) {
    return false;
  }
  *size = state_bytes() + round_up((size_t)sizes->output_bytes + OUTPUT_SLACK) +
          (size_t)sizes->input_bytes + INPUT_SLACK;
  return true;
}

lpf_whole_inflater *lpf_whole_inflate_begin(uint8_t *memory, const lpf_inflate_sizes *sizes) {
  lpf_whole_inflater *inflater = (lpf_whole_inflater *)(void *)memory;
  inflater->decompressor = lpf_decompressor_at(memory + round_up(sizeof *inflater));
  inflater->output_size = (size_t)sizes->output_bytes;
  inflater->input_size = (size_t)sizes->input_bytes;
  inflater->output = memory + state_bytes();
  inflater->input = inflater->output + round_up(inflater->output_size + OUTPUT_SLACK);
  inflater->joined = 0;
  inflater->result = LPF_INFLATE_WANTS_INPUT;
  return inflater;
}

static bool inflate_all(const lpf_whole_inflater *inflater) {
  const uint8_t *in = inflater->input;
  const size_t in_size = inflater->joined;
  if (in_size < LPF_ZLIB_HEADER_BYTES + LPF_ZLIB_TRAILER_BYTES || !lpf_is_zlib_header(in)) {
    return false;
  }
  const size_t deflated = in_size - LPF_ZLIB_HEADER_BYTES - LPF_ZLIB_TRAILER_BYTES;
  memset(inflater->input + in_size, 0, INPUT_SLACK);
  size_t used = 0;
  size_t given = 0;
  const enum libdeflate_result result = libdeflate_deflate_decompress_ex(
      inflater->decompressor, in + LPF_ZLIB_HEADER_BYTES,
      in_size - LPF_ZLIB_HEADER_BYTES + INPUT_SLACK, inflater->output,
      inflater->output_size + OUTPUT_SLACK, &used, &given);
  if (result != LIBDEFLATE_SUCCESS || used != deflated || given != inflater->output_size) {
    return false;
  }
  return libdeflate_adler32(1, inflater->output, given) ==
         lpf_zlib_checksum(in + in_size - LPF_ZLIB_TRAILER_BYTES);
}

lpf_inflate_result lpf_whole_inflate(lpf_whole_inflater *inflater, const uint8_t **span,
                                     size_t *span_size, bool last_span, lpf_finished *finished) {
  if (inflater->result == LPF_INFLATE_COMPLETE) {
    const size_t taken = finished->taken < finished->size ? finished->taken : finished->size;
    finished->bytes += taken;
    finished->size -= taken;
    finished->taken = 0;
    return inflater->result;
  }
  *finished = (lpf_finished){inflater->output, 0, 0};
  if (inflater->result == LPF_INFLATE_DAMAGED) {
    return inflater->result;
  }
  if (*span_size > inflater->input_size - inflater->joined) {
    inflater->result = LPF_INFLATE_DAMAGED;
    return inflater->result;
  }
  if (*span_size > 0) {
    memcpy(inflater->input + inflater->joined, *span, *span_size);
    inflater->joined += *span_size;
    *span += *span_size;
    *span_size = 0;
  }
  if (inflater->joined < inflater->input_size && !last_span) {
    return LPF_INFLATE_WANTS_INPUT;
  }
  if (!inflate_all(inflater)) {
    inflater->result = LPF_INFLATE_DAMAGED;
    return inflater->result;
  }
  memset(inflater->output + inflater->output_size, 0, LPF_INFLATE_SLACK);
  finished->size = inflater->output_size;
  inflater->result = LPF_INFLATE_COMPLETE;
  return inflater->result;
}
