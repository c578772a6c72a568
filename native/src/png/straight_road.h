/*
 * straight_road.h: index -> inflate -> rows, the way of every sound PNG, as a loop of two calls
 * that can stop behind any row and go on later.
 */
#ifndef LPF_STRAIGHT_ROAD_H
#define LPF_STRAIGHT_ROAD_H

#include "deflate/inflate.h"
#include "png/png_index.h"
#include "png/png_pieces.h"

/* No code of the contract: LodePNG has to look at the file. */
#define LPF_NOT_IN_ORDER (-1)

/* Scanlines that are held back where damage may be passed over: how much of its output LodePNG
   declares lost at the most when a stream breaks off (salvage.h). Rows that were handed out must
   not turn out to be black afterwards. */
#define LPF_HELD_BACK_BYTES 65536

typedef struct lpf_road {
  uint8_t *memory; /* of the inflater, from the budget */
  lpf_inflater *inflater;
  size_t held_back;
  lpf_pieces *pieces; /* or null, where all of the PNG is at hand, and then: */
  size_t next_chunk;  /* the offset from which on the next IDAT chunk is looked for */
  size_t spans_left;
  bool last_span;
  size_t span_at, span_size; /* what is left of the span at hand: offset, bytes */
  lpf_finished finished;
  lpf_inflate_result result;
  size_t taken; /* bytes of scanlines that the rows have taken */
} lpf_road;

/* The most memory of roads for such an image and so many bytes of image data or less; false if that
   is more than there can be. `handed_out`: in bands. */
bool lpf_road_memory_bound(const lpf_info *info, unsigned long long image_data_bytes,
                           size_t group_bytes, bool handed_out, size_t *size);

/*
 * Begins at the indexed PNG's first IDAT chunk. `group_bytes` is that of lpf_rows_sizes.
 * `handed_out` says that rows are seen by somebody before all are finished. `pieces` is null where
 * all of the PNG is at hand; else they stay where they are. LPF_NOT_IN_ORDER where there is no
 * image data; the codes of limits and memory. Whatever comes of it, lpf_road_end is to be called.
 */
int32_t lpf_road_begin(lpf_road *road, lpf_png *png, size_t group_bytes, bool handed_out,
                       lpf_pieces *pieces);

/*
 * Goes on until the rows' band is complete, or, if with it the image is, to the end of the stream.
 * png->bytes may have moved since the call before. In pieces what lpf_pieces_next returns, after
 * LPF_WANTS_INPUT it goes on. LPF_NOT_IN_ORDER, LodePNG's code for an invalid
 * filter, LPF_TOO_MANY_BLOCKS, LPF_CANCELLED: then it cannot go on.
 */
int32_t lpf_road_go_on(lpf_road *road, lpf_png *png, lpf_rows *rows);

/* In pieces: the offset in the PNG of the first byte that is still needed. */
size_t lpf_road_needs_from(const lpf_road *road);

void lpf_road_end(lpf_road *road, lpf_png *png);

#endif
