/* peers.c: the table of peers. build.sh defines LPB_WITH_ for each that this machine has. */
#include "peers.h"

#include "peer.h"

#ifndef LPB_WITH_LIBPNG
static const char *libpng_absent(void) {
  return "png.h was not found (Debian: libpng-dev)";
}
const lpb_peer lpb_libpng = {"libpng", 0, libpng_absent, 0, 0};
#endif

#ifndef LPB_WITH_SPNG
static const char *spng_absent(void) {
  return "spng.h was not found (Debian: libspng-dev)";
}
const lpb_peer lpb_spng = {"libspng", 0, spng_absent, 0, 0};
#endif

#ifndef LPB_WITH_STB
static const char *stb_absent(void) {
  return "stb/stb_image.h was not found (Debian: libstb-dev)";
}
const lpb_peer lpb_stb = {"stb", 0, stb_absent, 0, 0};
#endif

#ifndef LPB_WITH_ISAL
static const char *isal_absent(void) {
  return "isa-l/igzip_lib.h was not found (Debian: libisal-dev)";
}
const lpb_peer lpb_isal = {"isa-l-inflate", 0, isal_absent, 0, 0};
#endif

static const lpb_peer *const peers[] = {&lpb_article, &lpb_lodepng,    &lpb_libpng, &lpb_spng,
                                        &lpb_stb,     &lpb_libdeflate, &lpb_isal};

#define PEER_COUNT ((int32_t)(sizeof peers / sizeof peers[0]))

int32_t lpb_peer_count(void) {
  return PEER_COUNT;
}

const char *lpb_peer_name(int32_t peer) {
  return peers[peer]->name;
}

const char *lpb_peer_version(int32_t peer) {
  return peers[peer]->version();
}

int32_t lpb_peer_work(int32_t peer) {
  return peers[peer]->work;
}

int32_t lpb_run(int32_t peer, int32_t work, const uint8_t *input, unsigned long long input_size,
                uint8_t *out, unsigned long long out_size, lpb_result *result) {
  result->bytes = 0;
  result->size = 0;
  result->owner = 0;
  if (peer < 0 || peer >= PEER_COUNT || (peers[peer]->work & work) == 0) {
    return LPB_ABSENT;
  }
  return peers[peer]->run(work, input, input_size, out, out_size, result);
}

void lpb_release(int32_t peer, lpb_result *result) {
  if (result->owner != 0) {
    peers[peer]->release(result);
    result->owner = 0;
  }
}
