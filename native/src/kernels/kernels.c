#include "kernels/kernels.h"

#include "base/cpu.h"

static const lpf_kernels SCALAR = {
    .name = "scalar",
    .unfilter_pixels = lpf_unfilter_pixels_scalar,
    .unfilter_bytes = lpf_unfilter_bytes_scalar,
    .expand_gray = lpf_expand_gray_scalar,
    .look_up = lpf_look_up_row_scalar,
    .premultiply = lpf_premultiply_scalar,
    .permute = lpf_permute_row_scalar,
};

#if LPF_HAVE_AVX2

static const lpf_kernels AVX2 = {
    .name = "avx2",
    .unfilter_pixels = lpf_unfilter_pixels_avx2,
    .unfilter_bytes = lpf_unfilter_bytes_avx2,
    .expand_gray = lpf_expand_gray_avx2,
    .look_up = lpf_look_up_row_avx2,
    .premultiply = lpf_premultiply_avx2,
    .permute = lpf_permute_row_avx2,
};

static const lpf_kernels AVX512 = {
    .name = "avx512",
    .unfilter_pixels = lpf_unfilter_pixels_avx2,
    .unfilter_bytes = lpf_unfilter_bytes_avx2,
    .expand_gray = lpf_expand_gray_avx2,
    .look_up = lpf_look_up_row_avx512,
    .premultiply = lpf_premultiply_avx2,
    .permute = lpf_permute_row_avx2,
};

static const lpf_kernels *simd_kernels(lpf_simd simd) {
  if (simd == LPF_SIMD_ALL && lpf_cpu_has_avx512()) {
    return &AVX512;
  }
  return lpf_cpu_has_avx2() ? &AVX2 : &SCALAR;
}

#elif LPF_HAVE_NEON

static const lpf_kernels NEON = {
    .name = "neon",
    .unfilter_pixels = lpf_unfilter_pixels_neon,
    .unfilter_bytes = lpf_unfilter_bytes_neon,
    .expand_gray = lpf_expand_gray_neon,
    .look_up = lpf_look_up_row_neon,
    .premultiply = lpf_premultiply_neon,
    .permute = lpf_permute_row_neon,
};

static const lpf_kernels *simd_kernels(lpf_simd simd) {
  (void)simd;
  return &NEON;
}

#else

static const lpf_kernels *simd_kernels(lpf_simd simd) {
  (void)simd;
  return &SCALAR;
}

#endif

const lpf_kernels *lpf_kernels_for_this_processor(lpf_simd simd) {
  return simd == LPF_SIMD_NONE ? &SCALAR : simd_kernels(simd);
}
