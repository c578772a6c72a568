#include "image/scanlines.h"

#include <string.h>

#include "image/adam7.h"
#include "kernels/kernels.h"

enum { GRAY = 0, RGB = 2, PALETTE = 3, GRAY_ALPHA = 4, RGB_ALPHA = 6 };

static bool is_color(const lpf_scanlines *scanlines) {
  return scanlines->color_type == RGB || scanlines->color_type == RGB_ALPHA;
}

static uint32_t pixel_bytes(const lpf_scanlines *scanlines) {
  const uint32_t sample_bytes = scanlines->bit_depth / 8;
  switch (scanlines->color_type) {
    case RGB:
      return 3 * sample_bytes;
    case RGB_ALPHA:
      return 4 * sample_bytes;
    case GRAY_ALPHA:
      return 2 * sample_bytes;
    default:
      return sample_bytes;
  }
}

/* A picture that is not interlaced is treated as one pass that holds every pixel. */
static uint32_t pass_count(const lpf_scanlines *scanlines) {
  return scanlines->interlace_method == 0 ? 1 : LPF_ADAM7_PASSES;
}

static lpf_pass pass_at(const lpf_scanlines *scanlines, uint32_t index) {
  return scanlines->interlace_method == 0
             ? lpf_whole_picture(scanlines->width, scanlines->height)
             : lpf_adam7_pass(index, scanlines->width, scanlines->height);
}

bool lpf_scanlines_supported(uint32_t bit_depth, uint32_t color_type) {
  switch (color_type) {
    case GRAY:
    case RGB:
    case GRAY_ALPHA:
    case RGB_ALPHA:
      return bit_depth == 8 || bit_depth == 16;
    case PALETTE:
      return bit_depth == 8;
    default:
      return false;
  }
}

static bool usable(const lpf_scanlines *scanlines) {
  return lpf_scanlines_supported(scanlines->bit_depth, scanlines->color_type) &&
         scanlines->interlace_method <= 1 && scanlines->width > 0 && scanlines->height > 0;
}

/*
 * Scratch memory, in this order. Rows that do not go straight into the picture are unfiltered into
 * two banks of row buffers in turn: a group's predecessor is the last row in the other bank.
 */
typedef struct workspace_plan {
  uint64_t zeros_size;    /* what precedes the first row */
  uint64_t buffer_stride; /* of one row buffer */
  uint64_t bank_size;     /* of one bank; 0 if rows go straight into the picture */
  uint64_t line_size;     /* an expanded row that waits to be scattered */
  uint64_t margin;        /* before and after the zeros and each buffered row */
} workspace_plan;

static workspace_plan plan_workspace(const lpf_scanlines *scanlines) {
  const bool interlaced = scanlines->interlace_method != 0;
  const uint64_t width = scanlines->width;
  const uint64_t widest_scattered = (width + 1) / 2;
  workspace_plan plan = {0};
  if (is_color(scanlines)) {
    plan.zeros_size = width * 3;
    if (interlaced) {
      plan.buffer_stride = widest_scattered * 3;
      plan.bank_size = plan.buffer_stride * LPF_UNFILTER_MAX_COLOR_ROWS;
    }
  } else {
    plan.margin = LPF_UNFILTER_GRAY_MARGIN;
    plan.zeros_size = width + 2 * plan.margin;
    /* An odd number of cache lines: rows at multiples of 4096 bytes would evict each other. */
    plan.buffer_stride = (width + 2 * plan.margin + 63) / 64 * 64 | 64;
    plan.bank_size = plan.buffer_stride * LPF_UNFILTER_MAX_GRAY_ROWS;
    plan.line_size = interlaced ? widest_scattered * 3 : 0;
  }
  return plan;
}

bool lpf_scanlines_workspace_size(const lpf_scanlines *scanlines, size_t *size) {
  if (!usable(scanlines)) {
    return false;
  }
  const workspace_plan plan = plan_workspace(scanlines);
  const uint64_t total = plan.zeros_size + 2 * plan.bank_size + plan.line_size;
  if (total > PTRDIFF_MAX) {
    return false;
  }
  *size = (size_t)total;
  return true;
}

typedef struct conversion {
  const lpf_scanlines *scanlines;
  const lpf_target_rows *target;
  const int32_t *cancel;
  lpf_unfilter_group *unfilter;
  lpf_expand_row *expand; /* NULL for color: its rows are finished when they are unfiltered */
  const uint8_t *zeros;
  uint8_t *bank[2];
  ptrdiff_t buffer_stride;
  uint8_t *line;
} conversion;

static void choose_kernels(conversion *work, bool allow_simd) {
  const lpf_kernels *kernels = lpf_kernels_for_this_processor(allow_simd);
  if (is_color(work->scanlines)) {
    work->unfilter = kernels->unfilter_color;
    return;
  }
  work->unfilter = kernels->unfilter_gray;
  work->expand =
      work->scanlines->color_type == PALETTE ? kernels->expand_palette : kernels->expand_gray;
}

static void lay_out_workspace(conversion *work, uint8_t *workspace) {
  const workspace_plan plan = plan_workspace(work->scanlines);
  memset(workspace, 0, (size_t)plan.zeros_size);
  work->zeros = workspace + plan.margin;
  work->bank[0] = workspace + plan.zeros_size + plan.margin;
  work->bank[1] = work->bank[0] + plan.bank_size;
  work->buffer_stride = (ptrdiff_t)plan.buffer_stride;
  work->line = workspace + plan.zeros_size + 2 * plan.bank_size;
}

static bool cancelled(const conversion *work) {
  return work->cancel != NULL && __atomic_load_n(work->cancel, __ATOMIC_RELAXED) != 0;
}

/* Brings an unfiltered row to its place in the picture, unless it was unfiltered there. */
static void finish_row(const conversion *work, const lpf_pass *pass, const uint8_t *row,
                       uint8_t *picture_row) {
  const bool scattered = pass->step_x > 1;
  if (work->expand != NULL) {
    uint8_t *expanded = scattered ? work->line : picture_row;
    work->expand(row, pass->width, work->scanlines->palette, expanded);
    row = expanded;
  }
  if (scattered) {
    lpf_scatter_row(pass, row, picture_row);
  }
  if (work->target->padding > 0) {
    memset(picture_row + (size_t)work->scanlines->width * 3, 0, work->target->padding);
  }
}

static int32_t convert_pass(const conversion *work, const lpf_pass *pass,
                            const lpf_filtered_rows *filtered) {
  const bool in_place = work->expand == NULL && pass->step_x == 1;
  const ptrdiff_t picture_stride = work->target->stride * (ptrdiff_t)pass->step_y;
  uint8_t *const picture_row =
      work->target->first_row + work->target->stride * (ptrdiff_t)pass->start_y;
  const ptrdiff_t row_stride = in_place ? picture_stride : work->buffer_stride;
  lpf_filtered_rows rest = *filtered;
  const uint8_t *prior = work->zeros;
  uint32_t bank = 0;

  for (uint32_t done = 0; done < pass->height;) {
    if (cancelled(work)) {
      return LPF_SCANLINES_CANCELLED;
    }
    uint8_t *const picture_group = picture_row + picture_stride * (ptrdiff_t)done;
    uint8_t *const rows = in_place ? picture_group : work->bank[bank];
    const uint32_t count = work->unfilter(&rest, pass->height - done, rows, row_stride, prior);
    if (count == 0) {
      return LPF_SCANLINES_INVALID_FILTER;
    }
    for (uint32_t index = 0; index < count; index++) {
      finish_row(work, pass, rows + row_stride * (ptrdiff_t)index,
                 picture_group + picture_stride * (ptrdiff_t)index);
    }
    prior = rows + row_stride * (ptrdiff_t)(count - 1);
    rest.first += rest.row_size * count;
    done += count;
    bank ^= 1;
  }
  return LPF_SCANLINES_DONE;
}

int32_t lpf_scanlines_to_bgr(const lpf_scanlines *scanlines, const lpf_target_rows *target,
                             uint8_t *workspace, bool allow_simd, const int32_t *cancel) {
  conversion work = {.scanlines = scanlines, .target = target, .cancel = cancel};
  choose_kernels(&work, allow_simd);
  lay_out_workspace(&work, workspace);

  lpf_filtered_rows filtered = {.first = scanlines->filtered,
                                .pixel_bytes = pixel_bytes(scanlines)};
  for (uint32_t index = 0; index < pass_count(scanlines); index++) {
    const lpf_pass pass = pass_at(scanlines, index);
    if (pass.height == 0) {
      continue;
    }
    filtered.width = pass.width;
    filtered.row_size = 1 + (size_t)pass.width * filtered.pixel_bytes;
    const int32_t result = convert_pass(&work, &pass, &filtered);
    if (result != LPF_SCANLINES_DONE) {
      return result;
    }
    filtered.first += filtered.row_size * pass.height;
  }
  return LPF_SCANLINES_DONE;
}
