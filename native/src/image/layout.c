#include "image/layout.h"

#include <stddef.h>

#define GRAY(bits, bytes, alpha_at) \
  { bits, bytes, 0, 0, 0, alpha_at, LPF_SAMPLES_GRAY }
#define COLOR(bits, bytes, red_at, green_at, blue_at, alpha_at) \
  { bits, bytes, red_at, green_at, blue_at, alpha_at, LPF_SAMPLES_COLOR }

static const lpf_layout LAYOUTS[] = {
    [LPF_FORMAT_GRAY8] = GRAY(8, 1, -1),
    [LPF_FORMAT_GRAY16] = GRAY(16, 2, -1),
    [LPF_FORMAT_GRAY_ALPHA8] = GRAY(16, 1, 1),
    [LPF_FORMAT_GRAY_ALPHA16] = GRAY(32, 2, 2),
    [LPF_FORMAT_RGB8] = COLOR(24, 1, 0, 1, 2, -1),
    [LPF_FORMAT_BGR8] = COLOR(24, 1, 2, 1, 0, -1),
    [LPF_FORMAT_RGBA8] = COLOR(32, 1, 0, 1, 2, 3),
    [LPF_FORMAT_BGRA8] = COLOR(32, 1, 2, 1, 0, 3),
    [LPF_FORMAT_ARGB8] = COLOR(32, 1, 1, 2, 3, 0),
    [LPF_FORMAT_ABGR8] = COLOR(32, 1, 3, 2, 1, 0),
    [LPF_FORMAT_RGB16] = COLOR(48, 2, 0, 2, 4, -1),
    [LPF_FORMAT_RGBA16] = COLOR(64, 2, 0, 2, 4, 6),
    [LPF_FORMAT_INDEXED8] = {8, 1, 0, 0, 0, -1, LPF_SAMPLES_INDEX},
    [LPF_LAYOUT_BITS1] = {1, 1, 0, 0, 0, -1, LPF_SAMPLES_INDEX},
};

const lpf_layout *lpf_layout_of(lpf_layout_id id) {
  return id < sizeof LAYOUTS / sizeof LAYOUTS[0] ? &LAYOUTS[id] : NULL;
}
