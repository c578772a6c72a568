#include "deflate/window.h"

#include <string.h>

#include "libdeflate.h"

size_t lpf_window_size(size_t kept, size_t room) {
  return LPF_WINDOW_BEFORE + kept + room + LPF_WINDOW_MARGIN;
}

void lpf_window_begin(lpf_window *window, uint8_t *memory, size_t size) {
  memset(memory, 0, LPF_WINDOW_BEFORE);
  window->begin = memory + LPF_WINDOW_BEFORE;
  window->next = window->taken = window->summed = window->begin;
  window->full = memory + size - LPF_WINDOW_MARGIN;
  window->adler = 1;
  window->moved_out = 0;
}

uint64_t lpf_window_total(const lpf_window *window) {
  return window->moved_out + (uint64_t)(window->next - window->begin);
}

void lpf_window_sum(lpf_window *window) {
  window->adler =
      libdeflate_adler32(window->adler, window->summed, (size_t)(window->next - window->summed));
  window->summed = window->next;
}

bool lpf_window_make_room(lpf_window *window) {
  lpf_window_sum(window);
  uint8_t *keep = window->begin;
  if (window->next - keep > LPF_HISTORY_BYTES) {
    keep = window->next - LPF_HISTORY_BYTES;
  }
  if (window->taken < keep) {
    keep = window->taken;
  }
  const size_t distance = (size_t)(keep - window->begin);
  memmove(window->begin, keep, (size_t)(window->next - keep));
  window->next -= distance;
  window->taken -= distance;
  window->summed -= distance;
  window->moved_out += distance;
  return window->next <= window->full;
}

size_t lpf_window_put(lpf_window *window, const uint8_t *bytes, size_t size) {
  if (window->next > window->full) {
    return 0;
  }
  /* beyond `full` by less than the margin: the slack behind what is finished must remain */
  const size_t room = (size_t)(window->full - window->next) + LPF_WINDOW_BEFORE;
  const size_t put = size < room ? size : room;
  memcpy(window->next, bytes, put);
  window->next += put;
  return put;
}
