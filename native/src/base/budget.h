/*
 * budget.h: the memory of one conversion.
 *
 * Everything that a conversion allocates, LodePNG's own allocations among it, is served here: out
 * of the caller's scratch memory while there is room, from the system after that, and never more
 * at one time than the caller's limit. LodePNG's allocation functions have no argument that could
 * carry the budget, so the one in force is kept per thread for the length of a call.
 */
#ifndef LPF_BUDGET_H
#define LPF_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct lpf_budget {
  unsigned long long limit;  /* bytes that may be held at one time */
  unsigned long long held;   /* bytes held now */
  unsigned long long peak;   /* the most that were */
  unsigned long long wanted; /* what `held` would have become when the limit refused, else 0 */
  /* how many more allocations are allowed: bounds the work of a decoder that allocates as it goes
   */
  unsigned long long allocations_left;
  bool allocation_refused; /* because none was left */
  uint8_t *scratch;
  size_t scratch_size;
  size_t scratch_used;
} lpf_budget;

/* Every block costs this much beside its bytes. */
#define LPF_BLOCK_OVERHEAD 64

void lpf_budget_begin(lpf_budget *budget, unsigned long long limit, uint8_t *scratch,
                      size_t scratch_size);
void lpf_budget_end(lpf_budget *budget);

/* For work that goes on in a later call, perhaps on another thread: blocks stay as they are. */
void lpf_budget_pause(const lpf_budget *budget);
void lpf_budget_resume(lpf_budget *budget);

/* Aligned to 64 bytes; null when the limit or the system refuses. */
void *lpf_budget_allocate(lpf_budget *budget, size_t size);
void lpf_budget_free(lpf_budget *budget, void *memory);

/* The same as malloc and free, for third parties that know no budget: they have that of the call in
   which the thread is. */
void *lpf_budget_malloc(size_t size);
void lpf_budget_release(void *memory);

#endif
