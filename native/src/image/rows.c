#include "image/rows.h"

#include <string.h>

#include "image/adam7.h"
#include "image/plan_rows.h"

struct lpf_rows {
  lpf_row_plan plan;
  uint32_t width, height; /* of the image */
  lpf_surface target;     /* has its rows from `first` on, up to `end`: all, or a band */
  uint32_t first, end;
  uint32_t pass_count, next_pass;

  /* The pass at hand: its rows that are finished, and the filtered ones that come next. */
  lpf_pass pass;
  uint32_t done;
  lpf_filtered_rows filtered;
  const uint8_t *prior[2]; /* of each plane */

  /* Workspace. Rows that do not go straight into the target are unfiltered into two banks in turn:
     a group's predecessor is the last row in the other bank. */
  const uint8_t *zeros; /* what precedes the first row */
  uint8_t *bank[2];
  ptrdiff_t bank_stride;
  size_t plane_size; /* from a plane to the next within a bank */
  uint32_t bank_index;
  uint8_t *line;    /* finished pixels of a row that are still to be scattered */
  uint8_t *carried; /* a copy of a band's last row, which is the next band's predecessor */
};

/* ---- Sizes ---- */

typedef struct arrangement {
  uint64_t state_size;
  uint64_t margin; /* before and after the zeros and each row of a bank */
  uint64_t zeros_size;
  uint64_t bank_stride, plane_size, bank_size; /* 0 if all rows go straight into the target */
  uint64_t line_size;
  uint64_t carried_size; /* 0 if rows do not go straight into the target */
} arrangement;

static uint64_t bytes_of(uint64_t pixels, uint32_t bits) {
  return (pixels * bits + 7) / 8;
}

static uint32_t rows_in_group(const lpf_row_shape *shape) {
  return shape->by_bytes ? LPF_UNFILTER_MAX_BYTE_ROWS : LPF_UNFILTER_MAX_PIXEL_ROWS;
}

static arrangement arrange(const lpf_row_shape *shape, uint64_t width, bool interlaced) {
  const uint64_t scattered = interlaced ? (width + 1) / 2 : 0; /* at most, in a pass */
  const uint64_t in_bank = shape->in_place ? scattered : width;
  arrangement made = {.state_size = (sizeof(lpf_rows) + 63) / 64 * 64};
  made.margin = shape->by_bytes ? LPF_UNFILTER_BYTE_MARGIN : 0;
  made.zeros_size = bytes_of(width, shape->unfiltered_bits) + 2 * made.margin;
  if (in_bank > 0) {
    /* An odd number of cache lines: rows at multiples of 4096 bytes would evict each other. */
    const uint64_t row = bytes_of(in_bank, shape->unfiltered_bits) + 2 * made.margin;
    made.bank_stride = (row + 63) / 64 * 64 | 64;
    made.plane_size = made.bank_stride * rows_in_group(shape);
    made.bank_size = made.plane_size * shape->plane_count;
  }
  made.line_size = shape->in_place ? 0 : bytes_of(scattered, shape->target_bits);
  made.carried_size = shape->in_place ? bytes_of(width, shape->unfiltered_bits) : 0;
  return made;
}

static uint64_t total_of(const arrangement *made) {
  return made->state_size + made->zeros_size + 2 * made->bank_size + made->line_size +
         made->carried_size;
}

bool lpf_rows_sizes_of(const lpf_source *source, lpf_layout_id layout, const lpf_blend *blend,
                       lpf_rows_sizes *sizes) {
  uint64_t workspace = 0, group = 0;
  for (int has_alpha = 0; has_alpha <= 1; has_alpha++) { /* the header does not tell */
    const lpf_row_shape shape = lpf_plan_shape(source, lpf_layout_of(layout), blend, has_alpha);
    const arrangement made = arrange(&shape, source->width, source->interlace_method != 0);
    const uint64_t size = total_of(&made);
    uint64_t rows = rows_in_group(&shape);
    rows = rows < source->height ? rows : source->height;
    const uint64_t bytes = rows * (1 + bytes_of(source->width, shape.source_bits));
    workspace = size > workspace ? size : workspace;
    group = bytes > group ? bytes : group;
  }
  if (workspace > PTRDIFF_MAX || group > PTRDIFF_MAX) {
    return false;
  }
  *sizes = (lpf_rows_sizes){(size_t)workspace, (size_t)group};
  return true;
}

/* ---- Passes ---- */

/* Goes to the next pass that has pixels; without one, all rows are finished. */
static void begin_pass(lpf_rows *rows) {
  const lpf_row_shape *shape = &rows->plan.shape;
  do {
    if (rows->next_pass == rows->pass_count) {
      rows->pass.height = rows->done = 0;
      return;
    }
    /* An image that is not interlaced is treated as one pass that holds every pixel. */
    rows->pass = rows->pass_count == 1 ? lpf_whole_picture(rows->width, rows->height)
                                       : lpf_adam7_pass(rows->next_pass, rows->width, rows->height);
    rows->next_pass++;
  } while (rows->pass.height == 0);
  const size_t row_bytes = (size_t)bytes_of(rows->pass.width, shape->source_bits);
  rows->done = 0;
  rows->filtered.row_size = 1 + row_bytes;
  rows->filtered.width = shape->source_bits < 8 ? (uint32_t)row_bytes : rows->pass.width;
  rows->filtered.pixel_bytes = shape->source_bits < 8 ? 1 : shape->source_bits / 8;
  rows->prior[0] = rows->prior[1] = rows->zeros;
}

/* Bits are put among others' bits, so that these have to be something. */
static void clear_target(const lpf_surface *target) {
  for (uint32_t y = 0; y < target->height; y++) {
    memset(target->first_row + target->stride * (ptrdiff_t)y, 0,
           (size_t)bytes_of(target->width, 1));
  }
}

lpf_rows *lpf_rows_begin(uint8_t *workspace, const lpf_source *source, const lpf_surface *target,
                         const lpf_blend *blend, lpf_simd simd) {
  lpf_rows *rows = (lpf_rows *)(void *)workspace;
  rows->width = source->width;
  rows->height = source->height;
  rows->target = *target;
  rows->first = 0;
  rows->end = target->height;
  rows->pass_count = source->interlace_method == 0 ? 1 : LPF_ADAM7_PASSES;
  rows->next_pass = 0;
  rows->bank_index = 0;
  lpf_plan_rows(&rows->plan, source, lpf_layout_of(target->layout), blend, simd);

  const arrangement made = arrange(&rows->plan.shape, source->width, rows->pass_count > 1);
  uint8_t *zeros = workspace + made.state_size;
  memset(zeros, 0, (size_t)made.zeros_size);
  rows->zeros = zeros + made.margin;
  rows->bank[0] = zeros + made.zeros_size + made.margin;
  rows->bank[1] = rows->bank[0] + made.bank_size;
  rows->bank_stride = (ptrdiff_t)made.bank_stride;
  rows->plane_size = (size_t)made.plane_size;
  rows->line = zeros + made.zeros_size + 2 * made.bank_size;
  rows->carried = rows->line + made.line_size;
  begin_pass(rows);
  return rows;
}

void lpf_rows_next_band(lpf_rows *rows, const lpf_surface *target) {
  rows->target = *target;
  rows->first = rows->end;
  rows->end += target->height;
}

/* ---- Rows ---- */

static uint8_t *target_row(const lpf_rows *rows, uint32_t row_of_pass) {
  const lpf_pass *pass = &rows->pass;
  const ptrdiff_t y = (ptrdiff_t)pass->start_y + (ptrdiff_t)pass->step_y * (ptrdiff_t)row_of_pass;
  return rows->target.first_row + rows->target.stride * (y - (ptrdiff_t)rows->first);
}

/* Brings an unfiltered row to its place in the target, unless it was unfiltered there. */
static void finish_row(const lpf_rows *rows, const uint8_t *const planes[2], uint8_t *target) {
  const lpf_row_plan *plan = &rows->plan;
  const lpf_pass *pass = &rows->pass;
  if (pass->step_x == 1) {
    if (plan->finish != NULL) {
      plan->finish(plan, planes, pass->width, target);
    }
  } else if (plan->shape.target_bits == 1) {
    lpf_scatter_bits(pass, planes[0], target);
  } else {
    const uint8_t *pixels = planes[0];
    if (plan->finish != NULL) {
      plan->finish(plan, planes, pass->width, rows->line);
      pixels = rows->line;
    }
    lpf_scatter_row(pass, pixels, plan->shape.target_bits / 8, target);
  }
  if (rows->target.padding > 0) {
    memset(target + (size_t)bytes_of(rows->width, plan->shape.target_bits), 0,
           rows->target.padding);
  }
}

/* Unfilters and finishes as many of the available rows as go together; 0: an invalid filter. */
static uint32_t take_group(lpf_rows *rows, uint32_t available) {
  const lpf_row_plan *plan = &rows->plan;
  const bool in_place = plan->shape.in_place && rows->pass.step_x == 1;
  uint8_t *first[2] = {rows->bank[rows->bank_index], rows->bank[rows->bank_index]};
  first[1] += plan->shape.plane_count > 1 ? rows->plane_size : 0;
  ptrdiff_t stride = rows->bank_stride;
  if (in_place) {
    first[0] = target_row(rows, rows->done);
    stride = rows->target.stride * (ptrdiff_t)rows->pass.step_y;
  }
  uint32_t count = 0;
  for (uint32_t plane = 0; plane < plan->shape.plane_count; plane++) {
    count = plan->unfilter(&rows->filtered, &plan->order[plane], available, first[plane], stride,
                           rows->prior[plane]);
    if (count == 0) {
      return 0;
    }
  }
  for (uint32_t row = 0; row < count; row++) {
    const ptrdiff_t offset = stride * (ptrdiff_t)row;
    rows->prior[0] = first[0] + offset;
    rows->prior[1] = first[1] + (plan->shape.plane_count > 1 ? offset : 0);
    finish_row(rows, rows->prior, target_row(rows, rows->done + row));
  }
  rows->bank_index ^= 1;
  return count;
}

/* Once a band is finished its memory is the caller's again, who may change it. */
static void leave_band(lpf_rows *rows) {
  if (rows->plan.shape.in_place) {
    memcpy(rows->carried, rows->prior[0],
           (size_t)bytes_of(rows->width, rows->plan.shape.target_bits));
    rows->prior[0] = rows->carried;
  }
}

/* Rows that wait for others above them, which the kernels therefore take in groups. */
static bool is_chained(uint8_t filter) {
  return filter == LPF_FILTER_AVERAGE || filter == LPF_FILTER_PAETH;
}

static bool is_set(const int32_t *cancel) {
  return cancel != NULL && __atomic_load_n(cancel, __ATOMIC_RELAXED) != 0;
}

int32_t lpf_rows_take(lpf_rows *rows, const uint8_t *bytes, size_t size, bool last,
                      const int32_t *cancel, size_t *taken) {
  const uint32_t group = rows_in_group(&rows->plan.shape);
  *taken = 0;
  while (!lpf_rows_complete(rows)) {
    const uint32_t end = rows->pass.height < rows->end ? rows->pass.height : rows->end;
    const uint32_t left = end - rows->done;
    const size_t whole = (size - *taken) / rows->filtered.row_size;
    const uint32_t available = whole < left ? (uint32_t)whole : left;
    rows->filtered.first = bytes + *taken;
    if (available == 0 ||
        (!last && available < group && available < left && is_chained(rows->filtered.first[0]))) {
      break;
    }
    if (is_set(cancel)) {
      return LPF_ROWS_CANCELLED;
    }
    if (rows->plan.shape.target_bits == 1 && rows->pass_count > 1 && rows->next_pass == 1 &&
        rows->done == 0) {
      clear_target(&rows->target);
    }
    const uint32_t count = take_group(rows, available);
    if (count == 0) {
      return LPF_ROWS_INVALID_FILTER;
    }
    rows->done += count;
    *taken += rows->filtered.row_size * count;
    if (rows->done == rows->pass.height) {
      begin_pass(rows);
    } else if (rows->done == rows->end) {
      leave_band(rows);
    }
  }
  return LPF_ROWS_DONE;
}

bool lpf_rows_band_complete(const lpf_rows *rows) {
  return lpf_rows_complete(rows) || rows->done == rows->end;
}

bool lpf_rows_complete(const lpf_rows *rows) {
  return rows->pass.height == 0;
}
