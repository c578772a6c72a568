/*
 * libdeflate's decompressor and checksums, compiled as one file.
 *
 * libdeflate has two files named cpu_features.c, and a build that names objects after the base
 * names of their sources would lose one. Including them here avoids that, and states in one place
 * which parts of libdeflate the library is made of. Other files include "libdeflate.h" and call it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GNUC__) && !defined(_WIN32)
/*
 * libdeflate gives its functions default visibility, which is right for a library of its own; here
 * they must not be visible to a process that may have another libdeflate. An attribute in the
 * source is stronger than -fvisibility=hidden, so the attribute itself is turned around. The system
 * headers are included above, out of reach of this macro. Windows has no such attribute.
 */
#define visibility(kind) visibility("hidden")
#endif

#ifdef __GNUC__
/* Third-party code keeps to its own set of warnings; it is used as it is, unpatched. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#endif

/* Each cpu_features.c is empty on any processor but its own. */
#include "lib/adler32.c"
#include "lib/arm/cpu_features.c"
#include "lib/crc32.c"
#include "lib/deflate_decompress.c"
#include "lib/utils.c"
#include "lib/x86/cpu_features.c"
#include "lib/zlib_decompress.c"

#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif
#undef visibility

#include "third_party/libdeflate_placed.h"

size_t lpf_decompressor_bytes(void) {
  return sizeof(struct libdeflate_decompressor);
}

/* What libdeflate_alloc_decompressor does behind its malloc. */
struct libdeflate_decompressor *lpf_decompressor_at(void *memory) {
  memset(memory, 0, sizeof(struct libdeflate_decompressor));
  return memory;
}
