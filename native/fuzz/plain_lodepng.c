#include "plain_lodepng.h"

#define LODEPNG_NO_COMPILE_CPP
#define LODEPNG_NO_COMPILE_DISK
#define LODEPNG_NO_COMPILE_ENCODER
#include "lodepng.cpp"

#define MOST_BYTES_TO_INFLATE ((size_t)4 << 20)

plain_picture plain_decode(const uint8_t *png, size_t size, size_t max_scanline_bytes) {
  plain_picture picture = {0};
  LodePNGState state;
  lodepng_state_init(&state);
  state.info_raw.colortype = LCT_RGB;
  state.info_raw.bitdepth = 8;
  state.decoder.read_text_chunks = 0; /* as lodepng_decode24 does */
  state.decoder.zlibsettings.max_output_size = max_scanline_bytes;
  picture.error = lodepng_decode(&picture.rgb, &picture.width, &picture.height, &state, png, size);
  if (picture.error != 0) {
    free(picture.rgb);
    picture.rgb = NULL;
  }
  if (state.info_png.phys_defined && state.info_png.phys_unit == 1) {
    picture.pixels_per_metre[0] = state.info_png.phys_x;
    picture.pixels_per_metre[1] = state.info_png.phys_y;
  }
  lodepng_state_cleanup(&state);
  return picture;
}

plain_picture plain_decode_rgba16(const uint8_t *png, size_t size, size_t max_scanline_bytes) {
  plain_picture picture = {0};
  LodePNGState state;
  lodepng_state_init(&state);
  state.info_raw.colortype = LCT_RGBA;
  state.info_raw.bitdepth = 16;
  state.decoder.read_text_chunks = 0;
  state.decoder.zlibsettings.max_output_size = max_scanline_bytes;
  picture.error = lodepng_decode(&picture.rgb, &picture.width, &picture.height, &state, png, size);
  if (picture.error != 0) {
    free(picture.rgb);
    picture.rgb = NULL;
  }
  lodepng_state_cleanup(&state);
  return picture;
}

uint32_t plain_digest(uint32_t before, const uint8_t *bytes, size_t size) {
  uint32_t digest = before ^ 2166136261u;
  for (size_t i = 0; i < size; i++) {
    digest = (digest ^ bytes[i]) * 16777619u;
  }
  return digest;
}

static uint32_t digest_of_text(uint32_t before, const char *keyword, const char *text) {
  const uint32_t digest = plain_digest(before, (const uint8_t *)keyword, strlen(keyword));
  return plain_digest(digest, (const uint8_t *)text, strlen(text));
}

/* The code for one chunk, read as LodePNG's decoder reads it. */
static unsigned read_chunk(LodePNGState *state, const uint8_t *png, size_t size, size_t at) {
  const unsigned char *chunk = png + at;
  if (lodepng_chunk_type_equals(chunk, "IDAT") || lodepng_chunk_type_equals(chunk, "IEND")) {
    return lodepng_chunk_check_crc(chunk) ? 57 : 0;
  }
  unsigned error = lodepng_inspect_chunk(state, at, png, size);
  static const char *const known[] = {"PLTE", "tRNS", "bKGD", "tEXt", "zTXt", "iTXt",
                                      "tIME", "pHYs", "gAMA", "cHRM", "sRGB", "iCCP",
                                      "cICP", "mDCv", "cLLi", "eXIf", "sBIT"};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    if (lodepng_chunk_type_equals(chunk, known[i])) {
      return error;
    }
  }
  if (!lodepng_chunk_type_name_valid(chunk)) {
    return 121;
  }
  if (lodepng_chunk_reserved(chunk)) {
    return 122;
  }
  return lodepng_chunk_ancillary(chunk) ? 0 : 69;
}

static void read_chunks(LodePNGState *state, const uint8_t *png, size_t size,
                        plain_metadata *metadata) {
  for (size_t at = 33; metadata->error == 0;) {
    if (size - at < 12) {
      metadata->error = 30;
      return;
    }
    const unsigned length = lodepng_chunk_length(png + at);
    if (length > 0x7fffffff) {
      metadata->error = 63;
    } else if (length > size - at - 12) {
      metadata->error = 64;
    } else {
      metadata->error = read_chunk(state, png, size, at);
      metadata->crc_is_wrong = lodepng_chunk_check_crc(png + at) != 0;
      if (lodepng_chunk_type_equals(png + at, "IEND")) {
        break;
      }
      at += (size_t)length + 12;
    }
  }
  if (metadata->error == 0 && state->info_png.color.colortype == LCT_PALETTE &&
      state->info_png.color.palette == NULL) {
    metadata->error = 106;
  }
}

plain_metadata plain_read_metadata(const uint8_t *png, size_t size, size_t most) {
  plain_metadata metadata = {0};
  LodePNGState state;
  lodepng_state_init(&state);
  state.decoder.max_text_size = most;
  state.decoder.max_icc_size = most;
  unsigned width, height;
  metadata.error = lodepng_inspect(&width, &height, &state, png, size);
  if (metadata.error == 0) {
    read_chunks(&state, png, size, &metadata);
  }
  const LodePNGInfo *info = &state.info_png;
  metadata.texts = info->text_num + info->itext_num;
  for (size_t i = 0; i < info->text_num; i++) {
    metadata.words_digest =
        digest_of_text(metadata.words_digest, info->text_keys[i], info->text_strings[i]);
  }
  for (size_t i = 0; i < info->itext_num; i++) {
    metadata.words_digest =
        digest_of_text(metadata.words_digest, info->itext_keys[i], info->itext_strings[i]);
  }
  metadata.profile_size = info->iccp_defined ? info->iccp_profile_size : 0;
  metadata.words_digest =
      plain_digest(metadata.words_digest, info->iccp_profile, metadata.profile_size);
  lodepng_state_cleanup(&state);
  return metadata;
}

/* The checksum that a zlib stream should end with; false where it cannot be inflated. */
static int right_adler32(const unsigned char *stream, size_t size, unsigned char checksum[4]) {
  LodePNGDecompressSettings settings = lodepng_default_decompress_settings;
  settings.ignore_adler32 = 1;
  settings.max_output_size = MOST_BYTES_TO_INFLATE;
  unsigned char *inflated = NULL;
  size_t inflated_size = 0;
  int sound =
      size >= 6 && lodepng_zlib_decompress(&inflated, &inflated_size, stream, size, &settings) == 0;
  if (sound) {
    lodepng_set32bitInt(checksum, adler32(inflated, (unsigned)inflated_size));
  }
  free(inflated);
  return sound;
}

typedef struct image_data {
  unsigned char *joined;
  size_t size;
} image_data;

/* Calls back for each whole chunk up to IEND. */
static void each_chunk(uint8_t *png, size_t size,
                       void (*visit)(uint8_t *chunk, unsigned length, image_data *image),
                       image_data *image) {
  size_t at = 8;
  while (at <= size && size - at >= 12) {
    unsigned length = lodepng_chunk_length(png + at);
    if (length > size - at - 12) {
      return;
    }
    visit(png + at, length, image);
    if (lodepng_chunk_type_equals(png + at, "IEND")) {
      return;
    }
    at += (size_t)length + 12;
  }
}

static void collect(uint8_t *chunk, unsigned length, image_data *image) {
  if (lodepng_chunk_type_equals(chunk, "IDAT")) {
    memcpy(image->joined + image->size, chunk + 8, length);
    image->size += length;
  } else if (lodepng_chunk_type_equals(chunk, "iCCP") || lodepng_chunk_type_equals(chunk, "zTXt")) {
    const unsigned char *name_end = memchr(chunk + 8, 0, length);
    size_t begin = name_end == NULL ? length : (size_t)(name_end - chunk - 8) + 2;
    if (begin < length) {
      unsigned char checksum[4];
      if (right_adler32(chunk + 8 + begin, length - begin, checksum)) {
        memcpy(chunk + 8 + length - 4, checksum, 4);
      }
    }
  }
}

/* Here `size` counts what has been put back. */
static void put_back(uint8_t *chunk, unsigned length, image_data *image) {
  if (lodepng_chunk_type_equals(chunk, "IDAT")) {
    memcpy(chunk + 8, image->joined + image->size, length);
    image->size += length;
  }
  lodepng_chunk_generate_crc(chunk);
}

void plain_repair_checksums(uint8_t *png, size_t size) {
  image_data image = {malloc(size + 1), 0};
  if (image.joined == NULL) {
    return;
  }
  each_chunk(png, size, collect, &image);
  unsigned char checksum[4];
  if (right_adler32(image.joined, image.size, checksum)) {
    memcpy(image.joined + image.size - 4, checksum, 4);
  }
  image.size = 0;
  each_chunk(png, size, put_back, &image);
  free(image.joined);
}
