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

#include "image/source.h"
#include "image/surface.h"
#include "kernels/kernels.h"

/* Readable bytes that must follow the scanlines at hand: the vector kernels load whole vectors.
   Their values do not matter. Nothing before the scanlines is read. */
#define LPF_SCANLINES_SLACK 64

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
 * workspace. A target with fewer rows than the image, or with none, is the first of several bands;
 * not of an interlaced image, whose rows are not finished one behind the other.
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

/* Once a band is complete: the rows that follow go to another one, of the same width and layout.
   The bands together have no more rows than the image. */
void lpf_rows_next_band(lpf_rows *rows, const lpf_surface *target);

/* Whether all rows of the band are finished: lpf_rows_take then takes no more. */
bool lpf_rows_band_complete(const lpf_rows *rows);

/* Whether all rows of the image are finished. */
bool lpf_rows_complete(const lpf_rows *rows);

#endif
