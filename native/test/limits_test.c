// link: library native/test/png_builder.c
/* Every limit: the last value that lets a file through, the first that does not, and the numbers.
 */
#include "check.h"
#include "png_builder.h"

static lpf_report report;

static int32_t convert(png_bytes png, const lpf_options *options) {
  lpf_options none = unlimited();
  lpf_plan plan;
  int32_t code = lpf_png_plan(png.bytes, png.size, &none, &plan);
  if (code != LPF_DONE) {
    memset(&report, 0, sizeof report);
    return code;
  }
  uint8_t *bmp = exactly((size_t)plan.output_bytes);
  code =
      lpf_png_to_bmp(png.bytes, png.size, options, bmp, plan.output_bytes, NULL, 0, NULL, &report);
  CHECK(code == LPF_DONE || report.bytes_written == 0);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  free(bmp);
  return code;
}

/* The limit is passed at `least`, and refuses with `code` one below. */
static void check_limit(png_bytes png, size_t field, unsigned long long least, int32_t code) {
  lpf_options options = unlimited();
  memcpy((uint8_t *)&options + field, &least, sizeof least);
  CHECK_EQUAL(convert(png, &options), LPF_DONE);
  unsigned long long less = least - 1;
  memcpy((uint8_t *)&options + field, &less, sizeof less);
  CHECK_EQUAL(convert(png, &options), code);
  CHECK_EQUAL(report.limit, less);
  CHECK_EQUAL(report.wanted, least);
}

static png_bytes sound_png(void) {
  png_image image =
      png_random_image((png_shape){.width = 50, .height = 40, .color_type = 2, .bit_depth = 8});
  png_bytes png = png_of_image(&image);
  png_free_image(&image);
  return png;
}

static void what_the_header_says_is_limited(void) {
  png_bytes png = sound_png();
  check_limit(png, offsetof(lpf_options, max_input_bytes), png.size, LPF_LIMIT_INPUT_BYTES);
  check_limit(png, offsetof(lpf_options, max_pixels), 2000, LPF_LIMIT_PIXELS);
  check_limit(png, offsetof(lpf_options, max_output_bytes), 54 + 152 * 40, LPF_LIMIT_OUTPUT_BYTES);
  lpf_options options = unlimited();
  options.max_pixels = 1999;
  lpf_plan plan;
  CHECK_EQUAL(lpf_png_plan(png.bytes, png.size, &options, &plan), LPF_LIMIT_PIXELS);
  CHECK_EQUAL(plan.limit, 1999);
  CHECK_EQUAL(plan.wanted, 2000);
  CHECK_EQUAL(plan.info.width, 50);
  free(png.bytes);
}

static void memory_is_limited(void) {
  png_bytes png = sound_png();
  lpf_options options = unlimited();
  CHECK_EQUAL(convert(png, &options), LPF_DONE);
  check_limit(png, offsetof(lpf_options, max_memory_bytes), report.peak_memory_bytes,
              LPF_LIMIT_MEMORY_BYTES);
  for (unsigned long long limit = 0; limit < report.peak_memory_bytes; limit += 61) {
    options.max_memory_bytes = limit;
    CHECK_EQUAL(convert(png, &options), LPF_LIMIT_MEMORY_BYTES);
    CHECK(report.wanted > limit);
    CHECK(report.peak_memory_bytes <= limit);
  }
  free(png.bytes);
}

static void chunks_and_their_bytes_are_limited(void) {
  png_bytes png = png_begin((png_shape){.width = 1, .height = 1, .bit_depth = 8});
  png_bytes idat = png_store((const uint8_t *)"\0\1", 2);
  png_add_chunk(&png, "teSt", (const uint8_t *)"123", 3);
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
  png_add_chunk(&png, "IDAT", NULL, 0);
  png_add_chunk(&png, "tEXt", (const uint8_t *)"a\0b", 3);
  png_end(&png);
  check_limit(png, offsetof(lpf_options, max_chunks), 6, LPF_LIMIT_CHUNKS);
  check_limit(png, offsetof(lpf_options, max_ancillary_bytes), 6, LPF_LIMIT_ANCILLARY_BYTES);
  free(idat.bytes);
  free(png.bytes);
}

/* iCCP: name, 0, method 0, zlib stream. */
static void add_profile(png_bytes *png, png_bytes stream) {
  uint8_t *data = exactly(stream.size + 3);
  memcpy(data, "p\0\0", 3);
  memcpy(data + 3, stream.bytes, stream.size);
  png_add_chunk(png, "iCCP", data, stream.size + 3);
  free(data);
}

static void what_profiles_inflate_to_is_limited(void) {
  uint8_t *profile = exactly(1000);
  memset(profile, 7, 1000);
  png_bytes stream = png_store(profile, 1000);
  png_bytes idat = png_store((const uint8_t *)"\0\1", 2);
  png_bytes png = png_begin((png_shape){.width = 1, .height = 1, .bit_depth = 8});
  add_profile(&png, stream);
  add_profile(&png, stream);
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
  png_end(&png);
  unsigned long long chunk = stream.size + 3;
  check_limit(png, offsetof(lpf_options, max_ancillary_bytes), 2 * chunk + 2000,
              LPF_LIMIT_ANCILLARY_BYTES);
  lpf_options options = unlimited();
  for (unsigned long long limit = 0; limit < 2 * chunk + 2000; limit += 7) {
    options.max_ancillary_bytes = limit;
    CHECK_EQUAL(convert(png, &options), LPF_LIMIT_ANCILLARY_BYTES);
    CHECK(report.wanted > limit);
  }
  free(png.bytes);
  free(idat.bytes);
  free(stream.bytes);
  free(profile);
}

/* Deflate blocks that hold nothing, in five bytes: a stored one, or four with fixed codes. */
static const uint8_t EMPTY_STORED[5] = {0, 0, 0, 0xff, 0xff};
static const uint8_t EMPTY_FIXED[5] = {0x02, 0x08, 0x20, 0x80, 0x00};

/* A zlib stream that begins with `count` times `empty`, and then has a block with the data. */
static png_bytes padded_stream(const uint8_t *data, size_t size, const uint8_t empty[5],
                               size_t count) {
  png_bytes plain = png_store(data, size);
  png_bytes padded = {.size = plain.size + count * 5};
  padded.bytes = exactly(padded.size);
  memcpy(padded.bytes, plain.bytes, 2);
  for (size_t i = 0; i < count; i++) {
    memcpy(padded.bytes + 2 + i * 5, empty, 5);
  }
  memcpy(padded.bytes + 2 + count * 5, plain.bytes + 2, plain.size - 2);
  free(plain.bytes);
  return padded;
}

static png_bytes png_with_blocks(size_t idat_size) {
  static const uint8_t scanlines[4] = {0, 1, 0, 2}; /* 1 x 2 gray */
  size_t least = 2 + 5 + sizeof scanlines + 4;
  png_bytes idat =
      padded_stream(scanlines, sizeof scanlines, EMPTY_STORED, (idat_size - least) / 5);
  CHECK_EQUAL(idat.size, idat_size);
  png_bytes png = png_begin((png_shape){.width = 1, .height = 2, .bit_depth = 8});
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
  png_end(&png);
  free(idat.bytes);
  return png;
}

/* Four bytes of scanlines: a ratio of 31 allows 124 bytes beyond the free ones. */
static void work_is_limited(void) {
  png_bytes png = png_with_blocks(LPF_IDAT_FREE_BYTES + 124);
  lpf_options options = unlimited();
  options.max_idat_ratio = 31;
  CHECK_EQUAL(convert(png, &options), LPF_DONE);
  options.max_idat_ratio = 30;
  CHECK_EQUAL(convert(png, &options), LPF_LIMIT_WORK);
  CHECK_EQUAL(report.limit, LPF_IDAT_FREE_BYTES + 30 * 4);
  CHECK_EQUAL(report.wanted, LPF_IDAT_FREE_BYTES + 124);
  free(png.bytes);
}

/* Each of the profiles is cheap; together they would be seconds for a few kilobytes of file. */
static void the_work_of_profiles_adds_up(void) {
  png_bytes stream = padded_stream((const uint8_t *)"profile", 7, EMPTY_FIXED, 300);
  png_bytes idat = png_store((const uint8_t *)"\0\1", 2);
  int32_t codes[2];
  for (size_t round = 0; round < 2; round++) {
    png_bytes png = png_begin((png_shape){.width = 1, .height = 1, .bit_depth = 8});
    for (size_t profiles = 0; profiles < (round == 0 ? 1 : 100); profiles++) {
      add_profile(&png, stream);
    }
    png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
    png_end(&png);
    lpf_options options = unlimited();
    codes[round] = convert(png, &options);
    free(png.bytes);
  }
  CHECK_EQUAL(codes[0], LPF_DONE);
  CHECK_EQUAL(codes[1], LPF_TOO_MANY_BLOCKS);
  free(stream.bytes);
  free(idat.bytes);
}

typedef struct bit_writer {
  uint8_t *bytes; /* zeros at first */
  size_t bits;
} bit_writer;

static void put_bit(bit_writer *to, uint32_t bit) {
  to->bytes[to->bits / 8] = (uint8_t)(to->bytes[to->bits / 8] | bit << to->bits % 8);
  to->bits++;
}

/* A Huffman code: its highest bit first (RFC 1951, 3.1.1). */
static void put_code(bit_writer *to, uint32_t code, uint32_t length) {
  while (length-- > 0) {
    put_bit(to, code >> length & 1);
  }
}

/* A zlib stream of one block with fixed codes: 1 + 258 * `runs` zeros in 13 bits for each run. */
static png_bytes stream_of_zeros(size_t runs) {
  png_bytes stream = {.size = 2 + (3 + 8 + runs * 13 + 7 + 7) / 8 + 4};
  stream.bytes = exactly(stream.size);
  memset(stream.bytes, 0, stream.size);
  memcpy(stream.bytes, "\x78\x01", 2);
  bit_writer to = {.bytes = stream.bytes + 2};
  put_bit(&to, 1); /* the last block */
  put_bit(&to, 1); /* type 1 */
  put_bit(&to, 0);
  put_code(&to, 0x30, 8); /* the byte 0 */
  for (size_t i = 0; i < runs; i++) {
    put_code(&to, 0xc5, 8); /* length 258 */
    put_code(&to, 0, 5);    /* distance 1 */
  }
  put_code(&to, 0, 7); /* end of block */
  uint32_t zeros = (uint32_t)((1 + 258 * runs) % 65521);
  const uint8_t adler[4] = {(uint8_t)(zeros >> 8), (uint8_t)zeros, 0, 1};
  memcpy(stream.bytes + stream.size - 4, adler, 4);
  return stream;
}

static int32_t convert_to(uint32_t bmp_format, png_bytes png, lpf_options options) {
  options.bmp_format = bmp_format;
  uint8_t bmp[200];
  int32_t code =
      lpf_png_to_bmp(png.bytes, png.size, &options, bmp, sizeof bmp, NULL, 0, NULL, &report);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  return code;
}

/* 16 MiB and more in 107 KB: a strict verdict asks for it, and so does a BMP that has a profile. */
static void a_profile_that_nobody_asked_for_is_not_inflated(void) {
  enum { PROFILE_TOO_LARGE = 113 };
  const size_t runs = 66000; /* just over 16 MiB */
  png_bytes stream = stream_of_zeros(runs);
  png_bytes idat = png_store((const uint8_t *)"\0\1", 2);
  png_bytes png = png_begin((png_shape){.width = 1, .height = 1, .bit_depth = 8});
  for (size_t i = 0; i < 5; i++) {
    add_profile(&png, stream);
  }
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
  png_end(&png);
  lpf_options options = unlimited();
  CHECK_EQUAL(convert_to(LPF_BMP_CLASSIC, png, options), PROFILE_TOO_LARGE);
  options.flags = LPF_FLAG_TOLERATE_ANCILLARY;
  options.max_ancillary_bytes = 5 * (stream.size + 3);
  options.max_memory_bytes = 100000;
  CHECK_EQUAL(convert_to(LPF_BMP_CLASSIC, png, options), LPF_DONE);
  CHECK_EQUAL(report.warning_count, 0);
  options.max_memory_bytes = ~0ull;
  CHECK_EQUAL(convert_to(LPF_BMP_BGRA, png, options), LPF_LIMIT_ANCILLARY_BYTES);
  /* what LodePNG calls too large is then just what the limit has no room for */
  options.max_ancillary_bytes += 16ull << 20;
  CHECK_EQUAL(convert_to(LPF_BMP_BGRA, png, options), LPF_LIMIT_ANCILLARY_BYTES);
  CHECK_EQUAL(report.limit, options.max_ancillary_bytes);
  CHECK(report.wanted > report.limit);
  CHECK(report.wanted < report.limit + 1000); /* nothing was inflated after that */
  options.max_ancillary_bytes = ~0ull;
  CHECK_EQUAL(convert_to(LPF_BMP_BGRA, png, options), LPF_DONE);
  CHECK_EQUAL(report.warning_count, 1);
  CHECK_EQUAL(report.warnings[0].code, PROFILE_TOO_LARGE);
  free(png.bytes);
  free(stream.bytes);
  free(idat.bytes);
}

int main(void) {
  what_the_header_says_is_limited();
  memory_is_limited();
  chunks_and_their_bytes_are_limited();
  what_profiles_inflate_to_is_limited();
  work_is_limited();
  the_work_of_profiles_adds_up();
  a_profile_that_nobody_asked_for_is_not_inflated();
  return check_result();
}
