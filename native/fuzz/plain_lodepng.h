/*
 * plain_lodepng.h: LodePNG as its author ships it, next to the library's own copy: the judge of the
 * fuzz targets. All its other symbols are made local by scripts/fuzz.sh.
 */
#ifndef LPF_FUZZ_PLAIN_LODEPNG_H
#define LPF_FUZZ_PLAIN_LODEPNG_H

#include <stddef.h>
#include <stdint.h>

typedef struct plain_picture {
  unsigned error; /* LodePNG's code */
  uint8_t *rgb;   /* the pixels, top-down, from malloc; null after an error */
  unsigned width, height;
  unsigned pixels_per_metre[2]; /* 0 where pHYs does not say */
} plain_picture;

/* Decodes to 24 bits. An image that inflates to more than `max_scanline_bytes` has error 109. */
plain_picture plain_decode(const uint8_t *png, size_t size, size_t max_scanline_bytes);

/* The same to R, G, B, A of 16 bits each, big-endian; texts, and the resolution, are not read. */
plain_picture plain_decode_rgba16(const uint8_t *png, size_t size, size_t max_scanline_bytes);

typedef struct plain_metadata {
  unsigned error;        /* LodePNG's code for the first chunk that is not in order */
  int crc_is_wrong;      /* of that chunk, whatever else is wrong with it */
  size_t texts;          /* tEXt, zTXt and iTXt */
  size_t profile_size;   /* 0: none */
  uint32_t words_digest; /* plain_digest over keyword and text of each, in order, tEXt and zTXt
                            before iTXt, up to the first zero; then over the profile */
} plain_metadata;

/* Reads all chunks up to IEND but the image data, whose checksums are checked; with `most` bytes
   for each text and profile. */
plain_metadata plain_read_metadata(const uint8_t *png, size_t size, size_t most);

/* The digest of bytes behind those of another one, which is 0 at first. */
uint32_t plain_digest(uint32_t before, const uint8_t *bytes, size_t size);

/* Makes the checksums of a damaged file right where its structure allows: the Adler-32 of the
   image, profiles and zTXt texts, and every CRC. So mutations get past them. */
void plain_repair_checksums(uint8_t *png, size_t size);

#endif
