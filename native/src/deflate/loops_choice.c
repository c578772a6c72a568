#include "deflate/loops_choice.h"

const lpf_loops *lpf_loops_for_this_processor(bool portable) {
#if LPF_HAVE_AVX2
  if (!portable && lpf_cpu_has_bmi2()) {
    return &lpf_loops_avx2;
  }
#endif
  (void)portable;
  return &lpf_loops_portable;
}
