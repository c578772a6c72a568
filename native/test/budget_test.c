// link: library
/* The memory of one conversion: limits, scratch, alignment, LodePNG's three functions. */
#include "base/budget.h"

#include <limits.h>

#include "base/watched.h"
#include "check.h"

void *lodepng_malloc(size_t size);
void *lodepng_realloc(void *memory, size_t new_size);
void lodepng_free(void *memory);

static int is_aligned(const void *memory) {
  return (uintptr_t)memory % LPF_BLOCK_OVERHEAD == 0;
}

static int lies_in(const uint8_t *block, const uint8_t *memory, size_t size) {
  return (uintptr_t)block >= (uintptr_t)memory && (uintptr_t)block < (uintptr_t)memory + size;
}

static void blocks_are_aligned_and_apart(void) {
  for (size_t scratch_size = 0; scratch_size <= 3000; scratch_size += 37) {
    for (size_t offset = 0; offset < 3; offset++) {
      uint8_t *memory = exactly(scratch_size + offset);
      lpf_budget budget;
      lpf_budget_begin(&budget, ULLONG_MAX, scratch_size + offset == 0 ? NULL : memory + offset,
                       scratch_size);
      enum { BLOCKS = 20 };
      uint8_t *blocks[BLOCKS];
      for (size_t i = 0; i < BLOCKS; i++) {
        size_t size = i * 13;
        blocks[i] = lpf_budget_allocate(&budget, size);
        CHECK(blocks[i] != NULL && is_aligned(blocks[i]));
        memset(blocks[i], (int)i, size);
      }
      for (size_t i = 0; i < BLOCKS; i++) {
        for (size_t byte = 0; byte < i * 13; byte++) {
          CHECK_EQUAL(blocks[i][byte], i);
        }
      }
      for (size_t i = 0; i < BLOCKS; i++) { /* oldest first: the worst order for a stack */
        lpf_budget_free(&budget, blocks[i]);
      }
      lpf_budget_free(&budget, NULL);
      CHECK_EQUAL(budget.held, 0);
      CHECK(budget.peak > 0);
      lpf_budget_end(&budget);
      free(memory);
    }
  }
}

static void scratch_is_used_first_and_again(void) {
  enum { SIZE = 4096 };
  uint8_t *memory = exactly(SIZE);
  lpf_budget budget;
  lpf_budget_begin(&budget, ULLONG_MAX, memory, SIZE);
  uint8_t *first = lpf_budget_allocate(&budget, 1000);
  uint8_t *second = lpf_budget_allocate(&budget, 1000);
  CHECK(lies_in(first, memory, SIZE) && lies_in(second, memory, SIZE));
  lpf_budget_free(&budget, second);
  CHECK(lpf_budget_allocate(&budget, 1000) == second);
  uint8_t *beyond = lpf_budget_allocate(&budget, SIZE);
  CHECK(beyond != NULL && !lies_in(beyond, memory, SIZE));
  CHECK_EQUAL(lpf_live_allocations(), 1);
  lpf_budget_free(&budget, beyond);
  lpf_budget_free(&budget, second);
  lpf_budget_free(&budget, first);
  CHECK_EQUAL(budget.held, 0);
  lpf_budget_end(&budget);
  free(memory);
}

static void the_limit_is_inclusive_and_for_one_time(void) {
  const unsigned long long limit = 10 * LPF_BLOCK_OVERHEAD;
  lpf_budget budget;
  lpf_budget_begin(&budget, limit, NULL, 0);
  void *all = lpf_budget_allocate(&budget, (size_t)limit - LPF_BLOCK_OVERHEAD);
  CHECK(all != NULL);
  CHECK_EQUAL(budget.held, limit);
  CHECK_EQUAL(budget.wanted, 0);
  CHECK(lpf_budget_allocate(&budget, 0) == NULL);
  CHECK_EQUAL(budget.wanted, limit + LPF_BLOCK_OVERHEAD);
  lpf_budget_free(&budget, all);
  all = lpf_budget_allocate(&budget, (size_t)limit - LPF_BLOCK_OVERHEAD);
  CHECK(all != NULL);
  lpf_budget_free(&budget, all);
  CHECK(lpf_budget_allocate(&budget, (size_t)limit - LPF_BLOCK_OVERHEAD + 1) == NULL);
  CHECK_EQUAL(budget.peak, limit);
  CHECK_EQUAL(budget.held, 0);
  lpf_budget_end(&budget);
}

static void sizes_that_would_overflow_are_refused(void) {
  static const size_t sizes[] = {SIZE_MAX,         SIZE_MAX - 1, SIZE_MAX - 63,
                                 SIZE_MAX - 64,    PTRDIFF_MAX,  (size_t)PTRDIFF_MAX + 1,
                                 PTRDIFF_MAX - 255};
  lpf_budget budget;
  lpf_budget_begin(&budget, ULLONG_MAX, NULL, 0);
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    budget.wanted = 0;
    CHECK(lpf_budget_allocate(&budget, sizes[i]) == NULL);
    CHECK(budget.wanted != 0);
  }
  CHECK_EQUAL(budget.held, 0);
  lpf_budget_end(&budget);
}

static void lodepng_allocates_from_the_budget_in_force(void) {
  CHECK(lodepng_malloc(1) == NULL); /* none is in force */
  lpf_budget budget;
  lpf_budget_begin(&budget, 4096, NULL, 0);
  uint8_t *memory = lodepng_realloc(NULL, 100);
  CHECK(memory != NULL);
  memset(memory, 7, 100);
  memory = lodepng_realloc(memory, 1000);
  for (size_t i = 0; i < 100; i++) {
    CHECK_EQUAL(memory[i], 7);
  }
  CHECK(lodepng_realloc(memory, 5000) == NULL); /* then the old block stays */
  CHECK_EQUAL(memory[99], 7);
  memory = lodepng_realloc(memory, 10);
  CHECK_EQUAL(memory[9], 7);
  lodepng_free(memory);
  lodepng_free(NULL);
  CHECK_EQUAL(budget.held, 0);
  lpf_budget_end(&budget);
}

static void the_number_of_allocations_can_be_bounded(void) {
  lpf_budget budget;
  lpf_budget_begin(&budget, ULLONG_MAX, NULL, 0);
  budget.allocations_left = 2;
  void *first = lpf_budget_allocate(&budget, 1);
  void *second = lpf_budget_allocate(&budget, 1);
  CHECK(first != NULL && second != NULL);
  CHECK(lpf_budget_allocate(&budget, 1) == NULL);
  CHECK_EQUAL(budget.wanted, 0); /* it was not the limit on bytes */
  lpf_budget_free(&budget, first);
  lpf_budget_free(&budget, second);
  lpf_budget_end(&budget);
}

/* With a sanitizer, what lies between the blocks is out of bounds, and so is a freed block. */
static void a_sanitizer_sees_the_borders(void) {
#ifdef LPF_WATCHED
  for (size_t scratch_size = 0; scratch_size <= 4096; scratch_size += 4096) {
    uint8_t *scratch = exactly(scratch_size + 1);
    lpf_budget budget;
    lpf_budget_begin(&budget, ULLONG_MAX, scratch, scratch_size);
    uint8_t *first = lpf_budget_allocate(&budget, 101);
    uint8_t *second = lpf_budget_allocate(&budget, 1);
    CHECK(!__asan_address_is_poisoned(first) && !__asan_address_is_poisoned(first + 100));
    CHECK(__asan_address_is_poisoned(first - 1) && __asan_address_is_poisoned(first + 101));
    lpf_budget_free(&budget, first);
    CHECK(__asan_address_is_poisoned(first));
    CHECK(!__asan_address_is_poisoned(second));
    lpf_budget_free(&budget, second);
    lpf_budget_end(&budget);
    CHECK(scratch_size == 0 || !__asan_address_is_poisoned(scratch + 200));
    free(scratch);
  }
#endif
}

int main(void) {
  a_sanitizer_sees_the_borders();
  blocks_are_aligned_and_apart();
  scratch_is_used_first_and_again();
  the_limit_is_inclusive_and_for_one_time();
  sizes_that_would_overflow_are_refused();
  lodepng_allocates_from_the_budget_in_force();
  the_number_of_allocations_can_be_bounded();
  return check_result();
}
