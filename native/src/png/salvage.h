/* salvage.h: image data that ends early. Its whole rows are kept; every other pixel becomes black.
 */
#ifndef LPF_SALVAGE_H
#define LPF_SALVAGE_H

#include <stddef.h>
#include <stdint.h>

#include "image/surface.h"
#include "lodepng_ffm.h"

/* How many of the `inflated` bytes are data, when LodePNG's inflater failed on the zlib stream `in`
   with `code`. */
size_t lpf_inflated_before_damage(int32_t code, const uint8_t *in, size_t in_size, size_t inflated);

/* Once all rows are written: makes the pixels black, and opaque where there is alpha, that are not
   among the first `salvaged` bytes of the scanlines. Indices become 0. */
void lpf_black_out_missing(const lpf_info *info, size_t salvaged, const lpf_surface *target);

/* The same for rows of an image that is not interlaced: those of the target from `first` on. */
void lpf_black_out_rows(const lpf_surface *target, uint32_t first);

#endif
