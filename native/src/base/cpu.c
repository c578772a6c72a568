#include "base/cpu.h"

#if LPF_HAVE_AVX2

#include <cpuid.h>
#include <stdatomic.h>
#include <stdint.h>

typedef enum vectors { UNKNOWN, NONE, WITH_AVX2, WITH_BMI2, WITH_AVX512 } vectors;

static vectors detect(void) {
  unsigned eax, ebx, ecx, edx;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_OSXSAVE) || !(ecx & bit_AVX)) {
    return NONE;
  }
  uint32_t enabled, unused;
  __asm__ volatile("xgetbv" : "=a"(enabled), "=d"(unused) : "c"(0));
  /* XCR0: what the system saves on a thread switch. The registers of SSE and AVX; besides them the
     masks, the upper halves of 512 bits and the upper sixteen registers. */
  const uint32_t for_avx2 = 0x06, for_avx512 = 0xe6;
  if ((enabled & for_avx2) != for_avx2 || !__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) ||
      !(ebx & bit_AVX2)) {
    return NONE;
  }
  if (!(ebx & bit_BMI) || !(ebx & bit_BMI2)) {
    return WITH_AVX2;
  }
  const unsigned avx512 = bit_AVX512F | bit_AVX512BW | bit_AVX512VL;
  return (enabled & for_avx512) == for_avx512 && (ebx & avx512) == avx512 && (ecx & bit_AVX512VBMI)
             ? WITH_AVX512
             : WITH_BMI2;
}

static vectors remembered(void) {
  /*
   * Remembered because cpuid traps in a virtual machine: asking costs as much as a small icon.
   * All threads find the same answer, so it does not matter which of them stores it.
   */
  static _Atomic int answer = UNKNOWN;
  int known = atomic_load_explicit(&answer, memory_order_relaxed);
  if (known == UNKNOWN) {
    known = (int)detect();
    atomic_store_explicit(&answer, known, memory_order_relaxed);
  }
  return (vectors)known;
}

bool lpf_cpu_has_avx2(void) {
  return remembered() >= WITH_AVX2;
}

bool lpf_cpu_has_bmi2(void) {
  return remembered() >= WITH_BMI2;
}

bool lpf_cpu_has_avx512(void) {
  return remembered() >= WITH_AVX512;
}

#else

bool lpf_cpu_has_avx2(void) {
  return false;
}

bool lpf_cpu_has_bmi2(void) {
  return false;
}

bool lpf_cpu_has_avx512(void) {
  return false;
}

#endif
