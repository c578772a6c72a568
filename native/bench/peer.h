/* peer.h: what each file of this folder provides for the table in peers.c. */
#ifndef LPB_PEER_H
#define LPB_PEER_H

#include "peers.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lpb_peer {
  const char *name;
  int32_t work;
  const char *(*version)(void);
  int32_t (*run)(int32_t work, const uint8_t *input, unsigned long long input_size, uint8_t *out,
                 unsigned long long out_size, lpb_result *result);
  void (*release)(lpb_result *result); /* null when results never own memory */
} lpb_peer;

extern const lpb_peer lpb_article;
extern const lpb_peer lpb_lodepng;
extern const lpb_peer lpb_libpng;
extern const lpb_peer lpb_spng;
extern const lpb_peer lpb_stb;
extern const lpb_peer lpb_libdeflate;
extern const lpb_peer lpb_isal;

#ifdef __cplusplus
}
#endif

#endif
