/*
 * row_checks.h: looks at all bytes of a row. A template that is written for the compiler to make
 * vectors of: loops of constant length without a branch, for the instruction set of the file that
 * includes it.
 */
#ifndef LPF_ROW_CHECKS_H
#define LPF_ROW_CHECKS_H

#include "base/always_inline.h"
#include "kernels/filter_rows.h"

static LPF_ALWAYS_INLINE uint8_t differences(const uint8_t *row, const uint8_t *other, size_t size,
                                             const uint8_t *pattern) {
  uint8_t found = 0;
  for (size_t i = 0; i < size; i++) {
    found |= (uint8_t)((row[i] ^ other[i]) & pattern[i]);
  }
  return found;
}

static bool row_differs(const uint8_t *row, size_t size, size_t distance,
                        const uint8_t pattern[LPF_PATTERN_BYTES]) {
  uint8_t opaque[LPF_PATTERN_BYTES];
  for (int i = 0; i < LPF_PATTERN_BYTES; i++) {
    opaque[i] = 255;
  }
  for (; size >= LPF_PATTERN_BYTES; size -= LPF_PATTERN_BYTES, row += LPF_PATTERN_BYTES) {
    if (differences(row, distance == 0 ? opaque : row + distance, LPF_PATTERN_BYTES, pattern)) {
      return true;
    }
  }
  return differences(row, distance == 0 ? opaque : row + distance, size, pattern) != 0;
}

static uint8_t highest_byte(const uint8_t *row, size_t size) {
  uint8_t highest = 0;
  for (size_t i = 0; i < size; i++) {
    highest = row[i] > highest ? row[i] : highest;
  }
  return highest;
}

#endif
