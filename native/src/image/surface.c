#include "image/surface.h"

int32_t lpf_place_pixels(lpf_call *call, const lpf_pixels *pixels, uint8_t *memory,
                         unsigned long long memory_size, lpf_surface *surface) {
  const unsigned long long row_bytes =
      (unsigned long long)pixels->width * (lpf_layout_of(pixels->format)->bits / 8);
  const unsigned long long down = pixels->stride < 0 ? 0ull - (unsigned long long)pixels->stride
                                                     : (unsigned long long)pixels->stride;
  const unsigned long long steps = pixels->height - 1ull;
  if (steps != 0 && down < row_bytes) {
    return LPF_INVALID_ARGUMENT;
  }
  /* bytes between the beginnings of the first row and the last; more than there is, if 64 bits
     cannot hold them */
  const unsigned long long between =
      steps != 0 && down > UINT64_MAX / steps ? UINT64_MAX : down * steps;
  const unsigned long long before = pixels->stride < 0 ? between : 0;
  if (pixels->first_row < before) {
    return lpf_refuse(call, LPF_OUTPUT_TOO_SMALL, pixels->first_row, before);
  }
  const unsigned long long behind = pixels->stride < 0 ? 0 : between;
  if (row_bytes > memory_size || pixels->first_row > memory_size - row_bytes ||
      behind > memory_size - row_bytes - pixels->first_row) {
    const unsigned long long most = UINT64_MAX - row_bytes;
    const bool overflows = pixels->first_row > most || behind > most - pixels->first_row;
    return lpf_refuse(call, LPF_OUTPUT_TOO_SMALL, memory_size,
                      overflows ? UINT64_MAX : pixels->first_row + behind + row_bytes);
  }
  *surface = (lpf_surface){.first_row = memory + pixels->first_row,
                           .stride = (ptrdiff_t)pixels->stride,
                           .width = pixels->width,
                           .height = pixels->height,
                           .layout = pixels->format};
  return LPF_DONE;
}
