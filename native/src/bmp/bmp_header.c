#include "bmp/bmp_header.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "bmp/little_endian.h"

enum {
  FILE_HEADER_BYTES = 14, /* BITMAPFILEHEADER */
  INFO_HEADER_BYTES = 40, /* BITMAPINFOHEADER */
  V4_HEADER_BYTES = 108,  /* BITMAPV4HEADER */
  V5_HEADER_BYTES = 124   /* BITMAPV5HEADER */
};

/* biCompression */
enum { BI_BITFIELDS = 3 };

/* bV4CSType: 'sRGB', and 'MBED', an embedded profile. */
#define LCS_SRGB 0x73524742u
#define PROFILE_EMBEDDED 0x4d424544u
/* bV5Intent: perceptual */
#define LCS_GM_IMAGES 4u

typedef struct kind {
  lpf_layout_id layout;
  uint16_t bits;    /* a pixel: biBitCount */
  uint16_t entries; /* of the palette */
} kind;

static kind kind_of(uint32_t format) {
  switch (format) {
    case LPF_BMP_BGRA:
      return (kind){LPF_FORMAT_BGRA8, 32, 0};
    case LPF_BMP_INDEXED8:
      return (kind){LPF_FORMAT_INDEXED8, 8, 256};
    case LPF_BMP_GRAY8:
      return (kind){LPF_FORMAT_GRAY8, 8, 256};
    case LPF_BMP_BILEVEL:
      return (kind){LPF_LAYOUT_BITS1, 1, 2};
    default:
      return (kind){LPF_FORMAT_BGR8, 24, 0};
  }
}

static uint32_t header_bytes(const lpf_bmp *bmp) {
  if (bmp->format != LPF_BMP_BGRA) {
    return INFO_HEADER_BYTES;
  }
  return bmp->profile_bytes == 0 ? V4_HEADER_BYTES : V5_HEADER_BYTES;
}

lpf_layout_id lpf_bmp_layout(uint32_t format) {
  return kind_of(format).layout;
}

uint32_t lpf_bmp_pixels_at(const lpf_bmp *bmp) {
  return FILE_HEADER_BYTES + header_bytes(bmp) + 4u * kind_of(bmp->format).entries;
}

static unsigned long long row_bytes(const lpf_bmp *bmp) {
  return ((unsigned long long)bmp->width * kind_of(bmp->format).bits + 7) / 8;
}

unsigned long long lpf_bmp_stride(const lpf_bmp *bmp) {
  return (row_bytes(bmp) + 3) & ~3ull;
}

unsigned long long lpf_bmp_bytes(const lpf_bmp *bmp) {
  const unsigned long long around = lpf_bmp_pixels_at(bmp) + bmp->profile_bytes;
  const unsigned long long stride = lpf_bmp_stride(bmp);
  if (bmp->height != 0 && stride > (ULLONG_MAX - around) / bmp->height) {
    return ULLONG_MAX;
  }
  return around + stride * bmp->height;
}

unsigned long long lpf_bmp_profile_at(const lpf_bmp *bmp) {
  return lpf_bmp_pixels_at(bmp) + lpf_bmp_stride(bmp) * bmp->height;
}

lpf_surface lpf_bmp_surface(const lpf_bmp *bmp, uint8_t *bytes) {
  return lpf_bmp_rows(bmp, bytes + lpf_bmp_pixels_at(bmp));
}

lpf_surface lpf_bmp_rows(const lpf_bmp *bmp, uint8_t *bytes) {
  const size_t stride = (size_t)lpf_bmp_stride(bmp);
  return (lpf_surface){.first_row = bytes + stride * (bmp->height - 1),
                       .stride = -(ptrdiff_t)stride,
                       .width = bmp->width,
                       .height = bmp->height,
                       .layout = lpf_bmp_layout(bmp->format),
                       .padding = (uint32_t)(stride - row_bytes(bmp))};
}

/* biXPelsPerMeter is a signed field: what it cannot say is left unsaid. */
static uint32_t signed_or_unknown(uint32_t pixels_per_metre) {
  return pixels_per_metre <= INT32_MAX ? pixels_per_metre : 0;
}

/* What BITMAPV4HEADER and BITMAPV5HEADER have beyond BITMAPINFOHEADER; the rest of it is 0. */
static void put_color_fields(const lpf_bmp *bmp, uint8_t *header) {
  lpf_write32(header + 16, BI_BITFIELDS);                                  /* bV4V4Compression */
  lpf_write32(header + 20, (uint32_t)(lpf_bmp_stride(bmp) * bmp->height)); /* bV4SizeImage */
  lpf_write32(header + 40, 0x00ff0000u);                                   /* bV4RedMask */
  lpf_write32(header + 44, 0x0000ff00u);                                   /* bV4GreenMask */
  lpf_write32(header + 48, 0x000000ffu);                                   /* bV4BlueMask */
  lpf_write32(header + 52, 0xff000000u);                                   /* bV4AlphaMask */
  if (bmp->profile_bytes == 0) {
    lpf_write32(header + 56, LCS_SRGB); /* bV4CSType */
    return;
  }
  lpf_write32(header + 56, PROFILE_EMBEDDED); /* bV5CSType */
  lpf_write32(header + 108, LCS_GM_IMAGES);   /* bV5Intent */
  /* bV5ProfileData, counted from the beginning of this header, and bV5ProfileSize */
  lpf_write32(header + 112, (uint32_t)lpf_bmp_profile_at(bmp) - FILE_HEADER_BYTES);
  lpf_write32(header + 116, (uint32_t)bmp->profile_bytes);
}

static void put_palette(const lpf_bmp *bmp, const uint8_t palette[][4], uint8_t *to) {
  const uint32_t entries = kind_of(bmp->format).entries;
  for (uint32_t i = 0; i < entries; i++) { /* RGBQUAD: blue, green, red, 0 */
    const bool gray = bmp->format == LPF_BMP_GRAY8;
    for (uint32_t channel = 0; channel < 3; channel++) {
      to[4 * i + channel] = gray ? (uint8_t)i : palette[i][2 - channel];
    }
    to[4 * i + 3] = 0;
  }
}

void lpf_bmp_write_header(const lpf_bmp *bmp, const uint8_t palette[][4], uint8_t *bytes) {
  const kind of = kind_of(bmp->format);
  uint8_t *header = bytes + FILE_HEADER_BYTES;
  memset(bytes, 0, FILE_HEADER_BYTES + header_bytes(bmp));
  /* BITMAPFILEHEADER */
  bytes[0] = 'B';
  bytes[1] = 'M';
  lpf_write32(bytes + 2, (uint32_t)lpf_bmp_bytes(bmp)); /* bfSize */
  lpf_write32(bytes + 10, lpf_bmp_pixels_at(bmp));      /* bfOffBits */
  /* BITMAPINFOHEADER, with which the others begin; biSizeImage stays 0, which BI_RGB allows */
  lpf_write32(header, header_bytes(bmp)); /* biSize */
  lpf_write32(header + 4, bmp->width);    /* biWidth */
  lpf_write32(header + 8, bmp->height);   /* biHeight */
  lpf_write16(header + 12, 1);            /* biPlanes */
  lpf_write16(header + 14, of.bits);      /* biBitCount */
  lpf_write32(header + 24,
              signed_or_unknown(bmp->horizontal_pixels_per_metre));            /* biXPelsPerMeter */
  lpf_write32(header + 28, signed_or_unknown(bmp->vertical_pixels_per_metre)); /* biYPelsPerMeter */
  lpf_write32(header + 32, of.entries);                                        /* biClrUsed */
  if (bmp->format == LPF_BMP_BGRA) {
    put_color_fields(bmp, header);
  }
  put_palette(bmp, palette, header + header_bytes(bmp));
}
