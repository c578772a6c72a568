/*
 * row_plan.h: how rows of one kind become rows of another, chosen once for an image by plan_rows.c.
 *
 *   permute   every byte of the target is a byte of the source, or 255: unfiltering moves them
 *   table     at most 8 bits a pixel: bytes are unfiltered, then looked up in finished pixels
 *   generic   the rest: unfiltered as R, G, B, A, then blended
 */
#ifndef LPF_ROW_PLAN_H
#define LPF_ROW_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/generic_rows.h"
#include "kernels/kernels.h"

typedef struct lpf_row_plan lpf_row_plan;

/* From unfiltered to finished pixels, which take exactly their own bytes. `planes` are the
   lpf_row_shape.plane_count rows that were unfiltered. */
typedef void lpf_finish_row(const lpf_row_plan *plan, const uint8_t *const planes[2], size_t width,
                            uint8_t *target);

/* What the header of a PNG says about a plan, and whether the image has transparency. */
typedef struct lpf_row_shape {
  uint32_t source_bits;     /* of a filtered pixel, 1 to 64 */
  uint32_t unfiltered_bits; /* of a pixel in a plane: those of a packed one, 8, 24 or 32 */
  uint32_t target_bits;     /* of a finished pixel */
  bool by_bytes;            /* the byte kernels unfilter; otherwise the pixel kernels */
  bool in_place;            /* unfiltered pixels are finished */
  uint32_t plane_count;     /* where four bytes a pixel are not enough rows are unfiltered twice */
} lpf_row_shape;

struct lpf_row_plan {
  lpf_row_shape shape;
  const lpf_kernels *kernels;
  lpf_unfilter_group *unfilter;
  lpf_pixel_order order[2]; /* of each plane, for pixel kernels */

  lpf_finish_row *finish; /* null: in place */
  int32_t alpha_at;       /* where alpha is in a finished pixel; -1: nowhere */
  lpf_generic generic;
  lpf_pixel_table table;
};

#endif
