/*
 * judge.h: whatever is not in order goes to LodePNG, whose code is what the caller gets.
 *
 * LodePNG reads the chunks and inflates, with its own inflater, under the limits and out of the
 * budget of the call. What it accepts comes back as scanlines, so it converts no pixels.
 */
#ifndef LPF_JUDGE_H
#define LPF_JUDGE_H

#include "png/png_index.h"

typedef struct lpf_judgement {
  uint8_t *scanlines; /* all of them and LPF_SCANLINES_SLACK bytes; from the budget */
  size_t sound_bytes; /* how many of them are real, the rest is zeros; fewer only where that is
                         tolerated */
} lpf_judgement;

/*
 * Judges an indexed file. Where LodePNG accepts what the walk has found damaged, png->source has
 * the palette and the key that LodePNG has found. LodePNG's codes; LPF_TOO_MANY_BLOCKS; the
 * LPF_LIMIT_ codes; LPF_CANCELLED. On failure `judgement` is empty.
 */
int32_t lpf_judge(lpf_png *png, lpf_judgement *judgement);

/* Whether the compressed image data is in proportion to the image: LPF_LIMIT_WORK. */
int32_t lpf_check_work(lpf_png *png, size_t image_data_bytes);

#endif
