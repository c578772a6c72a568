/*
 * Turns the inflated, still filtered scanlines of a PNG into finished rows of 8-bit B,G,R pixels.
 *
 * This is the fast path's second half: the caller inflates, this unfilters (PNG specification,
 * clause 9), undoes the Adam7 interlace and drops alpha and low bytes in the same pass over the
 * memory. It knows a source layout and a target layout, and nothing of LodePNG or BMP.
 *
 * All memory belongs to the caller and is only borrowed for the call. Nothing is allocated, and
 * every function may run on any number of threads at once on distinct memory.
 */
#ifndef LPF_SCANLINES_H
#define LPF_SCANLINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Readable bytes that must follow the filtered scanlines: the SIMD kernels load whole vectors.
 * Their values do not matter. Nothing before the scanlines is read.
 */
#define LPF_SCANLINES_SLACK 64

/* What lpf_scanlines_to_bgr returns. */
enum {
  LPF_SCANLINES_DONE = 0,
  LPF_SCANLINES_INVALID_FILTER = 36, /* LodePNG's code for a filter type above 4 */
  LPF_SCANLINES_CANCELLED = -1       /* no code of LodePNG's; the caller names it */
};

typedef struct lpf_scanlines {
  const uint8_t *filtered; /* the inflated IDAT stream; each row is a filter byte, then its bytes */
  uint32_t width, height;  /* neither is 0 */
  uint32_t bit_depth;      /* 8 or 16 */
  uint32_t color_type;     /* PNG's 0, 2, 3, 4 or 6 */
  uint32_t interlace_method; /* 0, or 1 for Adam7: the seven passes follow each other */
  const uint32_t *palette;   /* color type 3 only: 256 entries 0x00RRGGBB, missing entries 0 */
} lpf_scanlines;

typedef struct lpf_target_rows {
  uint8_t *first_row; /* the picture's uppermost row */
  ptrdiff_t stride;   /* from a row to the one below it; negative in a bottom-up picture */
  uint32_t padding;   /* zero bytes to write after the width * 3 bytes of each row */
} lpf_target_rows;

/* Whether there are kernels for this kind of picture: 8 and 16 bits, all color types PNG allows. */
bool lpf_scanlines_supported(uint32_t bit_depth, uint32_t color_type);

/*
 * The bytes of scratch memory that lpf_scanlines_to_bgr needs. `filtered` and `palette` are not
 * looked at. False, with *size untouched, if the picture is not supported or is empty.
 */
bool lpf_scanlines_workspace_size(const lpf_scanlines *scanlines, size_t *size);

/*
 * Writes the finished rows: width * 3 + padding bytes of each, and not one byte elsewhere.
 *
 * Alpha is ignored, 16-bit samples keep their high byte, gray becomes B = G = R. The workspace has
 * the size given by lpf_scanlines_workspace_size, any alignment and any content.
 * `allow_simd` false forces the portable kernels; both kinds give identical bytes.
 * `cancel` may be NULL; otherwise it is read atomically before every group of at most 32 rows, and
 * a value other than 0 ends the call. Unless the result is LPF_SCANLINES_DONE, the content of the
 * rows is undefined.
 */
int32_t lpf_scanlines_to_bgr(const lpf_scanlines *scanlines, const lpf_target_rows *target,
                             uint8_t *workspace, bool allow_simd, const int32_t *cancel);

#endif
