/*
 * Any bytes as a PNG whose metadata is read, and whose image data is found: the code, the texts and
 * the profile that plain LodePNG has for the same bytes, memory of any size, and a listing that
 * lies within file and memory. The last eight bytes of the input are not part of the PNG: they
 * choose the rest.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lodepng_ffm.h"
#include "plain_lodepng.h"

#define CHOICE_BYTES 8
/* For texts and profiles, so that a run is short. */
#define MOST_BYTES (1ull << 20)

enum { INVALID_CRC = 57, OUT_OF_MEMORY = 83, TOO_MANY_PIXELS = 92 };

/* Bits of the first choice byte. */
enum { REPAIR_CHECKSUMS = 1, TOLERANCE = 12 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition, const char *what, int32_t code) {
  if (!condition) {
    fprintf(stderr, "not so: %s (code %d)\n", what, code);
    abort();
  }
}

static uint32_t type_of(const char *letters) {
  return (uint32_t)letters[0] << 24 | (uint32_t)letters[1] << 16 | (uint32_t)letters[2] << 8 |
         (uint32_t)letters[3];
}

static bool is_type(const lpf_metadata_chunk *chunk, const char *letters) {
  return chunk->chunk_type == type_of(letters);
}

typedef struct reading {
  const uint8_t *png;
  size_t size;
  lpf_options options;
  uint8_t *memory;
  size_t memory_size;
  lpf_report report;
} reading;

static lpf_metadata_chunk chunk_of(const reading *from, uint32_t index) {
  lpf_metadata_chunk chunk;
  memcpy(&chunk, from->memory + sizeof(lpf_metadata) + index * sizeof chunk, sizeof chunk);
  return chunk;
}

static size_t text_length(const uint8_t *bytes, size_t most) {
  const uint8_t *end = memchr(bytes, 0, most);
  return end == NULL ? most : (size_t)(end - bytes);
}

/* Up to the first zero, as LodePNG's strings end there. */
static uint32_t digest_text(const reading *from, const lpf_metadata_chunk *chunk, uint32_t digest) {
  const uint8_t *data = from->png + chunk->offset + 8;
  const uint8_t *end = data + chunk->length;
  const size_t keyword = text_length(data, chunk->length);
  digest = plain_digest(digest, data, keyword);
  if (chunk->is_inflated) {
    const uint8_t *text = from->memory + chunk->inflated_at;
    return plain_digest(digest, text, text_length(text, (size_t)chunk->inflated_bytes));
  }
  const uint8_t *text = data + keyword + 1;
  if (is_type(chunk, "iTXt")) {
    text += 2;
    for (int part = 0; part < 2 && text < end; part++) {
      text += text_length(text, (size_t)(end - text)) + 1;
    }
  }
  return text < end ? plain_digest(digest, text, text_length(text, (size_t)(end - text)))
                    : plain_digest(digest, data, 0);
}

static plain_metadata summary_of(const reading *from, uint32_t count) {
  plain_metadata summary = {0};
  lpf_metadata_chunk profile = {0};
  for (int international = 0; international <= 1; international++) {
    for (uint32_t i = 0; i < count; i++) {
      const lpf_metadata_chunk chunk = chunk_of(from, i);
      if (is_type(&chunk, "iCCP")) {
        profile = chunk;
      }
      const bool is_text = international ? is_type(&chunk, "iTXt")
                                         : is_type(&chunk, "tEXt") || is_type(&chunk, "zTXt");
      if (is_text) {
        summary.texts++;
        summary.words_digest = digest_text(from, &chunk, summary.words_digest);
      }
    }
  }
  summary.profile_size = (size_t)profile.inflated_bytes;
  summary.words_digest = plain_digest(summary.words_digest, from->memory + profile.inflated_at,
                                      (size_t)profile.inflated_bytes);
  return summary;
}

static uint32_t require_sound_listing(const reading *from) {
  lpf_metadata head;
  memcpy(&head, from->memory, sizeof head);
  size_t end = sizeof head + head.chunk_count * sizeof(lpf_metadata_chunk);
  unsigned long long behind = from->memory_size;
  require(head.palette_entries <= 256 && head.has_key <= 1, "palette and key", 0);
  for (uint32_t i = 0; i < head.chunk_count; i++) {
    const lpf_metadata_chunk chunk = chunk_of(from, i);
    require(chunk.offset + chunk.length + 12 <= from->size, "a chunk lies in the file", 0);
    require(chunk.is_inflated || chunk.inflated_bytes == 0, "only streams are inflated", 0);
    if (chunk.is_inflated) {
      behind -= chunk.inflated_bytes;
      require(chunk.inflated_at == behind, "what is inflated lies at the end of memory", 0);
    }
  }
  require(end <= behind, "the list and what is inflated lie apart", 0);
  require(from->report.bytes_written == end + (from->memory_size - behind), "as much is used", 0);
  return head.chunk_count;
}

/* Chunks that LodePNG does not know have verdicts of ours; it has said nothing of them. */
static bool is_ours(const reading *from, int32_t code) {
  if (code == LPF_INVALID_METADATA) {
    return true;
  }
  for (size_t at = 33; at <= from->size && from->size - at >= 12;) {
    const uint8_t *chunk = from->png + at;
    const size_t length =
        (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
    if (memcmp(chunk + 4, "mDCV", 4) == 0 || memcmp(chunk + 4, "cLLI", 4) == 0 ||
        memcmp(chunk + 4, "acTL", 4) == 0) {
      return true;
    }
    if (length > from->size - at - 12) {
      return false;
    }
    at += length + 12;
  }
  return false;
}

static int32_t call(reading *about, uint8_t fail) {
  lpf_fail_acquire(fail, fail & 1);
  int32_t code = lpf_png_metadata(about->png, about->size, &about->options, about->memory,
                                  about->memory_size, NULL, 0, NULL, &about->report);
  const bool failed = lpf_acquire_has_failed() != 0;
  lpf_fail_acquire(0, 0);
  require(!failed || code == OUT_OF_MEMORY, "a failed allocation has its code", code);
  require(lpf_live_allocations() == 0, "nothing is left", code);
  require(code != LPF_INVALID_ARGUMENT, "the arguments make sense", code);
  return code;
}

static void compare(reading *about, int32_t code) {
  const plain_metadata plain = plain_read_metadata(about->png, about->size, MOST_BYTES);
  const bool has_no_verdict = code == OUT_OF_MEMORY || code == LPF_LIMIT_ANCILLARY_BYTES ||
                              code == LPF_TOO_MANY_BLOCKS || code == TOO_MANY_PIXELS;
  const bool is_strict = (about->options.flags & TOLERANCE) == 0;
  if (has_no_verdict || (code != LPF_DONE && is_ours(about, code))) {
    return;
  }
  if (plain.error == 0) {
    require(code == LPF_DONE, "what LodePNG accepts is accepted", code);
    if (about->report.warning_count == 0) {
      const plain_metadata summary = summary_of(about, require_sound_listing(about));
      require(summary.texts == plain.texts, "as many texts", 0);
      require(summary.profile_size == plain.profile_size, "the profile's size", 0);
      require(summary.words_digest == plain.words_digest, "the same words", 0);
    }
  } else if (is_strict) {
    const bool crc_first = code == INVALID_CRC && plain.crc_is_wrong;
    require(code == (int32_t)plain.error || crc_first, "LodePNG's code", code);
  }
}

static void require_image_data(reading *about) {
  int32_t code = lpf_png_image_data(about->png, about->size, &about->options, about->memory,
                                    about->memory_size, NULL, 0, NULL, &about->report);
  require(lpf_live_allocations() == 0, "nothing is left", code);
  for (size_t at = 0; code == LPF_DONE && at < about->report.bytes_written;) {
    lpf_image_data span;
    memcpy(&span, about->memory + at, sizeof span);
    require(span.offset <= about->size && span.length <= about->size - span.offset,
            "image data lies in the file", 0);
    at += sizeof span;
  }
}

static void check(reading *about, const uint8_t *choice) {
  about->memory_size = choice[1] * 64u;
  about->memory = malloc(about->memory_size);
  int32_t code = call(about, choice[7]);
  require_image_data(about);
  if (code == LPF_OUTPUT_TOO_SMALL || about->memory_size < sizeof(lpf_metadata)) {
    free(about->memory);
    about->memory_size = 1u << 22; /* enough for what MOST_BYTES lets pass */
    about->memory = malloc(about->memory_size);
  }
  code = call(about, 0);
  require(code != LPF_OUTPUT_TOO_SMALL, "the memory suffices", code);
  if (code == LPF_DONE) {
    require_sound_listing(about);
  }
  compare(about, code);
  free(about->memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < CHOICE_BYTES) {
    return 0;
  }
  size -= CHOICE_BYTES;
  const uint8_t *choice = data + size;
  uint8_t *png = malloc(size);
  if (size != 0) {
    memcpy(png, data, size);
    if ((choice[0] & REPAIR_CHECKSUMS) != 0) {
      plain_repair_checksums(png, size);
    }
  }
  reading about = {.png = png, .size = size};
  memset(&about.options, 0xff, sizeof about.options); /* no limit */
  about.options.max_ancillary_bytes = MOST_BYTES;
  about.options.flags = choice[0] & TOLERANCE;
  about.options.bmp_format = LPF_BMP_CLASSIC;
  about.options.alpha = LPF_ALPHA_STRAIGHT;
  about.options.background = LPF_BACKGROUND_NONE;
  check(&about, choice);
  free(png);
  return 0;
}
