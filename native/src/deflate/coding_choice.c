#include "deflate/coding_choice.h"

const lpf_coding_loops *lpf_coding_for_this_processor(lpf_coding_vectors allowed) {
#if LPF_HAVE_AVX2
  if (allowed == LPF_CODING_ALL_VECTORS && lpf_cpu_has_avx512()) {
    return &lpf_coding_avx512;
  }
  if (allowed != LPF_CODING_NO_VECTORS && lpf_cpu_has_bmi2()) {
    return &lpf_coding_avx2;
  }
#endif
  (void)allowed;
  return &lpf_coding_portable;
}
