/* conversion.h: what the phases of one lpf_png_to_bmp call share. */
#ifndef LPF_CONVERSION_H
#define LPF_CONVERSION_H

#include <stdbool.h>

#include "base/budget.h"
#include "png/plan.h"

typedef struct lpf_conversion {
  const lpf_options *options;
  const uint8_t *png;
  size_t png_size;
  uint8_t *bmp;
  const int32_t *cancel; /* may be null */
  lpf_report *report;
  lpf_plan plan;
  lpf_budget budget;
  LodePNGState state;
  unsigned long long ancillary_bytes;      /* counted against max_ancillary_bytes so far */
  unsigned long long inflater_allocations; /* made by LodePNG's own inflater so far */
  /* set by the decompression hooks, whose own return value LodePNG replaces by code 110 */
  int32_t hook_code;
  bool rows_written; /* the fast path has put all pixels into the BMP */
  /* tolerance */
  uint8_t *repaired;        /* repair.c: what `png` then points to, else null */
  size_t image_data_offset; /* of the first IDAT chunk in the caller's PNG */
  bool salvaged;            /* salvage.c: only the first salvaged_bytes of the scanlines are real */
  size_t salvaged_bytes;
} lpf_conversion;

/* Notes the limit in the report and returns `code`. */
int32_t lpf_refuse(lpf_conversion *conversion, int32_t code, unsigned long long limit,
                   unsigned long long wanted);

/* Notes damage that is passed over. */
void lpf_warn(lpf_conversion *conversion, int32_t code, uint32_t chunk_type, size_t offset);

/* Whether the caller wants the conversion to stop. */
bool lpf_is_cancelled(const lpf_conversion *conversion);

/* chunks.c: counts chunks and ancillary bytes against their limits, without a look inside. */
int32_t lpf_check_chunks(lpf_conversion *conversion);

/* decompress.c: LodePNG's custom_zlib hook; its custom_context is the lpf_conversion. */
unsigned lpf_decompress_hook(unsigned char **out, size_t *out_size, const unsigned char *in,
                             size_t in_size, const LodePNGDecompressSettings *settings);

/* repair.c: where the options tolerate damage, replaces a damaged PNG by a copy without it. */
int32_t lpf_repair(lpf_conversion *conversion);

/* salvage.c: how many of the `inflated` bytes are data, when LodePNG's inflater failed on the zlib
   stream `in` with `code`. */
size_t lpf_inflated_before_damage(int32_t code, const uint8_t *in, size_t in_size, size_t inflated);

/* salvage.c: scanlines as LodePNG's inflater left them when it failed with `code`, made whole with
   zeros; null when there is no memory. */
uint8_t *lpf_salvage(lpf_conversion *conversion, int32_t code, uint8_t *partial,
                     size_t partial_size);

/* salvage.c: makes the pixels black that salvaged scanlines do not have, once all rows are written.
 */
void lpf_black_out_missing(lpf_conversion *conversion);

#endif
