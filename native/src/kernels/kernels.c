#include "kernels/kernels.h"

#include "base/cpu.h"

static const lpf_kernels SCALAR = {
    .name = "scalar",
    .unfilter_color = lpf_unfilter_color_scalar,
    .unfilter_gray = lpf_unfilter_gray_scalar,
    .expand_gray = lpf_expand_gray_scalar,
    .expand_palette = lpf_expand_palette_scalar,
};

#if LPF_HAVE_AVX2

static const lpf_kernels AVX2 = {
    .name = "avx2",
    .unfilter_color = lpf_unfilter_color_avx2,
    .unfilter_gray = lpf_unfilter_gray_avx2,
    .expand_gray = lpf_expand_gray_avx2,
    .expand_palette = lpf_expand_palette_scalar,
};

static const lpf_kernels *simd_kernels(void) {
  return lpf_cpu_has_avx2() ? &AVX2 : &SCALAR;
}

#elif LPF_HAVE_NEON

static const lpf_kernels NEON = {
    .name = "neon",
    .unfilter_color = lpf_unfilter_color_neon,
    .unfilter_gray = lpf_unfilter_gray_neon,
    .expand_gray = lpf_expand_gray_neon,
    .expand_palette = lpf_expand_palette_scalar,
};

static const lpf_kernels *simd_kernels(void) {
  return &NEON;
}

#else

static const lpf_kernels *simd_kernels(void) {
  return &SCALAR;
}

#endif

const lpf_kernels *lpf_kernels_for_this_processor(bool allow_simd) {
  return allow_simd ? simd_kernels() : &SCALAR;
}
