/*
 * bmp_info.h: what a BMP says before its pixels: the headers from OS/2 1.x to BITMAPV5HEADER, the
 * masks and the palette. bmp_header.h is the other direction.
 */
#ifndef LPF_BMP_INFO_H
#define LPF_BMP_INFO_H

#include <stdbool.h>

#include "base/call.h"

/* A BMP that is being read. */
typedef struct lpf_bmp_file {
  lpf_call *call;
  const uint8_t *bytes;
  size_t size;
  lpf_bmp_info info;
} lpf_bmp_file;

/* Reads and checks the headers, within the limits on input bytes and pixels. The members of
   `file->info` are those that were known when it failed. */
int32_t lpf_open_bmp(lpf_bmp_file *file, lpf_call *call, const uint8_t *bytes, size_t size);

/* R, G, B, 255 of the entries that the file has, then 0, 0, 0, 0. */
void lpf_bmp_read_palette(const lpf_bmp_file *file, uint8_t palette[256][4]);

/* Whether the pixels are compressed in runs. */
bool lpf_bmp_has_runs(const lpf_bmp_info *info);

/* Bytes of a row of the pixel array without and with its padding; not of compressed pixels. */
unsigned long long lpf_bmp_stored_row_bytes(const lpf_bmp_info *info);
unsigned long long lpf_bmp_stored_stride(const lpf_bmp_info *info);

#endif
