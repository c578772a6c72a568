/*
 * inflate.h: a zlib stream (RFC 1950), given in spans, inflated piece by piece.
 *
 * The first half of the straight road index -> inflate -> rows. The caller turns a loop of two
 * calls: lpf_inflate until there is something finished or the span is used up, then whoever takes
 * the finished bytes. No function is called back. What is not taken stays, with more behind it.
 *
 * All memory is the caller's, its size known beforehand. As strict as zlib: header, codes,
 * distances, Adler-32, the exact size, and nothing behind the trailer.
 */
#ifndef LPF_INFLATE_H
#define LPF_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "deflate/inflate_types.h"

typedef struct lpf_inflater lpf_inflater;

/* The bytes of memory for such a stream; false if that is more than PTRDIFF_MAX. */
bool lpf_inflate_memory_size(const lpf_inflate_sizes *sizes, size_t *size);

/* The same, and enough for such a stream of fewer input bytes. */
bool lpf_inflate_memory_bound(const lpf_inflate_sizes *sizes, size_t *size);

/* Begins in `memory`, aligned to 64 bytes, of the size given by lpf_inflate_memory_size. */
lpf_inflater *lpf_inflate_begin(uint8_t *memory, const lpf_inflate_sizes *sizes);

/*
 * Goes on. `*span` and `*span_size` are the input at hand, and are moved past what was used;
 * `last_span` says that nothing follows. `finished` is empty at the first call, and then what the
 * call before has left there, with `taken` set.
 */
lpf_inflate_result lpf_inflate(lpf_inflater *inflater, const uint8_t **span, size_t *span_size,
                               bool last_span, lpf_finished *finished);

#endif
