/*
 * differential.h: one PNG through the whole entry point, every way, and through plain LodePNG. They
 * must agree in verdict, in code, and in every byte; the few exceptions are in differential.c.
 */
#ifndef LPF_FUZZ_DIFFERENTIAL_H
#define LPF_FUZZ_DIFFERENTIAL_H

#include <stddef.h>
#include <stdint.h>

/* What else varies from input to input: taken from the bytes behind the PNG. */
typedef struct fuzz_choices {
  uint8_t tolerance;     /* LPF_FLAG_TOLERATE_ values */
  uint8_t limited;       /* not 0: low limits, one for each bit */
  uint8_t cancelled;     /* not 0: the flag is set from the start */
  uint8_t fail_acquire;  /* not 0: this allocation fails */
  uint16_t scratch_size; /* in steps of 7 bytes */
  uint16_t limit;        /* how low */
} fuzz_choices;

/* Ends the process where something is wrong. `png` has memory of exactly `size` bytes. */
void fuzz_check(const uint8_t *png, size_t size, const fuzz_choices *choices);

#endif
