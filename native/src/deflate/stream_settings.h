/* stream_settings.h: how a stream is inflated (stream_inflate.h). */
#ifndef LPF_STREAM_SETTINGS_H
#define LPF_STREAM_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

/* How to decode; the bytes are the same. For tests: everybody else has LPF_WAY_CHOSEN and zeros. */
typedef enum lpf_way { LPF_WAY_CHOSEN, LPF_WAY_SERIAL, LPF_WAY_UNITS, LPF_WAY_LITERALS } lpf_way;

typedef struct lpf_stream_settings {
  lpf_way way;
  bool portable;       /* no instruction that not every processor has */
  bool impatient;      /* short blocks like long ones */
  size_t window_bytes; /* of room, instead of what is best */
  size_t input_bytes;  /* of buffer, likewise */
} lpf_stream_settings;

#endif
