/* filter_kernels.h: puts the kernels of a file into a table. The file has included
   filter_vectors.h and defined order_pixels_row and map_bytes. */
#ifndef LPF_FILTER_KERNELS_H
#define LPF_FILTER_KERNELS_H

#include "kernels/filter_vectors.h"
#include "kernels/row_checks.h"

#define LPF_FILTER_KERNELS(isa)                         \
  const lpf_filter_kernels lpf_filter_kernels_##isa = { \
      .name = #isa,                                     \
      .weigh = weigh_filters,                           \
      .filter = filter_row,                             \
      .order = order_pixels_row,                        \
      .map = map_bytes,                                 \
      .differs = row_differs,                           \
      .highest = highest_byte,                          \
  }

#endif
