#include "png/damage.h"

#include "libdeflate.h"
#include "png/lodepng_codes.h"

#define TYPE LPF_CHUNK_TYPE

enum { MOST_PALETTE_ENTRIES = 256 };

static int32_t unless(bool sound, int32_t code) {
  return sound ? LPF_DONE : code;
}

static int32_t palette_damage(size_t length) {
  return unless(length / 3 >= 1 && length / 3 <= MOST_PALETTE_ENTRIES, LPF_LODEPNG_PLTE_SIZE);
}

static int32_t transparency_damage(size_t length, const lpf_info *info, size_t palette_entries) {
  switch (info->color_type) {
    case 0:
      return unless(length == 2, LPF_LODEPNG_BROKEN_OFF);
    case 2:
      return unless(length == 6, LPF_LODEPNG_TRNS_SIZE_COLOR);
    case 3:
      return unless(length <= palette_entries, LPF_LODEPNG_TRNS_LONGER_THAN_PLTE);
    default:
      return LPF_LODEPNG_TRNS_NOT_ALLOWED;
  }
}

static int32_t background_damage(const uint8_t *data, size_t length, const lpf_info *info,
                                 size_t palette_entries) {
  switch (info->color_type) {
    case 3:
      if (length != 1) {
        return LPF_LODEPNG_BKGD_SIZE_INDEXED;
      }
      return unless(data[0] < palette_entries, LPF_LODEPNG_BKGD_INDEX);
    case 0:
    case 4:
      return unless(length == 2, LPF_LODEPNG_BKGD_SIZE_GRAY);
    default:
      return unless(length == 6, LPF_LODEPNG_BKGD_SIZE_COLOR);
  }
}

static int32_t significant_bits_damage(const uint8_t *data, size_t length, const lpf_info *info) {
  static const uint8_t samples[] = {1, 0, 3, 3, 2, 0, 4};
  const uint32_t depth = info->color_type == 3 ? 8 : info->bit_depth;
  if (length != samples[info->color_type]) {
    return LPF_LODEPNG_SBIT_SIZE;
  }
  for (size_t i = 0; i < length; i++) {
    if (data[i] == 0 || data[i] > depth) {
      return LPF_LODEPNG_SBIT_VALUE;
    }
  }
  return LPF_DONE;
}

size_t lpf_keyword_length(const uint8_t *data, size_t length) {
  size_t letters = 0;
  while (letters < length && data[letters] != 0) {
    letters++;
  }
  return letters;
}

size_t lpf_stream_at(const uint8_t *data, size_t length) {
  return lpf_keyword_length(data, length) + 2; /* the zero that ends it, and the method */
}

static int32_t profile_damage(const uint8_t *data, size_t length) {
  const size_t letters = lpf_keyword_length(data, length);
  if (letters + 2 >= length) {
    return LPF_LODEPNG_NO_KEYWORD_END;
  }
  if (letters < 1 || letters > LPF_MOST_KEYWORD_BYTES) {
    return LPF_LODEPNG_KEYWORD_SIZE;
  }
  return unless(data[letters + 1] == 0, LPF_LODEPNG_CHUNK_COMPRESSION);
}

static bool is_letter(uint32_t byte) {
  return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* Of a type that LodePNG does not know: then it does not look at the CRC either. */
static int32_t unknown_type_damage(const lpf_chunk *chunk) {
  const uint32_t type = chunk->type;
  if (!is_letter(type >> 24) || !is_letter(type >> 16 & 255) || !is_letter(type >> 8 & 255) ||
      !is_letter(type & 255)) {
    return LPF_LODEPNG_INVALID_TYPE;
  }
  if ((type & TYPE(0, 0, 0x20, 0)) != 0) {
    return LPF_LODEPNG_RESERVED_TYPE;
  }
  return unless(lpf_chunk_is_ancillary(chunk), LPF_LODEPNG_UNKNOWN_CRITICAL);
}

int32_t lpf_damage_of(const uint8_t *png, const lpf_chunk *chunk, const lpf_info *info,
                      size_t palette_entries) {
  const uint8_t *data = png + chunk->offset + LPF_CHUNK_DATA_AT;
  const size_t length = chunk->length;
  int32_t code = LPF_DONE;
  switch (chunk->type) {
    case LPF_TYPE_IDAT:
    case LPF_TYPE_IEND:
    case TYPE('t', 'E', 'X', 't'):
    case TYPE('z', 'T', 'X', 't'):
    case TYPE('i', 'T', 'X', 't'):
    case TYPE('e', 'X', 'I', 'f'):
      break;
    case LPF_TYPE_PLTE:
      code = palette_damage(length);
      break;
    case LPF_TYPE_TRNS:
      code = transparency_damage(length, info, palette_entries);
      break;
    case TYPE('b', 'K', 'G', 'D'):
      code = background_damage(data, length, info, palette_entries);
      break;
    case TYPE('s', 'B', 'I', 'T'):
      code = significant_bits_damage(data, length, info);
      break;
    case LPF_TYPE_ICCP:
      code = profile_damage(data, length);
      break;
    case TYPE('t', 'I', 'M', 'E'):
      code = unless(length == 7, LPF_LODEPNG_TIME_SIZE);
      break;
    case LPF_TYPE_PHYS:
      code = unless(length == 9, LPF_LODEPNG_PHYS_SIZE);
      break;
    case TYPE('g', 'A', 'M', 'A'):
      code = unless(length == 4, LPF_LODEPNG_GAMA_SIZE);
      break;
    case TYPE('c', 'H', 'R', 'M'):
      code = unless(length == 32, LPF_LODEPNG_CHRM_SIZE);
      break;
    case TYPE('s', 'R', 'G', 'B'):
      code = unless(length == 1, LPF_LODEPNG_SRGB_SIZE);
      break;
    case TYPE('c', 'I', 'C', 'P'):
      code = unless(length == 4, LPF_LODEPNG_CICP_SIZE);
      break;
    case TYPE('m', 'D', 'C', 'v'):
      code = unless(length == 24, LPF_LODEPNG_MDCV_SIZE);
      break;
    case TYPE('c', 'L', 'L', 'i'):
      code = unless(length == 8, LPF_LODEPNG_CLLI_SIZE);
      break;
    default:
      return unknown_type_damage(chunk);
  }
  if (code != LPF_DONE) {
    return code;
  }
  const uint32_t crc = libdeflate_crc32(0, data - 4, length + 4);
  return unless(lpf_read_big_endian(data + length) == crc, LPF_LODEPNG_INVALID_CRC);
}
