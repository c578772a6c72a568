/*
 * damage.h: what LodePNG would reject in a chunk whose frame is whole, and with which code.
 *
 * What stands here decides which files are sound, and which ancillary chunks are passed over. It
 * must find all that LodePNG finds; in a strict conversion LodePNG itself then names it.
 */
#ifndef LPF_DAMAGE_H
#define LPF_DAMAGE_H

#include "lodepng_ffm.h"
#include "png/chunk.h"

#define LPF_MOST_KEYWORD_BYTES 79 /* PNG, 11.3.3.1 */

/*
 * LodePNG's code for what is wrong with the chunk, its CRC included; LPF_DONE where nothing is.
 * `palette_entries` are those of the PLTE chunk before it, 0 without one. The compressed part of an
 * iCCP chunk is not looked at, nor are texts: metadata_damage.h does.
 */
int32_t lpf_damage_of(const uint8_t *png, const lpf_chunk *chunk, const lpf_info *info,
                      size_t palette_entries);

/* The bytes before the first zero: of the keyword or name that a text or a profile begins with. */
size_t lpf_keyword_length(const uint8_t *data, size_t length);

/* Where the zlib stream of an iCCP or zTXt chunk without such damage begins in its data. */
size_t lpf_stream_at(const uint8_t *data, size_t length);

#endif
