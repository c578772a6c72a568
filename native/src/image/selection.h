/* selection.h: a part of an image: a rectangle, and of that every so many-th column and row. */
#ifndef LPF_SELECTION_H
#define LPF_SELECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "lodepng_ffm.h"

/* All of an image. */
lpf_selection lpf_select_all(const lpf_info *info);

/* Whether every pixel is wanted. */
bool lpf_selects_all(const lpf_selection *selection, const lpf_info *info);

/* Whether it makes sense, and lies within the image. */
bool lpf_selection_fits(const lpf_selection *selection, const lpf_info *info);

/* Pixels of the selection in a row, and its rows. */
uint32_t lpf_selected_width(const lpf_selection *selection);
uint32_t lpf_selected_height(const lpf_selection *selection);

#endif
