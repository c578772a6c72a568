/* png_header.h: signature and IHDR (PNG, 5.2 and 11.2.1), and the sizes that follow from them. */
#ifndef LPF_PNG_HEADER_H
#define LPF_PNG_HEADER_H

#include <stdint.h>

#include "lodepng_ffm.h"

/* Signature and IHDR, with which every PNG begins. */
#define LPF_HEADER_BYTES 33
#define LPF_IHDR_OFFSET 8 /* behind the signature */
#define LPF_IHDR_DATA_BYTES 13

/* Reads and checks them in LodePNG's order, for its codes. `info` is untouched unless the result is
   LPF_DONE. */
int32_t lpf_read_header(const uint8_t *png, unsigned long long png_size, lpf_info *info);

uint32_t lpf_bits_per_pixel(const lpf_info *info);

/* Bytes of a scanline: its filter byte, then its pixels in whole bytes (PNG, 7.2). */
unsigned long long lpf_scanline_row_bytes(uint32_t width, uint32_t bits_per_pixel);

/* Bytes of all scanlines. The image has at most LPF_MOST_PIXELS. */
unsigned long long lpf_scanline_bytes(const lpf_info *info);

/* With so many pixels of at most 8 bytes, and rows of a filter byte, no size overflows 63 bits. */
#define LPF_MOST_PIXELS (1ull << 58)

#endif
