/*
 * row_group.h: which rows a wavefront takes together, and with which filters. The same for every
 * kind of kernel, whatever its vectors.
 */
#ifndef LPF_ROW_GROUP_H
#define LPF_ROW_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/always_inline.h"
#include "kernels/unfilter.h"

/*
 * Fills source[k] with the first byte of row k after its filter byte, and filters[k], for each of
 * the `lanes` of a wavefront in which row k is `lag` * k pixels behind row 0. Lanes beyond `count`,
 * without a row of their own, repeat row 0's bytes without a lag; nobody stores what they make.
 * False if a row has an invalid filter type.
 */
static LPF_ALWAYS_INLINE bool lpf_gather_rows(const lpf_filtered_rows *rows, const ptrdiff_t count,
                                              const ptrdiff_t lanes, const ptrdiff_t lag,
                                              const uint32_t pixel_bytes, const uint8_t **source,
                                              uint8_t *filters, bool *all_paeth) {
  *all_paeth = true;
  for (ptrdiff_t k = 0; k < lanes; k++) {
    const bool has_row = k < count;
    const uint8_t *filtered = rows->first + (has_row ? (ptrdiff_t)rows->row_size * k : 0);
    filters[k] = filtered[0];
    if (filters[k] > LPF_FILTER_PAETH) {
      return false;
    }
    *all_paeth = *all_paeth && filters[k] == LPF_FILTER_PAETH;
    source[k] = filtered + 1 + (has_row ? 0 : lag * k * (ptrdiff_t)pixel_bytes);
  }
  return true;
}

#endif
