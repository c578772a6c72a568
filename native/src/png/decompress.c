/*
 * decompress.c: LodePNG's custom_zlib hook, where the fast path branches off.
 *
 * LodePNG calls it for the joined IDAT data once all chunks are parsed. A sound stream is inflated
 * by libdeflate and, where there are kernels for its pixels, goes straight into the BMP; then the
 * hook fails on purpose, so that LodePNG stops there. Whatever is not in order is left to LodePNG's
 * own inflater: a damaged file then fails with the code that plain LodePNG gives it.
 */
#include <limits.h>
#include <string.h>

#include "bmp/bmp.h"
#include "png/conversion.h"
#include "libdeflate.h"
#include "image/scanlines.h"

#define ZLIB_HEADER_BYTES 2
#define ZLIB_TRAILER_BYTES 4
#define PALETTE_ENTRIES 256

/* The hook's return values: LodePNG goes on, or stops with LPF_LODEPNG_CUSTOM_ZLIB. */
#define GO_ON 0u
#define STOP 1u

/* LodePNG's inflater allocates for each Huffman block, so bounding its allocations bounds the time
   that a damaged stream of empty blocks can cost (7 us each). It is only asked for colour profiles
   and for what libdeflate has refused, and real files have a block for every 10 KB or more. One
   allowance serves the whole file: a thousand small profiles of empty blocks would take minutes. */
#define ALLOCATIONS_FOR_LODEPNG_TO_INFLATE 100000ull

static unsigned stop_with(lpf_conversion *conversion, int32_t code) {
  conversion->hook_code = code;
  return STOP;
}

/* libdeflate takes an allocator without a context; the thread's budget is behind lodepng_malloc. */
void *lodepng_malloc(size_t size);
void lodepng_free(void *memory);

static void *budget_malloc(size_t size) {
  return lodepng_malloc(size);
}

static bool has_plain_zlib_header(const unsigned char *in) {
  unsigned method = in[0] & 15u;
  unsigned window = in[0] >> 4;
  bool preset_dictionary = (in[1] & 32u) != 0;
  return (in[0] * 256u + in[1]) % 31u == 0 && method == 8 && window <= 7 && !preset_dictionary;
}

static uint32_t read_big_endian(const unsigned char *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

typedef enum inflate_result { INFLATED, NOT_IN_ORDER, NO_MEMORY } inflate_result;

/* Inflates a zlib stream (RFC 1950) that must give exactly `out_size` bytes and end with its
   checksum, without a byte more. */
static inflate_result inflate_sound(const unsigned char *in, size_t in_size, unsigned char *out,
                                    size_t out_size) {
  if (in_size < ZLIB_HEADER_BYTES + ZLIB_TRAILER_BYTES || !has_plain_zlib_header(in)) {
    return NOT_IN_ORDER;
  }
  struct libdeflate_options allocator = {
      .sizeof_options = sizeof allocator, .malloc_func = budget_malloc, .free_func = lodepng_free};
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor_ex(&allocator);
  if (inflater == NULL) {
    return NO_MEMORY;
  }
  size_t deflated = in_size - ZLIB_HEADER_BYTES - ZLIB_TRAILER_BYTES;
  size_t used = 0;
  size_t given = 0;
  enum libdeflate_result result = libdeflate_deflate_decompress_ex(
      inflater, in + ZLIB_HEADER_BYTES, deflated, out, out_size, &used, &given);
  libdeflate_free_decompressor(inflater);
  if (result != LIBDEFLATE_SUCCESS || used != deflated || given != out_size) {
    return NOT_IN_ORDER;
  }
  uint32_t checksum = read_big_endian(in + in_size - ZLIB_TRAILER_BYTES);
  return libdeflate_adler32(1, out, out_size) == checksum ? INFLATED : NOT_IN_ORDER;
}

/* 0x00RRGGBB; entries that the PNG does not have are black, as LodePNG shows them. */
static void read_palette(const LodePNGColorMode *color, uint32_t palette[PALETTE_ENTRIES]) {
  memset(palette, 0, PALETTE_ENTRIES * sizeof *palette);
  for (size_t i = 0; i < color->palettesize; i++) {
    const unsigned char *rgba = color->palette + 4 * i;
    palette[i] = (uint32_t)rgba[0] << 16 | (uint32_t)rgba[1] << 8 | rgba[2];
  }
}

static int32_t write_rows(lpf_conversion *conversion, const unsigned char *filtered) {
  const lpf_info *info = &conversion->plan.info;
  uint32_t palette[PALETTE_ENTRIES];
  read_palette(&conversion->state.info_png.color, palette);
  lpf_scanlines scanlines = lpf_scanlines_of(info);
  scanlines.filtered = filtered;
  scanlines.palette = palette;
  size_t stride = (size_t)lpf_bmp_stride(info->width);
  lpf_target_rows rows = {
      .first_row = conversion->bmp + LPF_BMP_HEADER_BYTES + stride * (info->height - 1),
      .stride = -(ptrdiff_t)stride,
      .padding = lpf_bmp_padding(info->width)};
  size_t workspace_size = 0;
  uint8_t *workspace = NULL;
  if (lpf_scanlines_workspace_size(&scanlines, &workspace_size)) {
    workspace = lpf_budget_allocate(&conversion->budget, workspace_size);
  }
  if (workspace == NULL) {
    return LPF_LODEPNG_OUT_OF_MEMORY;
  }
  bool allow_simd = (conversion->options->flags & LPF_FLAG_SCALAR) == 0;
  int32_t result =
      lpf_scanlines_to_bgr(&scanlines, &rows, workspace, allow_simd, conversion->cancel);
  lpf_budget_free(&conversion->budget, workspace);
  return result == LPF_SCANLINES_CANCELLED ? LPF_CANCELLED : result;
}

/* Inflated scanlines to pixels: by the kernels, or by LodePNG, which then frees them. */
static unsigned finish(lpf_conversion *conversion, unsigned char *filtered, unsigned char **out,
                       size_t *out_size) {
  const lpf_plan *plan = &conversion->plan;
  size_t size = (size_t)plan->scanline_bytes;
  if (plan->info.decode_path != LPF_PATH_FAST ||
      (conversion->options->flags & LPF_FLAG_LODEPNG_ONLY) != 0) {
    *out = filtered;
    *out_size = size;
    return GO_ON;
  }
  conversion->report->decode_path = LPF_PATH_FAST;
  memset(filtered + size, 0, LPF_SCANLINES_SLACK);
  int32_t code = write_rows(conversion, filtered);
  lpf_budget_free(&conversion->budget, filtered);
  conversion->rows_written = code == LPF_DONE;
  return stop_with(conversion, code);
}

/* By LodePNG's own inflater, within a bound on its work; its code, or LPF_TOO_MANY_BLOCKS. */
static int32_t inflate_by_lodepng(lpf_conversion *conversion, unsigned char **out, size_t *out_size,
                                  const unsigned char *in, size_t in_size,
                                  const LodePNGDecompressSettings *settings) {
  LodePNGDecompressSettings own = *settings;
  own.custom_zlib = NULL;
  lpf_budget *budget = &conversion->budget;
  budget->allocations_left = ALLOCATIONS_FOR_LODEPNG_TO_INFLATE - conversion->inflater_allocations;
  unsigned error = lodepng_zlib_decompress(out, out_size, in, in_size, &own);
  conversion->inflater_allocations = ALLOCATIONS_FOR_LODEPNG_TO_INFLATE - budget->allocations_left;
  budget->allocations_left = ULLONG_MAX;
  return budget->allocation_refused ? LPF_TOO_MANY_BLOCKS : (int32_t)error;
}

/* What libdeflate found not to be in order: LodePNG finds what is wrong, and names it. */
static unsigned judge_image(lpf_conversion *conversion, unsigned char **out, size_t *out_size,
                            const unsigned char *in, size_t in_size) {
  size_t expected_size = (size_t)conversion->plan.scanline_bytes;
  LodePNGDecompressSettings settings = conversion->state.decoder.zlibsettings;
  settings.max_output_size = expected_size;
  int32_t code = inflate_by_lodepng(conversion, out, out_size, in, in_size, &settings);
  if (code == LPF_LODEPNG_MAX_OUTPUT_SIZE) {
    /* plain LodePNG inflates an overlong stream to its end, however far that is, and says 91 */
    return stop_with(conversion, LPF_LODEPNG_WRONG_IDAT_SIZE);
  }
  if (code == LPF_DONE && *out_size == expected_size) {
    return GO_ON;
  }
  size_t real_size = lpf_inflated_before_damage(code, in, in_size, *out_size);
  bool salvageable = (conversion->options->flags & LPF_FLAG_TOLERATE_TRUNCATION) != 0 &&
                     real_size != 0 && code != LPF_LODEPNG_OUT_OF_MEMORY &&
                     code < LPF_INVALID_ARGUMENT;
  if (!salvageable) {
    return code == LPF_DONE ? GO_ON /* to 91 */ : stop_with(conversion, code);
  }
  unsigned char *filtered = lpf_salvage(
      conversion, code == LPF_DONE ? LPF_LODEPNG_WRONG_IDAT_SIZE : code, *out, real_size);
  lpf_budget_free(&conversion->budget, *out);
  *out = NULL;
  *out_size = 0;
  return filtered == NULL ? stop_with(conversion, LPF_LODEPNG_OUT_OF_MEMORY)
                          : finish(conversion, filtered, out, out_size);
}

static unsigned decompress_image(lpf_conversion *conversion, unsigned char **out, size_t *out_size,
                                 const unsigned char *in, size_t in_size) {
  size_t expected_size = (size_t)conversion->plan.scanline_bytes;
  unsigned long long ratio = conversion->options->max_idat_ratio;
  if (in_size > LPF_IDAT_FREE_BYTES &&
      (in_size - LPF_IDAT_FREE_BYTES - 1) / ratio >= expected_size) {
    return stop_with(conversion, lpf_refuse(conversion, LPF_LIMIT_WORK,
                                            LPF_IDAT_FREE_BYTES + ratio * expected_size, in_size));
  }
  if (lpf_is_cancelled(conversion)) {
    return stop_with(conversion, LPF_CANCELLED);
  }
  unsigned char *filtered =
      lpf_budget_allocate(&conversion->budget, expected_size + LPF_SCANLINES_SLACK);
  if (filtered == NULL) {
    return stop_with(conversion, LPF_LODEPNG_OUT_OF_MEMORY);
  }
  inflate_result inflated = inflate_sound(in, in_size, filtered, expected_size);
  if (inflated == INFLATED && !lpf_is_cancelled(conversion)) {
    return finish(conversion, filtered, out, out_size);
  }
  lpf_budget_free(&conversion->budget, filtered);
  if (inflated == NO_MEMORY) {
    return stop_with(conversion, LPF_LODEPNG_OUT_OF_MEMORY);
  }
  if (lpf_is_cancelled(conversion)) {
    return stop_with(conversion, LPF_CANCELLED);
  }
  return judge_image(conversion, out, out_size, in, in_size);
}

/* iCCP, the only compressed ancillary chunk that LodePNG reads here: by its own inflater, for its
   own codes, and counted. */
static unsigned decompress_ancillary(lpf_conversion *conversion, unsigned char **out,
                                     size_t *out_size, const unsigned char *in, size_t in_size,
                                     const LodePNGDecompressSettings *settings) {
  unsigned long long left = conversion->options->max_ancillary_bytes - conversion->ancillary_bytes;
  LodePNGDecompressSettings own = *settings;
  if (left < own.max_output_size) {
    own.max_output_size = left == 0 ? 1 : (size_t)left; /* 0 would mean no limit */
  }
  int32_t code = inflate_by_lodepng(conversion, out, out_size, in, in_size, &own);
  conversion->ancillary_bytes += *out_size;
  if (conversion->ancillary_bytes > conversion->options->max_ancillary_bytes) {
    code = lpf_refuse(conversion, LPF_LIMIT_ANCILLARY_BYTES,
                      conversion->options->max_ancillary_bytes, conversion->ancillary_bytes);
  }
  return code == LPF_DONE ? GO_ON : stop_with(conversion, code);
}

unsigned lpf_decompress_hook(unsigned char **out, size_t *out_size, const unsigned char *in,
                             size_t in_size, const LodePNGDecompressSettings *settings) {
  lpf_conversion *conversion = (lpf_conversion *)settings->custom_context;
  /* for chunks LodePNG passes a copy of the settings with the chunk's own maximum */
  if (settings != &conversion->state.decoder.zlibsettings) {
    return decompress_ancillary(conversion, out, out_size, in, in_size, settings);
  }
  return decompress_image(conversion, out, out_size, in, in_size);
}

/* LodePNG checks CRCs with this: it is built with LODEPNG_NO_COMPILE_CRC, its own being slow. */
unsigned lodepng_crc32(const unsigned char *data, size_t length) {
  return libdeflate_crc32(0, data, length);
}
