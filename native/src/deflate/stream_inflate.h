/*
 * stream_inflate.h: the inflater for large images and for whatever must stream: in constant memory,
 * with several decoders side by side in one thread (lanes.h). The functions are those of inflate.h.
 */
#ifndef LPF_STREAM_INFLATE_H
#define LPF_STREAM_INFLATE_H

#include "deflate/inflate.h"

typedef struct lpf_stream_inflater lpf_stream_inflater;

/* How to decode; the bytes are the same. For tests: everybody else has LPF_WAY_CHOSEN and zeros. */
typedef enum lpf_way { LPF_WAY_CHOSEN, LPF_WAY_SERIAL, LPF_WAY_UNITS, LPF_WAY_LITERALS } lpf_way;

typedef struct lpf_stream_settings {
  lpf_way way;
  bool portable;       /* no instruction that not every processor has */
  bool impatient;      /* short blocks like long ones */
  size_t window_bytes; /* of room, instead of what is best */
  size_t input_bytes;  /* of buffer, likewise */
} lpf_stream_settings;

bool lpf_stream_inflate_memory_size(const lpf_inflate_sizes *sizes,
                                    const lpf_stream_settings *settings, size_t *size);

lpf_stream_inflater *lpf_stream_inflate_begin(uint8_t *memory, const lpf_inflate_sizes *sizes,
                                              const lpf_stream_settings *settings);

lpf_inflate_result lpf_stream_inflate(lpf_stream_inflater *inflater, const uint8_t **span,
                                      size_t *span_size, bool last_span, lpf_finished *finished);

#endif
