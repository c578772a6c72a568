/*
 * png_index.h: one walk over the chunks of a PNG: their order, lengths and checksums, what they say
 * that the pixels need, the limits that they meet, and where the image data lies. Nothing is
 * copied.
 */
#ifndef LPF_PNG_INDEX_H
#define LPF_PNG_INDEX_H

#include "base/call.h"
#include "image/rows.h"
#include "png/chunk.h"

typedef struct lpf_png_index {
  lpf_chunk resolution;         /* pHYs, the last one; offset 0: none */
  uint8_t resolution_data[9];   /* what it says */
  lpf_chunk profile;            /* the last iCCP before the image data; offset 0: none */
  uint32_t profiles;            /* how many iCCP chunks there are */
  uint32_t palette_entries;     /* of PLTE, whatever the colour type; 0: none */
  size_t transparency;          /* offset of the last tRNS chunk, 0: none */
  bool alpha_before_image_data; /* there is transparency, by all that comes before the first IDAT */
  size_t image_data;            /* offset of the first IDAT chunk, 0: none */
  size_t image_data_bytes;      /* of the data of all of them */
  size_t spans;                 /* how many there are */
  unsigned long long ancillary_bytes; /* of the data of all ancillary chunks, as it stands there */
  size_t end;                         /* where the walk has ended */
  bool broken_off; /* there, although no IEND was seen; and that is passed over */
  bool left_out;   /* ancillary chunks stand before `end` that the pixels do not need */
  int32_t damage;  /* what is not in order at `end`, and may not be passed over: LodePNG's code */
} lpf_png_index;

/* One PNG, in one call. */
typedef struct lpf_png {
  lpf_call *call;
  const uint8_t *bytes; /* all of it; or, in pieces (png_pieces.h), what is at hand, */
  size_t size;
  size_t begin; /* and this the offset in the PNG of the first of them; else 0 */
  lpf_info info;
  bool needs_alpha; /* what is asked for has alpha, or depends on it: a damaged tRNS is an error */
  lpf_png_index index;
  lpf_source source; /* of the scanlines; its palette and key are those that the walk has found */
  unsigned long long inflated_bytes;       /* of ancillary chunks so far; they count as ancillary */
  unsigned long long inflater_allocations; /* made by LodePNG's own inflater so far */
} lpf_png;

/* Reads the header, within the limits on input bytes and pixels. */
int32_t lpf_open_png(lpf_png *png, lpf_call *call, const uint8_t *bytes, unsigned long long size);

/* Whether the options let damage in ancillary chunks pass. */
bool lpf_passes_over_damage(const lpf_png *png);

/* The walk over the chunks, which fills in the index. */
typedef struct lpf_walk {
  lpf_png *png;
  bool whole;
  bool goes_on;
  unsigned long long chunks; /* that have been seen */
  lpf_chunk chunk;           /* the one that was seen last */
  bool is_sound;             /* and whether it was in order, as far as damage.h looks */
} lpf_walk;

/*
 * Begins a walk as far as IEND, damage that the options do not pass over, or, unless `whole`, the
 * first IDAT chunk. Fails only for limits; damage is noted in the index.
 */
int32_t lpf_begin_walk(lpf_walk *walk, lpf_png *png, bool whole);

/* The next step of a walk that goes on: the code of a limit, or a chunk, or the end. */
int32_t lpf_walk_on(lpf_walk *walk);

/* The whole of such a walk. */
int32_t lpf_index_png(lpf_png *png, bool whole);

/* One more chunk, the `chunks`-th: the limits on chunks and on ancillary bytes. */
int32_t lpf_count_chunk(lpf_png *png, const lpf_chunk *chunk, unsigned long long chunks);

/* A sound pHYs chunk at `offset`. */
void lpf_note_resolution(lpf_png_index *index, const uint8_t *data, size_t offset);

/* Where the data of an IDAT chunk lies. */
typedef struct lpf_span {
  const uint8_t *bytes;
  size_t size;
} lpf_span;

/* The data of the next IDAT chunk at or behind *offset, which then moves behind it. To be called
   index.spans times, from index.image_data on. Where the bytes have changed since the walk, it is
   whatever lies within the file, or nothing. */
lpf_span lpf_next_span(const lpf_png *png, size_t *offset);

#endif
