/* plan.c: the first phase, from the header to exact sizes, and the limits that these meet. */
#include <limits.h>
#include <string.h>

#include "image/adam7.h"
#include "bmp/bmp.h"
#include "base/budget.h"
#include "png/plan.h"
#include "image/scanlines.h"

/* LodePNG's own small allocations, the inflater's state and what alignment loses: measured under
   20 KiB, and more scratch than is used costs nothing. */
#define SCRATCH_FOR_SMALL_BLOCKS ((unsigned long long)64 << 10)

lpf_scanlines lpf_scanlines_of(const lpf_info *info) {
  return (lpf_scanlines){.width = info->width,
                         .height = info->height,
                         .bit_depth = info->bit_depth,
                         .color_type = info->color_type,
                         .interlace_method = info->interlace_method};
}

static int32_t read_header(LodePNGState *state, const uint8_t *png, unsigned long long png_size,
                           lpf_info *info) {
  unsigned width = 0;
  unsigned height = 0;
  size_t header_size = png_size < SIZE_MAX ? (size_t)png_size : SIZE_MAX;
  unsigned error = lodepng_inspect(&width, &height, state, png, header_size);
  if (error != 0) {
    return (int32_t)error;
  }
  if (width > INT32_MAX || height > INT32_MAX) {
    return LPF_LODEPNG_TOO_MANY_PIXELS; /* PNG, 7.1: lengths are below 2^31 */
  }
  info->width = width;
  info->height = height;
  info->bit_depth = state->info_png.color.bitdepth;
  info->color_type = (uint32_t)state->info_png.color.colortype;
  info->interlace_method = state->info_png.interlace_method;
  info->decode_path =
      lpf_scanlines_supported(info->bit_depth, info->color_type) ? LPF_PATH_FAST : LPF_PATH_LODEPNG;
  return LPF_DONE;
}

int32_t lpf_png_info(const uint8_t *png, unsigned long long png_size, lpf_info *info) {
  if (info == NULL || (png == NULL && png_size != 0)) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(info, 0, sizeof *info);
  LodePNGState state;
  lodepng_state_init(&state);
  int32_t code = read_header(&state, png, png_size, info);
  lodepng_state_cleanup(&state);
  return code;
}

static int32_t refuse(lpf_plan *plan, int32_t code, unsigned long long limit,
                      unsigned long long wanted) {
  plan->limit = limit;
  plan->wanted = wanted;
  return code;
}

unsigned long long lpf_scanline_row_bytes(uint32_t width, unsigned bits_per_pixel) {
  return 1 + ((unsigned long long)width * bits_per_pixel + 7) / 8;
}

static unsigned long long pass_bytes(const lpf_pass *pass, unsigned bits) {
  return pass->width == 0 ? 0 : lpf_scanline_row_bytes(pass->width, bits) * pass->height;
}

static unsigned long long scanline_bytes(const lpf_info *info, unsigned bits) {
  if (info->interlace_method == 0) {
    lpf_pass whole = lpf_whole_picture(info->width, info->height);
    return pass_bytes(&whole, bits);
  }
  unsigned long long bytes = 0;
  for (uint32_t i = 0; i < LPF_ADAM7_PASSES; i++) {
    lpf_pass pass = lpf_adam7_pass(i, info->width, info->height);
    bytes += pass_bytes(&pass, bits);
  }
  return bytes;
}

static unsigned long long scratch_bytes(const lpf_plan *plan, unsigned long long png_size) {
  unsigned long long bytes = SCRATCH_FOR_SMALL_BLOCKS + png_size + plan->scanline_bytes;
  if (plan->info.decode_path == LPF_PATH_FAST) {
    lpf_scanlines scanlines = lpf_scanlines_of(&plan->info);
    size_t workspace = 0;
    (void)lpf_scanlines_workspace_size(&scanlines, &workspace);
    return bytes + workspace;
  }
  /* LodePNG's way: the samples as the PNG has them, then as 8-bit R, G, B */
  return bytes + plan->scanline_bytes +
         3ull * (unsigned long long)plan->info.width * plan->info.height;
}

int32_t lpf_plan_from_header(LodePNGState *state, const uint8_t *png, unsigned long long png_size,
                             const lpf_options *options, lpf_plan *plan) {
  if (png_size > options->max_input_bytes) {
    return refuse(plan, LPF_LIMIT_INPUT_BYTES, options->max_input_bytes, png_size);
  }
  lpf_info *info = &plan->info;
  int32_t code = read_header(state, png, png_size, info);
  if (code != LPF_DONE) {
    return code;
  }
  unsigned long long pixels = (unsigned long long)info->width * info->height;
  if (pixels > options->max_pixels) {
    return refuse(plan, LPF_LIMIT_PIXELS, options->max_pixels, pixels);
  }
  plan->bmp_bytes = lpf_bmp_bytes(info->width, info->height);
  if (plan->bmp_bytes > LPF_BMP_MAX_BYTES) {
    return refuse(plan, LPF_BMP_TOO_LARGE, LPF_BMP_MAX_BYTES, plan->bmp_bytes);
  }
  if (plan->bmp_bytes > options->max_output_bytes) {
    return refuse(plan, LPF_LIMIT_OUTPUT_BYTES, options->max_output_bytes, plan->bmp_bytes);
  }
  /* a BMP under 4 GiB has under 2^31 pixels of at most 8 bytes: none of this can overflow */
  plan->scanline_bytes = scanline_bytes(info, lodepng_get_bpp(&state->info_png.color));
  plan->scratch_bytes = scratch_bytes(plan, png_size);
  return LPF_DONE;
}

int32_t lpf_png_plan(const uint8_t *png, unsigned long long png_size, const lpf_options *options,
                     lpf_plan *plan) {
  if (plan == NULL || options == NULL || (png == NULL && png_size != 0)) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(plan, 0, sizeof *plan);
  LodePNGState state;
  lodepng_state_init(&state);
  int32_t code = lpf_plan_from_header(&state, png, png_size, options, plan);
  lodepng_state_cleanup(&state);
  return code;
}
