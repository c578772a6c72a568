// link: library native/test/png_builder.c
/* What lpf_png_metadata lists of every kind of chunk, and what becomes of damaged ones. */
#include <stdbool.h>

#include "check.h"
#include "png_builder.h"

enum { STRICT = 0, DEFAULT = LPF_FLAG_TOLERATE_ANCILLARY, TOLERANT = LPF_FLAG_TOLERATE_TRUNCATION };
enum { INVALID_CRC = 57, HEADER_BYTES = 33, FRAME_BYTES = 12, MEMORY_BYTES = 4096 };

static lpf_report report;
static lpf_metadata head;
static lpf_metadata_chunk chunks[64];
static uint8_t memory[MEMORY_BYTES];

static uint32_t type_of(const char *letters) {
  uint32_t type = 0;
  for (size_t i = 0; i < 4; i++) {
    type = type << 8 | (uint8_t)letters[i];
  }
  return type;
}

/* In memory of exactly so many bytes; what is listed goes to the variables above. */
static int32_t read_within(png_bytes png, const lpf_options *options, size_t size) {
  uint8_t *exact = exactly(size);
  memset(exact, 0xa5, size);
  memset(&head, 0, sizeof head);
  int32_t code =
      lpf_png_metadata(png.bytes, png.size, options, exact, size, NULL, 0, NULL, &report);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  CHECK_EQUAL(report.bytes_written != 0, code == LPF_DONE);
  if (code == LPF_DONE) {
    memcpy(&head, exact, sizeof head);
    CHECK(head.chunk_count <= 64);
    memcpy(chunks, exact + sizeof head, head.chunk_count * sizeof chunks[0]);
    memcpy(memory, exact, size);
  }
  free(exact);
  return code;
}

static int32_t read(png_bytes png, uint32_t flags) {
  lpf_options options = unlimited();
  options.flags = flags;
  return read_within(png, &options, MEMORY_BYTES);
}

typedef struct sample_chunk {
  const char *type;
  const void *data;
  size_t size;
  uint32_t color_type;
} sample_chunk;

static const uint8_t PALETTE[6] = {10, 20, 30, 40, 50, 60};

/* Signature, IHDR, and PLTE where the colour type wants one. */
static png_bytes beginning(uint32_t color_type) {
  png_bytes png = png_begin((png_shape){1, 1, 8, color_type, 0});
  if (color_type == 3) {
    png_add_chunk(&png, "PLTE", PALETTE, sizeof PALETTE);
  }
  return png;
}

/* Image data that nobody looks at: one byte. */
static void end_with_image_data(png_bytes *png) {
  png_add_chunk(png, "IDAT", (const uint8_t *)"x", 1);
  png_end(png);
}

/* The last byte of a chunk that was just added belongs to its CRC. */
static png_bytes with_chunk(const sample_chunk *chunk, bool wrong_crc) {
  png_bytes png = beginning(chunk->color_type);
  png_add_chunk(&png, chunk->type, chunk->data, chunk->size);
  png.bytes[png.size - 1] ^= wrong_crc;
  end_with_image_data(&png);
  return png;
}

static size_t offset_of_chunk(const sample_chunk *chunk) {
  return HEADER_BYTES + (chunk->color_type == 3 ? FRAME_BYTES + sizeof PALETTE : 0);
}

/* A zlib stream of a stored block "abc", and one of no byte. */
#define STORED_ABC               \
  "\x78\x01\x01\x03\x00\xfc\xff" \
  "abc\x02\x4d\x01\x27"
#define STORED_NOTHING "\x78\x01\x01\x00\x00\xff\xff\x00\x00\x00\x01"

#define CHUNK(color_type, type, data) \
  { type, data, sizeof data - 1, color_type }

static const sample_chunk SOUND[] = {
    CHUNK(2, "cHRM", "01234567890123456789012345678901"),
    CHUNK(2, "cICP", "\x09\x10\x00\x01"),
    CHUNK(2, "gAMA", "\x00\x00\xb1\x8f"),
    CHUNK(2, "iCCP", "p\0\0" STORED_ABC),
    CHUNK(2, "mDCV", "012345678901234567890123"),
    CHUNK(2, "mDCv", "012345678901234567890123"),
    CHUNK(2, "cLLI", "01234567"),
    CHUNK(2, "cLLi", "01234567"),
    CHUNK(0, "sBIT", "\x01"),
    CHUNK(2, "sBIT", "\x01\x08\x03"),
    CHUNK(3, "sBIT", "\x01\x08\x03"),
    CHUNK(4, "sBIT", "\x01\x08"),
    CHUNK(6, "sBIT", "\x01\x02\x03\x04"),
    CHUNK(2, "sRGB", "\x03"),
    CHUNK(2, "iTXt", "k\0\0\0\0\0text"),
    CHUNK(2, "iTXt", "k\0\1\0en\0K\0" STORED_ABC),
    CHUNK(2, "iTXt", "k\0\0\0e"), /* LodePNG wants no more than that */
    CHUNK(2, "tEXt", "k\0text"),
    CHUNK(2, "tEXt", "k"),
    CHUNK(2, "zTXt", "k\0\0" STORED_ABC),
    CHUNK(2, "zTXt", "k\0\0" STORED_NOTHING),
    CHUNK(0, "bKGD", "\0\1"),
    CHUNK(2, "bKGD", "\0\1\0\2\0\3"),
    CHUNK(3, "bKGD", "\1"),
    CHUNK(4, "bKGD", "\0\1"),
    CHUNK(2, "pHYs", "\0\0\x0b\x13\0\0\x0b\x13\1"),
    CHUNK(2, "eXIf", "II*\0"),
    CHUNK(2, "eXIf", ""),
    CHUNK(2, "tIME", "\x07\xe8\x02\x1d\x17\x3b\x3c"), /* 29 February 2024, 23:59:60 */
    CHUNK(2, "tIME", "\x07\xd0\x02\x1d\x00\x00\x00"), /* 2000 was a leap year */
    CHUNK(2, "acTL", "\0\0\0\2\0\0\0\0"),
};

static void every_kind_is_listed_where_it_stands(void) {
  static const uint32_t flags[] = {STRICT, DEFAULT, TOLERANT};
  for (size_t i = 0; i < sizeof SOUND / sizeof SOUND[0]; i++) {
    const sample_chunk *chunk = &SOUND[i];
    png_bytes png = with_chunk(chunk, false);
    for (size_t way = 0; way < 3; way++) {
      CHECK_EQUAL(read(png, flags[way]), LPF_DONE);
      CHECK_EQUAL(report.warning_count, 0);
      CHECK_EQUAL(head.chunk_count, 1);
      CHECK_EQUAL(head.info.color_type, chunk->color_type);
      CHECK_EQUAL(chunks[0].chunk_type, type_of(chunk->type));
      CHECK_EQUAL(chunks[0].offset, offset_of_chunk(chunk));
      CHECK_EQUAL(chunks[0].length, chunk->size);
    }
    free(png.bytes);
  }
}

static void compressed_parts_are_inflated_behind_the_list(void) {
  for (size_t i = 0; i < sizeof SOUND / sizeof SOUND[0]; i++) {
    png_bytes png = with_chunk(&SOUND[i], false);
    CHECK_EQUAL(read(png, STRICT), LPF_DONE);
    const bool holds_abc =
        SOUND[i].size > 14 &&
        memcmp((const char *)SOUND[i].data + SOUND[i].size - 14, STORED_ABC, 14) == 0;
    const bool holds_nothing = SOUND[i].size == 14 && SOUND[i].type[0] == 'z';
    CHECK_EQUAL(chunks[0].is_inflated, holds_abc || holds_nothing);
    CHECK_EQUAL(chunks[0].inflated_bytes, holds_abc ? 3 : 0);
    if (holds_abc) {
      CHECK_EQUAL(chunks[0].inflated_at, MEMORY_BYTES - 3);
      CHECK(memcmp(memory + chunks[0].inflated_at, "abc", 3) == 0);
    }
    CHECK_EQUAL(report.bytes_written, sizeof head + sizeof chunks[0] + chunks[0].inflated_bytes);
    free(png.bytes);
  }
}

static void check_refused(png_bytes png, const sample_chunk *chunk, int32_t code) {
  CHECK_EQUAL(read(png, STRICT), code);
  CHECK_EQUAL(report.warning_count, 0);
  for (uint32_t flags = DEFAULT; flags <= TOLERANT; flags += TOLERANT - DEFAULT) {
    CHECK_EQUAL(read(png, flags), LPF_DONE);
    CHECK_EQUAL(head.chunk_count, 0);
    CHECK_EQUAL(report.warning_count, 1);
    CHECK_EQUAL(report.warnings[0].code, code);
    CHECK_EQUAL(report.warnings[0].chunk_type, type_of(chunk->type));
    CHECK_EQUAL(report.warnings[0].offset, offset_of_chunk(chunk));
  }
}

static void a_wrong_checksum_is_damage_in_every_kind(void) {
  for (size_t i = 0; i < sizeof SOUND / sizeof SOUND[0]; i++) {
    png_bytes png = with_chunk(&SOUND[i], true);
    check_refused(png, &SOUND[i], INVALID_CRC);
    free(png.bytes);
  }
}

/* The codes are LodePNG's where it reads the chunk; see readChunk_ in its source. */
static void damage_has_lodepngs_code_and_is_a_warning_by_default(void) {
  static const struct {
    int32_t code;
    sample_chunk chunk;
  } damaged[] = {
      {97, CHUNK(2, "cHRM", "0123456789012345678901234567890")},
      {117, CHUNK(2, "cICP", "\x09\x10\x00")},
      {96, CHUNK(2, "gAMA", "\x00\x00\xb1")},
      {96, CHUNK(2, "gAMA", "")},
      {75, CHUNK(2, "iCCP", "p\0")},
      {75, CHUNK(2, "iCCP", "p\0\0")},
      {89, CHUNK(2, "iCCP", "\0\0" STORED_ABC)},
      {72, CHUNK(2, "iCCP", "p\0\1" STORED_ABC)},
      {53, CHUNK(2, "iCCP", "p\0\0x")},
      {100, CHUNK(2, "iCCP", "p\0\0" STORED_NOTHING)},
      {58, CHUNK(2, "iCCP",
                 "p\0\0\x78\x01\x01\x03\x00\xfc\xff"
                 "abc\x02\x4d\x01\x28")},
      {119, CHUNK(2, "mDCV", "01234567890123456789012")},
      {119, CHUNK(2, "mDCv", "01234567890123456789012")},
      {120, CHUNK(2, "cLLI", "0123456")},
      {120, CHUNK(2, "cLLi", "012345678")},
      {114, CHUNK(2, "sBIT", "\x01")},
      {114, CHUNK(6, "sBIT", "\x01\x02\x03")},
      {115, CHUNK(0, "sBIT", "\x09")},
      {115, CHUNK(4, "sBIT", "\x08\x00")},
      {98, CHUNK(2, "sRGB", "")},
      {30, CHUNK(2, "iTXt", "k\0\0\0")},
      {75, CHUNK(2, "iTXt", "keyword")},
      {89, CHUNK(2, "iTXt", "\0\0\0\0\0")},
      {72, CHUNK(2, "iTXt", "k\0\0\1\0\0text")},
      {53, CHUNK(2, "iTXt", "k\0\1\0\0\0")},
      {53, CHUNK(2, "iTXt", "k\0\1\0en")},
      {89, CHUNK(2, "tEXt", "")},
      {89, CHUNK(2, "tEXt", "\0text")},
      {89,
       CHUNK(2, "tEXt",
             "a keyword that is eighty letters long, which is one more than there may be......")},
      {75, CHUNK(2, "zTXt", "k\0")},
      {72, CHUNK(2, "zTXt", "k\0\1" STORED_ABC)},
      {89, CHUNK(2, "zTXt", "\0\0" STORED_ABC)},
      {24, CHUNK(2, "zTXt",
                 "k\0\0\x79\x01\x01\x03\x00\xfc\xff"
                 "abc\x02\x4d\x01\x27")},
      {44, CHUNK(0, "bKGD", "\0")},
      {45, CHUNK(2, "bKGD", "\0\1")},
      {43, CHUNK(3, "bKGD", "\0\1")},
      {103, CHUNK(3, "bKGD", "\2")},
      {74, CHUNK(2, "pHYs", "\0\0\x0b\x13\0\0\x0b\x13")},
      {73, CHUNK(2, "tIME", "\x07\xe8\x02\x1d\x17\x3b")},
      /* what LodePNG lets pass, and PNG does not define */
      {LPF_INVALID_METADATA, CHUNK(2, "sRGB", "\4")},
      {LPF_INVALID_METADATA, CHUNK(2, "pHYs", "\0\0\x0b\x13\0\0\x0b\x13\2")},
      {LPF_INVALID_METADATA, CHUNK(2, "cICP", "\x09\x10\x00\x02")},
      {LPF_INVALID_METADATA, CHUNK(2, "tIME", "\x07\xe8\x0d\x01\x17\x3b\x00")},
      {LPF_INVALID_METADATA, CHUNK(2, "tIME", "\x07\xe8\x00\x01\x17\x3b\x00")},
      {LPF_INVALID_METADATA, CHUNK(2, "tIME", "\x07\xe9\x02\x1d\x17\x3b\x00")}, /* no leap year */
      {LPF_INVALID_METADATA, CHUNK(2, "tIME", "\x07\x6c\x02\x1d\x17\x3b\x00")}, /* nor was 1900 */
      {LPF_INVALID_METADATA, CHUNK(2, "tIME", "\x07\xe8\x02\x00\x17\x3b\x00")},
      {LPF_INVALID_METADATA, CHUNK(2, "tIME", "\x07\xe8\x02\x01\x18\x3b\x00")},
      {LPF_INVALID_METADATA, CHUNK(2, "tIME", "\x07\xe8\x02\x01\x17\x3c\x00")},
      {LPF_INVALID_METADATA, CHUNK(2, "tIME", "\x07\xe8\x02\x01\x17\x3b\x3d")},
      {LPF_INVALID_METADATA, CHUNK(2, "acTL", "\0\0\0\2\0\0\0")},
      {LPF_INVALID_METADATA, CHUNK(2, "acTL", "\0\0\0\0\0\0\0\0")},
  };
  for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
    png_bytes png = with_chunk(&damaged[i].chunk, false);
    check_refused(png, &damaged[i].chunk, damaged[i].code);
    free(png.bytes);
  }
}

static void chunks_that_are_no_metadata_are_not_listed(void) {
  png_bytes png = beginning(3);
  png_add_chunk(&png, "tRNS", (const uint8_t *)"\x80", 1);
  png_add_chunk(&png, "hIST", (const uint8_t *)"\0\1\0\1", 4);
  png_add_chunk(&png, "teSt", NULL, 0);
  end_with_image_data(&png);
  CHECK_EQUAL(read(png, STRICT), LPF_DONE);
  CHECK_EQUAL(head.chunk_count, 0);
  CHECK_EQUAL(head.palette_entries, 2);
  CHECK_EQUAL(head.palette[0], 0x800a141e);
  CHECK_EQUAL(head.palette[1], 0xff28323c);
  CHECK_EQUAL(head.palette[2], 0);
  CHECK_EQUAL(head.has_key, 0);
  free(png.bytes);
}

static void the_transparent_color_is_told_and_damage_in_trns_is_passed_over(void) {
  const sample_chunk gray = CHUNK(0, "tRNS", "\0\7"), color = CHUNK(2, "tRNS", "\0\1\0\2\1\3"),
                     short_color = CHUNK(2, "tRNS", "\0\1"), long_alpha = CHUNK(3, "tRNS", "abc");
  png_bytes png = with_chunk(&gray, false);
  CHECK_EQUAL(read(png, STRICT), LPF_DONE);
  CHECK(head.has_key == 1 && head.key[0] == 7 && head.key[1] == 7 && head.key[2] == 7);
  free(png.bytes);
  png = with_chunk(&color, false);
  CHECK_EQUAL(read(png, STRICT), LPF_DONE);
  CHECK(head.has_key == 1 && head.key[0] == 1 && head.key[1] == 2 && head.key[2] == 0x103);
  free(png.bytes);
  png = with_chunk(&short_color, false);
  check_refused(png, &short_color, 41);
  CHECK_EQUAL(head.has_key, 0);
  free(png.bytes);
  png = with_chunk(&long_alpha, false);
  check_refused(png, &long_alpha, 39);
  CHECK_EQUAL(head.palette[1], 0xff28323c);
  free(png.bytes);
}

static void of_the_same_kind_all_are_listed_and_also_those_behind_the_image_data(void) {
  png_bytes png = beginning(2);
  png_add_chunk(&png, "gAMA", (const uint8_t *)"\0\0\0\1", 4);
  png_add_chunk(&png, "tEXt", (const uint8_t *)"k\0a", 3);
  png_add_chunk(&png, "IDAT", (const uint8_t *)"x", 1);
  png_add_chunk(&png, "tEXt", (const uint8_t *)"k\0b", 3);
  png_add_chunk(&png, "gAMA", (const uint8_t *)"\0\0\0\2", 4);
  png_end(&png);
  CHECK_EQUAL(read(png, STRICT), LPF_DONE);
  CHECK_EQUAL(head.chunk_count, 4);
  static const char *const types[] = {"gAMA", "tEXt", "tEXt", "gAMA"};
  static const uint8_t last_bytes[] = {1, 'a', 'b', 2};
  for (size_t i = 0; i < 4; i++) {
    CHECK_EQUAL(chunks[i].chunk_type, type_of(types[i]));
    CHECK_EQUAL(png.bytes[chunks[i].offset + 8 + chunks[i].length - 1], last_bytes[i]);
  }
  free(png.bytes);
}

/* Behind it, it does not make an animation (PNG, 5.6). */
static void an_animation_is_announced_before_the_image_data(void) {
  png_bytes png = beginning(2);
  png_add_chunk(&png, "IDAT", (const uint8_t *)"x", 1);
  png_add_chunk(&png, "acTL", (const uint8_t *)"\0\0\0\2\0\0\0\0", 8);
  png_end(&png);
  CHECK_EQUAL(read(png, STRICT), LPF_INVALID_METADATA);
  CHECK_EQUAL(read(png, DEFAULT), LPF_DONE);
  CHECK_EQUAL(head.chunk_count, 0);
  CHECK_EQUAL(report.warnings[0].code, LPF_INVALID_METADATA);
  free(png.bytes);
}

static void the_first_damage_in_the_file_decides_and_each_is_a_warning(void) {
  png_bytes png = beginning(2);
  png_add_chunk(&png, "zTXt", (const uint8_t *)"k\0\0x", 4); /* seen once it is inflated */
  png_add_chunk(&png, "tEXt", (const uint8_t *)"k\0a", 3);
  png_add_chunk(&png, "tIME", NULL, 0); /* seen by the walk */
  png_add_chunk(&png, "sRGB", (const uint8_t *)"\7", 1);
  end_with_image_data(&png);
  CHECK_EQUAL(read(png, STRICT), 53);
  CHECK_EQUAL(read(png, DEFAULT), LPF_DONE);
  CHECK_EQUAL(head.chunk_count, 1);
  CHECK_EQUAL(report.warning_count, 3);
  CHECK_EQUAL(report.warnings[0].code, 53);
  CHECK_EQUAL(report.warnings[1].code, 73);
  CHECK_EQUAL(report.warnings[2].code, LPF_INVALID_METADATA);
  free(png.bytes);
}

static void damage_that_is_not_ancillary_is_an_error(void) {
  png_bytes png = beginning(2);
  png_add_chunk(&png, "tEXt", (const uint8_t *)"k\0a", 3);
  png_add_chunk(&png, "IDAT", (const uint8_t *)"x", 1);
  png.bytes[png.size - 1] ^= 1;
  png_end(&png);
  CHECK_EQUAL(read(png, STRICT), INVALID_CRC);
  CHECK_EQUAL(read(png, TOLERANT), INVALID_CRC);
  free(png.bytes);
  png = png_begin((png_shape){1, 1, 8, 3, 0}); /* without PLTE */
  end_with_image_data(&png);
  CHECK_EQUAL(read(png, TOLERANT), 106);
  free(png.bytes);
  png = beginning(2);
  end_with_image_data(&png);
  png.size -= 15; /* into the CRC of IDAT */
  CHECK_EQUAL(read(png, STRICT), 30);
  CHECK_EQUAL(read(png, DEFAULT), 30);
  CHECK_EQUAL(read(png, TOLERANT), LPF_DONE);
  CHECK_EQUAL(report.warnings[0].chunk_type, type_of("IDAT"));
  free(png.bytes);
}

/* One that is too small says what suffices, and that does. */
static void memory_of_the_size_that_was_wanted_suffices(void) {
  png_bytes png = beginning(2);
  png_add_chunk(&png, "zTXt", (const uint8_t *)"k\0\0" STORED_ABC, 17);
  png_add_chunk(&png, "iCCP", (const uint8_t *)"p\0\0" STORED_ABC, 17);
  png_add_chunk(&png, "tIME", NULL, 0);
  end_with_image_data(&png);
  const size_t exact = sizeof head + 2 * sizeof chunks[0] + 6;
  lpf_options options = unlimited();
  options.flags = DEFAULT;
  for (size_t size = 0; size < exact; size++) {
    CHECK_EQUAL(read_within(png, &options, size), LPF_OUTPUT_TOO_SMALL);
    CHECK_EQUAL(report.limit, size);
    CHECK_EQUAL(report.wanted, exact);
  }
  CHECK_EQUAL(read_within(png, &options, exact), LPF_DONE);
  CHECK_EQUAL(report.bytes_written, exact);
  CHECK(memcmp(memory + chunks[1].inflated_at, "abcabc", 6) == 0);
  CHECK_EQUAL(chunks[0].inflated_at, exact - 3);
  free(png.bytes);
}

static void limits_count_chunks_and_what_they_inflate_to(void) {
  png_bytes png = beginning(2);
  png_add_chunk(&png, "zTXt", (const uint8_t *)"k\0\0" STORED_ABC, 17);
  png_add_chunk(&png, "iTXt", (const uint8_t *)"k\0\1\0\0\0" STORED_ABC, 20);
  png_add_chunk(&png, "eXIf", (const uint8_t *)"II*\0", 4);
  end_with_image_data(&png);
  const unsigned long long whole = 17 + 3 + 20 + 3 + 4;
  lpf_options options = unlimited();
  for (unsigned long long most = 0; most <= whole; most++) {
    options.max_ancillary_bytes = most;
    for (uint32_t flags = STRICT; flags <= TOLERANT; flags += 4) {
      options.flags = flags;
      const bool enough = most == whole;
      CHECK_EQUAL(read_within(png, &options, MEMORY_BYTES),
                  enough ? LPF_DONE : LPF_LIMIT_ANCILLARY_BYTES);
      CHECK(enough || (report.limit == most && report.wanted > most && report.wanted <= whole));
    }
  }
  options = unlimited();
  options.max_chunks = 6;
  CHECK_EQUAL(read_within(png, &options, MEMORY_BYTES), LPF_DONE);
  options.max_chunks = 5;
  CHECK_EQUAL(read_within(png, &options, MEMORY_BYTES), LPF_LIMIT_CHUNKS);
  options = unlimited();
  options.max_memory_bytes = 10;
  CHECK_EQUAL(read_within(png, &options, MEMORY_BYTES), LPF_LIMIT_MEMORY_BYTES);
  options = unlimited();
  options.max_input_bytes = png.size - 1;
  CHECK_EQUAL(read_within(png, &options, MEMORY_BYTES), LPF_LIMIT_INPUT_BYTES);
  free(png.bytes);
}

/* Empty blocks yield nothing that a limit could count. */
static void a_stream_of_empty_blocks_is_given_up(void) {
  enum { BLOCKS = 200000, BLOCK_BITS = 10, BEFORE = 5, BYTES = BEFORE + BLOCKS * BLOCK_BITS / 8 };
  uint8_t *data = exactly(BYTES);
  memset(data, 0, BYTES);
  memcpy(data, "k\0\0\x78\x01", BEFORE);
  for (size_t block = 0; block < BLOCKS; block++) { /* not the last, fixed codes, their end */
    const size_t bit = block * BLOCK_BITS + 1;
    data[BEFORE + bit / 8] |= (uint8_t)(1u << bit % 8);
  }
  png_bytes png = beginning(2);
  png_add_chunk(&png, "zTXt", data, BYTES);
  end_with_image_data(&png);
  CHECK_EQUAL(read(png, STRICT), LPF_TOO_MANY_BLOCKS);
  CHECK_EQUAL(read(png, DEFAULT), LPF_TOO_MANY_BLOCKS);
  free(png.bytes);
  free(data);
}

static int32_t find_data(png_bytes png, uint32_t flags, lpf_image_data *spans, size_t size) {
  lpf_options options = unlimited();
  options.flags = flags;
  int32_t code = lpf_png_image_data(png.bytes, png.size, &options, (uint8_t *)spans, size, NULL, 0,
                                    NULL, &report);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  return code;
}

/* Which decoding would miss. */
static void image_data_need_not_be_there(void) {
  png_bytes png = beginning(2);
  png_add_chunk(&png, "tEXt", (const uint8_t *)"k\0a", 3);
  png_end(&png);
  CHECK_EQUAL(read(png, STRICT), LPF_DONE);
  CHECK_EQUAL(head.chunk_count, 1);
  CHECK_EQUAL(find_data(png, STRICT, NULL, 0), 53);
  free(png.bytes);
}

static void image_data_is_found_chunk_by_chunk(void) {
  lpf_image_data spans[4];
  png_bytes png = beginning(2);
  png_add_chunk(&png, "IDAT", (const uint8_t *)"ab", 2);
  png_add_chunk(&png, "IDAT", NULL, 0);
  png_add_chunk(&png, "tIME", NULL, 0);
  png_add_chunk(&png, "IDAT", (const uint8_t *)"cde", 3);
  png_end(&png);
  CHECK_EQUAL(find_data(png, STRICT, spans, sizeof spans), 73);
  CHECK_EQUAL(find_data(png, DEFAULT, spans, 3 * sizeof spans[0]), LPF_DONE);
  CHECK_EQUAL(report.bytes_written, 3 * sizeof spans[0]);
  static const size_t lengths[] = {2, 0, 3};
  static const char *const data[] = {"ab", "", "cde"};
  for (size_t i = 0; i < 3; i++) {
    CHECK_EQUAL(spans[i].length, lengths[i]);
    CHECK(memcmp(png.bytes + spans[i].offset, data[i], lengths[i]) == 0);
  }
  CHECK_EQUAL(find_data(png, DEFAULT, spans, 3 * sizeof spans[0] - 1), LPF_OUTPUT_TOO_SMALL);
  CHECK_EQUAL(report.wanted, 3 * sizeof spans[0]);
  png.size -= 12 + 5; /* IEND, the CRC, and a byte */
  CHECK_EQUAL(find_data(png, DEFAULT, spans, sizeof spans), 30);
  CHECK_EQUAL(find_data(png, TOLERANT, spans, sizeof spans), LPF_DONE);
  CHECK_EQUAL(spans[2].length, 2);
  free(png.bytes);
  png = beginning(2);
  png_end(&png);
  CHECK_EQUAL(find_data(png, DEFAULT, spans, sizeof spans), 53);
  free(png.bytes);
}

static void what_makes_no_sense_is_refused(void) {
  png_bytes png = with_chunk(&SOUND[0], false);
  lpf_options options = unlimited();
  const int32_t cancel = 1;
  CHECK_EQUAL(lpf_png_metadata(png.bytes, png.size, &options, memory, sizeof memory, NULL, 0,
                               &cancel, &report),
              LPF_CANCELLED);
  CHECK_EQUAL(lpf_png_metadata(NULL, 1, &options, memory, 9, NULL, 0, NULL, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_metadata(NULL, 0, &options, memory, 9, NULL, 0, NULL, &report), 48);
  CHECK_EQUAL(lpf_png_metadata(png.bytes, png.size, NULL, memory, 9, NULL, 0, NULL, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_metadata(png.bytes, png.size, &options, NULL, 9, NULL, 0, NULL, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_metadata(png.bytes, png.size, &options, NULL, 0, NULL, 0, NULL, &report),
              LPF_OUTPUT_TOO_SMALL);
  CHECK_EQUAL(lpf_png_metadata(png.bytes, png.size, &options, memory, 9, NULL, 9, NULL, &report),
              LPF_INVALID_ARGUMENT);
  CHECK_EQUAL(lpf_png_metadata(png.bytes, png.size, &options, memory, 9, NULL, 0, NULL, NULL),
              LPF_INVALID_ARGUMENT);
  free(png.bytes);
}

/* Every bit of a file with every kind of chunk is changed in turn: no harm, and strict is never
   more lenient than the rest. */
static void any_changed_bit_is_survived(void) {
  png_bytes png = beginning(2);
  for (size_t i = 0; i < sizeof SOUND / sizeof SOUND[0]; i++) {
    if (SOUND[i].color_type == 2) {
      png_add_chunk(&png, SOUND[i].type, SOUND[i].data, SOUND[i].size);
    }
  }
  end_with_image_data(&png);
  for (size_t i = 0; i < png.size; i++) {
    for (uint32_t bit = 0; bit < 8; bit++) {
      png.bytes[i] ^= (uint8_t)(1u << bit);
      const int32_t strict = read(png, STRICT);
      const int32_t tolerant = read(png, TOLERANT);
      CHECK(strict != LPF_DONE || (tolerant == LPF_DONE && report.warning_count == 0));
      CHECK(strict == LPF_DONE || tolerant != LPF_DONE || report.warning_count > 0);
      png.bytes[i] ^= (uint8_t)(1u << bit);
    }
  }
  free(png.bytes);
}

int main(void) {
  every_kind_is_listed_where_it_stands();
  compressed_parts_are_inflated_behind_the_list();
  a_wrong_checksum_is_damage_in_every_kind();
  damage_has_lodepngs_code_and_is_a_warning_by_default();
  chunks_that_are_no_metadata_are_not_listed();
  the_transparent_color_is_told_and_damage_in_trns_is_passed_over();
  of_the_same_kind_all_are_listed_and_also_those_behind_the_image_data();
  an_animation_is_announced_before_the_image_data();
  the_first_damage_in_the_file_decides_and_each_is_a_warning();
  damage_that_is_not_ancillary_is_an_error();
  memory_of_the_size_that_was_wanted_suffices();
  limits_count_chunks_and_what_they_inflate_to();
  a_stream_of_empty_blocks_is_given_up();
  image_data_need_not_be_there();
  image_data_is_found_chunk_by_chunk();
  what_makes_no_sense_is_refused();
  any_changed_bit_is_survived();
  return check_result();
}
