/* bit_writer.h: writes a stream of bits that begins in the low bits of its bytes (RFC 1951, 3.1.1).
 */
#ifndef LPF_BIT_WRITER_H
#define LPF_BIT_WRITER_H

#include "deflate/bits.h"

/* Every store reaches up to so many bytes beyond what has been written. */
#define LPF_BIT_WRITER_SLACK 16

typedef struct lpf_bit_writer {
  uint8_t *next;    /* where the bits that wait go, once they are a byte */
  uint64_t waiting; /* fewer than 8 bits, between calls */
  unsigned count;   /* how many */
} lpf_bit_writer;

/* At most 56 bits; those above `count` must be 0. */
static LPF_ALWAYS_INLINE void lpf_put_bits(lpf_bit_writer *writer, uint64_t bits, unsigned count) {
  writer->waiting |= bits << writer->count;
  lpf_store64(writer->next, writer->waiting);
  const unsigned total = writer->count + count;
  writer->next += total >> 3;
  writer->waiting >>= total & 56;
  writer->count = total & 7;
}

/* Fills the byte that has been begun with zeros. */
static inline void lpf_align_bits(lpf_bit_writer *writer) {
  if (writer->count != 0) {
    *writer->next++ = (uint8_t)writer->waiting;
    writer->waiting = 0;
    writer->count = 0;
  }
}

/* Bits written since `begin`. */
static inline uint64_t lpf_bits_since(const lpf_bit_writer *writer, const lpf_bit_writer *begin) {
  return (uint64_t)(writer->next - begin->next) * 8 + writer->count - begin->count;
}

#endif
