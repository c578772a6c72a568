#include "image/adam7.h"

#include <string.h>

#include "base/always_inline.h"

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

static LPF_ALWAYS_INLINE void scatter(const lpf_pass *pass, const uint8_t *pixels,
                                      const size_t pixel_bytes, uint8_t *picture_row) {
  const size_t step = pass->step_x * pixel_bytes;
  uint8_t *place = picture_row + pass->start_x * pixel_bytes;
  for (uint32_t x = 0; x < pass->width; x++, pixels += pixel_bytes, place += step) {
    memcpy(place, pixels, pixel_bytes);
  }
}

void lpf_scatter_row(const lpf_pass *pass, const uint8_t *pixels, size_t pixel_bytes,
                     uint8_t *picture_row) {
  switch (pixel_bytes) { /* copying a constant number of bytes needs no call */
    case 1:
      scatter(pass, pixels, 1, picture_row);
      break;
    case 2:
      scatter(pass, pixels, 2, picture_row);
      break;
    case 3:
      scatter(pass, pixels, 3, picture_row);
      break;
    case 4:
      scatter(pass, pixels, 4, picture_row);
      break;
    case 6:
      scatter(pass, pixels, 6, picture_row);
      break;
    default:
      scatter(pass, pixels, 8, picture_row);
      break;
  }
}

static LPF_ALWAYS_INLINE void gather(const lpf_pass *pass, const uint8_t *picture_row,
                                     const size_t pixel_bytes, uint8_t *pixels) {
  const size_t step = pass->step_x * pixel_bytes;
  const uint8_t *place = picture_row + pass->start_x * pixel_bytes;
  for (uint32_t x = 0; x < pass->width; x++, pixels += pixel_bytes, place += step) {
    memcpy(pixels, place, pixel_bytes);
  }
}

void lpf_gather_row(const lpf_pass *pass, const uint8_t *picture_row, size_t pixel_bytes,
                    uint8_t *pixels) {
  switch (pixel_bytes) {
    case 1:
      gather(pass, picture_row, 1, pixels);
      break;
    case 2:
      gather(pass, picture_row, 2, pixels);
      break;
    case 3:
      gather(pass, picture_row, 3, pixels);
      break;
    case 4:
      gather(pass, picture_row, 4, pixels);
      break;
    case 6:
      gather(pass, picture_row, 6, pixels);
      break;
    default:
      gather(pass, picture_row, 8, pixels);
      break;
  }
}

void lpf_scatter_bits(const lpf_pass *pass, const uint8_t *packed, uint8_t *picture_row) {
  size_t place = pass->start_x;
  for (uint32_t x = 0; x < pass->width; x++, place += pass->step_x) {
    const unsigned bit = (unsigned)packed[x / 8] >> (7 - x % 8) & 1u;
    picture_row[place / 8] = (uint8_t)(picture_row[place / 8] | bit << (7 - place % 8));
  }
}
