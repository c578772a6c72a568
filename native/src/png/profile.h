/* profile.h: the ICC profile of an iCCP chunk (PNG, 11.3.2.3). */
#ifndef LPF_PROFILE_H
#define LPF_PROFILE_H

#include "png/png_index.h"

/*
 * Inflates the profile in a chunk that has no other damage, within the limits, into memory of the
 * budget. LodePNG's codes, or from 1000 on the limit that it met; then *profile is null.
 */
int32_t lpf_inflate_profile(lpf_png *png, const lpf_chunk *chunk, uint8_t **profile, size_t *size);

/* LodePNG's verdict on all the profiles of a file that is otherwise in order. */
int32_t lpf_judge_profiles(lpf_png *png);

#endif
