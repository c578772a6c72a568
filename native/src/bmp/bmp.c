#include "bmp/bmp.h"

#include <limits.h>
#include <string.h>

#define BYTES_PER_PIXEL 3

uint32_t lpf_bmp_padding(uint32_t width) {
  return width & 3; /* 3 * width + (width mod 4) is a multiple of 4 */
}

unsigned long long lpf_bmp_stride(uint32_t width) {
  return (unsigned long long)width * BYTES_PER_PIXEL + lpf_bmp_padding(width);
}

unsigned long long lpf_bmp_bytes(uint32_t width, uint32_t height) {
  unsigned long long stride = lpf_bmp_stride(width);
  if (height != 0 && stride > (ULLONG_MAX - LPF_BMP_HEADER_BYTES) / height) {
    return ULLONG_MAX;
  }
  return LPF_BMP_HEADER_BYTES + stride * height;
}

static void put16(uint8_t *to, uint32_t value) {
  to[0] = (uint8_t)value;
  to[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *to, uint32_t value) {
  put16(to, value);
  put16(to + 2, value >> 16);
}

/* biXPelsPerMeter is a signed field: what it cannot say is left unsaid. */
static uint32_t signed_or_unknown(uint32_t pixels_per_metre) {
  return pixels_per_metre <= INT32_MAX ? pixels_per_metre : 0;
}

void lpf_bmp_write_header(uint8_t *bmp, uint32_t width, uint32_t height,
                          uint32_t horizontal_pixels_per_metre,
                          uint32_t vertical_pixels_per_metre) {
  memset(bmp, 0, LPF_BMP_HEADER_BYTES);
  /* BITMAPFILEHEADER */
  bmp[0] = 'B';
  bmp[1] = 'M';
  put32(bmp + 2, (uint32_t)lpf_bmp_bytes(width, height)); /* bfSize */
  put32(bmp + 10, LPF_BMP_HEADER_BYTES);                  /* bfOffBits */
  /* BITMAPINFOHEADER; biSizeImage stays 0, which BI_RGB allows */
  put32(bmp + 14, 40);                                             /* biSize */
  put32(bmp + 18, width);                                          /* biWidth */
  put32(bmp + 22, height);                                         /* biHeight */
  put16(bmp + 26, 1);                                              /* biPlanes */
  put16(bmp + 28, 8 * BYTES_PER_PIXEL);                            /* biBitCount */
  put32(bmp + 38, signed_or_unknown(horizontal_pixels_per_metre)); /* biXPelsPerMeter */
  put32(bmp + 42, signed_or_unknown(vertical_pixels_per_metre));   /* biYPelsPerMeter */
}
