#include "image/finish_rows.h"

#include <string.h>

#include "base/always_inline.h"

void lpf_finish_bytes(const lpf_row_plan *plan, const uint8_t *const planes[2], size_t width,
                      uint8_t *target) {
  (void)plan;
  memcpy(target, planes[0], width);
}

void lpf_finish_bits(const lpf_row_plan *plan, const uint8_t *const planes[2], size_t width,
                     uint8_t *target) {
  (void)plan;
  memcpy(target, planes[0], (width + 7) / 8);
  if (width % 8 != 0) {
    target[width / 8] = (uint8_t)(target[width / 8] & 0xff00u >> width % 8);
  }
}

void lpf_finish_unpacked(const lpf_row_plan *plan, const uint8_t *const planes[2], size_t width,
                         uint8_t *target) {
  lpf_unpack_bits(planes[0], width, plan->shape.source_bits, target);
}

void lpf_finish_gray(const lpf_row_plan *plan, const uint8_t *const planes[2], size_t width,
                     uint8_t *target) {
  plan->kernels->expand_gray(planes[0], width, plan->shape.target_bits / 8,
                             (uint32_t)plan->alpha_at, target);
}

void lpf_finish_table(const lpf_row_plan *plan, const uint8_t *const planes[2], size_t width,
                      uint8_t *target) {
  const uint32_t pixel_bytes = plan->shape.target_bits / 8;
  if (plan->shape.source_bits >= 8) {
    plan->kernels->look_up(planes[0], width, &plan->table, target);
    return;
  }
  enum { CHUNK = 256 }; /* pixels; whole bytes of packed ones */
  uint8_t unpacked[CHUNK];
  for (size_t done = 0; done < width; done += CHUNK) {
    const size_t count = width - done < CHUNK ? width - done : CHUNK;
    lpf_unpack_bits(planes[0] + done * plan->shape.source_bits / 8, count, plan->shape.source_bits,
                    unpacked);
    plan->kernels->look_up(unpacked, count, &plan->table, target + done * pixel_bytes);
  }
}

static LPF_ALWAYS_INLINE void join(const uint8_t *first, const uint8_t *second, size_t width,
                                   uint8_t *target, const size_t from_first,
                                   const size_t from_second) {
  for (size_t x = 0; x < width; x++, target += from_first + from_second) {
    memcpy(target, first + x * 4, from_first);
    if (from_second > 0) {
      memcpy(target + from_first, second + x * 4, from_second);
    }
  }
}

void lpf_finish_planes(const lpf_row_plan *plan, const uint8_t *const planes[2], size_t width,
                       uint8_t *target) {
  switch (plan->shape.target_bits) {
    case 16:
      join(planes[0], NULL, width, target, 2, 0);
      break;
    case 48:
      join(planes[0], planes[1], width, target, 4, 2);
      break;
    default:
      join(planes[0], planes[1], width, target, 4, 4);
      break;
  }
}

void lpf_finish_generic(const lpf_row_plan *plan, const uint8_t *const planes[2], size_t width,
                        uint8_t *target) {
  lpf_generic_row(&plan->generic, planes[0], planes[1], width, target);
}

void lpf_finish_premultiplied(const lpf_row_plan *plan, const uint8_t *const planes[2],
                              size_t width, uint8_t *target) {
  plan->kernels->premultiply(planes[0], width, (uint32_t)plan->alpha_at, target);
}
