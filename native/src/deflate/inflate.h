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

typedef enum lpf_inflate_result {
  LPF_INFLATE_WANTS_INPUT, /* the span is used up, and another follows */
  LPF_INFLATE_HAS_OUTPUT,  /* finished bytes wait to be taken */
  LPF_INFLATE_COMPLETE,    /* the stream has ended soundly; what is finished is the rest of it */
  LPF_INFLATE_DAMAGED,     /* the stream is not in order, or not of the expected size */
  /* Far more blocks than any encoder makes for so few bytes, and the time is in the blocks: nothing
     was found to be wrong so far, but it is not worth going on. */
  LPF_INFLATE_TOO_MANY_BLOCKS,
} lpf_inflate_result;

/* Readable bytes behind what is finished, of any value: vector kernels load whole vectors. */
#define LPF_INFLATE_SLACK 64

/* What is known beforehand. */
typedef struct lpf_inflate_sizes {
  unsigned long long input_bytes;  /* all spans together */
  unsigned long long output_bytes; /* exactly what the stream must give */
  size_t held_back_bytes;          /* the most finished bytes that may be left untaken */
  bool one_span;                   /* the input comes in one piece: nothing has to be joined */
} lpf_inflate_sizes;

typedef struct lpf_inflater lpf_inflater;

/* Finished bytes, of which the first `taken` are not wanted any more when lpf_inflate is called
   again. They stay where they are, and as they are, until then; LPF_INFLATE_SLACK bytes behind them
   are readable. With LPF_INFLATE_WANTS_INPUT there may be some, too, and none need be taken. */
typedef struct lpf_finished {
  const uint8_t *bytes;
  size_t size;
  size_t taken;
} lpf_finished;

/* The bytes of memory for such a stream; false if that is more than PTRDIFF_MAX. */
bool lpf_inflate_memory_size(const lpf_inflate_sizes *sizes, size_t *size);

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
