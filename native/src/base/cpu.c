#include "base/cpu.h"

#if LPF_HAVE_AVX2

#include <cpuid.h>
#include <stdatomic.h>
#include <stdint.h>

static bool detect_avx2(void) {
  unsigned eax, ebx, ecx, edx;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_OSXSAVE) || !(ecx & bit_AVX)) {
    return false;
  }
  uint32_t enabled, unused;
  __asm__ volatile("xgetbv" : "=a"(enabled), "=d"(unused) : "c"(0));
  const uint32_t sse_and_avx_registers = 6; /* XCR0: the system saves both on a thread switch */
  if ((enabled & sse_and_avx_registers) != sse_and_avx_registers) {
    return false;
  }
  return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ebx & bit_AVX2);
}

bool lpf_cpu_has_avx2(void) {
  /*
   * Remembered because cpuid traps in a virtual machine: asking costs as much as a small icon.
   * All threads find the same answer, so it does not matter which of them stores it.
   */
  enum { UNKNOWN, NO, YES };
  static _Atomic int answer = UNKNOWN;
  int known = atomic_load_explicit(&answer, memory_order_relaxed);
  if (known == UNKNOWN) {
    known = detect_avx2() ? YES : NO;
    atomic_store_explicit(&answer, known, memory_order_relaxed);
  }
  return known == YES;
}

#else

bool lpf_cpu_has_avx2(void) {
  return false;
}

#endif
