/* inflate_types.h: what goes into an inflater and comes out (inflate.h). */
#ifndef LPF_INFLATE_TYPES_H
#define LPF_INFLATE_TYPES_H

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
  bool portable;                   /* to be done with no instruction that not every processor has */
} lpf_inflate_sizes;

/* Finished bytes, of which the first `taken` are not wanted any more when lpf_inflate is called
   again. They stay where they are, and as they are, until then; LPF_INFLATE_SLACK bytes behind them
   are readable. With LPF_INFLATE_WANTS_INPUT there may be some, too, and none need be taken. */
typedef struct lpf_finished {
  const uint8_t *bytes;
  size_t size;
  size_t taken;
} lpf_finished;

#endif
