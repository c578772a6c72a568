/*
 * whole_inflate.h: the inflater for small images: by libdeflate, which wants the whole stream in
 * one piece and gives all of its output at once. The functions are those of inflate.h.
 *
 * It is as strict as zlib but for symbols that deflate reserves (286 and 287, distances 30 and 31),
 * which libdeflate takes for the longest match and the farthest distances, and for a single code of
 * code lengths. No encoder makes them, and with a checksum that is right they do not come by
 * chance.
 */
#ifndef LPF_WHOLE_INFLATE_H
#define LPF_WHOLE_INFLATE_H

#include "deflate/inflate_types.h"

typedef struct lpf_whole_inflater lpf_whole_inflater;

bool lpf_whole_inflate_memory_size(const lpf_inflate_sizes *sizes, size_t *size);

lpf_whole_inflater *lpf_whole_inflate_begin(uint8_t *memory, const lpf_inflate_sizes *sizes);

lpf_inflate_result lpf_whole_inflate(lpf_whole_inflater *inflater, const uint8_t **span,
                                     size_t *span_size, bool last_span, lpf_finished *finished);

#endif
