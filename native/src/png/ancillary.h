/* ancillary.h: ready-made ancillary chunks that go into a PNG. */
#ifndef LPF_ANCILLARY_H
#define LPF_ANCILLARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* LPF_DONE or LPF_BAD_CHUNKS. Tells whether there is one whose data depends on the colour type. */
int32_t lpf_check_ancillary(const uint8_t *chunks, size_t size, bool *depends_on_color);

/* Copies those that stand behind the palette (PNG, 5.6), or the others, which stand before it, and
   returns the end. They are in order. */
uint8_t *lpf_copy_ancillary(const uint8_t *chunks, size_t size, bool behind_palette,
                            uint8_t *output);

#endif
