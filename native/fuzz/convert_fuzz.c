/* Any bytes as a PNG. The last eight bytes of the input are not part of it: they choose the rest.
 */
#include <stdlib.h>
#include <string.h>

#include "differential.h"
#include "plain_lodepng.h"

#define CHOICE_BYTES 8

/* Bits of the first choice byte. */
enum { REPAIR_CHECKSUMS = 1, TOLERANCE = 12, CANCELLED = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < CHOICE_BYTES) {
    return 0;
  }
  size -= CHOICE_BYTES;
  const uint8_t *choice = data + size;
  fuzz_choices choices = {.tolerance = choice[0] & TOLERANCE,
                          .cancelled = choice[0] & CANCELLED,
                          .limited = choice[1],
                          .fail_acquire = choice[2],
                          .scratch_size = (uint16_t)(choice[3] | choice[4] << 8),
                          .limit = (uint16_t)(choice[5] | choice[6] << 8)};
  uint8_t *png = malloc(size);
  if (size != 0) {
    memcpy(png, data, size);
    if ((choice[0] & REPAIR_CHECKSUMS) != 0) {
      plain_repair_checksums(png, size);
    }
  }
  fuzz_check(png, size, &choices);
  free(png);
  return 0;
}
