#include "base/budget.h"

#include <limits.h>
#include <string.h>

#include "base/memory.h"
#include "base/watched.h"

/* Stands before every block; LPF_BLOCK_OVERHEAD bytes are set aside for it, which keeps blocks
   aligned to cache lines. */
typedef struct block_header {
  size_t size;  /* of the block, without the header */
  void *system; /* what lpf_acquire returned, or null for a block inside the scratch memory */
  size_t system_size;
} block_header;

_Static_assert(sizeof(block_header) <= LPF_BLOCK_OVERHEAD, "the header must fit its place");

static _Thread_local lpf_budget *current;

static size_t round_up(size_t size) {
  return (size + (LPF_BLOCK_OVERHEAD - 1)) & ~(size_t)(LPF_BLOCK_OVERHEAD - 1);
}

static uint8_t *align_up(uint8_t *memory) {
  return memory + ((size_t)(-(uintptr_t)memory) & (LPF_BLOCK_OVERHEAD - 1));
}

static block_header header_of(const void *memory) {
  const uint8_t *start = (const uint8_t *)memory - LPF_BLOCK_OVERHEAD;
  block_header header;
  lpf_permit(start, LPF_BLOCK_OVERHEAD);
  memcpy(&header, start, sizeof header);
  lpf_forbid(start, LPF_BLOCK_OVERHEAD);
  return header;
}

/* From now on only the `header.size` bytes at `memory` may be touched. */
static void put_header(uint8_t *memory, block_header header, size_t needed) {
  uint8_t *start = memory - LPF_BLOCK_OVERHEAD;
  lpf_permit(start, needed);
  memcpy(start, &header, sizeof header);
  lpf_forbid(start, LPF_BLOCK_OVERHEAD);
  lpf_forbid(memory + header.size, needed - LPF_BLOCK_OVERHEAD - header.size);
}

void lpf_budget_begin(lpf_budget *budget, unsigned long long limit, uint8_t *scratch,
                      size_t scratch_size) {
  memset(budget, 0, sizeof *budget);
  budget->limit = limit;
  budget->allocations_left = ULLONG_MAX;
  if (scratch != NULL) {
    uint8_t *aligned = align_up(scratch);
    size_t lost = (size_t)(aligned - scratch);
    if (lost < scratch_size) {
      budget->scratch = aligned;
      budget->scratch_size = scratch_size - lost;
      lpf_forbid(budget->scratch, budget->scratch_size);
    }
  }
  current = budget;
}

void lpf_budget_pause(const lpf_budget *budget) {
  (void)budget;
  current = NULL;
}

void lpf_budget_resume(lpf_budget *budget) {
  current = budget;
}

void lpf_budget_end(lpf_budget *budget) {
  lpf_permit(budget->scratch, budget->scratch_size);
  current = NULL;
}

void *lpf_budget_allocate(lpf_budget *budget, size_t size) {
  if (size > PTRDIFF_MAX - 4 * LPF_BLOCK_OVERHEAD) {
    budget->wanted = ULLONG_MAX;
    return NULL;
  }
  size_t needed = LPF_BLOCK_OVERHEAD + round_up(size);
  if (needed > budget->limit - budget->held) {
    budget->wanted = budget->held + needed;
    return NULL;
  }
  if (budget->allocations_left == 0) {
    budget->allocation_refused = true;
    return NULL;
  }
  budget->allocations_left--;

  block_header header = {.size = size};
  uint8_t *memory;
  if (needed <= budget->scratch_size - budget->scratch_used) {
    memory = budget->scratch + budget->scratch_used + LPF_BLOCK_OVERHEAD;
    budget->scratch_used += needed;
  } else {
    header.system_size = needed + LPF_BLOCK_OVERHEAD; /* room to align */
    header.system = lpf_acquire(header.system_size);
    if (header.system == NULL) {
      return NULL;
    }
    memory = align_up((uint8_t *)header.system) + LPF_BLOCK_OVERHEAD;
  }
  put_header(memory, header, needed);
  budget->held += needed;
  if (budget->held > budget->peak) {
    budget->peak = budget->held;
  }
  return memory;
}

void lpf_budget_free(lpf_budget *budget, void *memory) {
  if (memory == NULL) {
    return;
  }
  block_header header = header_of(memory);
  size_t needed = LPF_BLOCK_OVERHEAD + round_up(header.size);
  budget->held -= needed;
  if (header.system != NULL) {
    lpf_permit(header.system, header.system_size);
    lpf_release(header.system, header.system_size);
    return;
  }
  uint8_t *start = (uint8_t *)memory - LPF_BLOCK_OVERHEAD;
  lpf_forbid(start, needed);
  if (start + needed == budget->scratch + budget->scratch_used) {
    budget->scratch_used -= needed; /* the newest block gives its place back; others wait */
  }
}

/* LodePNG calls these by name: it is built with LODEPNG_NO_COMPILE_ALLOCATORS. */
void *lodepng_malloc(size_t size);
void *lodepng_realloc(void *memory, size_t new_size);
void lodepng_free(void *memory);

void *lpf_budget_malloc(size_t size) {
  return current == NULL ? NULL : lpf_budget_allocate(current, size);
}

void lpf_budget_release(void *memory) {
  if (current != NULL) {
    lpf_budget_free(current, memory);
  }
}

void *lodepng_malloc(size_t size) {
  return lpf_budget_malloc(size);
}

void *lodepng_realloc(void *memory, size_t new_size) {
  if (memory == NULL) {
    return lodepng_malloc(new_size);
  }
  size_t old_size = header_of(memory).size;
  void *moved = lodepng_malloc(new_size);
  if (moved != NULL) {
    memcpy(moved, memory, old_size < new_size ? old_size : new_size);
    lodepng_free(memory);
  }
  return moved;
}

void lodepng_free(void *memory) {
  lpf_budget_release(memory);
}
