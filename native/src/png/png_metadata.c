#include "png/png_metadata.h"

#include <string.h>

#include "png/damage.h"
#include "png/lodepng_codes.h"
#include "png/lodepng_inflater.h"
#include "png/metadata_damage.h"
#include "png/profile.h"

/* LodePNG's max_text_size. */
#define MOST_TEXT_BYTES ((size_t)16 << 20)

/* The output: structures grow from its beginning, what is inflated from its end. */
typedef struct listing {
  lpf_png *png;
  uint8_t *memory;
  size_t memory_size;
  unsigned long long listed; /* bytes of the structures, */
  unsigned long long behind; /* and of what is inflated, even where there is no room for them */
  uint32_t chunks;
} listing;

static bool has_room(const listing *to, unsigned long long more) {
  return to->listed + to->behind <= to->memory_size &&
         more <= to->memory_size - to->listed - to->behind;
}

static void list(listing *to, const void *structure, size_t size) {
  if (has_room(to, size)) {
    memcpy(to->memory + to->listed, structure, size);
  }
  to->listed += size;
}

/* Where the bytes are, counted from the beginning of the memory. */
static unsigned long long put_behind(listing *to, const uint8_t *bytes, size_t size) {
  unsigned long long at = 0;
  if (has_room(to, size)) {
    at = to->memory_size - to->behind - size;
    if (size != 0) {
      memcpy(to->memory + at, bytes, size);
    }
  }
  to->behind += size;
  return at;
}

static int32_t end_listing(const listing *to, unsigned long long *used) {
  *used = to->listed + to->behind;
  return *used <= to->memory_size
             ? LPF_DONE
             : lpf_refuse(to->png->call, LPF_OUTPUT_TOO_SMALL, to->memory_size, *used);
}

/* Where the text of an iTXt chunk without other damage begins, which may be behind the chunk. */
static size_t international_text_at(const uint8_t *data, size_t length) {
  enum { FLAG_AND_METHOD = 2, PARTS_BEFORE_TEXT = 2 };
  size_t at = lpf_keyword_length(data, length) + 1 + FLAG_AND_METHOD;
  for (int part = 0; part < PARTS_BEFORE_TEXT && at < length;
       part++) { /* language; keyword in it */
    at += lpf_keyword_length(data + at, length - at) + 1;
  }
  return at;
}

/* Where the zlib stream of a chunk begins in its data, at most at its end; or that there is none.
 */
static bool find_stream(const uint8_t *data, const lpf_chunk *chunk, size_t *at) {
  if (chunk->type == LPF_TYPE_ZTXT || chunk->type == LPF_TYPE_ICCP) {
    *at = lpf_stream_at(data, chunk->length);
    return true;
  }
  if (chunk->type != LPF_TYPE_ITXT || data[lpf_keyword_length(data, chunk->length) + 1] == 0) {
    return false;
  }
  *at = international_text_at(data, chunk->length);
  if (*at > chunk->length) {
    *at = chunk->length;
  }
  return true;
}

static int32_t inflate(lpf_png *png, const lpf_chunk *chunk, size_t stream_at, uint8_t **inflated,
                       size_t *size) {
  if (chunk->type == LPF_TYPE_ICCP) {
    return lpf_inflate_profile(png, chunk, inflated, size);
  }
  const uint8_t *data = png->bytes + chunk->offset + LPF_CHUNK_DATA_AT;
  int32_t code = lpf_inflate_ancillary(png, data + stream_at, chunk->length - stream_at,
                                       MOST_TEXT_BYTES, inflated, size);
  const bool is_too_large = code != LPF_DONE && code != LPF_OUT_OF_MEMORY &&
                            code<LPF_INVALID_ARGUMENT && * size> MOST_TEXT_BYTES;
  return is_too_large ? LPF_LODEPNG_TEXT_TOO_LARGE : code;
}

/* A chunk in which the walk has found nothing. */
static int32_t list_chunk(listing *to, const lpf_chunk *chunk) {
  lpf_png *png = to->png;
  int32_t code = lpf_metadata_damage_of(png, chunk);
  if (code != LPF_DONE) {
    return code;
  }
  lpf_metadata_chunk listed = {
      .offset = chunk->offset, .length = chunk->length, .chunk_type = chunk->type};
  const uint8_t *data = png->bytes + chunk->offset + LPF_CHUNK_DATA_AT;
  size_t stream_at;
  if (find_stream(data, chunk, &stream_at)) {
    uint8_t *inflated;
    size_t size;
    code = inflate(png, chunk, stream_at, &inflated, &size);
    if (code == LPF_DONE) {
      listed.is_inflated = 1;
      listed.inflated_bytes = size;
      listed.inflated_at = put_behind(to, inflated, size);
    }
    lpf_budget_free(&png->call->budget, inflated);
  }
  if (code == LPF_DONE) {
    list(to, &listed, sizeof listed);
    to->chunks++;
  }
  return code;
}

/* Whether damage in an ancillary chunk has to end the call. */
static bool is_fatal(const lpf_png *png, int32_t code) {
  const bool is_damage =
      (code < LPF_INVALID_ARGUMENT && code != LPF_OUT_OF_MEMORY) || code == LPF_INVALID_METADATA;
  return !is_damage || !lpf_passes_over_damage(png);
}

static int32_t step(listing *to, lpf_walk *walk) {
  if (lpf_is_cancelled(to->png->call)) {
    return LPF_CANCELLED;
  }
  int32_t code = lpf_walk_on(walk);
  if (code != LPF_DONE || !walk->is_sound || !lpf_is_metadata(walk->chunk.type)) {
    return code;
  }
  code = list_chunk(to, &walk->chunk);
  if (code == LPF_DONE || is_fatal(to->png, code)) {
    return code;
  }
  lpf_warn(to->png->call, code, walk->chunk.type, walk->chunk.offset);
  return LPF_DONE;
}

static void describe(const listing *from, lpf_metadata *head) {
  const lpf_png *png = from->png;
  const lpf_source *source = &png->source;
  memset(head, 0, sizeof *head);
  head->info = png->info;
  head->chunk_count = from->chunks;
  head->has_key = source->has_key;
  for (uint32_t i = 0; i < 3 && source->has_key; i++) {
    head->key[i] = source->key[png->info.color_type == 0 ? 0 : i];
  }
  if (png->info.color_type == 3) {
    head->palette_entries = png->index.palette_entries;
  }
  for (uint32_t i = 0; i < head->palette_entries; i++) {
    const uint8_t *rgba = source->palette[i];
    head->palette[i] = LPF_CHUNK_TYPE(rgba[3], rgba[0], rgba[1], rgba[2]);
  }
}

int32_t lpf_list_metadata(lpf_png *png, uint8_t *memory, size_t memory_size,
                          unsigned long long *used) {
  listing to = {.png = png, .memory = memory, .memory_size = memory_size};
  lpf_metadata head;
  memset(&head, 0, sizeof head);
  list(&to, &head, sizeof head); /* its place; what it says the walk has to find */
  lpf_walk walk;
  int32_t code = lpf_begin_walk(&walk, png, /*whole=*/true);
  while (code == LPF_DONE && walk.goes_on) {
    code = step(&to, &walk);
  }
  if (code == LPF_DONE) {
    code = png->index.damage;
  }
  if (code == LPF_DONE) {
    code = end_listing(&to, used);
  }
  if (code == LPF_DONE) {
    describe(&to, &head);
    memcpy(memory, &head, sizeof head);
  }
  return code;
}

int32_t lpf_list_image_data(lpf_png *png, uint8_t *memory, size_t memory_size,
                            unsigned long long *used) {
  int32_t code = lpf_index_png(png, /*whole=*/true);
  if (code == LPF_DONE) {
    code = png->index.damage;
  }
  if (code == LPF_DONE && png->index.spans == 0) {
    code = LPF_LODEPNG_ZLIB_TOO_SMALL;
  }
  if (code != LPF_DONE) {
    return code;
  }
  listing to = {.png = png, .memory = memory, .memory_size = memory_size};
  size_t offset = png->index.image_data;
  for (size_t left = png->index.spans; left > 0; left--) {
    const lpf_span span = lpf_next_span(png, &offset);
    const lpf_image_data listed = {.offset = (unsigned long long)(span.bytes - png->bytes),
                                   .length = span.size};
    list(&to, &listed, sizeof listed);
  }
  return end_listing(&to, used);
}
