// link: library
/* Sizes and headers of each kind of BMP, byte by byte. */
#include "bmp/bmp_header.h"

#include <stdbool.h>

#include "check.h"

static uint32_t little_endian(const uint8_t *bytes, uint32_t count) {
  uint32_t value = 0;
  for (uint32_t i = count; i-- > 0;) {
    value = value << 8 | bytes[i];
  }
  return value;
}

static bool all_zero(const uint8_t *bytes, size_t from, size_t to) {
  while (from < to && bytes[from] == 0) {
    from++;
  }
  return from == to;
}

static void fill(uint8_t palette[256][4]) {
  for (uint32_t i = 0; i < 1024; i++) {
    palette[i / 4][i % 4] = (uint8_t)(i * 7 + 1);
  }
}

/* The header as written into memory of its exact size, so that a sanitizer sees a byte too many. */
static uint8_t *header_of(const lpf_bmp *bmp) {
  uint8_t palette[256][4];
  fill(palette);
  const uint32_t size = lpf_bmp_pixels_at(bmp);
  uint8_t *bytes = exactly(size);
  memset(bytes, 0xa5, size);
  lpf_bmp_write_header(bmp, (const uint8_t(*)[4])palette, bytes);
  return bytes;
}

static void check_common_fields(const lpf_bmp *bmp, const uint8_t *bytes, uint32_t header_bytes,
                                uint32_t bits, uint32_t compression, uint32_t entries) {
  const uint32_t x = bmp->horizontal_pixels_per_metre, y = bmp->vertical_pixels_per_metre;
  CHECK(memcmp(bytes, "BM", 2) == 0);
  CHECK_EQUAL(little_endian(bytes + 2, 4), lpf_bmp_bytes(bmp)); /* bfSize */
  CHECK_EQUAL(little_endian(bytes + 6, 4), 0);
  CHECK_EQUAL(little_endian(bytes + 10, 4), 14 + header_bytes + 4 * entries); /* bfOffBits */
  CHECK_EQUAL(little_endian(bytes + 14, 4), header_bytes);
  CHECK_EQUAL(little_endian(bytes + 18, 4), bmp->width);
  CHECK_EQUAL(little_endian(bytes + 22, 4), bmp->height);
  CHECK_EQUAL(little_endian(bytes + 26, 2), 1);
  CHECK_EQUAL(little_endian(bytes + 28, 2), bits);
  CHECK_EQUAL(little_endian(bytes + 30, 4), compression);
  CHECK_EQUAL(little_endian(bytes + 38, 4), x > INT32_MAX ? 0 : x);
  CHECK_EQUAL(little_endian(bytes + 42, 4), y > INT32_MAX ? 0 : y);
  CHECK_EQUAL(little_endian(bytes + 46, 4), entries); /* biClrUsed */
  CHECK_EQUAL(little_endian(bytes + 50, 4), 0);
}

static void check_classic(uint32_t width, uint32_t height, uint32_t x, uint32_t y) {
  lpf_bmp bmp = {LPF_BMP_CLASSIC, width, height, 0, x, y};
  uint8_t *bytes = header_of(&bmp);
  CHECK_EQUAL(lpf_bmp_pixels_at(&bmp), 54);
  check_common_fields(&bmp, bytes, 40, 24, 0, 0);
  CHECK_EQUAL(little_endian(bytes + 34, 4), 0); /* biSizeImage */
  free(bytes);
}

static void the_classic_bmp_has_the_header_it_always_had(void) {
  for (uint32_t width = 1; width < 200; width++) {
    lpf_bmp bmp = {LPF_BMP_CLASSIC, width, 1, 0, 0, 0};
    uint8_t none;
    CHECK_EQUAL(lpf_bmp_stride(&bmp), (width * 3 + 3) / 4 * 4);
    CHECK_EQUAL(lpf_bmp_surface(&bmp, &none).padding, lpf_bmp_stride(&bmp) - width * 3);
  }
  CHECK_EQUAL(lpf_bmp_bytes(&(lpf_bmp){LPF_BMP_CLASSIC, 1, 1, 0, 0, 0}), 58);
  CHECK_EQUAL(lpf_bmp_bytes(&(lpf_bmp){LPF_BMP_CLASSIC, 70000, 2, 0, 0, 0}), 54 + 420000);
  CHECK_EQUAL(lpf_bmp_bytes(&(lpf_bmp){LPF_BMP_CLASSIC, INT32_MAX, 1, 0, 0, 0}),
              54ull + 6442450944ull);
  CHECK(lpf_bmp_bytes(&(lpf_bmp){LPF_BMP_CLASSIC, UINT32_MAX, UINT32_MAX, 0, 0, 0}) > UINT32_MAX);
  check_classic(1, 1, 0, 0);
  check_classic(70000, 3, 2835, 11811);
  check_classic(3, 70000, INT32_MAX, 1);
  check_classic(2, 2, (uint32_t)INT32_MAX + 1, UINT32_MAX);
  check_classic(37837, 37837, 1, 2); /* bfSize needs its highest bit */
}

/* BITMAPV4HEADER, with the masks of B, G, R, A in memory order, in the sRGB colour space. */
static void alpha_has_masks_and_a_colour_space(void) {
  lpf_bmp bmp = {LPF_BMP_BGRA, 5, 3, 0, 2835, 2836};
  CHECK_EQUAL(lpf_bmp_bytes(&bmp), 14 + 108 + 5 * 4 * 3);
  uint8_t *bytes = header_of(&bmp);
  check_common_fields(&bmp, bytes, 108, 32, 3, 0);
  CHECK_EQUAL(little_endian(bytes + 34, 4), 60);   /* bV4SizeImage */
  CHECK(memcmp(bytes + 54, "\0\0\xff\0", 4) == 0); /* the third byte of a pixel is red */
  CHECK(memcmp(bytes + 58, "\0\xff\0\0", 4) == 0);
  CHECK(memcmp(bytes + 62, "\xff\0\0\0", 4) == 0);
  CHECK(memcmp(bytes + 66, "\0\0\0\xff", 4) == 0);
  CHECK(memcmp(bytes + 70, "BGRs", 4) == 0); /* LCS_sRGB, little-endian */
  CHECK(all_zero(bytes, 74, 122));
  free(bytes);
}

/* BITMAPV5HEADER says where the profile is: behind the pixels, counted from the header. */
static void a_profile_is_embedded_behind_the_pixels(void) {
  lpf_bmp bmp = {LPF_BMP_BGRA, 5, 3, 1001, 0, 0};
  CHECK_EQUAL(lpf_bmp_bytes(&bmp), 14 + 124 + 60 + 1001);
  CHECK_EQUAL(lpf_bmp_profile_at(&bmp), 14 + 124 + 60);
  uint8_t *bytes = header_of(&bmp);
  check_common_fields(&bmp, bytes, 124, 32, 3, 0);
  CHECK(memcmp(bytes + 70, "DEBM", 4) == 0); /* PROFILE_EMBEDDED */
  CHECK(all_zero(bytes, 74, 122));
  CHECK_EQUAL(little_endian(bytes + 122, 4), 4); /* bV5Intent: LCS_GM_IMAGES */
  CHECK_EQUAL(little_endian(bytes + 126, 4), 124 + 60);
  CHECK_EQUAL(little_endian(bytes + 130, 4), 1001);
  CHECK_EQUAL(little_endian(bytes + 134, 4), 0);
  free(bytes);
}

static void palettes_stand_between_header_and_pixels(void) {
  uint8_t palette[256][4];
  fill(palette);
  static const struct {
    uint32_t format, bits, entries, width, stride, padding;
  } kinds[] = {{LPF_BMP_INDEXED8, 8, 256, 5, 8, 3},
               {LPF_BMP_GRAY8, 8, 256, 8, 8, 0},
               {LPF_BMP_BILEVEL, 1, 2, 33, 8, 3},
               {LPF_BMP_BILEVEL, 1, 2, 32, 4, 0},
               {LPF_BMP_BILEVEL, 1, 2, 1, 4, 3}};
  for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
    lpf_bmp bmp = {kinds[kind].format, kinds[kind].width, 2, 0, 1, 2};
    uint8_t *bytes = header_of(&bmp);
    const uint32_t entries = kinds[kind].entries;
    check_common_fields(&bmp, bytes, 40, kinds[kind].bits, 0, entries);
    CHECK_EQUAL(lpf_bmp_stride(&bmp), kinds[kind].stride);
    CHECK_EQUAL(lpf_bmp_bytes(&bmp), 54 + 4 * entries + 2 * kinds[kind].stride);
    lpf_surface surface = lpf_bmp_surface(&bmp, bytes);
    CHECK_EQUAL(surface.padding, kinds[kind].padding);
    CHECK_EQUAL(surface.stride, -(long long)kinds[kind].stride);
    CHECK(surface.first_row == bytes + 54 + 4 * entries + kinds[kind].stride);
    for (uint32_t i = 0; i < entries; i++) {
      const uint8_t *quad = bytes + 54 + 4 * i;
      bool gray = kinds[kind].format == LPF_BMP_GRAY8;
      CHECK_EQUAL(quad[0], gray ? i : palette[i][2]);
      CHECK_EQUAL(quad[1], gray ? i : palette[i][1]);
      CHECK_EQUAL(quad[2], gray ? i : palette[i][0]);
      CHECK_EQUAL(quad[3], 0);
    }
    free(bytes);
  }
}

int main(void) {
  the_classic_bmp_has_the_header_it_always_had();
  alpha_has_masks_and_a_colour_space();
  a_profile_is_embedded_behind_the_pixels();
  palettes_stand_between_header_and_pixels();
  return check_result();
}
