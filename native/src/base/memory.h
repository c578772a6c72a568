/* memory.h: where the library's memory comes from, counted. */
#ifndef LPF_MEMORY_H
#define LPF_MEMORY_H

#include <stddef.h>

/* From this size on, memory is mapped as huge pages: 5 to 6 times cheaper to touch for the first
   time. Below it malloc recycles what was freed, and wins. */
#define LPF_HUGE_PAGES_FROM ((size_t)32 << 20)

/* Content undefined; null when there is none. Freed by lpf_release with the same size. */
void *lpf_acquire(size_t size);
void lpf_release(void *memory, size_t size);

/* How many blocks are acquired and not released, and their bytes. */
unsigned long long lpf_acquired_blocks(void);
unsigned long long lpf_acquired_bytes(void);

#ifdef LPF_FAULT_INJECTION
/* Test builds only: the n-th lpf_acquire from now on fails (n >= 1; 0 switches it off), and when
   `onwards` is not 0 so does every later one. */
void lpf_fail_acquire(unsigned long long n, int onwards);

/* Test builds only: whether one has failed since lpf_fail_acquire was called. */
int lpf_acquire_has_failed(void);
#endif

#endif
