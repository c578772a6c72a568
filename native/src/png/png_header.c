#include "png/png_header.h"

#include <string.h>

#include "image/adam7.h"
#include "libdeflate.h"
#include "png/chunk.h"
#include "png/lodepng_codes.h"

static int32_t check_color(uint32_t color_type, uint32_t bit_depth) {
  bool power_of_two = bit_depth != 0 && bit_depth <= 16 && (bit_depth & (bit_depth - 1)) == 0;
  switch (color_type) {
    case 0:
      return power_of_two ? LPF_DONE : LPF_LODEPNG_INVALID_BIT_DEPTH;
    case 3:
      return power_of_two && bit_depth <= 8 ? LPF_DONE : LPF_LODEPNG_INVALID_BIT_DEPTH;
    case 2:
    case 4:
    case 6:
      return power_of_two && bit_depth >= 8 ? LPF_DONE : LPF_LODEPNG_INVALID_BIT_DEPTH;
    default:
      return LPF_LODEPNG_INVALID_COLOR_TYPE;
  }
}

int32_t lpf_read_header(const uint8_t *png, unsigned long long png_size, lpf_info *info) {
  if (png_size == 0) {
    return LPF_LODEPNG_EMPTY_INPUT;
  }
  if (png_size < LPF_HEADER_BYTES) {
    return LPF_LODEPNG_HEADER_BROKEN_OFF;
  }
  if (memcmp(png, "\x89PNG\r\n\x1a\n", LPF_IHDR_OFFSET) != 0) {
    return LPF_LODEPNG_NO_SIGNATURE;
  }
  if (lpf_read_big_endian(png + LPF_IHDR_OFFSET) != LPF_IHDR_DATA_BYTES) {
    return LPF_LODEPNG_IHDR_SIZE;
  }
  if (lpf_read_big_endian(png + LPF_IHDR_OFFSET + 4) != LPF_TYPE_IHDR) {
    return LPF_LODEPNG_NO_IHDR;
  }
  const uint8_t *data = png + LPF_IHDR_OFFSET + LPF_CHUNK_DATA_AT;
  lpf_info found = {.width = lpf_read_big_endian(data),
                    .height = lpf_read_big_endian(data + 4),
                    .bit_depth = data[8],
                    .color_type = data[9],
                    .interlace_method = data[12],
                    .decode_path = LPF_PATH_FAST};
  if (found.width == 0 || found.height == 0) {
    return LPF_LODEPNG_NO_PIXELS;
  }
  int32_t code = check_color(found.color_type, found.bit_depth);
  if (code != LPF_DONE) {
    return code;
  }
  if (data[10] != 0) {
    return LPF_LODEPNG_INVALID_COMPRESSION;
  }
  if (data[11] != 0) {
    return LPF_LODEPNG_INVALID_FILTER_METHOD;
  }
  if (found.interlace_method > 1) {
    return LPF_LODEPNG_INVALID_INTERLACE;
  }
  uint32_t crc = libdeflate_crc32(0, data - 4, 4 + LPF_IHDR_DATA_BYTES);
  if (lpf_read_big_endian(data + LPF_IHDR_DATA_BYTES) != crc) {
    return LPF_LODEPNG_INVALID_CRC;
  }
  if (found.width > INT32_MAX || found.height > INT32_MAX) {
    return LPF_LODEPNG_TOO_MANY_PIXELS; /* PNG, 7.1: lengths are below 2^31 */
  }
  *info = found;
  return LPF_DONE;
}

uint32_t lpf_bits_per_pixel(const lpf_info *info) {
  static const uint8_t samples[] = {1, 0, 3, 1, 2, 0, 4};
  return samples[info->color_type] * info->bit_depth;
}

unsigned long long lpf_scanline_row_bytes(uint32_t width, uint32_t bits_per_pixel) {
  return 1 + ((unsigned long long)width * bits_per_pixel + 7) / 8;
}

unsigned long long lpf_scanline_bytes(const lpf_info *info) {
  const uint32_t bits = lpf_bits_per_pixel(info);
  if (info->interlace_method == 0) {
    return lpf_scanline_row_bytes(info->width, bits) * info->height;
  }
  unsigned long long bytes = 0;
  for (uint32_t i = 0; i < LPF_ADAM7_PASSES; i++) {
    lpf_pass pass = lpf_adam7_pass(i, info->width, info->height);
    if (pass.width != 0) {
      bytes += lpf_scanline_row_bytes(pass.width, bits) * pass.height;
    }
  }
  return bytes;
}
