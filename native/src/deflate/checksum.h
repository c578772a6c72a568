/* checksum.h: Adler-32 of parts put together (RFC 1950, 8.2). */
#ifndef LPF_CHECKSUM_H
#define LPF_CHECKSUM_H

#include <stdint.h>

/* Of no bytes. */
#define LPF_ADLER_OF_NOTHING 1u

/* Of `first` and the `second_bytes` bytes of `second` behind it. */
uint32_t lpf_join_adler(uint32_t first, uint32_t second, uint64_t second_bytes);

#endif
