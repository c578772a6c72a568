/*
 * png_reader.h: the rows of a PNG in bands: the straight road, stopped behind each of them.
 *
 * Whatever does not come row by row is decoded whole: interlaced images, and the scanlines of a
 * file that LodePNG has to judge.
 */
#ifndef LPF_PNG_READER_H
#define LPF_PNG_READER_H

#include "image/selection.h"
#include "image/surface.h"
#include "png/png_index.h"

/* What is read. */
typedef struct lpf_reading {
  lpf_layout_id layout;
  lpf_blend blend;
  bool palette_loses_alpha; /* as for lpf_decode_png */
  bool needs_alpha;         /* as in lpf_png */
  lpf_selection selection;  /* all of the image where the layout is LPF_LAYOUT_BITS1 */
  uint32_t purpose;         /* whatever the caller wants to know again */
} lpf_reading;

/* The state; its members are for png_reader.c alone. */
typedef struct lpf_png_reader lpf_png_reader;

/* Bytes of a state with which reading such a PNG of so many bytes needs no memory of the system's;
   false where that is more than there can be. */
bool lpf_png_reader_bytes(const lpf_info *info, unsigned long long png_size,
                          const lpf_reading *reading, unsigned long long *bytes);

/*
 * Begins with a PNG that lpf_open_png takes: its chunks are walked through, and what has to be
 * decoded whole is decoded. Null with a code in *code, which `report` goes with; then nothing is to
 * be ended.
 */
lpf_png_reader *lpf_png_reader_begin(uint8_t *state, unsigned long long state_size,
                                     const lpf_options *options, const uint8_t *png,
                                     unsigned long long png_size, lpf_piece *piece,
                                     const lpf_reading *reading, const int32_t *cancel,
                                     lpf_report *report, int32_t *code);

/* The reader that began in that state. */
lpf_png_reader *lpf_png_reader_in(uint8_t *state);

/* Once there is a reader: what it reads, and of what. */
const lpf_reading *lpf_png_reader_reading(const lpf_png_reader *reader);
lpf_png *lpf_png_reader_png(lpf_png_reader *reader);

/*
 * Before and after each further call: where the PNG, or a piece of it, is now, and its report. With
 * a call that cannot be made *code is LPF_INVALID_ARGUMENT.
 */
lpf_call *lpf_png_reader_resume(lpf_png_reader *reader, const uint8_t *png,
                                unsigned long long png_size, const lpf_piece *piece,
                                const int32_t *cancel, int32_t *code);
int32_t lpf_png_reader_pause(lpf_png_reader *reader, lpf_piece *piece, int32_t code,
                             lpf_report *report);

/* In between: the next rows of the selection, as many as the band has, or as are left. In pieces,
   after LPF_WANTS_INPUT, again with the same band. */
int32_t lpf_png_reader_fill(lpf_png_reader *reader, const lpf_surface *band, uint32_t *rows);

/* How many rows of the selection have not been read. */
uint32_t lpf_png_reader_left(const lpf_png_reader *reader);

void lpf_png_reader_end(lpf_png_reader *reader);

#endif
