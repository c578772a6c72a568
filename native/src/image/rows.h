/*
 * rows.h: from the inflated, still filtered scanlines of a PNG to finished rows of pixels.
 *
 * The second half of the straight road index -> inflate -> rows: it unfilters (PNG, clause 9),
 * undoes the Adam7 interlace and writes the pixels in the layout that the target has, in one pass
 * over the memory. It can stop behind any row and go on later, so the scanlines may come in pieces,
 * as they are inflated. It knows a source and a target, and nothing of chunks, LodePNG or BMP.
 *
 * All memory belongs to the caller and is only borrowed. Nothing is allocated, and every function
 * may run on any number of threads at once on distinct memory.
 */
#ifndef LPF_ROWS_H
#define LPF_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/surface.h"
#include "kernels/kernels.h"

/* Readable bytes that must follow the scanlines at hand: the vector kernels load whole vectors.
   Their values do not matter. Nothing before the scanlines is read. */
#define LPF_SCANLINES_SLACK 64

/* The image that the scanlines are of. */
typedef struct lpf_source {
  uint32_t width, height;    /* neither is 0 */
  uint32_t bit_depth;        /* any that PNG allows for the colour type */
  uint32_t color_type;       /* PNG's 0, 2, 3, 4 or 6 */
  uint32_t interlace_method; /* 0, or 1 for Adam7: the seven passes follow each other */
  uint8_t palette[256][4]; /* colour type 3: R, G, B, A; entries that the PNG lacks 0, 0, 0, 255 */
  bool palette_has_alpha;  /* some alpha in it is not 255 */
  bool has_key;            /* colour types 0 and 2: samples equal to `key` are transparent */
  uint16_t key[3];         /* gray, or R, G, B; at the file's bit depth */
} lpf_source;

/* What becomes of transparency on the way. Indices stay what they are. */
typedef struct lpf_blend {
  bool premultiplied; /* in layouts with alpha; on a background everything is opaque */
  bool has_background;
  uint8_t background[3]; /* R, G, B; in gray layouts R is the gray, so the three should be equal */
} lpf_blend;

/* What lpf_rows_take returns besides LPF_ROWS_DONE. */
enum {
  LPF_ROWS_DONE = 0,
  LPF_ROWS_INVALID_FILTER = 36, /* LodePNG's code for a filter type above 4 */
  LPF_ROWS_CANCELLED = -1       /* no code of LodePNG's; the caller names it */
};

/* Whether the image has transparency: an alpha channel, a key, or a palette with alpha. */
bool lpf_source_has_alpha(const lpf_source *source);

/*
 * Whether such rows can be made: not of what PNG does not allow; not gray out of colour, indices of
 * an image without a palette, or 1 bit a pixel out of more. `palette` and `key` do not matter.
 */
bool lpf_rows_supported(const lpf_source *source, lpf_layout_id layout);

/* The state; its members are for rows.c alone. */
typedef struct lpf_rows lpf_rows;

/* What is to be provided. */
typedef struct lpf_rows_sizes {
  size_t workspace_bytes; /* for lpf_rows_begin, the state itself among them */
  size_t group_bytes;     /* lpf_rows_take leaves fewer bytes than this untaken */
} lpf_rows_sizes;

/*
 * The sizes for rows of this kind, which lpf_rows_supported takes. False, with *sizes untouched, if
 * a row or the workspace has more than PTRDIFF_MAX bytes. The palette, the key and whether there
 * are any do not matter, so the header of a PNG is enough to know the sizes.
 */
bool lpf_rows_sizes_of(const lpf_source *source, lpf_layout_id layout, const lpf_blend *blend,
                       lpf_rows_sizes *sizes);

/*
 * Begins in `workspace`, which has the size given by lpf_rows_sizes_of, is aligned to 64
 * bytes, and has any content. `source` and `blend` are copied. Returns the state, which lies in the
 * workspace.
 */
lpf_rows *lpf_rows_begin(uint8_t *workspace, const lpf_source *source, const lpf_surface *target,
                         const lpf_blend *blend, lpf_simd simd);

/*
 * Takes what it can of the `size` bytes of scanlines at `bytes`, which follow those taken before:
 * whole rows, and several at once where the kernels work on groups of rows, unless `last` says that
 * nothing follows. Writes how many bytes it took to *taken; the rest must be offered again with
 * more behind it. `cancel` may be null; otherwise it is read atomically before every group of rows,
 * and a value other than 0 ends the call. Unless the result is LPF_ROWS_DONE, the content of the
 * target is undefined.
 */
int32_t lpf_rows_take(lpf_rows *rows, const uint8_t *bytes, size_t size, bool last,
                      const int32_t *cancel, size_t *taken);

/* Whether all rows are finished. */
bool lpf_rows_complete(const lpf_rows *rows);

#endif
