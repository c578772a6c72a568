#include "base/memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#define LPF_HAVE_MMAP 1
#endif

static atomic_ullong live_allocations;
static atomic_ullong live_bytes;

#ifdef LPF_FAULT_INJECTION
static atomic_llong acquires_until_failure;
static atomic_int failing_onwards;
static atomic_int has_failed;

void lpf_fail_acquire(unsigned long long n, int onwards) {
  atomic_store(&has_failed, 0);
  atomic_store(&failing_onwards, onwards);
  atomic_store(&acquires_until_failure, (long long)n);
}

int lpf_acquire_has_failed(void) {
  return atomic_load(&has_failed);
}

static int fails_now(void) {
  long long left = atomic_load(&acquires_until_failure);
  if (left <= 0) {
    return 0;
  }
  if (left > 1) {
    atomic_store(&acquires_until_failure, left - 1);
    return 0;
  }
  if (!atomic_load(&failing_onwards)) {
    atomic_store(&acquires_until_failure, 0);
  }
  atomic_store(&has_failed, 1);
  return 1;
}
#endif

static void *system_acquire(size_t size) {
#ifdef LPF_HAVE_MMAP
  if (size >= LPF_HUGE_PAGES_FROM) {
    void *mapped =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, /*fd=*/-1, 0);
    if (mapped == MAP_FAILED) {
      return NULL;
    }
#ifdef MADV_HUGEPAGE
    (void)madvise(mapped, size, MADV_HUGEPAGE); /* advice only: works as well without */
#endif
    return mapped;
  }
#endif
  return malloc(size);
}

static void system_release(void *memory, size_t size) {
#ifdef LPF_HAVE_MMAP
  if (size >= LPF_HUGE_PAGES_FROM) {
    (void)munmap(memory, size);
    return;
  }
#endif
  (void)size;
  free(memory);
}

void *lpf_acquire(size_t size) {
  size_t bytes = size == 0 ? 1 : size;
#ifdef LPF_FAULT_INJECTION
  if (fails_now()) {
    return NULL;
  }
#endif
  void *memory = system_acquire(bytes);
  if (memory != NULL) {
    atomic_fetch_add_explicit(&live_allocations, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&live_bytes, bytes, memory_order_relaxed);
  }
  return memory;
}

void lpf_release(void *memory, size_t size) {
  size_t bytes = size == 0 ? 1 : size;
  if (memory == NULL) {
    return;
  }
  system_release(memory, bytes);
  atomic_fetch_sub_explicit(&live_allocations, 1, memory_order_relaxed);
  atomic_fetch_sub_explicit(&live_bytes, bytes, memory_order_relaxed);
}

unsigned long long lpf_acquired_blocks(void) {
  return atomic_load_explicit(&live_allocations, memory_order_relaxed);
}

unsigned long long lpf_acquired_bytes(void) {
  return atomic_load_explicit(&live_bytes, memory_order_relaxed);
}
