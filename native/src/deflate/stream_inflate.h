/*
 * stream_inflate.h: the inflater for large images and for whatever must stream: in constant memory,
 * with several decoders side by side in one thread (lanes.h). The functions are those of inflate.h.
 */
#ifndef LPF_STREAM_INFLATE_H
#define LPF_STREAM_INFLATE_H

#include "deflate/inflate_types.h"
#include "deflate/stream_settings.h"

typedef struct lpf_stream_inflater lpf_stream_inflater;

bool lpf_stream_inflate_memory_size(const lpf_inflate_sizes *sizes,
                                    const lpf_stream_settings *settings, size_t *size);

lpf_stream_inflater *lpf_stream_inflate_begin(uint8_t *memory, const lpf_inflate_sizes *sizes,
                                              const lpf_stream_settings *settings);

lpf_inflate_result lpf_stream_inflate(lpf_stream_inflater *inflater, const uint8_t **span,
                                      size_t *span_size, bool last_span, lpf_finished *finished);

#endif
