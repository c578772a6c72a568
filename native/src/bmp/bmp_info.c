#include "bmp/bmp_info.h"

#include <string.h>

#include "bmp/little_endian.h"

enum {
  FILE_HEADER_BYTES = 14, /* BITMAPFILEHEADER */
  CORE_HEADER_BYTES = 12, /* BITMAPCOREHEADER, OS/2 1.x */
  OS2_LEAST_BYTES = 16,   /* OS/2 2.x: any beginning of 64 bytes, the rest counting as 0 */
  OS2_MOST_BYTES = 64,
  INFO_HEADER_BYTES = 40,  /* BITMAPINFOHEADER */
  RGB_HEADER_BYTES = 52,   /* the same with three masks */
  ALPHA_HEADER_BYTES = 56, /* with four */
  V4_HEADER_BYTES = 108,   /* BITMAPV4HEADER */
  V5_HEADER_BYTES = 124,   /* BITMAPV5HEADER */
  MASK_BYTES = 4
};

/* biCompression 4 is BI_JPEG for Windows, and runs of 24-bit pixels for OS/2. */
enum { OS2_RLE24 = 4 };

/* bV5CSType: 'MBED', an embedded profile. */
#define PROFILE_EMBEDDED 0x4d424544u

static bool is_os2(uint32_t header_bytes) {
  return header_bytes >= OS2_LEAST_BYTES && header_bytes <= OS2_MOST_BYTES &&
         header_bytes % 2 == 0 && header_bytes != INFO_HEADER_BYTES &&
         header_bytes != RGB_HEADER_BYTES && header_bytes != ALPHA_HEADER_BYTES;
}

static bool is_known_header(uint32_t header_bytes) {
  return is_os2(header_bytes) || header_bytes == CORE_HEADER_BYTES ||
         header_bytes == INFO_HEADER_BYTES || header_bytes == RGB_HEADER_BYTES ||
         header_bytes == ALPHA_HEADER_BYTES || header_bytes == V4_HEADER_BYTES ||
         header_bytes == V5_HEADER_BYTES;
}

bool lpf_bmp_has_runs(const lpf_bmp_info *info) {
  return info->compression == LPF_BI_RLE4 || info->compression == LPF_BI_RLE8 ||
         info->compression == LPF_BI_RLE24;
}

unsigned long long lpf_bmp_stored_row_bytes(const lpf_bmp_info *info) {
  return ((unsigned long long)info->width * info->bit_count + 7) / 8;
}

unsigned long long lpf_bmp_stored_stride(const lpf_bmp_info *info) {
  return (lpf_bmp_stored_row_bytes(info) + 3) & ~3ull;
}

/* A field of the header, 0 where a header of OS/2 2.x does not have it. */
static uint32_t field(const lpf_bmp_file *file, uint32_t at) {
  return at + 4 <= file->info.header_bytes ? lpf_read32(file->bytes + FILE_HEADER_BYTES + at) : 0;
}

/* ---- Sizes, bits and compression ---- */

static int32_t refuse_end(const lpf_bmp_file *file, unsigned long long end) {
  return lpf_refuse(file->call, LPF_BMP_HEADER_BROKEN_OFF, file->size, end);
}

static int32_t check_planes(const lpf_bmp_file *file, uint32_t planes, size_t offset) {
  if (planes == 1) {
    return LPF_DONE;
  }
  if ((file->call->options->flags & (LPF_FLAG_TOLERATE_ANCILLARY | LPF_FLAG_TOLERATE_TRUNCATION)) ==
      0) {
    return lpf_refuse(file->call, LPF_BMP_INVALID_PLANES, 1, planes);
  }
  lpf_warn(file->call, LPF_BMP_INVALID_PLANES, 0, offset);
  return LPF_DONE;
}

static int32_t read_sizes(lpf_bmp_file *file) {
  lpf_bmp_info *info = &file->info;
  const uint8_t *header = file->bytes + FILE_HEADER_BYTES;
  const bool core = info->header_bytes == CORE_HEADER_BYTES;
  uint32_t width, height;
  if (core) {
    width = lpf_read16(header + 4);
    height = lpf_read16(header + 6);
    info->bit_count = lpf_read16(header + 10);
  } else {
    width = lpf_read32(header + 4);
    height = lpf_read32(header + 8);
    info->bit_count = lpf_read16(header + 14);
    info->top_down = height > INT32_MAX;
    height = info->top_down ? 0u - height : height;
  }
  if (width == 0 || width > INT32_MAX || height == 0 || height > INT32_MAX) {
    return LPF_BMP_NO_PIXELS;
  }
  info->width = width;
  info->height = height;
  const size_t planes_at = core ? 8 : 12;
  return check_planes(file, lpf_read16(header + planes_at), FILE_HEADER_BYTES + planes_at);
}

/* The bits a pixel that go with a compression; false where it is not one that is read. */
static bool fits(uint32_t compression, uint32_t bits) {
  switch (compression) {
    case LPF_BI_RGB:
      return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 ||
             bits == 32;
    case LPF_BI_RLE8:
      return bits == 8;
    case LPF_BI_RLE4:
      return bits == 4;
    case LPF_BI_RLE24:
      return bits == 24;
    default: /* BI_BITFIELDS, BI_ALPHABITFIELDS */
      return bits == 16 || bits == 32;
  }
}

static int32_t read_compression(lpf_bmp_file *file) {
  lpf_bmp_info *info = &file->info;
  const bool os2 = is_os2(info->header_bytes);
  const uint32_t compression = field(file, 16);
  const uint32_t bits = info->bit_count;
  const bool read =
      compression <= LPF_BI_RLE4 || (os2 && compression == OS2_RLE24) ||
      (!os2 && (compression == LPF_BI_BITFIELDS || compression == LPF_BI_ALPHABITFIELDS));
  if (!read || (compression == LPF_BI_RGB && bits == 64)) {
    return lpf_refuse(file->call, LPF_BMP_UNSUPPORTED_COMPRESSION, 0, compression);
  }
  info->compression = compression == OS2_RLE24 ? LPF_BI_RLE24 : compression;
  return fits(info->compression, bits) ? LPF_DONE
                                       : lpf_refuse(file->call, LPF_BMP_INVALID_BIT_COUNT, 0, bits);
}

/* ---- Masks ---- */

/* Ones that follow each other, within the pixel; or none. */
static int32_t check_mask(const lpf_bmp_file *file, uint32_t mask) {
  const uint32_t lowest = mask & (0u - mask);
  const bool gaps = (mask & (mask + lowest)) != 0; /* the carry runs through a block of ones */
  const bool outside = file->info.bit_count == 16 && mask > 0xffff;
  return gaps || outside ? lpf_refuse(file->call, LPF_BMP_INVALID_MASK, 0, mask) : LPF_DONE;
}

/* How many masks follow a header that has no room for them. */
static uint32_t masks_behind_header(const lpf_bmp_info *info) {
  if (info->header_bytes != INFO_HEADER_BYTES) {
    return 0;
  }
  return info->compression == LPF_BI_ALPHABITFIELDS ? 4
         : info->compression == LPF_BI_BITFIELDS    ? 3
                                                    : 0;
}

static int32_t read_masks(lpf_bmp_file *file) {
  lpf_bmp_info *info = &file->info;
  if (info->bit_count != 16 && info->bit_count != 32) {
    return LPF_DONE;
  }
  if (info->compression == LPF_BI_RGB) {
    const bool wide = info->bit_count == 32;
    info->red_mask = wide ? 0xff0000u : 0x7c00u;
    info->green_mask = wide ? 0xff00u : 0x3e0u;
    info->blue_mask = wide ? 0xffu : 0x1fu;
    return LPF_DONE;
  }
  const uint32_t count = masks_behind_header(info);
  const uint8_t *masks = file->bytes + FILE_HEADER_BYTES + INFO_HEADER_BYTES;
  info->red_mask = lpf_read32(masks);
  info->green_mask = lpf_read32(masks + 4);
  info->blue_mask = lpf_read32(masks + 8);
  const bool has_fourth = count == 4 || info->header_bytes >= ALPHA_HEADER_BYTES;
  info->alpha_mask = has_fourth ? lpf_read32(masks + 12) : 0;
  int32_t code = check_mask(file, info->red_mask);
  code = code == LPF_DONE ? check_mask(file, info->green_mask) : code;
  code = code == LPF_DONE ? check_mask(file, info->blue_mask) : code;
  return code == LPF_DONE ? check_mask(file, info->alpha_mask) : code;
}

/* ---- Palette ---- */

static uint32_t entry_bytes(const lpf_bmp_info *info) {
  return info->header_bytes == CORE_HEADER_BYTES ? 3 : 4; /* RGBTRIPLE, RGBQUAD */
}

static bool is_gray(const lpf_bmp_file *file) {
  const uint8_t *entry = file->bytes + file->info.palette_at;
  for (uint32_t i = 0; i < file->info.palette_entries; i++, entry += entry_bytes(&file->info)) {
    if (entry[0] != entry[1] || entry[1] != entry[2]) {
      return false;
    }
  }
  return file->info.palette_entries != 0;
}

/* As many entries as the pixels can name, the header claims, and there is room for. */
static int32_t read_palette_size(lpf_bmp_file *file) {
  lpf_bmp_info *info = &file->info;
  if (info->bit_count > 8) {
    return LPF_DONE;
  }
  const uint32_t most = 1u << info->bit_count;
  const uint32_t claimed = field(file, 32); /* biClrUsed */
  const uint64_t room = (info->pixels_at - info->palette_at) / entry_bytes(info);
  uint32_t entries = claimed == 0 || claimed > most ? most : claimed;
  entries = entries < room ? entries : (uint32_t)room;
  const uint64_t end = info->palette_at + (uint64_t)entries * entry_bytes(info);
  if (end > file->size) {
    return refuse_end(file, end);
  }
  info->palette_entries = entries;
  info->gray_palette = is_gray(file);
  return LPF_DONE;
}

void lpf_bmp_read_palette(const lpf_bmp_file *file, uint8_t palette[256][4]) {
  const uint8_t *entry = file->bytes + file->info.palette_at;
  memset(palette, 0, 256 * sizeof palette[0]);
  for (uint32_t i = 0; i < file->info.palette_entries; i++, entry += entry_bytes(&file->info)) {
    palette[i][0] = entry[2]; /* blue, green, red, and what is 0 */
    palette[i][1] = entry[1];
    palette[i][2] = entry[0];
    palette[i][3] = 0xff;
  }
}

/* ---- All of it ---- */

/* bfOffBits; some writers leave it 0, and put the pixels behind the palette that they claim. */
static int32_t read_offset(lpf_bmp_file *file) {
  lpf_bmp_info *info = &file->info;
  info->pixels_at = lpf_read32(file->bytes + 10);
  if (info->pixels_at == 0) {
    const uint32_t most = info->bit_count > 8 ? 0 : 1u << info->bit_count;
    const uint32_t claimed = field(file, 32);
    info->pixels_at =
        info->palette_at + (uint64_t)entry_bytes(info) * (claimed == 0 ? most : claimed);
  }
  return info->pixels_at < info->palette_at
             ? lpf_refuse(file->call, LPF_BMP_INVALID_OFFSET, info->palette_at, info->pixels_at)
             : LPF_DONE;
}

/* biXPelsPerMeter is a signed field: a negative number says nothing. */
static uint32_t resolution(uint32_t field_value) {
  return field_value <= INT32_MAX ? field_value : 0;
}

static int32_t read_rest(lpf_bmp_file *file) {
  lpf_bmp_info *info = &file->info;
  info->palette_at = FILE_HEADER_BYTES + info->header_bytes +
                     (unsigned long long)MASK_BYTES * masks_behind_header(info);
  if (info->palette_at > file->size) {
    return refuse_end(file, info->palette_at);
  }
  info->horizontal_pixels_per_metre = resolution(field(file, 24));
  info->vertical_pixels_per_metre = resolution(field(file, 28));
  if (info->header_bytes == V5_HEADER_BYTES && field(file, 56) == PROFILE_EMBEDDED) {
    info->profile_at = FILE_HEADER_BYTES + (unsigned long long)field(file, 112);
    info->profile_bytes = field(file, 116);
  }
  int32_t code = read_masks(file);
  code = code == LPF_DONE ? read_offset(file) : code;
  return code == LPF_DONE ? read_palette_size(file) : code;
}

static int32_t read_headers(lpf_bmp_file *file) {
  if (file->size < 2 || file->bytes[0] != 'B' || file->bytes[1] != 'M') {
    return LPF_BMP_NO_SIGNATURE;
  }
  if (file->size < FILE_HEADER_BYTES + 4) {
    return refuse_end(file, FILE_HEADER_BYTES + 4);
  }
  lpf_bmp_info *info = &file->info;
  const uint32_t header_bytes = lpf_read32(file->bytes + FILE_HEADER_BYTES);
  if (!is_known_header(header_bytes)) {
    return lpf_refuse(file->call, LPF_BMP_INVALID_HEADER_SIZE, 0, header_bytes);
  }
  info->header_bytes = header_bytes;
  if (file->size < FILE_HEADER_BYTES + header_bytes) {
    return refuse_end(file, FILE_HEADER_BYTES + header_bytes);
  }
  int32_t code = read_sizes(file);
  code = code == LPF_DONE ? read_compression(file) : code;
  return code == LPF_DONE ? read_rest(file) : code;
}

int32_t lpf_open_bmp(lpf_bmp_file *file, lpf_call *call, const uint8_t *bytes, size_t size) {
  const lpf_options *options = call->options;
  *file = (lpf_bmp_file){.call = call, .bytes = bytes, .size = size};
  if (size > options->max_input_bytes) {
    return lpf_refuse(call, LPF_LIMIT_INPUT_BYTES, options->max_input_bytes, size);
  }
  const int32_t code = read_headers(file);
  if (code != LPF_DONE) {
    return code;
  }
  const unsigned long long pixels = (unsigned long long)file->info.width * file->info.height;
  return pixels > options->max_pixels
             ? lpf_refuse(call, LPF_LIMIT_PIXELS, options->max_pixels, pixels)
             : LPF_DONE;
}
