/* needed_chunks.h: a copy of a PNG with no chunk that the pixels do not need: what LodePNG is shown
   of a file whose other chunks may be damaged. */
#ifndef LPF_NEEDED_CHUNKS_H
#define LPF_NEEDED_CHUNKS_H

#include "png/png_index.h"

/*
 * Whether LodePNG must be shown a copy of the indexed file. Not where the options ask for its
 * verdict on the whole, or where the file has nothing that the pixels do not need.
 */
bool lpf_needs_copy(const lpf_png *png);

/*
 * Makes the copy, in memory of the budget. Where the file breaks off and that is passed over, an
 * IDAT chunk that is not whole is made whole with what is there, and an IEND ends the copy. Null
 * when there is no memory.
 */
uint8_t *lpf_copy_needed_chunks(const lpf_png *png, size_t *size);

#endif
