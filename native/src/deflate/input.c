#include "deflate/input.h"

#include <string.h>

uint64_t lpf_input_total(const lpf_input *input) {
  return input->dropped * 8 + input->position;
}

void lpf_input_drop(lpf_input *input, uint64_t bits) {
  size_t bytes = (size_t)(bits >> 3);
  if (bytes > input->size) {
    bytes = input->size;
  }
  input->size -= bytes;
  memmove(input->bytes, input->bytes + bytes, input->size);
  input->position -= (uint64_t)bytes * 8;
  input->dropped += bytes;
}

void lpf_input_read(lpf_input *input, const uint8_t **span, size_t *span_size, bool last_span) {
  const size_t room = input->capacity - input->size;
  const size_t taken = *span_size < room ? *span_size : room;
  if (taken > 0) {
    memcpy(input->bytes + input->size, *span, taken);
    *span += taken;
    *span_size -= taken;
    input->size += taken;
  }
  memset(input->bytes + input->size, 0, LPF_INPUT_PADDING);
  input->announced -= taken;
  input->ended = input->announced == 0 || (last_span && *span_size == 0);
}

bool lpf_input_has(const lpf_input *input, size_t bytes) {
  return input->ended || (input->position >> 3) + bytes <= input->size;
}

bool lpf_input_overrun(const lpf_input *input) {
  return input->position > (uint64_t)input->size * 8;
}
