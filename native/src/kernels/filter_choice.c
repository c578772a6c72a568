#include "kernels/filter_choice.h"

#include "base/cpu.h"

const lpf_filter_kernels *lpf_filter_kernels_for_this_processor(lpf_simd simd) {
#if LPF_HAVE_AVX2
  if (simd == LPF_SIMD_ALL && lpf_cpu_has_avx512()) {
    return &lpf_filter_kernels_avx512;
  }
  if (simd != LPF_SIMD_NONE && lpf_cpu_has_avx2()) {
    return &lpf_filter_kernels_avx2;
  }
#elif LPF_HAVE_NEON
  if (simd != LPF_SIMD_NONE) {
    return &lpf_filter_kernels_neon;
  }
#endif
  (void)simd;
  return &lpf_filter_kernels_scalar;
}
