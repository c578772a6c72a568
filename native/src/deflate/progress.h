/* progress.h: why a part of the inflater has returned. */
#ifndef LPF_PROGRESS_H
#define LPF_PROGRESS_H

typedef enum lpf_progress {
  LPF_GOES_ON,      /* it has done what was asked; the block goes on */
  LPF_END_OF_BLOCK, /* and the position is behind it */
  LPF_NEEDS_INPUT,  /* to be called again with more input, or with what there is at its end */
  LPF_NEEDS_ROOM,   /* to be called again when the window has room */
  LPF_NOT_SOUND     /* no deflate stream */
} lpf_progress;

#endif
