/* permute.h: rows whose pixels have their bytes in another order, with nothing else to be done. */
#ifndef LPF_PERMUTE_H
#define LPF_PERMUTE_H

#include <stddef.h>
#include <stdint.h>

#include "kernels/unfilter.h"

/*
 * From pixels of `pixel_bytes`, 3 or 4, to pixels of order->pixel_bytes, as lpf_order_pixels has
 * arranged them for as many source bytes. Reads and writes exactly the pixels; the rows are apart.
 */
typedef void lpf_permute_row(const uint8_t *row, size_t width, size_t pixel_bytes,
                             const lpf_pixel_order *order, uint8_t *target);

lpf_permute_row lpf_permute_row_scalar;
lpf_permute_row lpf_permute_row_avx2; /* where lpf_unfilter_pixels_avx2 is */
lpf_permute_row lpf_permute_row_neon; /* where lpf_unfilter_pixels_neon is */

#endif
