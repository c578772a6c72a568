/*
 * window.h: where a stream is inflated to: what matches may still reach, what is finished but not
 * yet taken, and room for more. When the room is used up, all of it moves to the front.
 */
#ifndef LPF_WINDOW_H
#define LPF_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  LPF_HISTORY_BYTES = 32768, /* the farthest that a match reaches back */
  /* Loops look at the room once for each step, and write a few literals and a match of 258 bytes in
     between, rounded up to whole vectors. */
  LPF_WINDOW_MARGIN = 512,
  /* Repeated patterns are loaded by whole vectors that end where the match begins. */
  LPF_WINDOW_BEFORE = 64
};

typedef struct lpf_window {
  uint8_t *begin;  /* no match may reach beyond; LPF_WINDOW_BEFORE readable bytes are before it */
  uint8_t *next;   /* where the next byte goes */
  uint8_t *full;   /* beyond this no step begins; LPF_WINDOW_MARGIN bytes follow */
  uint8_t *taken;  /* finished bytes from here on have not been taken */
  uint8_t *summed; /* the Adler-32 is of all bytes up to here */
  uint32_t adler;
  uint64_t moved_out; /* bytes of the stream before `begin` */
} lpf_window;

/* The bytes of memory for a window with that much room besides what is kept. */
size_t lpf_window_size(size_t kept, size_t room);

void lpf_window_begin(lpf_window *window, uint8_t *memory, size_t size);

/* How many bytes the stream has given so far. */
uint64_t lpf_window_total(const lpf_window *window);

/* Brings the checksum up to date; best while the bytes are in cache. */
void lpf_window_sum(lpf_window *window);

/* Moves what is needed to the front. False if so much has not been taken that there is no room. */
bool lpf_window_make_room(lpf_window *window);

/* Appends bytes, as many as there is room for; returns how many. */
size_t lpf_window_put(lpf_window *window, const uint8_t *bytes, size_t size);

#endif
