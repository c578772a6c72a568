/* isal_floor.c: the same inflate by Intel's ISA-L, to see what another inflater would change. */
#include <isa-l/igzip_lib.h>
#include <limits.h>

#include "peer.h"

#define ZLIB_HEADER 2
#define ZLIB_FRAME 6

static int32_t run(int32_t work, const uint8_t *input, unsigned long long input_size, uint8_t *out,
                   unsigned long long out_size, lpb_result *result) {
  (void)work;
  if (input_size < ZLIB_FRAME || input_size > UINT_MAX || out_size > UINT_MAX) {
    return LPB_FAILED;
  }
  struct inflate_state state;
  isal_inflate_init(&state);
  state.next_in = (uint8_t *)(uintptr_t)(input + ZLIB_HEADER); /* read only, though not const */
  state.avail_in = (uint32_t)(input_size - ZLIB_FRAME);
  state.next_out = out;
  state.avail_out = (uint32_t)out_size;
  if (isal_inflate_stateless(&state) != ISAL_DECOMP_OK) {
    return LPB_FAILED;
  }
  result->bytes = out;
  result->size = state.total_out;
  return 0;
}

static const char *version(void) {
  return "igzip of the machine";
}

const lpb_peer lpb_isal = {"isa-l-inflate", LPB_WORK_INFLATE, version, run, 0};
