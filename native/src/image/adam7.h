/* Adam7 interlacing (PNG specification, clause 8.2): seven passes, each a small picture. */
#ifndef LPF_ADAM7_H
#define LPF_ADAM7_H

#include <stddef.h>
#include <stdint.h>

#define LPF_ADAM7_PASSES 7

/* Which pixels of the whole picture a pass holds: every step-th from the start. */
typedef struct lpf_pass {
  uint32_t start_x, start_y;
  uint32_t step_x, step_y;
  uint32_t width, height; /* of the pass itself; a pass may be empty */
} lpf_pass;

/* A picture that is not interlaced: one pass that holds everything. */
lpf_pass lpf_whole_picture(uint32_t width, uint32_t height);

/* The pass 0..6 of an interlaced picture of this size. */
lpf_pass lpf_adam7_pass(uint32_t index, uint32_t width, uint32_t height);

/* Puts a pass's row of finished pixels where they belong in a row of the whole picture. */
void lpf_scatter_row(const lpf_pass *pass, const uint8_t *pixels, size_t pixel_bytes,
                     uint8_t *picture_row);

/* The reverse: takes a pass's pixels out of a row of the whole picture. */
void lpf_gather_row(const lpf_pass *pass, const uint8_t *picture_row, size_t pixel_bytes,
                    uint8_t *pixels);

/* Scattering of pixels of 1 bit, in a row where the bits of this pass are still 0. */
void lpf_scatter_bits(const lpf_pass *pass, const uint8_t *packed, uint8_t *picture_row);

#endif
