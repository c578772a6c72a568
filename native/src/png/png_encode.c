#include "png/png_encode.h"

#include "deflate/checksum.h"
#include "png/ancillary.h"
#include "png/chunk_writer.h"
#include "png/encode_strip.h"

#include <string.h>

/* PLTE, and tRNS up to the last entry that is not opaque (PNG, 11.3.2.1). */
static uint8_t *write_plte(const lpf_encode_plan *plan, uint8_t *chunk) {
  uint8_t *data = chunk + LPF_CHUNK_DATA_AT;
  for (uint32_t i = 0; i < plan->palette_entries; i++) {
    memcpy(data + 3 * (size_t)i, plan->palette + 4 * (size_t)i, 3);
  }
  return lpf_finish_chunk(chunk, LPF_TYPE_PLTE, 3 * plan->palette_entries);
}

static uint8_t *write_trns(const lpf_encode_plan *plan, uint8_t *chunk) {
  uint8_t *data = chunk + LPF_CHUNK_DATA_AT;
  uint32_t length = 0;
  for (uint32_t i = 0; i < plan->palette_entries; i++) {
    data[i] = plan->palette[4 * (size_t)i + 3];
    length = data[i] != 255 ? i + 1 : length;
  }
  return length == 0 ? chunk : lpf_finish_chunk(chunk, LPF_TYPE_TRNS, length);
}

uint8_t *lpf_write_png_header(const lpf_encode_plan *plan, const uint8_t *chunks,
                              size_t chunks_size, uint8_t *output) {
  uint8_t ihdr[LPF_IHDR_BYTES] = {0}; /* compression and filter method are 0 */
  lpf_write_big_endian(ihdr, plan->width);
  lpf_write_big_endian(ihdr + 4, plan->height);
  ihdr[8] = (uint8_t)plan->bit_depth;
  ihdr[9] = (uint8_t)plan->color_type;
  ihdr[12] = (plan->flags & LPF_FLAG_INTERLACED) != 0;
  memcpy(output, lpf_png_signature, sizeof lpf_png_signature);
  output = lpf_write_chunk(output + sizeof lpf_png_signature, LPF_TYPE_IHDR, ihdr, sizeof ihdr);
  output = lpf_copy_ancillary(chunks, chunks_size, /*behind_palette=*/false, output);
  if (plan->palette_entries != 0) {
    output = write_trns(plan, write_plte(plan, output));
  }
  return lpf_copy_ancillary(chunks, chunks_size, /*behind_palette=*/true, output);
}

uint8_t *lpf_write_png_end(const lpf_encode_plan *plan, const lpf_strips *strips, uint8_t *output) {
  if (plan->strip_count > 1) { /* a single strip has its checksum already */
    uint8_t adler[4];
    lpf_write_big_endian(adler, strips->adler32);
    output = lpf_write_chunk(output, LPF_TYPE_IDAT, adler, sizeof adler);
  }
  return lpf_write_chunk(output, LPF_TYPE_IEND, NULL, 0);
}

void lpf_join_strips(lpf_strips *strips, const lpf_strips *following) {
  if (strips->count == 0) {
    *strips = *following;
    return;
  }
  strips->adler32 = lpf_join_adler(strips->adler32, following->adler32, following->scanline_bytes);
  strips->scanline_bytes += following->scanline_bytes;
  strips->count += following->count;
}

int32_t lpf_encode_png(lpf_call *call, const lpf_encode_plan *plan, const lpf_band *band,
                       const lpf_encode_input *input, uint8_t *output, uint64_t *written) {
  uint8_t *next = lpf_write_png_header(plan, input->chunks, input->chunks_size, output);
  const unsigned long long limit = input->options->max_output_bytes;
  const uint8_t *end = output + plan->output_bytes - LPF_ENCODE_END_BYTES;
  lpf_strips strips = {0};
  for (uint32_t index = 0; index < plan->strip_count; index++) {
    if (lpf_is_cancelled(call)) {
      return LPF_CANCELLED;
    }
    size_t bytes = 0;
    lpf_strips strip;
    const int32_t code = lpf_encode_strip(call, plan, band, index, next, end, &bytes, &strip);
    if (code != LPF_DONE) {
      return code;
    }
    next += bytes;
    lpf_join_strips(&strips, &strip);
    if ((unsigned long long)(next - output) > limit) {
      return lpf_refuse(call, LPF_LIMIT_OUTPUT_BYTES, limit, (unsigned long long)(next - output));
    }
  }
  next = lpf_write_png_end(plan, &strips, next);
  *written = (uint64_t)(next - output);
  return *written > limit ? lpf_refuse(call, LPF_LIMIT_OUTPUT_BYTES, limit, *written) : LPF_DONE;
}
