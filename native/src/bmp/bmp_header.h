/*
 * bmp_header.h: the bitmaps that the library writes: sizes, headers, and where the pixels are.
 *
 * BITMAPFILEHEADER and BITMAPINFOHEADER, behind them a palette where there is one, then the pixel
 * array, bottom-up, each row padded with zeros to a multiple of 4 bytes. LPF_BMP_BGRA has a
 * BITMAPV4HEADER, or, with an ICC profile, which follows the pixel array, a BITMAPV5HEADER.
 */
#ifndef LPF_BMP_HEADER_H
#define LPF_BMP_HEADER_H

#include <stdint.h>

#include "image/surface.h"

/* The most that bfSize, 32 bits, can say. */
#define LPF_BMP_MAX_BYTES 4294967295ull

typedef struct lpf_bmp {
  uint32_t format; /* LPF_BMP_, not LPF_BMP_MATCH */
  uint32_t width, height;
  unsigned long long profile_bytes; /* of the ICC profile, LPF_BMP_BGRA only; 0: none */
  /* 0 where unknown */
  uint32_t horizontal_pixels_per_metre, vertical_pixels_per_metre;
} lpf_bmp;

/* What the pixel array is made of. */
lpf_layout_id lpf_bmp_layout(uint32_t format);

/* Bytes from the beginning to the pixel array: bfOffBits. */
uint32_t lpf_bmp_pixels_at(const lpf_bmp *bmp);

/* Bytes of a row with its padding. */
unsigned long long lpf_bmp_stride(const lpf_bmp *bmp);

/* Bytes of the whole file; ULLONG_MAX where 64 bits cannot hold them. */
unsigned long long lpf_bmp_bytes(const lpf_bmp *bmp);

/* Where the profile goes. As for all that follows, lpf_bmp_bytes is at most LPF_BMP_MAX_BYTES. */
unsigned long long lpf_bmp_profile_at(const lpf_bmp *bmp);

/* The pixel array of the file at `bytes`. */
lpf_surface lpf_bmp_surface(const lpf_bmp *bmp, uint8_t *bytes);

/* The pixel array alone, at `bytes`; `bmp` may have fewer rows than the file. */
lpf_surface lpf_bmp_rows(const lpf_bmp *bmp, uint8_t *bytes);

/*
 * Writes all that stands before the pixel array. `palette` has the entries of an LPF_BMP_INDEXED8,
 * 256, or LPF_BMP_BILEVEL, 2: R, G, B and a byte that is not looked at. The other formats have
 * none.
 */
void lpf_bmp_write_header(const lpf_bmp *bmp, const uint8_t palette[][4], uint8_t *bytes);

#endif
