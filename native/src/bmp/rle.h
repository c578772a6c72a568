/*
 * rle.h: pixels that are compressed in runs: BI_RLE8, BI_RLE4, and OS/2's RLE24.
 *
 * A pair of bytes is a count and what is repeated; or 0 and an escape: 0 ends the row, 1 the image,
 * 2 moves right and on by the next two bytes, and from 3 on so many pixels follow as they are, to
 * an even number of bytes. Rows are decoded one after the other in the order of the file.
 */
#ifndef LPF_RLE_H
#define LPF_RLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct lpf_rle {
  /* set by the caller */
  const uint8_t *bytes; /* the whole file */
  size_t size;
  size_t at;           /* where the next command is */
  uint32_t pixel_bits; /* 4, 8 or 24 */
  uint32_t width;
  /* 0 at the beginning */
  uint64_t x; /* where the next pixel of the row goes; may be beyond its end */
  uint32_t rows_left_out;
  bool complete; /* the end of the image has come */
} lpf_rle;

/* What became of a row. */
typedef enum lpf_rle_result {
  LPF_RLE_ROW,
  LPF_RLE_BROKEN_OFF, /* the file ends within it */
  LPF_RLE_MISSING,    /* the file ends before it */
  LPF_RLE_BEYOND_ROW  /* pixels lie beyond its end: they were left out, and the row is whole */
} lpf_rle_result;

/* Decodes a row of `width` indices, or B, G, R of RLE24. What no run covers is 0. On
   LPF_RLE_BEYOND_ROW `beyond_at` is the offset of the first such run. */
lpf_rle_result lpf_rle_row(lpf_rle *rle, uint8_t *row, size_t *beyond_at);

#endif
