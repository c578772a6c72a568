/*
 * libdeflate's decompressor and checksums, compiled as one file.
 *
 * libdeflate has two files named cpu_features.c, and a build that names objects after the base
 * names of their sources would lose one. Including them here avoids that, and states in one place
 * which parts of libdeflate the library is made of. Other files include "libdeflate.h" and call it.
 */

#include "third_party/libdeflate_settings.h"

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
