/* finish_rows.h: the ways in which unfiltered rows are finished; plan_rows.c chooses among them. */
#ifndef LPF_FINISH_ROWS_H
#define LPF_FINISH_ROWS_H

#include "image/row_plan.h"

/* Bytes as they are: gray or indices. */
lpf_finish_row lpf_finish_bytes;

/* Packed pixels of 1 bit as they are; unused bits of the last byte become zero. */
lpf_finish_row lpf_finish_bits;

/* Packed pixels to a byte each. */
lpf_finish_row lpf_finish_unpacked;

/* A gray byte to three or four bytes. */
lpf_finish_row lpf_finish_gray;

/* A byte, or packed pixels, to finished pixels out of the table. */
lpf_finish_row lpf_finish_table;

/* Pixels of 2 bytes out of one plane, or of 6 or 8 bytes out of two. */
lpf_finish_row lpf_finish_planes;

/* R, G, B, A through arithmetic. */
lpf_finish_row lpf_finish_generic;

/* Pixels of 32 bits in the target's order, of which the colours are multiplied by alpha. */
lpf_finish_row lpf_finish_premultiplied;

#endif
