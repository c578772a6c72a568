#include "kernels/kernels.h"

#include "base/cpu.h"

static const lpf_kernels SCALAR = {
    .name = "scalar",
    .unfilter_pixels = lpf_unfilter_pixels_scalar,
    .unfilter_bytes = lpf_unfilter_bytes_scalar,
    .expand_gray = lpf_expand_gray_scalar,
};

const lpf_kernels *lpf_kernels_for_this_processor(lpf_simd simd) {
  (void)simd;
  return &SCALAR;
}
