#include "image/adam7.h"

#include <stddef.h>
#include <string.h>

static const uint8_t START_X[LPF_ADAM7_PASSES] = {0, 4, 0, 2, 0, 1, 0};
static const uint8_t START_Y[LPF_ADAM7_PASSES] = {0, 0, 4, 0, 2, 0, 1};
static const uint8_t STEP_X[LPF_ADAM7_PASSES] = {8, 8, 4, 4, 2, 2, 1};
static const uint8_t STEP_Y[LPF_ADAM7_PASSES] = {8, 8, 8, 4, 4, 2, 2};

/* How many of the positions start, start + step, ... lie below `size`. */
static uint32_t positions(uint32_t size, uint32_t start, uint32_t step) {
  return size > start ? (size - start - 1) / step + 1 : 0;
}

lpf_pass lpf_whole_picture(uint32_t width, uint32_t height) {
  return (lpf_pass){.step_x = 1, .step_y = 1, .width = width, .height = height};
}

lpf_pass lpf_adam7_pass(uint32_t index, uint32_t width, uint32_t height) {
  lpf_pass pass = {.start_x = START_X[index],
                   .start_y = START_Y[index],
                   .step_x = STEP_X[index],
                   .step_y = STEP_Y[index]};
  pass.width = positions(width, pass.start_x, pass.step_x);
  pass.height = positions(height, pass.start_y, pass.step_y);
  if (pass.width == 0 || pass.height == 0) {
    pass.width = pass.height = 0; /* no pixels, so not even filter bytes in the stream */
  }
  return pass;
}

void lpf_scatter_row(const lpf_pass *pass, const uint8_t *pixels, uint8_t *picture_row) {
  const size_t step = (size_t)pass->step_x * 3;
  uint8_t *place = picture_row + (size_t)pass->start_x * 3;
  for (uint32_t x = 0; x < pass->width; x++, pixels += 3, place += step) {
    memcpy(place, pixels, 3);
  }
}
