#include "png/metadata_damage.h"

#include "libdeflate.h"
#include "png/damage.h"
#include "png/lodepng_codes.h"

#define TYPE LPF_CHUNK_TYPE

enum { MASTERING_DISPLAY_BYTES = 24, LIGHT_LEVEL_BYTES = 8, ANIMATION_BYTES = 8 };

bool lpf_is_metadata(uint32_t type) {
  switch (type) {
    case TYPE('c', 'H', 'R', 'M'):
    case TYPE('c', 'I', 'C', 'P'):
    case TYPE('g', 'A', 'M', 'A'):
    case LPF_TYPE_ICCP:
    case TYPE('m', 'D', 'C', 'V'):
    case TYPE('m', 'D', 'C', 'v'):
    case TYPE('c', 'L', 'L', 'I'):
    case TYPE('c', 'L', 'L', 'i'):
    case TYPE('s', 'B', 'I', 'T'):
    case TYPE('s', 'R', 'G', 'B'):
    case LPF_TYPE_ITXT:
    case LPF_TYPE_TEXT:
    case LPF_TYPE_ZTXT:
    case TYPE('b', 'K', 'G', 'D'):
    case LPF_TYPE_PHYS:
    case TYPE('e', 'X', 'I', 'f'):
    case TYPE('t', 'I', 'M', 'E'):
    case LPF_TYPE_ACTL:
      return true;
    default:
      return false;
  }
}

static int32_t keyword_damage(size_t letters) {
  return letters >= 1 && letters <= LPF_MOST_KEYWORD_BYTES ? LPF_DONE : LPF_LODEPNG_KEYWORD_SIZE;
}

static int32_t compressed_text_damage(const uint8_t *data, size_t length) {
  const size_t letters = lpf_keyword_length(data, length);
  if (letters + 2 >= length) {
    return LPF_LODEPNG_NO_KEYWORD_END;
  }
  const int32_t code = keyword_damage(letters);
  return code == LPF_DONE && data[letters + 1] != 0 ? LPF_LODEPNG_CHUNK_COMPRESSION : code;
}

static int32_t international_text_damage(const uint8_t *data, size_t length) {
  enum { LEAST_BYTES = 5 };
  if (length < LEAST_BYTES) {
    return LPF_LODEPNG_BROKEN_OFF;
  }
  const size_t letters = lpf_keyword_length(data, length);
  if (letters + 3 >= length) {
    return LPF_LODEPNG_NO_KEYWORD_END;
  }
  const int32_t code = keyword_damage(letters);
  return code == LPF_DONE && data[letters + 2] != 0 ? LPF_LODEPNG_CHUNK_COMPRESSION : code;
}

/* Whether it is a moment (PNG, 11.3.5.1); 60 is a leap second. */
static bool is_moment(const uint8_t *data) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const uint32_t year = (uint32_t)data[0] << 8 | data[1];
  const uint32_t month = data[2];
  const bool is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month >= 1 && month <= 12 && data[3] >= 1 &&
         data[3] <= days[month - 1] + (month == 2 && is_leap_year ? 1 : 0) && data[4] <= 23 &&
         data[5] <= 59 && data[6] <= 60;
}

/* Of a chunk that has the right length, and that LodePNG reads without a look at its values. */
static bool has_defined_values(uint32_t type, const uint8_t *data) {
  switch (type) {
    case TYPE('s', 'R', 'G', 'B'):
      return data[0] <= 3;
    case LPF_TYPE_PHYS:
      return data[8] <= 1;
    case TYPE('c', 'I', 'C', 'P'):
      return data[3] <= 1;
    case TYPE('t', 'I', 'M', 'E'):
      return is_moment(data);
    default:
      return true;
  }
}

/* Of a chunk that LodePNG does not know, so that nothing has been checked. */
static int32_t unknown_damage(const lpf_png *png, const lpf_chunk *chunk, const uint8_t *data) {
  switch (chunk->type) {
    case TYPE('m', 'D', 'C', 'V'):
      if (chunk->length != MASTERING_DISPLAY_BYTES) {
        return LPF_LODEPNG_MDCV_SIZE;
      }
      break;
    case TYPE('c', 'L', 'L', 'I'):
      if (chunk->length != LIGHT_LEVEL_BYTES) {
        return LPF_LODEPNG_CLLI_SIZE;
      }
      break;
    default: /* acTL: frames, of which there is one at least, and plays */
      if (chunk->length != ANIMATION_BYTES || png->index.spans != 0 ||
          lpf_read_big_endian(data) == 0) {
        return LPF_INVALID_METADATA;
      }
  }
  const uint32_t crc = libdeflate_crc32(0, data - 4, chunk->length + 4);
  return lpf_read_big_endian(data + chunk->length) == crc ? LPF_DONE : LPF_LODEPNG_INVALID_CRC;
}

int32_t lpf_metadata_damage_of(const lpf_png *png, const lpf_chunk *chunk) {
  const uint8_t *data = png->bytes + chunk->offset + LPF_CHUNK_DATA_AT;
  switch (chunk->type) {
    case LPF_TYPE_TEXT:
      return keyword_damage(lpf_keyword_length(data, chunk->length));
    case LPF_TYPE_ZTXT:
      return compressed_text_damage(data, chunk->length);
    case LPF_TYPE_ITXT:
      return international_text_damage(data, chunk->length);
    case TYPE('m', 'D', 'C', 'V'):
    case TYPE('c', 'L', 'L', 'I'):
    case LPF_TYPE_ACTL:
      return unknown_damage(png, chunk, data);
    default:
      return has_defined_values(chunk->type, data) ? LPF_DONE : LPF_INVALID_METADATA;
  }
}
