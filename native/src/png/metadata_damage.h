/* metadata_damage.h: what is wrong in a chunk for those who read it, and not only pass over it. */
#ifndef LPF_METADATA_DAMAGE_H
#define LPF_METADATA_DAMAGE_H

#include "png/chunk.h"
#include "png/png_index.h"

/* Whether lpf_png_metadata lists such chunks. */
bool lpf_is_metadata(uint32_t type);

/*
 * The code of what is wrong with a metadata chunk in which lpf_damage_of finds nothing, as far as
 * it is not compressed: LodePNG's where it looks at the chunk when texts are read, else
 * LPF_INVALID_METADATA. LPF_DONE where nothing is.
 */
int32_t lpf_metadata_damage_of(const lpf_png *png, const lpf_chunk *chunk);

#endif
