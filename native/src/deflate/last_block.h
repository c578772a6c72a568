/* last_block.h: so that a finished stream of deflate can go on: where its last block begins, and
   where it ends. libdeflate can write nothing but finished streams. */
#ifndef LPF_LAST_BLOCK_H
#define LPF_LAST_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "deflate/block_header.h"
#include "deflate/huffman_tables.h"

/* Bytes behind a stream that are read, whatever they are. */
enum { LPF_LAST_BLOCK_SLACK = LPF_MAX_BLOCK_HEADER };

typedef struct lpf_block_reader {
  lpf_huffman_tables tables;
  lpf_block_codes codes;
} lpf_block_reader;

/* Bits from the stream's beginning: the last block's first bit, which says that it is the last, and
   the bit behind its end. False if the stream is not in order. */
bool lpf_find_last_block(lpf_block_reader *reader, const uint8_t *stream, size_t size,
                         uint64_t *begin, uint64_t *end);

#endif
