#include "image/scanlines.h"

#include "image/rows.h"

static const lpf_blend NO_BLEND = {.premultiplied = false};

static lpf_source source_of(const lpf_scanlines *scanlines) {
  return (lpf_source){.width = scanlines->width,
                      .height = scanlines->height,
                      .bit_depth = scanlines->bit_depth,
                      .color_type = scanlines->color_type,
                      .interlace_method = scanlines->interlace_method};
}

bool lpf_scanlines_supported(uint32_t bit_depth, uint32_t color_type) {
  const lpf_source source = {
      .width = 1, .height = 1, .bit_depth = bit_depth, .color_type = color_type};
  return bit_depth >= 8 && lpf_rows_supported(&source, LPF_FORMAT_BGR8);
}

bool lpf_scanlines_workspace_size(const lpf_scanlines *scanlines, size_t *size) {
  const lpf_source source = source_of(scanlines);
  lpf_rows_sizes sizes;
  if (source.bit_depth < 8 || !lpf_rows_supported(&source, LPF_FORMAT_BGR8) ||
      !lpf_rows_sizes_of(&source, LPF_FORMAT_BGR8, &NO_BLEND, &sizes)) {
    return false;
  }
  *size = sizes.workspace_bytes + 63;
  return true;
}

int32_t lpf_scanlines_to_bgr(const lpf_scanlines *scanlines, const lpf_target_rows *target,
                             uint8_t *workspace, bool allow_simd, const int32_t *cancel) {
  lpf_source source = source_of(scanlines);
  for (size_t i = 0; scanlines->palette != NULL && i < 256; i++) {
    const uint32_t color = scanlines->palette[i];
    source.palette[i][0] = (uint8_t)(color >> 16);
    source.palette[i][1] = (uint8_t)(color >> 8);
    source.palette[i][2] = (uint8_t)color;
    source.palette[i][3] = 255;
  }
  const lpf_surface surface = {.first_row = target->first_row,
                               .stride = target->stride,
                               .width = scanlines->width,
                               .height = scanlines->height,
                               .layout = LPF_FORMAT_BGR8,
                               .padding = target->padding};
  uint8_t *aligned = workspace + (64 - (uintptr_t)workspace % 64) % 64;
  lpf_rows *rows = lpf_rows_begin(aligned, &source, &surface, &NO_BLEND,
                                  allow_simd ? LPF_SIMD_ALL : LPF_SIMD_NONE);
  size_t taken;
  return lpf_rows_take(rows, scanlines->filtered, PTRDIFF_MAX, true, cancel, &taken);
}
