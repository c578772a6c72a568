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
  } else if (lodepng_chunk_type_equals(chunk, "iCCP")) {
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
