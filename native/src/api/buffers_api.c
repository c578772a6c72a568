/* buffers.c: the buffer primer, three loops over memory that the caller shares. */
#include <string.h>

#include "base/memory.h"
#include "lodepng_ffm.h"

int32_t lpf_rotate(uint8_t *bytes, unsigned long long size, int32_t by) {
  if (bytes == NULL && size != 0) {
    return LPF_INVALID_ARGUMENT;
  }
  for (unsigned long long i = 0; i < size; i++) {
    bytes[i] = (uint8_t)(bytes[i] + (uint32_t)by);
  }
  return LPF_DONE;
}

uint8_t *lpf_rotate_both(uint8_t *bytes, unsigned long long size, int32_t by) {
  if (bytes == NULL && size != 0) {
    return NULL;
  }
  uint8_t *rotated_back = lpf_memory_allocate(size);
  if (rotated_back == NULL) {
    return NULL;
  }
  for (unsigned long long i = 0; i < size; i++) {
    rotated_back[i] = (uint8_t)(bytes[i] - (uint32_t)by);
  }
  (void)lpf_rotate(bytes, size, by);
  return rotated_back;
}

int32_t lpf_increment(double *values, unsigned long long count, double by) {
  if (values == NULL && count != 0) {
    return LPF_INVALID_ARGUMENT;
  }
  uint8_t *bytes = (uint8_t *)values;
  for (unsigned long long i = 0; i < count; i++) {
    double value; /* copied in and out, since the memory need not be aligned for a double */
    memcpy(&value, bytes + i * sizeof value, sizeof value);
    value += by;
    memcpy(bytes + i * sizeof value, &value, sizeof value);
  }
  return LPF_DONE;
}
