/*
 * png_pieces.h: the chunks of a PNG that is not at hand as a whole, from the first IDAT on, walked
 * through as they come: their order, lengths and checksums, and the data of the IDAT chunks, as far
 * as it is there. What comes before is walked by lpf_index_png.
 */
#ifndef LPF_PNG_PIECES_H
#define LPF_PNG_PIECES_H

#include "png/png_index.h"

typedef struct lpf_pieces {
  size_t position; /* offset in the PNG of what has not been looked at */
  bool last;       /* nothing follows the bytes at hand */
  size_t wanted;   /* bytes from `position` on without which it cannot go on */
  enum { LPF_AT_CHUNK, LPF_IN_IMAGE_DATA, LPF_AT_CHECKSUM, LPF_AT_END } stage;
  size_t data_left; /* of the IDAT chunk at hand */
  uint32_t checksum;
  size_t chunk; /* where it begins */
  unsigned long long chunks;
} lpf_pieces;

/* Whether a first piece of so many bytes, of which not even the header is whole, is not the last.
 */
bool lpf_wants_header(unsigned long long size, lpf_piece *piece);

/*
 * Looks for the first IDAT chunk in the bytes at hand, and indexes the PNG that far.
 * LPF_WANTS_INPUT where it is further on; LPF_NOT_IN_PIECES where something is wrong before it, or
 * the options or the image do not allow for pieces; the codes of limits.
 */
int32_t lpf_pieces_begin(lpf_pieces *pieces, lpf_png *png, bool last);

/*
 * The image data that comes next: what there is of it at hand. *last says that nothing follows; all
 * chunks have then been walked through. LPF_WANTS_INPUT; the codes of limits; what is wrong with a
 * chunk: LodePNG's code; LPF_NOT_IN_PIECES for a chunk that comes too late for the rows before.
 */
int32_t lpf_pieces_next(lpf_pieces *pieces, lpf_png *png, lpf_span *span, bool *last);

#endif
