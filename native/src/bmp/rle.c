#include "bmp/rle.h"

#include <string.h>

enum { END_OF_ROW = 0, END_OF_IMAGE = 1, MOVE = 2 }; /* escapes; beyond: a number of pixels */

static size_t bytes_left(const lpf_rle *rle) {
  return rle->size - rle->at;
}

/* How many of `count` pixels from x on lie within the row. */
static uint32_t within_row(const lpf_rle *rle, uint32_t count) {
  const uint64_t room = rle->x < rle->width ? rle->width - rle->x : 0;
  return count < room ? count : (uint32_t)room;
}

static uint8_t half_of(uint8_t byte, uint32_t index) {
  return index % 2 == 0 ? byte >> 4 : byte & 0xf;
}

/* The same pixel, or with 4 bits two in turn, `count` times; `value` has the bytes of it. */
static void repeat(const lpf_rle *rle, const uint8_t *value, uint32_t count, uint8_t *row) {
  if (rle->pixel_bits == 8) {
    memset(row + rle->x, *value, count);
    return;
  }
  for (uint32_t i = 0; i < count; i++) {
    if (rle->pixel_bits == 4) {
      row[rle->x + i] = half_of(*value, i);
    } else {
      memcpy(row + 3 * (rle->x + i), value, 3);
    }
  }
}

static void copy(const lpf_rle *rle, const uint8_t *pixels, uint32_t count, uint8_t *row) {
  if (rle->pixel_bits == 8) {
    memcpy(row + rle->x, pixels, count);
  } else if (rle->pixel_bits == 24) {
    memcpy(row + 3 * rle->x, pixels, 3 * (size_t)count);
  } else {
    for (uint32_t i = 0; i < count; i++) {
      row[rle->x + i] = half_of(pixels[i / 2], i);
    }
  }
}

/* Notes where pixels first lie beyond the row. */
static void note_beyond(lpf_rle_result *result, size_t command_at, size_t *beyond_at) {
  if (*result != LPF_RLE_BEYOND_ROW) {
    *result = LPF_RLE_BEYOND_ROW;
    *beyond_at = command_at;
  }
}

/* `count` of them, whose bytes stand where the file goes on; false where it has not that many. */
static bool take_pixels(lpf_rle *rle, uint32_t count, bool is_run, uint8_t *row) {
  const size_t run_bytes = rle->pixel_bits == 24 ? 3 : 1;
  const size_t bytes = is_run ? run_bytes : ((size_t)count * rle->pixel_bits + 7) / 8;
  if (bytes_left(rle) < bytes) {
    return false;
  }
  const uint32_t visible = within_row(rle, count);
  if (visible != 0) {
    (is_run ? repeat : copy)(rle, rle->bytes + rle->at, visible, row);
  }
  rle->at += bytes;
  rle->x += count;
  if (!is_run && bytes % 2 != 0 && bytes_left(rle) != 0) {
    rle->at++;
  }
  return true;
}

/* Whether the move leaves the row. */
static bool move(lpf_rle *rle) {
  rle->x += rle->bytes[rle->at];
  const uint32_t rows = rle->bytes[rle->at + 1];
  rle->at += 2;
  rle->rows_left_out = rows == 0 ? 0 : rows - 1;
  return rows != 0;
}

static lpf_rle_result decode_row(lpf_rle *rle, uint8_t *row, size_t *beyond_at) {
  lpf_rle_result result = LPF_RLE_ROW;
  if (bytes_left(rle) < 2) {
    return LPF_RLE_MISSING;
  }
  for (;;) {
    const size_t command_at = rle->at;
    if (bytes_left(rle) < 2) {
      return rle->x < rle->width ? LPF_RLE_BROKEN_OFF : result;
    }
    const uint8_t count = rle->bytes[rle->at], escape = rle->bytes[rle->at + 1];
    rle->at += count != 0 ? 1 : 2;
    if (count == 0 && escape == END_OF_ROW) {
      rle->x = 0;
      return result;
    }
    if (count == 0 && escape == END_OF_IMAGE) {
      rle->complete = true;
      return result;
    }
    if (count == 0 && escape == MOVE) {
      if (bytes_left(rle) < 2) {
        return LPF_RLE_BROKEN_OFF;
      }
      if (move(rle)) {
        return result;
      }
      continue;
    }
    const uint32_t pixels = count != 0 ? count : escape;
    if (rle->x + pixels > rle->width) {
      note_beyond(&result, command_at, beyond_at);
    }
    if (!take_pixels(rle, pixels, count != 0, row)) {
      return LPF_RLE_BROKEN_OFF;
    }
  }
}

lpf_rle_result lpf_rle_row(lpf_rle *rle, uint8_t *row, size_t *beyond_at) {
  memset(row, 0, (size_t)rle->width * (rle->pixel_bits == 24 ? 3 : 1));
  if (rle->complete) {
    return LPF_RLE_ROW;
  }
  if (rle->rows_left_out != 0) {
    rle->rows_left_out--;
    return LPF_RLE_ROW;
  }
  return decode_row(rle, row, beyond_at);
}
