// link: library
/* The buffer primer, memory for callers, and what the library says of itself. */
#include "check.h"

static void rotation_goes_both_ways(void) {
  uint8_t *abc = copy_of((const uint8_t *)"ABC", 3);
  CHECK_EQUAL(lpf_rotate(abc, 3, 13), LPF_DONE);
  CHECK(memcmp(abc, "NOP", 3) == 0);
  CHECK_EQUAL(lpf_rotate(abc, 3, -13), LPF_DONE);
  uint8_t *back = lpf_rotate_both(abc, 3, 13);
  CHECK(back != NULL && memcmp(back, "456", 3) == 0);
  CHECK(memcmp(abc, "NOP", 3) == 0);
  CHECK_EQUAL(lpf_live_allocations(), 1);
  lpf_memory_free(back, 3);
  CHECK_EQUAL(lpf_rotate(abc, 3, INT32_MIN), LPF_DONE);
  CHECK_EQUAL(lpf_rotate(abc, 3, INT32_MAX), LPF_DONE);
  CHECK(memcmp(abc, "MNO", 3) == 0);
  free(abc);
}

static void nothing_can_be_rotated_too(void) {
  CHECK_EQUAL(lpf_rotate(NULL, 0, 1), LPF_DONE);
  CHECK_EQUAL(lpf_rotate(NULL, 1, 1), LPF_INVALID_ARGUMENT);
  CHECK(lpf_rotate_both(NULL, 1, 1) == NULL);
  uint8_t *none = lpf_rotate_both(NULL, 0, 1);
  CHECK(none != NULL);
  lpf_memory_free(none, 0);
  CHECK_EQUAL(lpf_increment(NULL, 0, 1), LPF_DONE);
  CHECK_EQUAL(lpf_increment(NULL, 1, 1), LPF_INVALID_ARGUMENT);
  uint8_t byte;
  CHECK(lpf_rotate_both(&byte, ~0ull, 1) == NULL); /* refused before a byte is looked at */
}

/* a power of two: no constant with more digits than a double has, as 32-bit x86 would make one */
static const double HUGE_AND_EXACT = 0x1p1000;

static void doubles_need_no_alignment(void) {
  for (size_t offset = 0; offset < 8; offset++) {
    uint8_t *memory = exactly(offset + 3 * sizeof(double));
    const double values[3] = {1.5, -2.25, HUGE_AND_EXACT};
    memcpy(memory + offset, values, sizeof values);
    /* the address is what a caller may have; the cast itself must not promise alignment */
    double *doubles;
    uint8_t *start = memory + offset;
    memcpy(&doubles, &start, sizeof doubles);
    CHECK_EQUAL(lpf_increment(doubles, 3, 0.5), LPF_DONE);
    double found[3];
    memcpy(found, memory + offset, sizeof found);
    CHECK(found[0] >= 2.0 && found[0] <= 2.0);
    CHECK(found[1] >= -1.75 && found[1] <= -1.75);
    CHECK(found[2] >= HUGE_AND_EXACT && found[2] <= HUGE_AND_EXACT);
    free(memory);
  }
}

static void memory_is_counted_and_aligned(void) {
  static const unsigned long long sizes[] = {
      0, 1, 100, 32ull << 20, (32ull << 20) - 1, (32ull << 20) + 1};
  unsigned long long bytes = 0;
  uint8_t *blocks[sizeof sizes / sizeof sizes[0]];
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    blocks[i] = lpf_memory_allocate(sizes[i]);
    CHECK(blocks[i] != NULL && (uintptr_t)blocks[i] % 16 == 0);
    if (sizes[i] > 0) {
      blocks[i][0] = blocks[i][sizes[i] - 1] = 1;
    }
    bytes += sizes[i] > 0 ? sizes[i] : 1;
    CHECK_EQUAL(lpf_live_allocations(), i + 1);
    CHECK_EQUAL(lpf_live_bytes(), bytes);
  }
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    lpf_memory_free(blocks[i], sizes[i]);
  }
  lpf_memory_free(NULL, 5);
  CHECK(lpf_memory_allocate(~0ull) == NULL);
  CHECK(lpf_memory_allocate(1ull << 63) == NULL);
}

static void every_code_has_a_text(void) {
  static const int32_t codes[] = {INT32_MIN, -1, 0, 1, 27, 57, 83, 91, 110, 122, 999, INT32_MAX};
  for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
    CHECK(lpf_error_text(codes[i]) != NULL && lpf_error_text(codes[i])[0] != 0);
  }
  for (int32_t code = LPF_INVALID_ARGUMENT; code <= LPF_TOO_MANY_BLOCKS; code++) {
    CHECK(strcmp(lpf_error_text(code), lpf_error_text(INT32_MAX)) != 0);
  }
  CHECK_EQUAL(lpf_abi_version(), LPF_ABI_VERSION);
  CHECK(strlen(lpf_lodepng_version()) == 8);
  CHECK(strchr(lpf_libdeflate_version(), '.') != NULL);
#if defined(__AARCH64EL__)
  CHECK(strcmp(lpf_simd_name(), "neon") == 0);
#elif defined(__x86_64__)
  CHECK(strcmp(lpf_simd_name(), "scalar") == 0 || strcmp(lpf_simd_name(), "avx2") == 0 ||
        strcmp(lpf_simd_name(), "avx512") == 0);
#else
  CHECK(strcmp(lpf_simd_name(), "scalar") == 0);
#endif
}

int main(void) {
  rotation_goes_both_ways();
  nothing_can_be_rotated_too();
  doubles_need_no_alignment();
  memory_is_counted_and_aligned();
  every_code_has_a_text();
  return check_result();
}
