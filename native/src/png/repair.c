/*
 * repair.c: tolerance. A PNG whose pixels are sound, but not all that stands around them, is copied
 * without its damage, and LodePNG then reads the copy as strictly as ever.
 *
 * What is left out: ancillary chunks that LodePNG would reject, and whatever follows the image data
 * where the file breaks off; an IEND is put at the end. Image data that breaks off is kept as far
 * as it goes when the caller asks for that. A sound file is not copied.
 */
#include <string.h>

#include "png/chunks.h"
#include "png/conversion.h"
#include "libdeflate.h"

#define IEND_TYPE 0x49454e44u

/* LodePNG's codes for the damage that is found here without its help. */
enum { BROKEN_OFF = 30, INVALID_CRC = 57, INVALID_TYPE = 121, RESERVED_TYPE = 122 };

typedef struct copy {
  uint8_t *bytes; /* null as long as nothing was left out */
  size_t size;
} copy;

static bool tolerates(const lpf_conversion *conversion, uint32_t flag) {
  return (conversion->options->flags & flag) != 0;
}

static bool is_text(const uint8_t *chunk) {
  return lodepng_chunk_type_equals(chunk, "tEXt") || lodepng_chunk_type_equals(chunk, "zTXt") ||
         lodepng_chunk_type_equals(chunk, "iTXt");
}

static bool is_letter(uint8_t byte) {
  return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* Why LodePNG would reject the file for this whole ancillary chunk, or 0. */
static unsigned damage_of(LodePNGState *state, const lpf_conversion *conversion,
                          const lpf_chunk *chunk) {
  const uint8_t *type = chunk->start + 4; /* letters, the third in upper case (PNG, 5.4) */
  if (!is_letter(type[0]) || !is_letter(type[1]) || !is_letter(type[2]) || !is_letter(type[3])) {
    return INVALID_TYPE;
  }
  if (type[2] >= 'a') {
    return RESERVED_TYPE;
  }
  if (is_text(chunk->start)) { /* its text is not read, see convert.c */
    return lodepng_chunk_check_crc(chunk->start) ? INVALID_CRC : 0;
  }
  return lodepng_inspect_chunk(state, chunk->offset, conversion->png, conversion->png_size);
}

/* From here on the copy differs from the file: makes one of all that came before. */
static int32_t begin_copy(lpf_conversion *conversion, copy *copied, size_t offset) {
  if (copied->bytes != NULL) {
    return LPF_DONE;
  }
  copied->bytes =
      lpf_budget_allocate(&conversion->budget, conversion->png_size + 2 * LPF_CHUNK_FRAME_BYTES);
  if (copied->bytes == NULL) {
    return LPF_LODEPNG_OUT_OF_MEMORY;
  }
  memcpy(copied->bytes, conversion->png, offset);
  copied->size = offset;
  return LPF_DONE;
}

static void put_big_endian(uint8_t *to, uint32_t value) {
  for (int i = 0; i < 4; i++) {
    to[i] = (uint8_t)(value >> (24 - 8 * i));
  }
}

static void append_chunk(copy *copied, const uint8_t type[4], const uint8_t *data, size_t size) {
  uint8_t *to = copied->bytes + copied->size;
  put_big_endian(to, (uint32_t)size);
  memcpy(to + 4, type, 4);
  if (size != 0) {
    memcpy(to + 8, data, size);
  }
  put_big_endian(to + 8 + size, libdeflate_crc32(0, to + 4, size + 4));
  copied->size += size + LPF_CHUNK_FRAME_BYTES;
}

static uint32_t type_of(const lpf_conversion *conversion, size_t offset) {
  if (conversion->png_size - offset < 8) {
    return IEND_TYPE; /* nothing more is there: what is missing is the end */
  }
  return lpf_chunk_type(conversion->png + offset);
}

/* The file breaks off at `offset`, where another chunk should be. */
static int32_t mend_end(lpf_conversion *conversion, copy *copied, size_t offset,
                        bool image_data_seen) {
  static const uint8_t iend[4] = {'I', 'E', 'N', 'D'};
  static const uint8_t idat[4] = {'I', 'D', 'A', 'T'};
  size_t left = conversion->png_size - offset;
  bool inside_image_data = left >= 8 && lodepng_chunk_type_equals(conversion->png + offset, "IDAT");
  bool keeps_partial_data =
      inside_image_data && tolerates(conversion, LPF_FLAG_TOLERATE_TRUNCATION);
  if (!keeps_partial_data && (inside_image_data || !image_data_seen)) {
    return LPF_DONE; /* pixels are missing: LodePNG says so */
  }
  int32_t code = begin_copy(conversion, copied, offset);
  if (code != LPF_DONE) {
    return code;
  }
  if (keeps_partial_data) {
    size_t declared = lodepng_chunk_length(conversion->png + offset);
    size_t there = left - 8;
    append_chunk(copied, idat, conversion->png + offset + 8, declared < there ? declared : there);
  }
  append_chunk(copied, iend, NULL, 0);
  lpf_warn(conversion, BROKEN_OFF, type_of(conversion, offset), offset);
  return LPF_DONE;
}

static int32_t walk(lpf_conversion *conversion, LodePNGState *state, copy *copied) {
  bool image_data_seen = false;
  lpf_chunk chunk;
  size_t offset = LPF_SIGNATURE_BYTES;
  while (lpf_chunk_at(conversion->png, conversion->png_size, offset, &chunk)) {
    unsigned damage = 0;
    if (lodepng_chunk_type_equals(chunk.start, "PLTE")) {
      /* later chunks are checked against the palette; its own damage is for LodePNG to find. After
         it the state must not be used as it is: a palette of too many entries is noted without the
         memory for them, which the alpha values of a tRNS chunk would then be written to */
      unsigned error = lodepng_inspect_chunk(state, offset, conversion->png, conversion->png_size);
      if (error == LPF_LODEPNG_OUT_OF_MEMORY) {
        return LPF_LODEPNG_OUT_OF_MEMORY;
      }
      if (error != 0) {
        lodepng_palette_clear(&state->info_png.color);
      }
    } else if (lodepng_chunk_ancillary(chunk.start)) {
      damage = damage_of(state, conversion, &chunk);
    }
    image_data_seen = image_data_seen || lodepng_chunk_type_equals(chunk.start, "IDAT");
    /* LodePNG has a code of its own for a profile over 16 MiB, whatever the hook has found */
    if (damage == LPF_LODEPNG_CUSTOM_ZLIB || conversion->hook_code >= LPF_INVALID_ARGUMENT) {
      damage = (unsigned)conversion->hook_code;
    }
    if (damage == LPF_LODEPNG_OUT_OF_MEMORY || damage >= LPF_INVALID_ARGUMENT) {
      return (int32_t)damage; /* a limit, not damage */
    }
    if (damage != 0) {
      int32_t code = begin_copy(conversion, copied, offset);
      if (code != LPF_DONE) {
        return code;
      }
      lpf_warn(conversion, (int32_t)damage, lpf_chunk_type(chunk.start), offset);
    } else if (copied->bytes != NULL) {
      memcpy(copied->bytes + copied->size, chunk.start, chunk.size);
      copied->size += chunk.size;
    }
    offset += chunk.size;
    if (lodepng_chunk_type_equals(chunk.start, "IEND")) {
      return LPF_DONE;
    }
  }
  return mend_end(conversion, copied, offset, image_data_seen);
}

int32_t lpf_repair(lpf_conversion *conversion) {
  if (!tolerates(conversion, LPF_FLAG_TOLERATE_ANCILLARY | LPF_FLAG_TOLERATE_TRUNCATION)) {
    return LPF_DONE;
  }
  copy copied = {NULL, 0};
  LodePNGState state;
  lodepng_state_init(&state);
  unsigned width;
  unsigned height;
  state.error = lodepng_inspect(&width, &height, &state, conversion->png, conversion->png_size);
  /* profiles are inflated within the same limits here as when LodePNG reads the file afterwards,
     which counts them again */
  state.decoder.zlibsettings.custom_zlib = lpf_decompress_hook;
  state.decoder.zlibsettings.custom_context = conversion;
  unsigned long long ancillary_bytes = conversion->ancillary_bytes;
  unsigned long long inflater_allocations = conversion->inflater_allocations;
  int32_t code = state.error != 0 ? LPF_DONE : walk(conversion, &state, &copied);
  conversion->ancillary_bytes = ancillary_bytes;
  conversion->inflater_allocations = inflater_allocations;
  conversion->hook_code = LPF_DONE;
  lodepng_state_cleanup(&state);
  if (copied.bytes != NULL) {
    if (code != LPF_DONE) {
      lpf_budget_free(&conversion->budget, copied.bytes);
      return code;
    }
    conversion->repaired = copied.bytes;
    conversion->png = copied.bytes;
    conversion->png_size = copied.size;
  }
  return code;
}
