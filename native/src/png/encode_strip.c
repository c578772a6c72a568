#include "png/encode_strip.h"

#include <string.h>

#include "deflate/checksum.h"
#include "deflate/coding_choice.h"
#include "deflate/compress.h"
#include "image/filter_plan.h"
#include "libdeflate.h"
#include "png/chunk_writer.h"
#include "png/encode_small.h"
#include "png/strip_rows.h"

/* The bytes of a block and what is around them. */
enum {
  WINDOW_BYTES = (LPF_HISTORY_BYTES + LPF_BLOCK_BYTES + LPF_CODING_SLACK + 63) / 64 * 64,
  LEVEL_OF_ZLIB_HEADER = 0x01 /* fastest: says nothing that a decoder needs */
};

typedef struct strip_encoder {
  lpf_call *call;
  const lpf_encode_plan *plan;
  lpf_strip_rows rows;
  lpf_compressor compressor;
  lpf_filter_strategy strategy;
  uint8_t *block; /* of filtered bytes; LPF_HISTORY_BYTES of memory before it */
  size_t filled;
  uint8_t *chunk; /* the IDAT that is being written */
  lpf_bit_writer writer;
  const uint8_t *end; /* of the output */
  lpf_strips done;
} strip_encoder;

static size_t encoder_bytes(void) {
  return (sizeof(strip_encoder) + 63) / 64 * 64;
}

unsigned long long lpf_strip_scratch_bytes(const lpf_encode_plan *plan) {
  const size_t small = plan->effort == LPF_EFFORT_SMALL ? lpf_small_memory(plan) : 0;
  return encoder_bytes() + WINDOW_BYTES + lpf_compressor_memory() + lpf_strip_rows_memory(plan) +
         small + 16 * LPF_BLOCK_OVERHEAD;
}

/* ---- Chunks ---- */

/* Ends the chunk behind the last whole byte; the bits that wait go into the next one. */
static void end_chunk(strip_encoder *encoder) {
  const size_t length = (size_t)(encoder->writer.next - encoder->chunk) - LPF_CHUNK_DATA_AT;
  encoder->chunk = lpf_finish_chunk(encoder->chunk, LPF_TYPE_IDAT, (uint32_t)length);
  encoder->writer.next = encoder->chunk + LPF_CHUNK_DATA_AT;
}

static void begin_stream(strip_encoder *encoder, uint32_t index, uint8_t *output) {
  encoder->chunk = output;
  encoder->writer.next = output + LPF_CHUNK_DATA_AT;
  if (index == 0) {
    *encoder->writer.next++ = 0x78; /* deflate, a window of 32 KB */
    *encoder->writer.next++ = LEVEL_OF_ZLIB_HEADER;
  }
}

/* So that another strip can follow with its first byte; or the checksum, if this is the only one.
 */
static void end_stream(strip_encoder *encoder, bool last) {
  lpf_bit_writer *writer = &encoder->writer;
  if (!last) {
    lpf_flush_bits(writer);
  }
  lpf_align_bits(writer);
  if (encoder->plan->strip_count == 1) {
    lpf_write_big_endian(writer->next, encoder->done.adler32);
    writer->next += 4;
  }
  end_chunk(encoder);
}

/* ---- Blocks ---- */

static int32_t end_block(strip_encoder *encoder, bool last) {
  const size_t size = encoder->filled;
  encoder->done.adler32 = libdeflate_adler32(encoder->done.adler32, encoder->block, size);
  encoder->done.scanline_bytes += size;
  lpf_compress_block(&encoder->compressor, encoder->block, size, last, &encoder->writer,
                     encoder->end);
  memmove(encoder->block - LPF_HISTORY_BYTES, encoder->block + size - LPF_HISTORY_BYTES,
          LPF_HISTORY_BYTES);
  encoder->filled = 0;
  if ((size_t)(encoder->writer.next - encoder->chunk) > LPF_LONGEST_IDAT) {
    end_chunk(encoder);
  }
  return lpf_is_cancelled(encoder->call) ? LPF_CANCELLED : LPF_DONE;
}

/* Filters the current scanline into blocks, across their borders; `last` says whether the strip is
   the last one, and `ends` whether the scanline is the last of the strip. */
static int32_t add_row(strip_encoder *encoder, bool ends, bool last) {
  const lpf_strip_rows *rows = &encoder->rows;
  const lpf_filter_kernels *kernels = rows->maker.kernels;
  const uint32_t distance = lpf_filter_distance(&rows->form);
  const uint32_t filter = lpf_choose_filter(encoder->strategy, kernels, rows->row, rows->prior,
                                            rows->size, distance, NULL);
  encoder->block[encoder->filled++] = (uint8_t)filter;
  size_t done = 0;
  int32_t code = LPF_DONE;
  while (code == LPF_DONE && done < rows->size) {
    if (encoder->filled == LPF_BLOCK_BYTES) {
      code = end_block(encoder, false);
    }
    const size_t room = LPF_BLOCK_BYTES - encoder->filled, left = rows->size - done;
    const size_t part = left < room ? left : room;
    kernels->filter(filter, rows->row + done, rows->prior + done, part, distance,
                    encoder->block + encoder->filled);
    encoder->filled += part;
    done += part;
  }
  if (code == LPF_DONE && (ends || encoder->filled == LPF_BLOCK_BYTES)) {
    code = end_block(encoder, ends && last);
  }
  return code;
}

/* ---- A strip ---- */

static lpf_filter_strategy strategy_of(const lpf_encode_plan *plan) {
  if (plan->smooth != 0) {
    return LPF_FILTERS_FIXED_SUB;
  }
  if (plan->color_type == 3 || plan->bit_depth < 8) {
    return LPF_FILTERS_FIXED_NONE;
  }
  return plan->effort == LPF_EFFORT_FAST ? LPF_FILTERS_BY_MAGNITUDE : LPF_FILTERS_BY_BITS;
}

static lpf_compress_settings settings_of(const lpf_encode_plan *plan,
                                         const lpf_scanline_form *form) {
  const uint64_t row = lpf_scanline_size(form, plan->width) + 1;
  const lpf_simd simd = lpf_simd_of_flags(plan->flags);
  return (lpf_compress_settings){
      .loops = lpf_coding_for_this_processor(simd == LPF_SIMD_NONE        ? LPF_CODING_NO_VECTORS
                                             : simd == LPF_SIMD_NO_AVX512 ? LPF_CODING_NO_AVX512
                                                                          : LPF_CODING_ALL_VECTORS),
      .thorough = plan->effort != LPF_EFFORT_FAST,
      .indices = plan->color_type == 3,
      .made_palette = form->colors != NULL,
      .row_bytes = row < LPF_BLOCK_BYTES ? (uint32_t)row : LPF_BLOCK_BYTES};
}

static int32_t encode(strip_encoder *encoder, uint32_t index) {
  lpf_strip_rows *rows = &encoder->rows;
  const bool last = index == encoder->plan->strip_count - 1;
  while (lpf_strip_rows_left(rows)) {
    if (!lpf_next_strip_row(rows)) {
      return LPF_INDEX_BEYOND_PALETTE;
    }
    const int32_t code = add_row(encoder, !lpf_strip_rows_left(rows), last);
    if (code != LPF_DONE) {
      return code;
    }
  }
  end_stream(encoder, last);
  return LPF_DONE;
}

/* In FAST and BALANCED; SMALL begins with the latter. */
static int32_t encode_in_blocks(lpf_call *call, const lpf_encode_plan *plan, const lpf_band *band,
                                uint32_t index, uint8_t *output, const uint8_t *end,
                                size_t *written, lpf_strips *strip) {
  const size_t window_at = encoder_bytes();
  const size_t compressor_at = window_at + WINDOW_BYTES;
  const size_t rows_at = compressor_at + lpf_compressor_memory();
  uint8_t *memory = lpf_budget_allocate(&call->budget, rows_at + lpf_strip_rows_memory(plan));
  if (memory == NULL) {
    return lpf_out_of_memory(call);
  }
  strip_encoder *encoder = (strip_encoder *)(void *)memory;
  memset(encoder, 0, sizeof *encoder);
  encoder->call = call;
  encoder->plan = plan;
  encoder->strategy = strategy_of(plan);
  encoder->block = memory + window_at + LPF_HISTORY_BYTES;
  encoder->end = end;
  encoder->done = (lpf_strips){.count = 1, .adler32 = LPF_ADLER_OF_NOTHING};
  int32_t code = LPF_INVALID_ARGUMENT;
  if (lpf_strip_rows_begin(&encoder->rows, plan, band, index, memory + rows_at)) {
    const lpf_compress_settings settings = settings_of(plan, &encoder->rows.form);
    lpf_compressor_begin(&encoder->compressor, &settings, memory + compressor_at);
    memset(encoder->block - LPF_HISTORY_BYTES, 0, LPF_HISTORY_BYTES);
    begin_stream(encoder, index, output);
    code = encode(encoder, index);
    *written = (size_t)(encoder->chunk - output);
    *strip = encoder->done;
  }
  lpf_budget_free(&call->budget, memory);
  return code;
}

int32_t lpf_encode_strip(lpf_call *call, const lpf_encode_plan *plan, const lpf_band *band,
                         uint32_t index, uint8_t *output, const uint8_t *end, size_t *written,
                         lpf_strips *strip) {
  const int32_t code = encode_in_blocks(call, plan, band, index, output, end, written, strip);
  return code == LPF_DONE && plan->effort == LPF_EFFORT_SMALL
             ? lpf_encode_smaller(call, plan, band, index, output, written, strip)
             : code;
}
