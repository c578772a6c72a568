// link: library native/test/png_builder.c
/* The n-th allocation fails, once or from then on, for every n: a code, no crash, no leak. */
#include "base/memory.h"
#include "check.h"
#include "png_builder.h"

#define OUT_OF_MEMORY 83 /* LodePNG's code */

static png_bytes with_profile(void) {
  png_bytes profile = png_store((const uint8_t *)"not a profile, but LodePNG reads it", 35);
  png_bytes idat = png_store((const uint8_t *)"\0\1\0\2", 4);
  uint8_t data[100] = {'p', 0, 0};
  memcpy(data + 3, profile.bytes, profile.size);
  png_bytes png = png_begin((png_shape){.width = 1, .height = 2, .bit_depth = 8});
  png_add_chunk(&png, "iCCP", data, 3 + profile.size);
  png_add_chunk(&png, "iCCP", data, 3 + profile.size);
  png_add_chunk(&png, "eXIf", (const uint8_t *)"II*\0", 4);
  png_add_chunk(&png, "tEXt", (const uint8_t *)"a\0b", 3);
  png_add_chunk(&png, "zTXt", data, 3 + profile.size);
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size);
  png_end(&png);
  free(profile.bytes);
  free(idat.bytes);
  return png;
}

/* LodePNG's own inflater is asked only for what is not in order: here, a wrong checksum. */
static png_bytes with_wrong_checksum(png_shape shape) {
  png_image image = png_random_image(shape);
  png_bytes scanlines = png_scanlines(&image, 5);
  png_bytes idat = png_store(scanlines.bytes, scanlines.size);
  idat.bytes[idat.size - 1] ^= 1;
  png_bytes png = png_file(&image, idat, 100);
  free(idat.bytes);
  free(scanlines.bytes);
  png_free_image(&image);
  return png;
}

/* An empty fixed block before the data: LodePNG allocates Huffman trees for it. */
static png_bytes with_huffman_block(void) {
  static const uint8_t idat[] = {0x78, 0x01, 0x02, 0x00, /* fixed, empty, not last */
                                 0x00, 0x04, 0x00, 0xfb, 0xff, 0, 1, 0,
                                 2,    0x03, 0x00, 0,    0,    0, 0}; /* wrong checksum */
  png_bytes png = png_begin((png_shape){.width = 1, .height = 2, .bit_depth = 8});
  png_add_chunk(&png, "IDAT", idat, sizeof idat);
  png_end(&png);
  return png;
}

/* A tolerant conversion walks over such a file first, and then works on a copy of it. */
static png_bytes with_damage(void) {
  static const uint8_t palette[6] = {0, 10, 20, 30, 40, 50};
  png_bytes idat = png_store((const uint8_t *)"\0\1\0\0", 4);
  png_bytes png = png_begin((png_shape){.width = 1, .height = 2, .bit_depth = 8, .color_type = 3});
  png_add_chunk(&png, "PLTE", palette, sizeof palette);
  png_add_chunk(&png, "tRNS", palette, 2);
  png_add_chunk(&png, "gAMA", palette, 1);
  png_add_chunk(&png, "IDAT", idat.bytes, idat.size - 5);
  png_end(&png);
  free(idat.bytes);
  return png;
}

/* One thing that is done with a file, with flags and so much scratch memory; its code. */
typedef int32_t attempt(png_bytes png, uint32_t flags, unsigned long long scratch_size);

static uint8_t *some_scratch(unsigned long long size) {
  return size == 0 ? NULL : exactly((size_t)size);
}

static int32_t convert_to(uint32_t bmp_format, png_bytes png, uint32_t flags,
                          unsigned long long scratch_size) {
  lpf_options options = unlimited();
  options.flags = flags;
  options.bmp_format = bmp_format;
  lpf_plan plan;
  int32_t code = lpf_png_plan(png.bytes, png.size, &options, &plan);
  CHECK_EQUAL(lpf_live_allocations(), 0);
  if (code != LPF_DONE) {
    CHECK(bmp_format == LPF_BMP_BGRA); /* for the others it allocates nothing */
    return code;
  }
  uint8_t *bmp = exactly((size_t)plan.output_bytes);
  uint8_t *scratch = some_scratch(scratch_size);
  lpf_report report;
  code = lpf_png_to_bmp(png.bytes, png.size, &options, bmp, plan.output_bytes, scratch,
                        scratch_size, NULL, &report);
  CHECK_EQUAL(report.bytes_written, code == LPF_DONE ? plan.output_bytes : 0);
  free(scratch);
  free(bmp);
  return code;
}

static int32_t to_classic(png_bytes png, uint32_t flags, unsigned long long scratch_size) {
  return convert_to(LPF_BMP_CLASSIC, png, flags, scratch_size);
}

static int32_t to_bgra(png_bytes png, uint32_t flags, unsigned long long scratch_size) {
  return convert_to(LPF_BMP_BGRA, png, flags, scratch_size);
}

static int32_t to_premultiplied_pixels(png_bytes png, uint32_t flags,
                                       unsigned long long scratch_size) {
  lpf_options options = unlimited();
  options.flags = flags;
  options.alpha = LPF_ALPHA_PREMULTIPLIED;
  lpf_plan plan;
  CHECK_EQUAL(lpf_png_decode_plan(png.bytes, png.size, &options, LPF_FORMAT_RGBA16, &plan),
              LPF_DONE); /* allocates nothing, so nothing can fail */
  lpf_pixels pixels = {.stride = 8ll * plan.info.width,
                       .width = plan.info.width,
                       .height = plan.info.height,
                       .format = LPF_FORMAT_RGBA16};
  uint8_t *memory = exactly((size_t)plan.output_bytes);
  uint8_t *scratch = some_scratch(scratch_size);
  lpf_report report;
  int32_t code = lpf_png_decode(png.bytes, png.size, &options, memory, plan.output_bytes, &pixels,
                                scratch, scratch_size, NULL, &report);
  CHECK_EQUAL(report.bytes_written, code == LPF_DONE ? plan.output_bytes : 0);
  free(scratch);
  free(memory);
  return code;
}

static int32_t to_metadata(png_bytes png, uint32_t flags, unsigned long long scratch_size) {
  enum { MEMORY_BYTES = 2000 };
  lpf_options options = unlimited();
  options.flags = flags;
  uint8_t *memory = exactly(MEMORY_BYTES);
  uint8_t *scratch = some_scratch(scratch_size);
  lpf_report report;
  int32_t code = lpf_png_metadata(png.bytes, png.size, &options, memory, MEMORY_BYTES, scratch,
                                  scratch_size, NULL, &report);
  CHECK_EQUAL(report.bytes_written != 0, code == LPF_DONE);
  free(scratch);
  free(memory);
  return code;
}

/* Until a run has fewer than n allocations, so that every one of them has failed once. */
static void fail_each_allocation(attempt *try, png_bytes png, uint32_t flags,
                                 unsigned long long scratch_size) {
  const int32_t without_failure = try(png, flags, scratch_size);
  for (int onwards = 0; onwards <= 1; onwards++) {
    unsigned long long n = 1;
    while (1) {
      lpf_fail_acquire(n, onwards);
      int32_t code = try(png, flags, scratch_size);
      int has_failed = lpf_acquire_has_failed();
      lpf_fail_acquire(0, 0);
      CHECK_EQUAL(code, has_failed ? OUT_OF_MEMORY : without_failure);
      CHECK_EQUAL(lpf_live_allocations(), 0);
      CHECK_EQUAL(lpf_live_bytes(), 0);
      if (!has_failed) {
        break;
      }
      n++;
    }
    CHECK(n > 1 || scratch_size > 0 || try == to_metadata);
  }
}

static void check_file(png_bytes png) {
  static const uint32_t flags[] = {0, LPF_FLAG_SCALAR, LPF_FLAG_LODEPNG_ONLY,
                                   LPF_FLAG_TOLERATE_ANCILLARY | LPF_FLAG_TOLERATE_TRUNCATION};
  static attempt *const attempts[] = {to_classic, to_bgra, to_premultiplied_pixels, to_metadata};
  for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
    for (size_t way = 0; way < sizeof attempts / sizeof attempts[0]; way++) {
      fail_each_allocation(attempts[way], png, flags[i], 0);
      fail_each_allocation(attempts[way], png, flags[i], 500);
      fail_each_allocation(attempts[way], png, flags[i], 20000);
    }
  }
  free(png.bytes);
}

static void conversions_survive_every_failure(void) {
  static const png_shape shapes[] = {{30, 20, 8, 2, 0},  {30, 20, 16, 6, 1}, {30, 20, 8, 3, 1},
                                     {30, 20, 2, 3, 0},  {30, 20, 1, 0, 1},  {30, 20, 8, 4, 0},
                                     {200, 100, 8, 0, 1}};
  for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
    png_image image = png_random_image(shapes[i]);
    check_file(png_of_image(&image));
    png_free_image(&image);
    check_file(with_wrong_checksum(shapes[i]));
  }
  check_file(with_profile());
  check_file(with_huffman_block());
  check_file(with_damage());
}

/* What is not compressed needs no memory. */
static void metadata_without_compressed_parts_allocates_nothing(void) {
  png_bytes png = png_begin((png_shape){.width = 1, .height = 2, .bit_depth = 8});
  png_add_chunk(&png, "tEXt", (const uint8_t *)"a\0b", 3);
  png_add_chunk(&png, "IDAT", NULL, 0);
  png_end(&png);
  lpf_options options = unlimited();
  uint8_t memory[2000];
  lpf_report report;
  lpf_fail_acquire(1, 1);
  CHECK_EQUAL(lpf_png_metadata(png.bytes, png.size, &options, memory, sizeof memory, NULL, 0, NULL,
                               &report),
              LPF_DONE);
  CHECK_EQUAL(lpf_png_image_data(png.bytes, png.size, &options, memory, sizeof memory, NULL, 0,
                                 NULL, &report),
              LPF_DONE);
  CHECK_EQUAL(lpf_acquire_has_failed(), 0);
  lpf_fail_acquire(0, 0);
  free(png.bytes);
}

static void the_other_functions_survive_too(void) {
  lpf_fail_acquire(1, 1);
  uint8_t bytes[3] = {'A', 'B', 'C'};
  CHECK(lpf_memory_allocate(10) == NULL);
  CHECK(lpf_memory_allocate(40ull << 20) == NULL);
  CHECK(lpf_rotate_both(bytes, 3, 13) == NULL);
  CHECK(memcmp(bytes, "ABC", 3) == 0);
  CHECK_EQUAL(lpf_rotate(bytes, 3, 13), LPF_DONE); /* needs none */
  lpf_fail_acquire(0, 0);
}

int main(void) {
  conversions_survive_every_failure();
  metadata_without_compressed_parts_allocates_nothing();
  the_other_functions_survive_too();
  return check_result();
}
