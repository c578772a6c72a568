// link: library
/* Sizes and header of the BMP, byte by byte. */
#include "bmp/bmp.h"

#include <limits.h>

#include "check.h"

static uint32_t little_endian(const uint8_t *bytes, uint32_t count) {
  uint32_t value = 0;
  for (uint32_t i = count; i-- > 0;) {
    value = value << 8 | bytes[i];
  }
  return value;
}

static void check_header(uint32_t width, uint32_t height, uint32_t x, uint32_t y) {
  uint8_t *bmp = exactly(LPF_BMP_HEADER_BYTES);
  memset(bmp, 0xa5, LPF_BMP_HEADER_BYTES);
  lpf_bmp_write_header(bmp, width, height, x, y);
  CHECK(memcmp(bmp, "BM", 2) == 0);
  CHECK_EQUAL(little_endian(bmp + 2, 4), lpf_bmp_bytes(width, height));
  CHECK_EQUAL(little_endian(bmp + 6, 4), 0);
  CHECK_EQUAL(little_endian(bmp + 10, 4), 54);
  CHECK_EQUAL(little_endian(bmp + 14, 4), 40);
  CHECK_EQUAL(little_endian(bmp + 18, 4), width);
  CHECK_EQUAL(little_endian(bmp + 22, 4), height);
  CHECK_EQUAL(little_endian(bmp + 26, 2), 1);
  CHECK_EQUAL(little_endian(bmp + 28, 2), 24);
  CHECK_EQUAL(little_endian(bmp + 30, 4), 0);
  CHECK_EQUAL(little_endian(bmp + 34, 4), 0);
  CHECK_EQUAL(little_endian(bmp + 38, 4), x > INT32_MAX ? 0 : x);
  CHECK_EQUAL(little_endian(bmp + 42, 4), y > INT32_MAX ? 0 : y);
  CHECK_EQUAL(little_endian(bmp + 46, 4), 0);
  CHECK_EQUAL(little_endian(bmp + 50, 4), 0);
  free(bmp);
}

int main(void) {
  for (uint32_t width = 1; width < 200; width++) {
    CHECK_EQUAL(lpf_bmp_stride(width) % 4, 0);
    CHECK_EQUAL(lpf_bmp_stride(width), (width * 3 + 3) / 4 * 4);
    CHECK_EQUAL(lpf_bmp_padding(width), lpf_bmp_stride(width) - width * 3);
  }
  CHECK_EQUAL(lpf_bmp_bytes(1, 1), 58);
  CHECK_EQUAL(lpf_bmp_bytes(70000, 2), 54 + 420000);
  CHECK_EQUAL(lpf_bmp_bytes(INT32_MAX, 1), 54ull + 6442450944ull);
  CHECK(lpf_bmp_bytes(UINT32_MAX, UINT32_MAX) == ULLONG_MAX);
  check_header(1, 1, 0, 0);
  check_header(70000, 3, 2835, 11811);
  check_header(3, 70000, INT32_MAX, 1);
  check_header(2, 2, (uint32_t)INT32_MAX + 1, UINT32_MAX);
  check_header(37837, 37837, 1, 2); /* bfSize needs its highest bit */
  return check_result();
}
