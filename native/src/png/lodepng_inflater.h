/*
 * lodepng_inflater.h: LodePNG's own inflater, within bounds on its work.
 *
 * It is asked for colour profiles, and for image data that libdeflate has refused: what is wrong
 * there has the code that LodePNG gives it.
 */
#ifndef LPF_LODEPNG_INFLATER_H
#define LPF_LODEPNG_INFLATER_H

#include "png/png_index.h"

/*
 * Inflates the zlib stream `in`, as far as it goes but not far beyond `most` bytes, into memory of
 * the budget, which the caller has to free whatever the code is. LodePNG's code, 109 where the
 * stream has more bytes than `most`; or LPF_TOO_MANY_BLOCKS.
 */
int32_t lpf_inflate_by_lodepng(lpf_png *png, const uint8_t *in, size_t in_size, size_t most,
                               uint8_t **out, size_t *out_size);

/* The same for the stream in an ancillary chunk, counted against max_ancillary_bytes. */
int32_t lpf_inflate_ancillary(lpf_png *png, const uint8_t *in, size_t in_size, size_t most,
                              uint8_t **out, size_t *out_size);

#endif
