#include "png/png_index.h"

#include <string.h>

#include "png/damage.h"
#include "png/lodepng_codes.h"
#include "png/png_header.h"
#include "png/png_source.h"

#define LPF_TOLERATE_ANY (LPF_FLAG_TOLERATE_ANCILLARY | LPF_FLAG_TOLERATE_TRUNCATION)

int32_t lpf_open_png(lpf_png *png, lpf_call *call, const uint8_t *bytes, unsigned long long size) {
  const lpf_options *options = call->options;
  png->call = call;
  png->bytes = bytes;
  png->size = (size_t)size;
  png->begin = 0;
  png->needs_alpha = false;
  png->inflated_bytes = 0;
  png->inflater_allocations = 0;
  memset(&png->info, 0, sizeof png->info);
  if (size > options->max_input_bytes) {
    return lpf_refuse(call, LPF_LIMIT_INPUT_BYTES, options->max_input_bytes, size);
  }
  int32_t code = lpf_read_header(bytes, size, &png->info);
  if (code != LPF_DONE) {
    return code;
  }
  unsigned long long pixels = (unsigned long long)png->info.width * png->info.height;
  if (pixels > options->max_pixels) {
    return lpf_refuse(call, LPF_LIMIT_PIXELS, options->max_pixels, pixels);
  }
  return LPF_DONE;
}

bool lpf_passes_over_damage(const lpf_png *png) {
  return (png->call->options->flags & LPF_TOLERATE_ANY) != 0;
}

static bool passes_over_truncation(const lpf_png *png) {
  return (png->call->options->flags & LPF_FLAG_TOLERATE_TRUNCATION) != 0;
}

static void note_image_data(lpf_png *png, size_t offset, size_t length) {
  lpf_png_index *index = &png->index;
  if (index->spans == 0) {
    index->image_data = offset;
    index->alpha_before_image_data = lpf_source_has_alpha(&png->source);
  }
  index->spans++;
  index->image_data_bytes += length;
}

void lpf_note_resolution(lpf_png_index *index, const uint8_t *data, size_t offset) {
  index->resolution = (lpf_chunk){offset, sizeof index->resolution_data, LPF_TYPE_PHYS};
  memcpy(index->resolution_data, data, sizeof index->resolution_data);
}

/* What a sound chunk says. */
static void note_chunk(lpf_png *png, const lpf_chunk *chunk) {
  const uint8_t *data = png->bytes + chunk->offset + LPF_CHUNK_DATA_AT;
  lpf_png_index *index = &png->index;
  bool needed = !lpf_chunk_is_ancillary(chunk);
  switch (chunk->type) {
    case LPF_TYPE_PLTE:
      index->palette_entries = (uint32_t)(chunk->length / 3);
      lpf_take_palette(&png->source, data, index->palette_entries);
      break;
    case LPF_TYPE_TRNS:
      index->transparency = chunk->offset;
      lpf_take_transparency(&png->source, data, chunk->length);
      needed = png->needs_alpha;
      break;
    case LPF_TYPE_PHYS:
      lpf_note_resolution(index, data, chunk->offset);
      break;
    case LPF_TYPE_ICCP:
      index->profiles++;
      if (index->spans == 0) {
        index->profile = *chunk;
      }
      break;
    case LPF_TYPE_IDAT:
      note_image_data(png, chunk->offset, chunk->length);
      break;
    default:
      break;
  }
  index->left_out = index->left_out || !needed;
}

int32_t lpf_count_chunk(lpf_png *png, const lpf_chunk *chunk, unsigned long long chunks) {
  lpf_call *call = png->call;
  if (chunks > call->options->max_chunks) {
    return lpf_refuse(call, LPF_LIMIT_CHUNKS, call->options->max_chunks, chunks);
  }
  if (lpf_chunk_is_ancillary(chunk)) {
    png->index.ancillary_bytes += chunk->length;
    const unsigned long long bytes = png->index.ancillary_bytes + png->inflated_bytes;
    if (bytes > call->options->max_ancillary_bytes) {
      return lpf_refuse(call, LPF_LIMIT_ANCILLARY_BYTES, call->options->max_ancillary_bytes, bytes);
    }
  }
  return LPF_DONE;
}

/* The file breaks off at `offset`, where another chunk should be. */
static void note_broken_end(lpf_png *png, size_t offset, int32_t code) {
  lpf_png_index *index = &png->index;
  const uint8_t *rest = png->bytes + offset;
  const size_t left = png->size - offset;
  /* where nothing more is there, what is missing is the end */
  const uint32_t type = left < LPF_CHUNK_DATA_AT ? LPF_TYPE_IEND : lpf_read_big_endian(rest + 4);
  const bool pixels_missing = type == LPF_TYPE_IDAT || index->spans == 0;
  if (type == LPF_TYPE_IDAT && passes_over_truncation(png)) {
    const size_t there = left - LPF_CHUNK_DATA_AT;
    const size_t declared = lpf_read_big_endian(rest);
    note_image_data(png, offset, declared < there ? declared : there);
  } else if (pixels_missing || !lpf_passes_over_damage(png)) {
    index->damage = code;
    return;
  }
  index->broken_off = true;
  lpf_warn(png->call, code, type, offset);
}

int32_t lpf_begin_walk(lpf_walk *walk, lpf_png *png, bool whole) {
  memset(&png->index, 0, sizeof png->index);
  lpf_source_of(&png->info, &png->source);
  *walk = (lpf_walk){
      .png = png,
      .whole = whole,
      .goes_on = true,
      .chunks = 1,
      .chunk = {.offset = LPF_IHDR_OFFSET, .length = LPF_IHDR_DATA_BYTES, .type = LPF_TYPE_IHDR}};
  return png->call->options->max_chunks == 0 ? lpf_refuse(png->call, LPF_LIMIT_CHUNKS, 0, 1)
                                             : LPF_DONE;
}

static void end_walk(lpf_walk *walk) {
  lpf_png *png = walk->png;
  walk->goes_on = false;
  walk->is_sound = false;
  if (png->index.spans == 0) {
    /* the first IDAT may be what is damaged; then a walk as far as that said the same */
    png->index.alpha_before_image_data = lpf_source_has_alpha(&png->source);
  }
  if (png->index.damage == LPF_DONE && png->info.color_type == 3 &&
      png->index.palette_entries == 0) {
    png->index.damage = LPF_LODEPNG_NO_PALETTE;
  }
}

/* What is not in order in the chunk at hand is passed over, or ends the walk. */
static void note_damage(lpf_walk *walk, int32_t damage) {
  lpf_png *png = walk->png;
  const lpf_chunk *chunk = &walk->chunk;
  if (lpf_passes_over_damage(png) && lpf_chunk_is_ancillary(chunk) &&
      (chunk->type != LPF_TYPE_TRNS || !png->needs_alpha)) {
    lpf_warn(png->call, damage, chunk->type, chunk->offset);
    png->index.left_out = true;
  } else {
    png->index.damage = damage;
    end_walk(walk);
  }
}

int32_t lpf_walk_on(lpf_walk *walk) {
  lpf_png *png = walk->png;
  lpf_chunk *chunk = &walk->chunk;
  walk->is_sound = false;
  png->index.end = lpf_chunk_end(chunk);
  int32_t damage = lpf_chunk_at(png->bytes, png->size, png->index.end, chunk);
  if (damage != LPF_DONE) {
    note_broken_end(png, png->index.end, damage);
    end_walk(walk);
    return LPF_DONE;
  }
  int32_t code = lpf_count_chunk(png, chunk, ++walk->chunks);
  if (code != LPF_DONE) {
    return code;
  }
  if (chunk->type == LPF_TYPE_IDAT && !walk->whole) {
    note_image_data(png, chunk->offset, chunk->length);
    end_walk(walk);
    return LPF_DONE;
  }
  damage = lpf_damage_of(png->bytes, chunk, &png->info, png->index.palette_entries);
  if (damage != LPF_DONE) {
    note_damage(walk, damage);
    return LPF_DONE;
  }
  walk->is_sound = true;
  note_chunk(png, chunk);
  if (chunk->type == LPF_TYPE_IEND) {
    png->index.end = lpf_chunk_end(chunk);
    end_walk(walk);
  }
  return LPF_DONE;
}

int32_t lpf_index_png(lpf_png *png, bool whole) {
  lpf_walk walk;
  int32_t code = lpf_begin_walk(&walk, png, whole);
  while (code == LPF_DONE && walk.goes_on) {
    code = lpf_walk_on(&walk);
  }
  return code;
}

static bool has_type(const lpf_png *png, size_t offset) {
  return offset <= png->size && png->size - offset >= LPF_CHUNK_DATA_AT;
}

lpf_span lpf_next_span(const lpf_png *png, size_t *offset) {
  size_t at = *offset;
  while (has_type(png, at) && lpf_read_big_endian(png->bytes + at + 4) != LPF_TYPE_IDAT) {
    at += (size_t)lpf_read_big_endian(png->bytes + at) + LPF_CHUNK_FRAME_BYTES;
  }
  if (!has_type(png, at)) {
    *offset = png->size;
    return (lpf_span){png->bytes, 0};
  }
  const size_t declared = lpf_read_big_endian(png->bytes + at);
  const size_t left = png->size - at - LPF_CHUNK_DATA_AT;
  *offset = at + declared + LPF_CHUNK_FRAME_BYTES; /* or beyond the file */
  return (lpf_span){png->bytes + at + LPF_CHUNK_DATA_AT, declared < left ? declared : left};
}
