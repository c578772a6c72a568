/* smooth_palette.h: puts a palette into an order in which indices are a smooth signal. */
#ifndef LPF_SMOOTH_PALETTE_H
#define LPF_SMOOTH_PALETTE_H

#include <stdint.h>

#include "image/surface.h"

/*
 * For a dithered photograph: each entry follows the one whose colour is nearest, so that neighbours
 * have similar indices, and differences fewer bits. Returns 1, with `palette` (R, G, B, A) and
 * index_of changed, if that pays for a sample of the pixels; else 0, with nothing changed.
 */
uint32_t lpf_smooth_palette(const lpf_surface *surface, uint8_t *palette, uint32_t entries,
                            uint8_t index_of[256]);

#endif
