/*
 * inflate_driver.h: turns the loop that callers of the inflaters turn, with spans and takings of
 * any size, over every inflater and every way that there is.
 */
#ifndef LPF_TEST_INFLATE_DRIVER_H
#define LPF_TEST_INFLATE_DRIVER_H

#include "deflate/inflate.h"
#include "deflate/stream_inflate.h"
#include "deflate/whole_inflate.h"
#include "deflate_streams.h"

typedef struct inflate_way {
  const char *name;
  enum { THE_RIGHT_ONE, STREAM, WHOLE } inflater; /* the first: whichever inflate.c chooses */
  lpf_stream_settings settings;                   /* for STREAM */
} inflate_way;

extern const inflate_way INFLATE_WAYS[];
extern const size_t INFLATE_WAY_COUNT;

/*
 * Inflates `size` bytes, announced as such, into `output`, which has room for `expected_size`. The
 * choices cut the stream into spans, each in memory of its own, and say how much is taken each
 * time. Writes how much was given to *given.
 */
lpf_inflate_result inflate_with(const inflate_way *way, const uint8_t *bytes, size_t size,
                                size_t expected_size, choices *choices, uint8_t *output,
                                size_t *given);

#endif
