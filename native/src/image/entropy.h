/* entropy.h: how many bits a signal has at least. */
#ifndef LPF_ENTROPY_H
#define LPF_ENTROPY_H

#include <stdint.h>

/* 65536 times the binary logarithm of a number from 1 on, to about three digits; the same on every
   machine. */
uint64_t lpf_log2(uint64_t number);

/* 65536 times the bits of a signal whose 256 values occur so often. */
uint64_t lpf_entropy(const uint32_t counts[256]);

#endif
