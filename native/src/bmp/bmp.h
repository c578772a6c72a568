/* bmp.h: the classic 24-bit bitmap: BITMAPFILEHEADER, BITMAPINFOHEADER, bottom-up B, G, R rows. */
#ifndef LPF_BMP_H
#define LPF_BMP_H

#include <stdint.h>

#define LPF_BMP_HEADER_BYTES 54

/* The most that bfSize, 32 bits, can say. */
#define LPF_BMP_MAX_BYTES 4294967295ull

/* Zero bytes after each row, so that rows are multiples of 4 bytes. */
uint32_t lpf_bmp_padding(uint32_t width);

/* Bytes of a row with its padding. */
unsigned long long lpf_bmp_stride(uint32_t width);

/* Bytes of the whole file; ULLONG_MAX where 64 bits cannot hold them. */
unsigned long long lpf_bmp_bytes(uint32_t width, uint32_t height);

/* Writes the LPF_BMP_HEADER_BYTES at `bmp`. Pixels per metre are 0 where unknown; `width`, `height`
   must be such that lpf_bmp_bytes is at most LPF_BMP_MAX_BYTES. */
void lpf_bmp_write_header(uint8_t *bmp, uint32_t width, uint32_t height,
                          uint32_t horizontal_pixels_per_metre, uint32_t vertical_pixels_per_metre);

#endif
