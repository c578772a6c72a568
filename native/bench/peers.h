/*
 * peers.h: other PNG decoders behind one small C ABI, for the benchmark harness only. Nothing of
 * this is part of the library, and nothing of it is built by an ordinary build.
 *
 * A peer does one piece of work on one image: the whole way from PNG to BMP, or to plain pixels, or
 * only inflating the compressed data, which no decoder can avoid.
 */
#ifndef LPB_PEERS_H
#define LPB_PEERS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LPB_EXPORT __attribute__((visibility("default")))

/* What a peer can be asked for. */
#define LPB_WORK_CONVERT 1 /* input: a PNG; result: a 24-bit BMP */
#define LPB_WORK_DECODE 2  /* input: a PNG; result: rows of R,G,B bytes, the uppermost first */
#define LPB_WORK_INFLATE 4 /* input: the zlib stream of all IDAT chunks; result: the scanlines */

/* lpb_run: the peer was not compiled in, or cannot do this work. */
#define LPB_ABSENT (-1)
/* lpb_run: the peer refused the input, or the result does not fit. */
#define LPB_FAILED 1

/* Where a result is, and what has to be released. */
typedef struct lpb_result {
  const uint8_t *bytes;
  unsigned long long size;
  void *owner; /* null when `bytes` is in the caller's memory */
} lpb_result;

/* Peers are numbered from 0. */
LPB_EXPORT int32_t lpb_peer_count(void);

/* A short, stable name, such as "libpng"; static. */
LPB_EXPORT const char *lpb_peer_name(int32_t peer);

/* What is compiled in, such as "1.6.39"; or, when nothing is, why; static. */
LPB_EXPORT const char *lpb_peer_version(int32_t peer);

/* The LPB_WORK_ values that the peer can do, or-ed; 0 when it was not compiled in. */
LPB_EXPORT int32_t lpb_peer_work(int32_t peer);

/*
 * Does the work once. A peer that can write where it is told writes to the `out_size` bytes at
 * `out`; a peer whose interface allocates its own result does that, and `result->owner` says so.
 * Returns 0, LPB_ABSENT or LPB_FAILED.
 */
LPB_EXPORT int32_t lpb_run(int32_t peer, int32_t work, const uint8_t *input,
                           unsigned long long input_size, uint8_t *out, unsigned long long out_size,
                           lpb_result *result);

/* Gives back what a result owns. Part of the measured time: a user has to pay for it as well. */
LPB_EXPORT void lpb_release(int32_t peer, lpb_result *result);

#ifdef __cplusplus
}
#endif

#endif
