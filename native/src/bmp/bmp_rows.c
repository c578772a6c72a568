#include "bmp/bmp_rows.h"

#include <string.h>

#include "bmp/bmp_fields.h"
#include "bmp/rle.h"
#include "image/convert_rows.h"

/* Asked whether the call is still wanted after about so many pixels. */
#define PIXELS_BETWEEN_POLLS 65536u

/* From here on a header has masks of its own; alpha's is at this offset in the file. */
enum { ALPHA_MASK_AT = 14 + 52 };

/* ---- What there is ---- */

static bool has_color(const lpf_bmp_info *info) {
  return info->bit_count > 8 || !info->gray_palette;
}

int32_t lpf_bmp_check_layout(const lpf_bmp_info *info, lpf_layout_id id) {
  const lpf_layout *layout = lpf_layout_of(id);
  if (layout->samples == LPF_SAMPLES_INDEX) {
    return info->bit_count <= 8 ? LPF_DONE : LPF_NO_PALETTE;
  }
  return layout->samples == LPF_SAMPLES_GRAY && has_color(info) ? LPF_COLOR_TO_GRAY : LPF_DONE;
}

/* Where the pixel array ends, the last row without its padding; ULLONG_MAX where that is more. */
static unsigned long long stored_end(const lpf_bmp_info *info) {
  const unsigned long long stride = lpf_bmp_stored_stride(info); /* below 2^34 */
  const unsigned long long rows = info->height - 1ull;           /* below 2^31 */
  if (rows > (UINT64_MAX >> 1) / stride) {
    return UINT64_MAX;
  }
  return info->pixels_at + rows * stride + lpf_bmp_stored_row_bytes(info);
}

static bool tolerates(const lpf_bmp_file *file) {
  return (file->call->options->flags & LPF_FLAG_TOLERATE_TRUNCATION) != 0;
}

int32_t lpf_bmp_check_length(const lpf_bmp_file *file) {
  if (tolerates(file)) {
    return LPF_DONE;
  }
  const bool runs = lpf_bmp_has_runs(&file->info);
  const unsigned long long end = runs ? file->info.pixels_at : stored_end(&file->info);
  return end > file->size ? lpf_refuse(file->call, LPF_BMP_TRUNCATED, file->size, end) : LPF_DONE;
}

/* ---- One row ---- */

typedef struct decoding {
  const lpf_bmp_file *file;
  const lpf_surface *target;
  const lpf_layout *layout; /* the target's */
  bool by_fields;           /* otherwise by the conversion */
  lpf_row_conversion conversion;
  lpf_bmp_fields fields;
  lpf_generic generic;
} decoding;

static void convert(const decoding *about, const uint8_t *row, uint8_t *target) {
  const size_t width = about->target->width;
  if (about->by_fields) {
    lpf_convert_fields(&about->fields, &about->generic, row, width, target);
  } else {
    about->conversion.convert(&about->conversion, row, width, target);
  }
}

/* Where the row that the file has as its `index`-th goes. */
static uint8_t *target_row(const decoding *about, uint32_t index) {
  const uint32_t y = about->file->info.top_down ? index : about->target->height - 1 - index;
  return about->target->first_row + about->target->stride * (ptrdiff_t)y;
}

/* Black and opaque, or the index 0. */
static void black_out(const decoding *about, uint8_t *row) {
  const lpf_layout *layout = about->layout;
  const size_t step = layout->bits / 8;
  memset(row, 0, step * about->target->width);
  for (size_t x = 0; x < about->target->width && layout->alpha >= 0; x++) {
    memset(row + x * step + (size_t)layout->alpha, 0xff, layout->sample_bytes);
  }
}

static void black_out_from(const decoding *about, uint32_t index) {
  for (; index < about->target->height; index++) {
    black_out(about, target_row(about, index));
  }
}

static bool is_time_to_poll(const decoding *about, uint32_t index) {
  const uint32_t rows = PIXELS_BETWEEN_POLLS / about->target->width + 1;
  return index % rows == 0;
}

/* ---- Rows as they are ---- */

/* How many rows the file has. */
static uint32_t stored_rows(const lpf_bmp_file *file) {
  const lpf_bmp_info *info = &file->info;
  const unsigned long long row = lpf_bmp_stored_row_bytes(info);
  if (file->size < info->pixels_at || file->size - info->pixels_at < row) {
    return 0;
  }
  const unsigned long long rows =
      (file->size - info->pixels_at - row) / lpf_bmp_stored_stride(info) + 1;
  return rows < info->height ? (uint32_t)rows : info->height;
}

static int32_t decode_stored(const decoding *about) {
  const lpf_bmp_file *file = about->file;
  const size_t stride = (size_t)lpf_bmp_stored_stride(&file->info);
  const uint32_t rows = stored_rows(file);
  for (uint32_t i = 0; i < rows; i++) {
    if (is_time_to_poll(about, i) && lpf_is_cancelled(file->call)) {
      return LPF_CANCELLED;
    }
    convert(about, file->bytes + file->info.pixels_at + stride * i, target_row(about, i));
  }
  if (rows < file->info.height) {
    lpf_warn(file->call, LPF_BMP_TRUNCATED, 0, file->size);
    black_out_from(about, rows);
  }
  return LPF_DONE;
}

/* ---- Rows in runs ---- */

static size_t unpacked_row_bytes(const lpf_bmp_info *info) {
  return (size_t)info->width * (info->compression == LPF_BI_RLE24 ? 3 : 1);
}

unsigned long long lpf_bmp_scratch_bytes(const lpf_bmp_info *info) {
  return lpf_bmp_has_runs(info) ? unpacked_row_bytes(info) + 3ull * LPF_BLOCK_OVERHEAD : 0;
}

/* The rest of an image whose file ends within row `index`, which is in `row` as far as it goes;
   null where nothing of it is there. */
static int32_t break_off(const decoding *about, const uint8_t *row, uint32_t index) {
  const lpf_bmp_file *file = about->file;
  if (!tolerates(file)) {
    return lpf_refuse(file->call, LPF_BMP_TRUNCATED, file->size, 0);
  }
  lpf_warn(file->call, LPF_BMP_TRUNCATED, 0, file->size);
  if (row != NULL) {
    convert(about, row, target_row(about, index++));
  }
  black_out_from(about, index);
  return LPF_DONE;
}

static int32_t decode_runs_with(const decoding *about, uint8_t *row) {
  const lpf_bmp_file *file = about->file;
  const size_t begin =
      file->info.pixels_at < file->size ? (size_t)file->info.pixels_at : file->size;
  lpf_rle rle = {.bytes = file->bytes,
                 .size = file->size,
                 .at = begin,
                 .pixel_bits = file->info.bit_count,
                 .width = file->info.width};
  for (uint32_t i = 0; i < file->info.height; i++) {
    if (is_time_to_poll(about, i) && lpf_is_cancelled(file->call)) {
      return LPF_CANCELLED;
    }
    size_t beyond_at = 0;
    switch (lpf_rle_row(&rle, row, &beyond_at)) {
      case LPF_RLE_BROKEN_OFF:
        return break_off(about, row, i);
      case LPF_RLE_MISSING:
        return break_off(about, NULL, i);
      case LPF_RLE_BEYOND_ROW:
        if (!tolerates(file)) {
          return lpf_refuse(file->call, LPF_BMP_INVALID_RUN, 0, beyond_at);
        }
        lpf_warn(file->call, LPF_BMP_INVALID_RUN, 0, beyond_at);
        break;
      default:
        break;
    }
    convert(about, row, target_row(about, i));
  }
  return LPF_DONE;
}

static int32_t decode_runs(const decoding *about) {
  lpf_budget *budget = &about->file->call->budget;
  uint8_t *row = lpf_budget_allocate(budget, unpacked_row_bytes(&about->file->info));
  const int32_t code =
      row == NULL ? lpf_out_of_memory(about->file->call) : decode_runs_with(about, row);
  lpf_budget_free(budget, row);
  return code;
}

/* ---- The plan ---- */

static void plan_indices(decoding *about, const lpf_blend *blend, lpf_simd simd) {
  const lpf_bmp_file *file = about->file;
  uint8_t palette[256][4];
  lpf_bmp_read_palette(file, palette);
  lpf_layout from = *lpf_layout_of(LPF_FORMAT_INDEXED8);
  from.bits = lpf_bmp_has_runs(&file->info) ? 8 : file->info.bit_count;
  lpf_plan_row_conversion(&about->conversion, &from, (const lpf_palette *)&palette, about->layout,
                          blend, simd);
}

static void plan(decoding *about, const lpf_blend *blend, lpf_simd simd) {
  const lpf_bmp_info *info = &about->file->info;
  const uint32_t masks[4] = {info->red_mask, info->green_mask, info->blue_mask, info->alpha_mask};
  lpf_layout from = *lpf_layout_of(LPF_FORMAT_BGR8);
  if (info->bit_count <= 8) {
    plan_indices(about, blend, simd);
  } else if (info->bit_count == 24 ||
             (info->bit_count == 32 && lpf_layout_of_masks(masks, &from))) {
    lpf_plan_row_conversion(&about->conversion, &from, NULL, about->layout, blend, simd);
  } else {
    const bool wide = about->layout->sample_bytes == 2;
    about->by_fields = true;
    lpf_plan_fields(&about->fields, masks, info->bit_count / 8, wide);
    about->generic = lpf_plan_blending(about->layout, wide, masks[3] != 0, blend);
  }
}

int32_t lpf_bmp_decode_rows(const lpf_bmp_file *file, const lpf_surface *target,
                            const lpf_blend *blend, lpf_simd simd) {
  decoding about = {
      .file = file, .target = target, .layout = lpf_layout_of(target->layout), .by_fields = false};
  plan(&about, blend, simd);
  const int32_t code = lpf_bmp_has_runs(&file->info) ? decode_runs(&about) : decode_stored(&about);
  if (code == LPF_DONE && file->info.alpha_mask != 0 && about.layout->alpha < 0 &&
      !blend->has_background) {
    lpf_warn(file->call, LPF_ALPHA_DROPPED, 0, ALPHA_MASK_AT);
  }
  return code;
}
