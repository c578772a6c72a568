/*
 * The lanes for x86-64 with BMI1 and BMI2, whose shifts leave the flags alone and take any
 * register. With vector registers at hand GCC spills to them and makes pairs of shifts in them,
 * which costs more than a tenth; so there are none in this file.
 */
#include "base/cpu.h"

#if LPF_HAVE_AVX2

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("bmi,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("bmi,bmi2,general-regs-only")
#endif

#include "deflate/lane_loops.h"
#include "deflate/loops_choice.h"

int lpf_run_units_bmi2(const lpf_huffman_tables *tables, const uint8_t *input,
                       lpf_piece *const lane[LPF_LANES]) {
  return run_units(tables, input, lane);
}

int lpf_run_literals_bmi2(const lpf_huffman_tables *tables, const uint8_t *input,
                          lpf_piece *const lane[LPF_LANES]) {
  return run_literals(tables, input, lane);
}

int lpf_note_units_bmi2(const lpf_huffman_tables *tables, const uint8_t *input,
                        lpf_piece *const lane[LPF_LANES], lpf_note (*notes)[LPF_LANES],
                        int *rounds) {
  return note_units(tables, input, lane, notes, rounds);
}

int lpf_note_literals_bmi2(const lpf_huffman_tables *tables, const uint8_t *input,
                           lpf_piece *const lane[LPF_LANES], lpf_note (*notes)[LPF_LANES],
                           int *rounds) {
  return note_literals(tables, input, lane, notes, rounds);
}

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
