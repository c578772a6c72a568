/* inflate.c: the one place that chooses between the inflaters. */
#include "deflate/inflate.h"

#include "deflate/stream_inflate.h"
#include "deflate/whole_inflate.h"

/*
 * Small images are inflated whole, by libdeflate: all of their data fit in cache anyway, and there
 * is not enough of one block for the lanes. On 501 real files, in turn, it is ahead on most below
 * that many compressed bytes, and behind on all above. Images that are large inflated stream,
 * however small their files are: that is what keeps memory constant.
 */
enum { STREAM_INPUT_BYTES = 160 * 1024, STREAM_OUTPUT_BYTES = 4 * 1024 * 1024 };

enum { OWN_BYTES = 64 }; /* for the choice itself, before the inflater's memory */

static lpf_stream_settings settings_for(const lpf_inflate_sizes *sizes) {
  return (lpf_stream_settings){.way = LPF_WAY_CHOSEN, .portable = sizes->portable};
}

struct lpf_inflater {
  lpf_stream_inflater *stream; /* or null, and then */
  lpf_whole_inflater *whole;
};

static bool streams(const lpf_inflate_sizes *sizes) {
  return sizes->input_bytes >= STREAM_INPUT_BYTES || sizes->output_bytes >= STREAM_OUTPUT_BYTES;
}

bool lpf_inflate_memory_size(const lpf_inflate_sizes *sizes, size_t *size) {
  const lpf_stream_settings settings = settings_for(sizes);
  size_t inflater_size;
  if (!(streams(sizes) ? lpf_stream_inflate_memory_size(sizes, &settings, &inflater_size)
                       : lpf_whole_inflate_memory_size(sizes, &inflater_size))) {
    return false;
  }
  *size = OWN_BYTES + inflater_size;
  return true;
}

bool lpf_inflate_memory_bound(const lpf_inflate_sizes *sizes, size_t *size) {
  if (!lpf_inflate_memory_size(sizes, size)) {
    return false;
  }
  if (sizes->output_bytes < STREAM_OUTPUT_BYTES && sizes->input_bytes >= STREAM_INPUT_BYTES) {
    /* less input may take more memory, because it does not stream */
    lpf_inflate_sizes less = *sizes;
    less.input_bytes = STREAM_INPUT_BYTES - 1;
    size_t whole_size;
    if (!lpf_inflate_memory_size(&less, &whole_size)) {
      return false;
    }
    *size = whole_size > *size ? whole_size : *size;
  }
  return true;
}

lpf_inflater *lpf_inflate_begin(uint8_t *memory, const lpf_inflate_sizes *sizes) {
  lpf_inflater *inflater = (lpf_inflater *)(void *)memory;
  *inflater = (lpf_inflater){NULL, NULL};
  if (streams(sizes)) {
    const lpf_stream_settings settings = settings_for(sizes);
    inflater->stream = lpf_stream_inflate_begin(memory + OWN_BYTES, sizes, &settings);
  } else {
    inflater->whole = lpf_whole_inflate_begin(memory + OWN_BYTES, sizes);
  }
  return inflater;
}

lpf_inflate_result lpf_inflate(lpf_inflater *inflater, const uint8_t **span, size_t *span_size,
                               bool last_span, lpf_finished *finished) {
  return inflater->stream != NULL
             ? lpf_stream_inflate(inflater->stream, span, span_size, last_span, finished)
             : lpf_whole_inflate(inflater->whole, span, span_size, last_span, finished);
}
