/*
 * bmp_rows.h: the frame of a 24-bit BMP and the turn from R,G,B to B,G,R, for peers that have no
 * BMP writer of their own. One pass over the pixels, into memory that is already there: the best
 * that each peer can get, so that a comparison shows decoders and not writers.
 */
#ifndef LPB_BMP_ROWS_H
#define LPB_BMP_ROWS_H

#include <stdint.h>
#include <string.h>

#define LPB_BMP_HEADER 54

static inline unsigned long long lpb_stride(uint32_t width) {
  return (3ULL * width + 3) / 4 * 4;
}

static inline unsigned long long lpb_bmp_size(uint32_t width, uint32_t height) {
  return LPB_BMP_HEADER + lpb_stride(width) * height;
}

static inline void lpb_put32(uint8_t *to, unsigned long long value) {
  for (int i = 0; i < 4; i++) {
    to[i] = (uint8_t)(value >> (8 * i));
  }
}

static inline void lpb_bmp_header(uint8_t *bmp, uint32_t width, uint32_t height) {
  memset(bmp, 0, LPB_BMP_HEADER);
  bmp[0] = 'B';
  bmp[1] = 'M';
  lpb_put32(bmp + 2, lpb_bmp_size(width, height));
  bmp[10] = LPB_BMP_HEADER;
  bmp[14] = 40;
  lpb_put32(bmp + 18, width);
  lpb_put32(bmp + 22, height);
  bmp[26] = 1;
  bmp[28] = 24;
}

/* Row y of the picture, counted from the uppermost, inside the BMP. */
static inline uint8_t *lpb_bmp_row(uint8_t *bmp, uint32_t width, uint32_t height, uint32_t y) {
  return bmp + LPB_BMP_HEADER + lpb_stride(width) * (height - 1 - y);
}

static inline void lpb_bmp_pad_row(uint8_t *row, uint32_t width) {
  memset(row + 3ULL * width, 0, lpb_stride(width) - 3ULL * width);
}

static inline void lpb_bmp_swap_row(uint8_t *to, const uint8_t *from, uint32_t width) {
  for (uint32_t x = 0; x < width; x++) {
    to[3ULL * x] = from[3ULL * x + 2];
    to[3ULL * x + 1] = from[3ULL * x + 1];
    to[3ULL * x + 2] = from[3ULL * x];
  }
}

/* The whole BMP out of R,G,B rows without gaps. */
static inline void lpb_bmp_from_rgb(uint8_t *bmp, const uint8_t *rgb, uint32_t width,
                                    uint32_t height) {
  lpb_bmp_header(bmp, width, height);
  for (uint32_t y = 0; y < height; y++) {
    uint8_t *row = lpb_bmp_row(bmp, width, height, y);
    lpb_bmp_swap_row(row, rgb + 3ULL * width * y, width);
    lpb_bmp_pad_row(row, width);
  }
}

#endif
