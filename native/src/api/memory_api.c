/* memory_api.c: memory for callers, and how much of it is out. */
#include "base/memory.h"

#include "lodepng_ffm.h"

uint8_t *lpf_memory_allocate(unsigned long long size) {
  return size > PTRDIFF_MAX ? NULL : lpf_acquire((size_t)size);
}

void lpf_memory_free(uint8_t *memory, unsigned long long size) {
  lpf_release(memory, (size_t)size);
}

unsigned long long lpf_live_allocations(void) {
  return lpf_acquired_blocks();
}

unsigned long long lpf_live_bytes(void) {
  return lpf_acquired_bytes();
}
