#include "png/png_pieces.h"

#include "libdeflate.h"
#include "png/damage.h"
#include "png/judge.h"
#include "png/lodepng_codes.h"
#include "png/png_header.h"

/* A critical chunk before the image data that is longer is none that anybody needs. */
#define MOST_CRITICAL_BYTES 65536

static const uint8_t *at_hand(const lpf_png *png, size_t offset) {
  return png->bytes + (offset - png->begin);
}

static size_t bytes_at_hand(const lpf_pieces *pieces, const lpf_png *png) {
  return png->size - (pieces->position - png->begin);
}

/* Whether that many bytes are there; else why not: LPF_WANTS_INPUT, or LPF_DONE at the end. */
static bool has(lpf_pieces *pieces, const lpf_png *png, size_t bytes, int32_t *why_not) {
  pieces->wanted = bytes;
  *why_not = pieces->last ? LPF_DONE : LPF_WANTS_INPUT;
  return bytes_at_hand(pieces, png) >= bytes;
}

bool lpf_wants_header(unsigned long long size, lpf_piece *piece) {
  piece->used = 0;
  piece->wanted = LPF_HEADER_BYTES;
  return size < LPF_HEADER_BYTES && piece->last == 0;
}

/* ---- Up to the first IDAT ---- */

/* Goes from chunk to chunk, without a look inside. */
static int32_t find_image_data(lpf_pieces *pieces, lpf_png *png) {
  const lpf_options *options = png->call->options;
  unsigned long long ancillary_bytes = 0;
  while (1) {
    int32_t code;
    if (!has(pieces, png, LPF_CHUNK_FRAME_BYTES, &code)) {
      return code == LPF_DONE ? LPF_NOT_IN_PIECES : code;
    }
    const uint8_t *bytes = at_hand(png, pieces->position);
    const lpf_chunk chunk = {.length = lpf_read_big_endian(bytes),
                             .type = lpf_read_big_endian(bytes + 4)};
    if (chunk.type == LPF_TYPE_IDAT) {
      return chunk.length > INT32_MAX ? LPF_NOT_IN_PIECES : LPF_DONE;
    }
    if (lpf_chunk_is_ancillary(&chunk)) {
      ancillary_bytes += chunk.length;
    }
    if (ancillary_bytes > options->max_ancillary_bytes) {
      return lpf_refuse(png->call, LPF_LIMIT_ANCILLARY_BYTES, options->max_ancillary_bytes,
                        ancillary_bytes);
    }
    if (chunk.length > INT32_MAX || chunk.type == LPF_TYPE_IEND ||
        (!lpf_chunk_is_ancillary(&chunk) && chunk.length > MOST_CRITICAL_BYTES)) {
      return LPF_NOT_IN_PIECES;
    }
    if (!has(pieces, png, (size_t)chunk.length + LPF_CHUNK_FRAME_BYTES, &code)) {
      return code == LPF_DONE ? LPF_NOT_IN_PIECES : code;
    }
    pieces->position += (size_t)chunk.length + LPF_CHUNK_FRAME_BYTES;
    pieces->chunks++;
  }
}

/* Pieces are for files that go the straight road, row by row, with nothing that is decided at their
   end. */
static bool may_be_in_pieces(const lpf_png *png) {
  const uint32_t flags = png->call->options->flags;
  return png->info.interlace_method == 0 && (flags & LPF_FLAG_TOLERATE_ANCILLARY) != 0 &&
         (flags & (LPF_FLAG_TOLERATE_TRUNCATION | LPF_FLAG_LODEPNG_ONLY)) == 0;
}

int32_t lpf_pieces_begin(lpf_pieces *pieces, lpf_png *png, bool last) {
  *pieces = (lpf_pieces){.position = LPF_HEADER_BYTES, .last = last, .chunks = 1};
  if (!may_be_in_pieces(png)) {
    return LPF_NOT_IN_PIECES;
  }
  int32_t code = find_image_data(pieces, png);
  if (code != LPF_DONE) {
    return code;
  }
  /* All that is walked now is at hand; of the IDAT chunk only the frame's beginning is looked at,
     wherever its data ends. */
  const size_t size = png->size;
  png->size = PTRDIFF_MAX;
  code = lpf_index_png(png, /*whole=*/false);
  png->size = size;
  if (code == LPF_DONE && png->index.damage != LPF_DONE) {
    code = LPF_NOT_IN_PIECES;
  }
  png->index.image_data_bytes = 0; /* the chunk is counted when it is met */
  return code;
}

/* ---- From there on ---- */

static int32_t check_input_bytes(const lpf_png *png) {
  const unsigned long long most = png->call->options->max_input_bytes;
  const unsigned long long bytes = png->begin + png->size;
  return bytes > most ? lpf_refuse(png->call, LPF_LIMIT_INPUT_BYTES, most, bytes) : LPF_DONE;
}

/* Where the file breaks off, which is passed over unless pixels are missing. */
static int32_t break_off(lpf_pieces *pieces, lpf_png *png, int32_t code) {
  const size_t left = bytes_at_hand(pieces, png);
  const uint32_t type = left < LPF_CHUNK_DATA_AT
                            ? LPF_TYPE_IEND
                            : lpf_read_big_endian(at_hand(png, pieces->position) + 4);
  if (type == LPF_TYPE_IDAT) {
    return code;
  }
  lpf_warn(png->call, code, type, pieces->position);
  pieces->stage = LPF_AT_END;
  return LPF_DONE;
}

static int32_t begin_image_data(lpf_pieces *pieces, lpf_png *png, const lpf_chunk *chunk) {
  const uint8_t *type = at_hand(png, pieces->position) + 4;
  png->index.image_data_bytes += chunk->length;
  pieces->chunk = pieces->position;
  pieces->data_left = chunk->length;
  pieces->checksum = libdeflate_crc32(0, type, 4);
  pieces->stage = LPF_IN_IMAGE_DATA;
  pieces->position += LPF_CHUNK_DATA_AT;
  return lpf_check_work(png, png->index.image_data_bytes);
}

/* A whole chunk that is no IDAT. */
static int32_t pass_chunk(lpf_pieces *pieces, lpf_png *png, lpf_chunk *chunk) {
  if (chunk->type == LPF_TYPE_TRNS ||
      (!lpf_chunk_is_ancillary(chunk) && chunk->type != LPF_TYPE_IEND)) {
    return LPF_NOT_IN_PIECES;
  }
  const uint8_t *bytes = at_hand(png, pieces->position);
  chunk->offset = 0;
  const int32_t damage = lpf_damage_of(bytes, chunk, &png->info, png->index.palette_entries);
  if (damage != LPF_DONE && !lpf_chunk_is_ancillary(chunk)) {
    return damage;
  }
  if (damage != LPF_DONE) {
    lpf_warn(png->call, damage, chunk->type, pieces->position);
  } else if (chunk->type == LPF_TYPE_PHYS) {
    lpf_note_resolution(&png->index, bytes + LPF_CHUNK_DATA_AT, pieces->position);
  }
  pieces->position += chunk->length + LPF_CHUNK_FRAME_BYTES;
  pieces->stage = chunk->type == LPF_TYPE_IEND ? LPF_AT_END : LPF_AT_CHUNK;
  return LPF_DONE;
}

static int32_t begin_chunk(lpf_pieces *pieces, lpf_png *png) {
  int32_t code;
  if (!has(pieces, png, LPF_CHUNK_FRAME_BYTES, &code)) {
    return code == LPF_DONE ? break_off(pieces, png, LPF_LODEPNG_BROKEN_OFF) : code;
  }
  const uint8_t *bytes = at_hand(png, pieces->position);
  lpf_chunk chunk = {.offset = pieces->position,
                     .length = lpf_read_big_endian(bytes),
                     .type = lpf_read_big_endian(bytes + 4)};
  if (chunk.length > INT32_MAX) {
    return break_off(pieces, png, LPF_LODEPNG_CHUNK_TOO_LONG);
  }
  const bool image_data = chunk.type == LPF_TYPE_IDAT;
  const bool known = image_data || lpf_chunk_is_ancillary(&chunk) || chunk.type == LPF_TYPE_IEND;
  if (!known) {
    return LPF_NOT_IN_PIECES;
  }
  /* a limit refuses before anybody waits for a chunk that is over it */
  if (pieces->chunk != chunk.offset) {
    pieces->chunk = chunk.offset;
    code = lpf_count_chunk(png, &chunk, ++pieces->chunks);
    if (code != LPF_DONE) {
      return code;
    }
  }
  if (image_data) {
    return begin_image_data(pieces, png, &chunk);
  }
  if (!has(pieces, png, chunk.length + LPF_CHUNK_FRAME_BYTES, &code)) {
    return code == LPF_DONE ? break_off(pieces, png, LPF_LODEPNG_CHUNK_BROKEN_OFF) : code;
  }
  return pass_chunk(pieces, png, &chunk);
}

static int32_t take_image_data(lpf_pieces *pieces, lpf_png *png, lpf_span *span) {
  int32_t code;
  if (pieces->data_left == 0) {
    pieces->stage = LPF_AT_CHECKSUM;
    return LPF_DONE;
  }
  if (!has(pieces, png, 1, &code)) {
    return code == LPF_DONE ? LPF_LODEPNG_CHUNK_BROKEN_OFF : code;
  }
  const size_t there = bytes_at_hand(pieces, png);
  span->bytes = at_hand(png, pieces->position);
  span->size = there < pieces->data_left ? there : pieces->data_left;
  pieces->checksum = libdeflate_crc32(pieces->checksum, span->bytes, span->size);
  pieces->data_left -= span->size;
  pieces->position += span->size;
  return LPF_DONE;
}

static int32_t check_checksum(lpf_pieces *pieces, lpf_png *png) {
  int32_t code;
  if (!has(pieces, png, 4, &code)) {
    return code == LPF_DONE ? LPF_LODEPNG_CHUNK_BROKEN_OFF : code;
  }
  if (lpf_read_big_endian(at_hand(png, pieces->position)) != pieces->checksum) {
    return LPF_LODEPNG_INVALID_CRC;
  }
  pieces->position += 4;
  pieces->stage = LPF_AT_CHUNK;
  return LPF_DONE;
}

int32_t lpf_pieces_next(lpf_pieces *pieces, lpf_png *png, lpf_span *span, bool *last) {
  *span = (lpf_span){NULL, 0};
  *last = false;
  int32_t code = check_input_bytes(png);
  while (code == LPF_DONE && span->size == 0) {
    switch (pieces->stage) {
      case LPF_AT_CHUNK:
        code = begin_chunk(pieces, png);
        break;
      case LPF_IN_IMAGE_DATA:
        code = take_image_data(pieces, png, span);
        break;
      case LPF_AT_CHECKSUM:
        code = check_checksum(pieces, png);
        break;
      case LPF_AT_END:
        *last = true;
        return LPF_DONE;
    }
  }
  return code;
}
