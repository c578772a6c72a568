/* png_bmp_conversion.h: what BMP a PNG becomes, whether it is written whole or in bands. */
#ifndef LPF_PNG_BMP_CONVERSION_H
#define LPF_PNG_BMP_CONVERSION_H

#include "bmp/bmp_header.h"
#include "png/png_index.h"

/* A conversion as far as it is planned. */
typedef struct lpf_conversion {
  lpf_png png;
  lpf_bmp bmp;
  lpf_blend blend;
  uint8_t *profile; /* of bmp.profile_bytes, from the budget; null where the BMP has none */
} lpf_conversion;

/* Whether the kind of BMP, or its size, depends on chunks before the image data. */
bool lpf_bmp_asks_chunks(uint32_t format);

/* From the header, and for some formats the chunks, to exact sizes; `whole` as for lpf_index_png.
   planned->profile is to be freed, whatever comes of it. */
int32_t lpf_plan_conversion(lpf_conversion *planned, lpf_call *call, const uint8_t *bytes,
                            unsigned long long size, bool whole, lpf_plan *plan);

/* Of an LPF_BMP_BGRA. A profile that is damaged is left behind, in a strict conversion for LodePNG
   to find. */
int32_t lpf_take_profile(lpf_conversion *planned);

/* Writes all that stands before the pixel array, once the chunks are known. */
void lpf_write_bmp_header(lpf_conversion *planned, uint8_t *bytes);

#endif
