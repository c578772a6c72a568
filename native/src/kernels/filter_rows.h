/*
 * filter_rows.h: what encoding does with the bytes of a row: puts them into the file's order, looks
 * whether they need all their bytes, and filters them (PNG, 9).
 *
 * A row that is filtered has a prior row of the same kind. Before both are LPF_ROW_MARGIN bytes, of
 * which the last `pixel_bytes` are 0 at the beginning of a row; behind them are as many that may be
 * read. What is written reaches up to LPF_ROW_MARGIN bytes beyond its end.
 */
#ifndef LPF_FILTER_ROWS_H
#define LPF_FILTER_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  LPF_FILTER_COUNT = 5,
  LPF_ROW_MARGIN = 64,
  LPF_PATTERN_BYTES = 192 /* a whole number of pixels of every kind */
};

/* How bytes weigh that a filter leaves, each as a signed number. */
typedef enum lpf_weight {
  LPF_WEIGHT_MAGNITUDE, /* as the specification suggests (PNG, 12.8) */
  LPF_WEIGHT_BITS       /* two for each bit of its magnitude, about what it costs when coded */
} lpf_weight;

/* What each filter would leave of `size` bytes. Only their order means something. */
typedef void lpf_weigh_filters(const uint8_t *row, const uint8_t *prior, size_t size,
                               size_t pixel_bytes, lpf_weight weight,
                               uint64_t weights[LPF_FILTER_COUNT]);

/* `size` filtered bytes, without the byte that names the filter. */
typedef void lpf_filter_row(uint32_t filter, const uint8_t *row, const uint8_t *prior, size_t size,
                            size_t pixel_bytes, uint8_t *target);

/* Pixels whose bytes each are one of another pixel's. */
typedef struct lpf_byte_order {
  uint32_t source_bytes, target_bytes; /* a pixel, at most 8 */
  uint8_t from[8];                     /* which of the source's a byte of the target is */
  uint8_t shuffle[64];                 /* the same for as many pixels as 64 bytes hold */
} lpf_byte_order;

/* Out of source_bytes, target_bytes and from: the rest. */
void lpf_prepare_order(lpf_byte_order *order);

/* `pixels` has no byte more than those of `count` pixels. */
typedef void lpf_order_pixels_row(const uint8_t *pixels, size_t count, const lpf_byte_order *order,
                                  uint8_t *target);

/* Whether bytes differ from those `distance` behind them, or from 255 where it is 0; bytes count
   where the pattern, which is repeated, has ones. */
typedef bool lpf_row_differs(const uint8_t *row, size_t size, size_t distance,
                             const uint8_t pattern[LPF_PATTERN_BYTES]);

/* What a table has for each byte. */
typedef void lpf_map_bytes(const uint8_t *row, size_t size, const uint8_t table[256],
                           uint8_t *target);

typedef uint8_t lpf_highest_byte(const uint8_t *row, size_t size);

typedef struct lpf_filter_kernels {
  const char *name;
  lpf_weigh_filters *weigh;
  lpf_filter_row *filter;
  lpf_order_pixels_row *order;
  lpf_map_bytes *map;
  lpf_row_differs *differs;
  lpf_highest_byte *highest;
} lpf_filter_kernels;

extern const lpf_filter_kernels lpf_filter_kernels_scalar;
extern const lpf_filter_kernels lpf_filter_kernels_avx2;   /* if lpf_cpu_has_avx2() */
extern const lpf_filter_kernels lpf_filter_kernels_avx512; /* if lpf_cpu_has_avx512() */
extern const lpf_filter_kernels lpf_filter_kernels_neon;

#endif
