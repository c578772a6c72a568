/* libdeflate_placed.h: libdeflate's decompressor in memory that the caller has, instead of memory
   that it allocates. */
#ifndef LPF_LIBDEFLATE_PLACED_H
#define LPF_LIBDEFLATE_PLACED_H

#include <stddef.h>

#include "libdeflate.h"

size_t lpf_decompressor_bytes(void);

/* In memory of that size, aligned to 64 bytes; never to be given to libdeflate_free_decompressor.
 */
struct libdeflate_decompressor *lpf_decompressor_at(void *memory);

#endif
