/*
 * input.h: the compressed bytes at hand, joined from the caller's spans in a buffer with zeros
 * behind it, so that decoders can load whole words anywhere.
 */
#ifndef LPF_INPUT_H
#define LPF_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As much as a block's header is read beyond the end before that is noticed, and whole words. */
enum { LPF_INPUT_PADDING = 640 };

typedef struct lpf_input {
  uint8_t *bytes;
  size_t size, capacity;
  bool ended;         /* nothing follows what is here */
  uint64_t position;  /* the next bit */
  uint64_t dropped;   /* bytes of the stream before the buffer */
  uint64_t announced; /* bytes of the stream that are still to come */
} lpf_input;

/* How far into the stream the position is, in bits. */
uint64_t lpf_input_total(const lpf_input *input);

/* Forgets the bytes before the one with this bit, moving the rest to the front. */
void lpf_input_drop(lpf_input *input, uint64_t bits);

/* Takes what fits of the span, which moves along, and has no more than what is announced. */
void lpf_input_read(lpf_input *input, const uint8_t **span, size_t *span_size, bool last_span);

/* Whether that many bytes are at hand from the position on, or all that there are. */
bool lpf_input_has(const lpf_input *input, size_t bytes);

/* Whether bits have been used that are not there. */
bool lpf_input_overrun(const lpf_input *input);

#endif
