/* png_metadata.h: what a PNG says beside its pixels, and where its image data lies, as lists. */
#ifndef LPF_PNG_METADATA_H
#define LPF_PNG_METADATA_H

#include "png/png_index.h"

/*
 * Walks over the whole of an opened PNG, and writes what lpf_png_metadata promises to the
 * `memory_size` bytes at `memory`, of which *used are. LodePNG's codes or those of the contract;
 * LPF_OUTPUT_TOO_SMALL, with the size that would do in the report.
 */
int32_t lpf_list_metadata(lpf_png *png, uint8_t *memory, size_t memory_size,
                          unsigned long long *used);

/* The same for lpf_png_image_data. */
int32_t lpf_list_image_data(lpf_png *png, uint8_t *memory, size_t memory_size,
                            unsigned long long *used);

#endif
