/*
 * third_party_lodepng.h: LodePNG as this library builds it. Its structures differ with these
 * settings, so every file includes it from here.
 */
#ifndef LPF_THIRD_PARTY_LODEPNG_H
#define LPF_THIRD_PARTY_LODEPNG_H

#define LODEPNG_NO_COMPILE_CPP
#define LODEPNG_NO_COMPILE_DISK
#define LODEPNG_NO_COMPILE_ENCODER
/* budget.c has its lodepng_malloc, lodepng_realloc and lodepng_free */
#define LODEPNG_NO_COMPILE_ALLOCATORS
/* decompress.c has its lodepng_crc32 */
#define LODEPNG_NO_COMPILE_CRC

#include "lodepng.h"

#endif
