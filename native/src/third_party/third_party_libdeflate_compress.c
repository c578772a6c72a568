/* libdeflate's compressor, for itself: it has macros and types of the same names as the
   decompressor. */

#include "third_party/libdeflate_settings.h"

/* Behind the settings. */
#include "lib/deflate_compress.c"

#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif
