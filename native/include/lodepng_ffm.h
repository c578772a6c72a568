/*
 * lodepng_ffm.h: the contract of the shared library `lodepngffm`.
 *
 * The library turns a PNG in memory into pixels, or into a Windows bitmap (BMP), in memory. It is
 * made to be called through a foreign function interface, so its signatures use only types whose
 * size is the same on every platform: int32_t, uint32_t, unsigned long long (64 bits everywhere),
 * double and pointers.
 *
 * Rules that hold for every function, unless it says otherwise:
 *
 *   Ownership   Pointers are borrowed for the length of the call. The library keeps none of them.
 *               Input memory is only read; the caller must not change it during the call.
 *   Threads     Every function may be called from any thread, on distinct output memory. The only
 *               state that calls share is two counters: lpf_live_allocations, lpf_live_bytes.
 *   Errors      Functions that can fail return an int32_t code: 0 is done; 1 to 999 are LodePNG's
 *               own codes; from 1000 they are the LPF_ codes below. lpf_error_text explains each.
 *               The library never prints, never aborts and never drops a code.
 *   Failure     After a failure the content of output memory is undefined, but for structures that
 *               say so, and nothing stays allocated.
 *   Null        Pointers must not be null, except where "may be null" is said.
 */
#ifndef LODEPNG_FFM_H
#define LODEPNG_FFM_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define LPF_EXPORT __declspec(dllexport)
#else
#define LPF_EXPORT __attribute__((visibility("default")))
#endif

/* Raised by one whenever a signature, a structure or the meaning of a constant changes. */
#define LPF_ABI_VERSION 3

/* ---- result codes ---------------------------------------------------------------------------- */

/* The conversion is complete. */
#define LPF_DONE 0
/* A pointer is null, or a size contradicts another; the caller has a bug. */
#define LPF_INVALID_ARGUMENT 1000
/* The file has more bytes than lpf_options.max_input_bytes. */
#define LPF_LIMIT_INPUT_BYTES 1001
/* width * height is over lpf_options.max_pixels. */
#define LPF_LIMIT_PIXELS 1002
/* The BMP, the PNG or the pixels would have more bytes than max_output_bytes. */
#define LPF_LIMIT_OUTPUT_BYTES 1003
/* The call would hold more native memory than lpf_options.max_memory_bytes. */
#define LPF_LIMIT_MEMORY_BYTES 1004
/* The PNG has more chunks than lpf_options.max_chunks. */
#define LPF_LIMIT_CHUNKS 1005
/* Ancillary chunks, inflated where they are compressed, exceed lpf_options.max_ancillary_bytes. */
#define LPF_LIMIT_ANCILLARY_BYTES 1006
/* The image's compressed data is out of proportion to its pixels: see lpf_options.max_idat_ratio.
 */
#define LPF_LIMIT_WORK 1007
/* The BMP would be over 4,294,967,295 bytes, the most its field bfSize can say. */
#define LPF_BMP_TOO_LARGE 1008
/* The output memory is smaller than the BMP, or the rows of lpf_pixels do not lie within it. */
#define LPF_OUTPUT_TOO_SMALL 1009
/* The caller's cancel flag was seen to be set. */
#define LPF_CANCELLED 1010
/* Compressed data that libdeflate found damaged, or an ICC profile, consists of so many deflate
   blocks, hundreds for each kilobyte, that LodePNG is not given the time to say what is wrong. */
#define LPF_TOO_MANY_BLOCKS 1011
/* A gray format was asked for, and the image has colours: which gray a colour becomes is not for a
   decoder to choose. */
#define LPF_COLOR_TO_GRAY 1012
/* Palette indices were asked for, and the image has no palette. */
#define LPF_NO_PALETTE 1013
/* A BMP of one bit a pixel was asked for, and the image has more. */
#define LPF_NOT_BILEVEL 1014
/* Only in warnings: the image has transparency, and what was asked for cannot express it. */
#define LPF_ALPHA_DROPPED 1015
/* No failure: of a PNG in pieces (lpf_piece) the next one is wanted. */
#define LPF_WANTS_INPUT 1016
/* A PNG cannot be read in pieces, or no further: LodePNG would have to judge it, or something
   stands behind rows that should have been before them. As a whole it may well be read. */
#define LPF_NOT_IN_PIECES 1017
/* A metadata chunk says something that the PNG specification does not define, and that LodePNG lets
   pass: a rendering intent of 4, a thirteenth month, an animation of no frame. */
#define LPF_INVALID_METADATA 1030

/* ---- options --------------------------------------------------------------------------------- */

/* lpf_options.flags: use no vector instructions beyond the platform's baseline. */
#define LPF_FLAG_SCALAR 1
/* lpf_options.flags: LodePNG reads the chunks and inflates, as for a file that is not in order;
   for comparisons. */
#define LPF_FLAG_LODEPNG_ONLY 2
/* lpf_options.flags: pass over damaged ancillary chunks that the pixels asked for do not need, each
   with a warning. Without it LodePNG's verdict on the whole file holds. */
#define LPF_FLAG_TOLERATE_ANCILLARY 4
/* lpf_options.flags: what LPF_FLAG_TOLERATE_ANCILLARY means; and image data that ends early gives
   what it has, the rest black, and a warning. */
#define LPF_FLAG_TOLERATE_TRUNCATION 8
/* lpf_options.flags: use no vector instructions beyond AVX2. */
#define LPF_FLAG_NO_AVX512 16

/* lpf_options.bmp_format: what kind of BMP is made. */
/* 24 bits a pixel, BITMAPINFOHEADER. Alpha is dropped. Every image can become one. */
#define LPF_BMP_CLASSIC 0
/* 32 bits a pixel, B, G, R, A, with BITMAPV4HEADER and BI_BITFIELDS, in the colour space sRGB; with
   BITMAPV5HEADER and the ICC profile when the PNG has a sound one of RGB colour before its image
   data. Every image can become one. */
#define LPF_BMP_BGRA 1
/* 8 bits a pixel and a palette of 256 colours: those of the PNG, then black. For images with a
   palette, whose alpha is dropped. */
#define LPF_BMP_INDEXED8 2
/* 8 bits a pixel and a palette of 256 grays. For grayscale images, whose alpha is dropped. */
#define LPF_BMP_GRAY8 3
/* 1 bit a pixel and a palette of two colours. For images of one bit a pixel; alpha is dropped. */
#define LPF_BMP_BILEVEL 4
/* Of the above the one that keeps most: BGRA for what has transparency, by its colour type or a
   tRNS before its image data, and gets no background; BILEVEL for 1 bit a pixel; INDEXED8 for a
   palette; GRAY8 for grayscale; else CLASSIC. */
#define LPF_BMP_MATCH 5

/* lpf_options.alpha: how the colours of pixels with alpha are stored. */
#define LPF_ALPHA_STRAIGHT 0
/* each colour sample c at alpha a as (c * a + max / 2) / max, where max is 255 or 65535 */
#define LPF_ALPHA_PREMULTIPLIED 1

/* lpf_options.background: none; otherwise LPF_BACKGROUND | red << 16 | green << 8 | blue. */
#define LPF_BACKGROUND_NONE 0
#define LPF_BACKGROUND 0xff000000u

/* Image data may always have this many compressed bytes, whatever lpf_options.max_idat_ratio. */
#define LPF_IDAT_FREE_BYTES 65536

/*
 * What a call may spend, and how it works. Limits are inclusive, and checked before the memory or
 * the work that they are about is spent. The largest value of the type means "no limit".
 */
typedef struct lpf_options {
  /* bytes of the PNG */
  unsigned long long max_input_bytes;
  /* width * height */
  unsigned long long max_pixels;
  /* bytes of the BMP */
  unsigned long long max_output_bytes;
  /* bytes of native memory that the call holds at one time, besides the PNG and the BMP; the part
     of `scratch` that is used counts */
  unsigned long long max_memory_bytes;
  /* bytes of all ancillary chunks (PNG, 5.3), plus what the compressed ones inflate to */
  unsigned long long max_ancillary_bytes;
  /* chunks up to IEND */
  unsigned long long max_chunks;
  /* compressed bytes (all IDAT chunks) for each byte of the filtered scanlines, beyond
     LPF_IDAT_FREE_BYTES. Real files stay near 1 at the worst; a stream of empty deflate blocks,
     which costs time and yields no pixel, has no bound */
  unsigned long long max_idat_ratio;
  /* LPF_FLAG_ values, or-ed */
  uint32_t flags;
  /* LPF_BMP_, for lpf_png_plan and lpf_png_to_bmp */
  uint32_t bmp_format;
  /* LPF_ALPHA_, for lpf_png_decode; a BMP has straight alpha */
  uint32_t alpha;
  /* LPF_BACKGROUND_NONE, or a colour that the image is put onto: each sample becomes
     (c * a + b * (max - a) + max / 2) / max, and nothing is transparent any more. Of an image
     without transparency nothing changes. Gray pixels take a gray background only. A palette of a
     BMP is put onto it colour by colour; indices stay what they are */
  uint32_t background;
} lpf_options;

/* ---- header ---------------------------------------------------------------------------------- */

/* lpf_info.decode_path, lpf_report.decode_path: the fast way; or LodePNG has read the chunks and
   inflated, because something was not in order. */
#define LPF_PATH_LODEPNG 0
#define LPF_PATH_FAST 1

/* The fields of the IHDR chunk (PNG, 11.2.1), and what follows from them. */
typedef struct lpf_info {
  uint32_t width;            /* pixels, 1 to 2,147,483,647 */
  uint32_t height;           /* pixels, 1 to 2,147,483,647 */
  uint32_t bit_depth;        /* bits per sample: 1, 2, 4, 8 or 16 */
  uint32_t color_type;       /* 0 grayscale, 2 truecolour, 3 indexed, 4 and 6 with alpha */
  uint32_t interlace_method; /* 0 none, 1 Adam7 */
  int32_t decode_path; /* the LPF_PATH_ that such a file takes when nothing is wrong with it */
} lpf_info;

/*
 * Reads signature and IHDR, the first 33 bytes, and checks them as LodePNG does. Allocates nothing.
 * `png` is the beginning of a PNG, `png_size` its bytes. On failure `info` is zero.
 * Errors: LodePNG's; 92 where a side is over 2,147,483,647.
 */
LPF_EXPORT int32_t lpf_png_info(const uint8_t *png, unsigned long long png_size, lpf_info *info);

/* ---- plans ----------------------------------------------------------------------------------- */

/* The sizes of a conversion or of decoding. */
typedef struct lpf_plan {
  lpf_info info;
  /* exact bytes of the BMP, or of the pixels when no row is padded */
  unsigned long long output_bytes;
  /* bytes of the image data once inflated: every scanline with its filter byte (PNG, 7.2) */
  unsigned long long scanline_bytes;
  /* bytes of `scratch` with which the second phase needs no memory from the system for a sound
     file, unless a colour profile is inflated; less, or none, is allowed */
  unsigned long long scratch_bytes;
  /* when a limit was the reason to fail: its value, and what the file wanted; else 0 */
  unsigned long long limit;
  unsigned long long wanted;
  /* the LPF_BMP_ that the BMP will have, never LPF_BMP_MATCH; 0 of a plan for pixels */
  uint32_t bmp_format;
  /* 0 */
  uint32_t reserved;
} lpf_plan;

/*
 * First phase of lpf_png_to_bmp: header to exact sizes, so that the caller can provide memory or
 * refuse. Checks the limits that follow from the header: input bytes, pixels, output bytes, the BMP
 * format's own. It reads the first 33 bytes and allocates nothing. For LPF_BMP_BGRA and
 * LPF_BMP_MATCH it also reads the chunks before the image data, and inflates an ICC profile that
 * the BMP will have, to know its size, with memory that is freed again, within the limits. Damage
 * there is for the second phase to find. After a failure `plan` holds what was known by then.
 * Errors: LodePNG's; LPF_COLOR_TO_GRAY, LPF_NO_PALETTE, LPF_NOT_BILEVEL; the LPF_LIMIT_ codes.
 */
LPF_EXPORT int32_t lpf_png_plan(const uint8_t *png, unsigned long long png_size,
                                const lpf_options *options, lpf_plan *plan);

/*
 * First phase of lpf_png_decode, the same for pixels of the LPF_FORMAT_ `format`. Reads the first
 * 33 bytes, allocates nothing. Errors: LodePNG's; LPF_COLOR_TO_GRAY, LPF_NO_PALETTE; the LPF_LIMIT_
 * codes.
 */
LPF_EXPORT int32_t lpf_png_decode_plan(const uint8_t *png, unsigned long long png_size,
                                       const lpf_options *options, uint32_t format, lpf_plan *plan);

/* How many warnings an lpf_report can hold; warning_count goes on counting beyond it. */
#define LPF_WARNING_CAPACITY 16

/* Damage that was passed over, or something of the image that was left behind. */
typedef struct lpf_warning {
  unsigned long long offset; /* of the chunk, in bytes from the beginning of the PNG */
  uint32_t chunk_type;       /* its four letters, the first in the highest byte */
  int32_t code;              /* what a strict conversion would have failed with, or
                                LPF_ALPHA_DROPPED */
} lpf_warning;

/* What a conversion, or decoding, did. Filled in on success and on failure. */
typedef struct lpf_report {
  /* bytes of the BMP, or of the pixels without what lies between their rows; 0 on failure */
  unsigned long long bytes_written;
  /* the most native memory held at one time, as max_memory_bytes counts it */
  unsigned long long peak_memory_bytes;
  /* when a limit was the reason to fail: its value, and what the file wanted; else 0 */
  unsigned long long limit;
  unsigned long long wanted;
  /* the LPF_PATH_ that the pixels took */
  int32_t decode_path;
  uint32_t warning_count;
  lpf_warning warnings[LPF_WARNING_CAPACITY];
} lpf_report;

/* ---- PNG to pixels ---------------------------------------------------------------------------
 *
 * The formats of pixels, named after the order of their bytes in memory. Samples of 16 bits are in
 * the byte order of the processor. INDEXED8 is an index into the palette, a byte a pixel.
 */
#define LPF_FORMAT_GRAY8 0
#define LPF_FORMAT_GRAY16 1
#define LPF_FORMAT_GRAY_ALPHA8 2
#define LPF_FORMAT_GRAY_ALPHA16 3
#define LPF_FORMAT_RGB8 4
#define LPF_FORMAT_BGR8 5
#define LPF_FORMAT_RGBA8 6
#define LPF_FORMAT_BGRA8 7
#define LPF_FORMAT_ARGB8 8
#define LPF_FORMAT_ABGR8 9
#define LPF_FORMAT_RGB16 10
#define LPF_FORMAT_RGBA16 11
#define LPF_FORMAT_INDEXED8 12
#define LPF_FORMAT_COUNT 13

/* Where pixels are, within memory that is handed over beside this. */
typedef struct lpf_pixels {
  unsigned long long first_row; /* bytes before the first pixel of the uppermost row */
  long long stride;             /* bytes from a row to the one below it; negative: bottom-up */
  uint32_t width;               /* pixels; that of the image, or of the selected rows */
  uint32_t height;              /* pixels; that of the image, or of a band */
  uint32_t format;              /* LPF_FORMAT_ */
  uint32_t reserved;            /* 0 */
} lpf_pixels;

/*
 * Decodes `png` into the pixels that `pixels` describes within the `memory_size` bytes at `memory`.
 * Every byte of the pixels is written, and no other byte.
 *
 * Samples of 16 bits give their high byte in a format of 8, those of 8 bits or fewer are scaled to
 * the whole range of the format's (8 to 16 bits: times 257). Transparency comes from an alpha
 * channel or the tRNS chunk; an image without any is opaque. Gray becomes R = G = B; colour does
 * not become gray. Gamma and colour profiles are not applied. A format without alpha drops it with
 * the warning LPF_ALPHA_DROPPED, which names IHDR or tRNS, unless there is a background; indices
 * lose nothing, since lpf_png_palette gives their alpha.
 *
 * Damage in the tRNS chunk is an error where the format has alpha or there is a background; else
 * the flags may let it pass. Missing pixels (LPF_FLAG_TOLERATE_TRUNCATION) are black and opaque, or
 * the index 0.
 *
 * `scratch`, `cancel` and `report`, and what they mean, are those of lpf_png_to_bmp.
 *
 * Errors: LodePNG's; every LPF_ code; LPF_INVALID_ARGUMENT where `pixels` has another size than the
 * image, or rows that overlap.
 */
LPF_EXPORT int32_t lpf_png_decode(const uint8_t *png, unsigned long long png_size,
                                  const lpf_options *options, uint8_t *memory,
                                  unsigned long long memory_size, const lpf_pixels *pixels,
                                  uint8_t *scratch, unsigned long long scratch_size,
                                  const int32_t *cancel, lpf_report *report);

/*
 * Reads the palette: PLTE (PNG, 11.2.2) with the alpha of tRNS (PNG, 11.3.1.1), 255 where tRNS has
 * none. Fills `report` as lpf_png_decode does. Writes R, G, B, A of each entry to `rgba`, which has
 * 1024 bytes, and their number, 0 to 256, to `entries`. 0 where the image is not indexed: a PLTE
 * that only suggests colours is no palette. Reads the chunks before the image data, and allocates
 * nothing. Errors: LodePNG's, for damage in what it reads; damage in tRNS is an error whatever the
 * flags; the LPF_LIMIT_ codes.
 */
LPF_EXPORT int32_t lpf_png_palette(const uint8_t *png, unsigned long long png_size,
                                   const lpf_options *options, uint8_t *rgba, uint32_t *entries,
                                   lpf_report *report);

/* ---- PNG in bands ----------------------------------------------------------------------------
 *
 * The rows of a PNG a few at a time, from the uppermost on, in memory that does not grow with the
 * height of the image. All that a reader knows is in its `state`: memory of the caller's, aligned
 * to 16 bytes, that must stay where it is and untouched from lpf_png_reader_open to
 * lpf_png_reader_close. A reader is used by one thread at a time, not always the same one.
 *
 * The PNG is handed over at every call: the same bytes, though they may lie elsewhere. Or it comes
 * in pieces, and is never at hand as a whole: see lpf_piece.
 *
 * An interlaced image (PNG, clause 8) has its last rows early and its first ones late: it is
 * decoded whole by lpf_png_reader_open, into the state. A file that is not in order is judged by
 * LodePNG, which needs all of the scanlines at one time. Both within lpf_options.max_memory_bytes.
 */

/* Which pixels: columns x, x + step_x, x + 2 * step_x and so on below x + width, and rows alike. */
typedef struct lpf_selection {
  uint32_t x;      /* columns to its left */
  uint32_t y;      /* rows above it */
  uint32_t width;  /* its columns, not 0, within the image */
  uint32_t height; /* its rows, likewise */
  uint32_t step_x; /* at least 1 */
  uint32_t step_y; /* at least 1 */
} lpf_selection;

/*
 * A piece of a PNG, which is handed over in place of all of it, at every call or at none.
 *
 * lpf_png_reader_open is called with the beginning, and while it returns LPF_WANTS_INPUT with a
 * longer one. From then on each call says how many bytes of the piece are not needed any more; the
 * next piece begins behind those. lpf_png_reader_rows returns LPF_WANTS_INPUT when it cannot
 * complete the band: then it is called again with the same band in the same memory. Chunks are
 * checked as they pass by, the last of them with the last row of the image. Chunks beside the image
 * data have to be at hand whole, which max_ancillary_bytes bounds; what is kept of the image data
 * is in the state.
 *
 * LPF_NOT_IN_PIECES says that the PNG has to be handed over as a whole, to another reader: where it
 * is interlaced, where the options do not have LPF_FLAG_TOLERATE_ANCILLARY or have
 * LPF_FLAG_TOLERATE_TRUNCATION, and where something is not in order that LodePNG would judge.
 * Damage of a chunk has LodePNG's code.
 */
typedef struct lpf_piece {
  unsigned long long used;   /* out: bytes of the piece that are not needed any more */
  unsigned long long wanted; /* out, with LPF_WANTS_INPUT: bytes that the next piece has at least */
  uint32_t last;             /* in: not 0 where nothing follows the piece */
  uint32_t reserved;         /* 0 */
} lpf_piece;

/*
 * Sizes of a reader: plan->scratch_bytes is that of its state, plan->output_bytes that of all
 * pixels selected, when no row is padded, which lpf_options.max_output_bytes is about. `selection`
 * may be null: every pixel. Without interlace the state has at most 5 MiB, plus a few rows: as many
 * bytes for each column whatever the height. Reads the first 33 bytes, allocates nothing. Errors:
 * those of lpf_png_decode_plan; LPF_INVALID_ARGUMENT where the selection does not lie within the
 * image.
 */
LPF_EXPORT int32_t lpf_png_reader_plan(const uint8_t *png, unsigned long long png_size,
                                       const lpf_options *options, uint32_t format,
                                       const lpf_selection *selection, lpf_plan *plan);

/*
 * Opens a reader in the `state_size` bytes at `state`: the size planned, or less, or more. What has
 * no room there is taken from the system, and given back by lpf_png_reader_close. Goes through the
 * chunks, so that what is wrong with them is known before the first row. `options` are copied.
 * After a failure there is no reader, and nothing to be closed. `cancel` as for lpf_png_to_bmp.
 * Errors: those of lpf_png_decode but for LPF_OUTPUT_TOO_SMALL; LPF_INVALID_ARGUMENT where the
 * state is too small for anything.
 */
LPF_EXPORT int32_t lpf_png_reader_open(const uint8_t *png, unsigned long long png_size,
                                       lpf_piece *piece, const lpf_options *options,
                                       uint32_t format, const lpf_selection *selection,
                                       uint8_t *state, unsigned long long state_size,
                                       const int32_t *cancel, lpf_report *report);

/*
 * Reads the next rows: those of `band`, whose width is that of the selected rows and whose format
 * is the reader's, or as many as are left. Writes how many to *rows, 0 at the end, and their pixels
 * as lpf_png_decode does. What follows the last row of the image is read along with it: then all of
 * the file has been checked. Where the selection ends above the image's last row, nothing behind it
 * is.
 *
 * `report` is about all calls so far; its warnings are complete with the last row. Where damage
 * shows up behind rows that were read before, those are what the undamaged file has.
 * Errors: those of lpf_png_decode. After one of them, every further call returns the same.
 */
LPF_EXPORT int32_t lpf_png_reader_rows(uint8_t *state, const uint8_t *png,
                                       unsigned long long png_size, lpf_piece *piece,
                                       uint8_t *memory, unsigned long long memory_size,
                                       const lpf_pixels *band, const int32_t *cancel,
                                       uint32_t *rows, lpf_report *report);

/* Closes a reader, wherever it stands: gives back what it has taken from the system. The state is
   the caller's again. */
LPF_EXPORT void lpf_png_reader_close(uint8_t *state);

/* ---- PNG metadata ----------------------------------------------------------------------------
 *
 * What a PNG says beside its pixels, and where its image data lies: two walks over all chunks of
 * the file, up to IEND, that inflate no pixel.
 */

/* The beginning of what lpf_png_metadata writes. */
typedef struct lpf_metadata {
  lpf_info info;
  /* entries of PLTE (PNG, 11.2.2) of an indexed image, else 0 */
  uint32_t palette_entries;
  /* 1: tRNS names a gray sample or a colour that is transparent (PNG, 11.3.1.1); else 0 */
  uint32_t has_key;
  /* that gray sample, three times, or the red, green and blue of the colour, at info.bit_depth */
  uint32_t key[3];
  /* lpf_metadata_chunk structures, which follow */
  uint32_t chunk_count;
  /* entries of the palette as alpha << 24 | red << 16 | green << 8 | blue; alpha is that of tRNS,
     255 where tRNS has none */
  uint32_t palette[256];
} lpf_metadata;

/* A chunk that is in order. */
typedef struct lpf_metadata_chunk {
  unsigned long long offset; /* of the chunk, in bytes from the beginning of the PNG */
  unsigned long long length; /* of its data, which begin 8 bytes behind that */
  /* of what its compressed part inflates to: bytes from the beginning of `memory`, and how many */
  unsigned long long inflated_at;
  unsigned long long inflated_bytes;
  uint32_t chunk_type;  /* its four letters, the first in the highest byte */
  uint32_t is_inflated; /* 1: iCCP, zTXt, or an iTXt that is compressed; else 0, and nothing is */
} lpf_metadata_chunk;

/*
 * Reads the chunks that say something beside the pixels, in the order of the file: cHRM, cICP,
 * gAMA, iCCP, mDCV, cLLI (and as drafts had them, mDCv, cLLi), sBIT, sRGB (PNG, 11.3.2); iTXt,
 * tEXt, zTXt (11.3.3); bKGD, pHYs, eXIf (11.3.4); tIME (11.3.5); and an acTL before the image data
 * (11.3.6). Writes to `memory`, of any alignment: an lpf_metadata, so many
 * lpf_metadata_chunk, and what is compressed, inflated; the last at the end of `memory`.
 *
 * Lengths, checksums, keywords, compressed parts and values are checked. Damage is LodePNG's code,
 * or LPF_INVALID_METADATA, for the first chunk in the file that has any;
 * LPF_FLAG_TOLERATE_ANCILLARY and LPF_FLAG_TOLERATE_TRUNCATION let that of ancillary chunks pass,
 * tRNS among them, each with a warning, and the chunk is left out. Where a kind of chunk may stand,
 * and how often, is not looked at but for acTL, as LodePNG does not: all are listed, and for PLTE
 * and tRNS the last counts. Image data is not inflated, so that damage in it beyond its chunks is
 * not found.
 *
 * Compressed parts count against max_ancillary_bytes with what they inflate to. Where `memory` is
 * too small the code is LPF_OUTPUT_TOO_SMALL, and report->wanted the size that suffices.
 *
 * `scratch`, `cancel` and `report` are those of lpf_png_to_bmp; report->bytes_written is how much
 * of `memory` is used. Errors: LodePNG's; the LPF_ codes named here; LPF_TOO_MANY_BLOCKS;
 * LPF_CANCELLED; the LPF_LIMIT_ codes.
 */
LPF_EXPORT int32_t lpf_png_metadata(const uint8_t *png, unsigned long long png_size,
                                    const lpf_options *options, uint8_t *memory,
                                    unsigned long long memory_size, uint8_t *scratch,
                                    unsigned long long scratch_size, const int32_t *cancel,
                                    lpf_report *report);

/* The data of an IDAT chunk. */
typedef struct lpf_image_data {
  unsigned long long offset; /* bytes from the beginning of the PNG */
  unsigned long long length; /* may be 0 */
} lpf_image_data;

/*
 * Finds the data of all IDAT chunks, which together are one zlib stream (PNG, 10.1), and writes an
 * lpf_image_data for each, in order, to `memory`, of any alignment. Checks all chunks as a
 * conversion does, and that there is image data (else LodePNG's code 53), but inflates nothing.
 * With LPF_FLAG_TOLERATE_TRUNCATION the last one is as long as what is there of it.
 *
 * All else is as for lpf_png_metadata.
 */
LPF_EXPORT int32_t lpf_png_image_data(const uint8_t *png, unsigned long long png_size,
                                      const lpf_options *options, uint8_t *memory,
                                      unsigned long long memory_size, uint8_t *scratch,
                                      unsigned long long scratch_size, const int32_t *cancel,
                                      lpf_report *report);

/* ---- PNG to BMP ------------------------------------------------------------------------------ */

/*
 * Second phase: converts `png` into the `bmp_size` bytes at `bmp`, of which exactly
 * lpf_plan.output_bytes are written, each one of them.
 *
 * LPF_BMP_CLASSIC: BITMAPFILEHEADER, the 40-byte BITMAPINFOHEADER, then bottom-up rows of B, G, R
 * bytes, each row padded with zeros to a multiple of 4. biSizeImage is 0, as BI_RGB allows.
 * Resolution comes from the pHYs chunk where its unit is the metre, and is 0 otherwise. Alpha is
 * dropped, with the warning LPF_ALPHA_DROPPED, unless there is a background; 16-bit samples give
 * their high byte, and gray of fewer bits is scaled to 0..255. The other formats differ from it as
 * their LPF_BMP_ says.
 *
 * `scratch` is working memory of `scratch_size` bytes (may be null with size 0), whose content
 * means nothing before and after. `cancel` (may be null) is polled between groups of rows and
 * between phases: once it is non-zero the call returns LPF_CANCELLED. It may be written by other
 * threads meanwhile. `bmp`, `scratch` and `png` must not overlap.
 *
 * Blocks for as long as the conversion takes.
 * Errors: LodePNG's; every LPF_ code.
 */
LPF_EXPORT int32_t lpf_png_to_bmp(const uint8_t *png, unsigned long long png_size,
                                  const lpf_options *options, uint8_t *bmp,
                                  unsigned long long bmp_size, uint8_t *scratch,
                                  unsigned long long scratch_size, const int32_t *cancel,
                                  lpf_report *report);

/* ---- PNG to BMP in bands ----------------------------------------------------------------------
 *
 * The BMP that lpf_png_to_bmp makes, a few rows at a time, for who writes it to a file in pieces:
 * its rows stand bottom-up, so that the first ones that are made are the last ones of its pixel
 * array. What holds for readers of pixels holds for these, too; lpf_png_reader_close closes them.
 */

/* Where what is in the BMP. */
typedef struct lpf_bmp_bands {
  unsigned long long pixels_at;     /* bytes before the pixel array: bfOffBits */
  unsigned long long row_bytes;     /* of a row with its padding */
  unsigned long long profile_bytes; /* of the ICC profile behind the pixel array, or 0 */
  unsigned long long state_bytes;   /* of the reader's state */
} lpf_bmp_bands;

/* Plans as lpf_png_plan does, for bands: fills `bands`, too. Errors: those of lpf_png_plan. */
LPF_EXPORT int32_t lpf_png_bmp_bands_plan(const uint8_t *png, unsigned long long png_size,
                                          const lpf_options *options, lpf_plan *plan,
                                          lpf_bmp_bands *bands);

/* As lpf_png_reader_open; in pieces not where bands->profile_bytes is not 0, and only of the
   formats whose size follows from the header. Errors: those of lpf_png_to_bmp but for
   LPF_OUTPUT_TOO_SMALL; LPF_NOT_IN_PIECES. */
LPF_EXPORT int32_t lpf_png_bmp_bands_open(const uint8_t *png, unsigned long long png_size,
                                          lpf_piece *piece, const lpf_options *options,
                                          uint8_t *state, unsigned long long state_size,
                                          const int32_t *cancel, lpf_report *report);

/*
 * Makes the next rows, as many as there is room for at `memory`, or as are left: bottom-up, their
 * uppermost last, without a gap from the beginning of the memory on, each with its padding. Of
 * `height` rows of which `done` were made before, they stand in the BMP from byte
 * pixels_at + row_bytes * (height - done - *rows) on. 0 at the end.
 * Errors: as lpf_png_reader_rows; LPF_OUTPUT_TOO_SMALL where there is no room for one row.
 */
LPF_EXPORT int32_t lpf_png_bmp_bands_rows(uint8_t *state, const uint8_t *png,
                                          unsigned long long png_size, lpf_piece *piece,
                                          uint8_t *memory, unsigned long long memory_size,
                                          const int32_t *cancel, uint32_t *rows,
                                          lpf_report *report);

/*
 * Once all rows are made: writes the pixels_at bytes that stand before the pixel array to `memory`,
 * and behind them the profile_bytes that stand behind it.
 * Errors: LPF_OUTPUT_TOO_SMALL; LPF_INVALID_ARGUMENT before the last row; the codes of memory.
 */
LPF_EXPORT int32_t lpf_png_bmp_bands_ends(uint8_t *state, const uint8_t *png,
                                          unsigned long long png_size, lpf_piece *piece,
                                          uint8_t *memory, unsigned long long memory_size,
                                          lpf_report *report);

/* ---- pixels to PNG ---------------------------------------------------------------------------
 *
 * An image is encoded in strips: rows of about a megabyte, the same whatever the machine. A strip
 * needs nothing but the pixels and the plan, so strips may be encoded by several threads; put in
 * order behind the header they are the PNG, byte for byte the same as from lpf_png_encode.
 *
 *   lpf_png_encode_plan      looks at all pixels, and decides what the PNG will say in its header
 *   lpf_png_encode           all that follows, in one call
 *   lpf_png_encode_header    or: the bytes before the image data,
 *   lpf_png_encode_strip     each strip, by any thread,
 *   lpf_png_encode_join      what is known of the strips, put together in their order,
 *   lpf_png_encode_end       and the bytes behind the last strip.
 */

/* lpf_encode_options.flags: Adam7 interlacing (PNG, 8.2). */
#define LPF_FLAG_INTERLACED 32
/* lpf_encode_options.flags: the colour type and bit depth of the pixels, though fewer bits would
   hold the same image; and the pixels are not looked at beforehand. */
#define LPF_FLAG_NO_REDUCTIONS 64

/* lpf_encode_options.effort: time for size. */
/* hundreds of megabytes a second and more */
#define LPF_EFFORT_FAST 0
/* a better choice of filters, and a longer search for what repeats */
#define LPF_EFFORT_BALANCED 1
/* tries several ways of filtering and compresses with libdeflate's highest level */
#define LPF_EFFORT_SMALL 2

/* An index of the pixels is not less than the number of the palette's entries. */
#define LPF_INDEX_BEYOND_PALETTE 1020
/* The ancillary chunks that shall be written are not in order: a broken frame, a wrong CRC, a
   critical chunk, or tRNS, which the encoder writes itself. */
#define LPF_BAD_CHUNKS 1021

/* What encoding may spend, and how it works. Limits are inclusive; the largest value of the type
   means "no limit". */
typedef struct lpf_encode_options {
  /* width * height */
  unsigned long long max_pixels;
  /* bytes of the PNG; noticed when it has become longer */
  unsigned long long max_output_bytes;
  /* bytes of native memory that a call holds at one time, besides pixels and PNG; the part of
     `scratch` that is used counts */
  unsigned long long max_memory_bytes;
  /* LPF_FLAG_SCALAR, LPF_FLAG_NO_AVX512, LPF_FLAG_INTERLACED, LPF_FLAG_NO_REDUCTIONS, or-ed */
  uint32_t flags;
  /* LPF_EFFORT_ */
  uint32_t effort;
} lpf_encode_options;

/* What lpf_png_encode_plan has decided. The caller may copy it, but not change it. */
typedef struct lpf_encode_plan {
  /* a PNG of these pixels and ancillary chunks is never longer */
  unsigned long long output_bytes;
  /* nor is what lpf_png_encode_header writes */
  unsigned long long header_bytes;
  /* nor what lpf_png_encode_strip writes */
  unsigned long long strip_bytes;
  /* bytes of `scratch` with which a strip needs no memory from the system; less, or none, is
     allowed */
  unsigned long long scratch_bytes;
  /* when a limit was the reason to fail: its value, and what the image wanted; else 0 */
  unsigned long long limit;
  unsigned long long wanted;
  uint32_t width; /* pixels */
  uint32_t height;
  uint32_t format;    /* LPF_FORMAT_ of the pixels */
  uint32_t flags;     /* those of the options */
  uint32_t effort;    /* that of the options */
  uint32_t bit_depth; /* the fields of IHDR (PNG, 11.2.1) */
  uint32_t color_type;
  uint32_t strip_count;
  uint32_t strip_scanlines; /* in each strip but the last, which may have fewer */
  uint32_t palette_entries; /* those of PLTE; 0: none */
  uint32_t smooth;          /* 1: neighbouring indices are similar colours */
  uint32_t reserved;        /* 0 */
  uint8_t palette[1024];    /* R, G, B, A of each entry */
  uint8_t index_of[256];    /* of INDEXED8 pixels: what each index becomes */
} lpf_encode_plan;

/*
 * First phase: looks at the pixels that `pixels` describes within the `memory_size` bytes at
 * `memory`, and decides how to write them.
 *
 * Where the flags allow it, what the image does not need is left out, and nothing else: alpha that
 * is opaque everywhere, colours that are gray, the second byte of samples that repeats the first;
 * and an image of up to 256 colours gets a palette. A PNG of indices has the palette that is given,
 * with the fewest bits that hold the indices. `memory` may be null, with size 0: then nothing is
 * looked at, as with LPF_FLAG_NO_REDUCTIONS; so that an image whose rows come one after the other
 * can be planned.
 *
 * `palette` has `palette_entries` times R, G, B, A, at most 256: for LPF_FORMAT_INDEXED8, which
 * needs it; else null, and 0. `chunks` are `chunks_size` bytes of complete ancillary chunks, length
 * and CRC included, as lpf_png_encode_header writes them; null where there are none. Chunks whose
 * data depends on the colour type (bKGD, hIST, sBIT) keep it as it is.
 *
 * After a failure `plan` holds what was known by then. Allocates working memory for one row, freed
 * again. Errors: the LPF_LIMIT_ codes, LPF_BAD_CHUNKS, LPF_OUTPUT_TOO_SMALL where the rows do not
 * lie within the memory, LPF_CANCELLED, 83 for no memory.
 */
LPF_EXPORT int32_t lpf_png_encode_plan(const uint8_t *memory, unsigned long long memory_size,
                                       const lpf_pixels *pixels, const lpf_encode_options *options,
                                       const uint8_t *palette, uint32_t palette_entries,
                                       const uint8_t *chunks, unsigned long long chunks_size,
                                       const int32_t *cancel, lpf_encode_plan *plan);

/* lpf_encode_plan.output_bytes of any pixels of this format and size, without looking at them; 0
   where `format` or `options` make no sense, or the size is beyond 64 bits. */
LPF_EXPORT unsigned long long lpf_png_encode_bound(uint32_t width, uint32_t height, uint32_t format,
                                                   const lpf_encode_options *options,
                                                   unsigned long long chunks_size);

/*
 * Encodes the pixels of the plan into the `png_size` bytes at `png`, at least
 * lpf_encode_plan.output_bytes; lpf_report.bytes_written says how long the PNG is. `scratch`,
 * `cancel` and `report` are those of lpf_png_to_bmp; the flag is polled between strips, and several
 * times within each. The pixels must not change between the plan and the end.
 */
LPF_EXPORT int32_t lpf_png_encode(const lpf_encode_plan *plan, const uint8_t *memory,
                                  unsigned long long memory_size, const lpf_pixels *pixels,
                                  const lpf_encode_options *options, const uint8_t *chunks,
                                  unsigned long long chunks_size, uint8_t *png,
                                  unsigned long long png_size, uint8_t *scratch,
                                  unsigned long long scratch_size, const int32_t *cancel,
                                  lpf_report *report);

/* Writes signature, IHDR, the ancillary chunks, PLTE and tRNS; bKGD and hIST of the chunks behind
   them (PNG, 5.6). `output` has at least lpf_encode_plan.header_bytes. */
LPF_EXPORT int32_t lpf_png_encode_header(const lpf_encode_plan *plan, const uint8_t *chunks,
                                         unsigned long long chunks_size, uint8_t *output,
                                         unsigned long long output_size, lpf_report *report);

/* What is known of encoded strips that follow each other. All zero: of none. */
typedef struct lpf_strips {
  unsigned long long scanline_bytes; /* filtered */
  uint32_t count;                    /* of strips */
  uint32_t adler32;                  /* of those bytes */
} lpf_strips;

/*
 * Encodes strip `index`, 0 to lpf_encode_plan.strip_count - 1, as IDAT chunks into the
 * `output_size` bytes at `output`, at least lpf_encode_plan.strip_bytes; lpf_report.bytes_written
 * says how many they are, and `strip` gets what lpf_png_encode_join wants.
 *
 * `pixels` may be a part of the image: `top` says which row of the image its first one is. It must
 * have the rows of the strip, from index * strip_scanlines on, and the one before; of an interlaced
 * image all.
 */
LPF_EXPORT int32_t lpf_png_encode_strip(const lpf_encode_plan *plan, uint32_t index,
                                        const uint8_t *memory, unsigned long long memory_size,
                                        const lpf_pixels *pixels, uint32_t top,
                                        const lpf_encode_options *options, uint8_t *output,
                                        unsigned long long output_size, uint8_t *scratch,
                                        unsigned long long scratch_size, const int32_t *cancel,
                                        lpf_strips *strip, lpf_report *report);

/* Adds the strips that follow to those that `strips` knows. */
LPF_EXPORT int32_t lpf_png_encode_join(lpf_strips *strips, const lpf_strips *following);

/* The most that lpf_png_encode_end writes. */
#define LPF_ENCODE_END_BYTES 28

/* Writes what follows the last strip, when `strips` knows them all: the rest of the image data and
   IEND. `output` has at least LPF_ENCODE_END_BYTES. */
LPF_EXPORT int32_t lpf_png_encode_end(const lpf_encode_plan *plan, const lpf_strips *strips,
                                      uint8_t *output, unsigned long long output_size,
                                      lpf_report *report);


/* ---- BMP to pixels ---------------------------------------------------------------------------
 *
 * What is read: BITMAPCOREHEADER and the headers of OS/2 2.x, BITMAPINFOHEADER with or without
 * masks, BITMAPV4HEADER, BITMAPV5HEADER; 1, 2, 4, 8, 16, 24 and 32 bits a pixel; BI_RGB, BI_RLE4,
 * BI_RLE8, OS/2's RLE24, BI_BITFIELDS and BI_ALPHABITFIELDS; rows in either order.
 *
 * The codes about a BMP. "Limit" and "wanted" of a plan or report hold the two numbers that a code
 * is about.
 */
/* The file does not begin with "BM". */
#define LPF_BMP_NO_SIGNATURE 1040
/* The file ends within its headers. Limit: its bytes; wanted: where they end. */
#define LPF_BMP_HEADER_BROKEN_OFF 1041
/* There is no header of this size. Wanted: biSize. */
#define LPF_BMP_INVALID_HEADER_SIZE 1042
/* Width or height is 0, or the width is negative. */
#define LPF_BMP_NO_PIXELS 1043
/* biBitCount is none of those that there are with this compression. Wanted: biBitCount. */
#define LPF_BMP_INVALID_BIT_COUNT 1044
/* The pixels are compressed, or stored, in a way that is not read: JPEG, PNG, Huffman, CMYK, or 64
   bits a pixel. Wanted: biCompression. */
#define LPF_BMP_UNSUPPORTED_COMPRESSION 1045
/* The bits of a mask have gaps, or lie outside of the pixel. Wanted: the mask. */
#define LPF_BMP_INVALID_MASK 1046
/* The pixel array would begin within the headers. Limit: where they end; wanted: bfOffBits. */
#define LPF_BMP_INVALID_OFFSET 1047
/* The file ends within its pixel array. Limit: its bytes; wanted: where the pixel array ends, or 0
   where that is not known because it is compressed. */
#define LPF_BMP_TRUNCATED 1048
/* A run of pixels does not lie within the image. Wanted: the offset in the file. */
#define LPF_BMP_INVALID_RUN 1049
/* biPlanes is not 1. Only strict calls fail; others warn. Wanted: biPlanes. */
#define LPF_BMP_INVALID_PLANES 1050

/* lpf_bmp_info.compression: biCompression as Windows has it; OS/2's 4 becomes LPF_BI_RLE24. */
#define LPF_BI_RGB 0
#define LPF_BI_RLE8 1
#define LPF_BI_RLE4 2
#define LPF_BI_BITFIELDS 3
#define LPF_BI_ALPHABITFIELDS 6
#define LPF_BI_RLE24 24

/* What stands before the pixel array. */
typedef struct lpf_bmp_info {
  uint32_t width;           /* pixels, 1 to 2,147,483,647 */
  uint32_t height;          /* pixels, 1 to 2,147,483,647 */
  uint32_t header_bytes;    /* biSize, or bcSize: 12 to 124 */
  uint32_t bit_count;       /* bits a pixel: biBitCount */
  uint32_t compression;     /* LPF_BI_ */
  uint32_t top_down;        /* 1: the uppermost row is stored first */
  uint32_t palette_entries; /* that the file has; 0 above 8 bits a pixel */
  uint32_t gray_palette;    /* 1: each of them is gray, so that the image has no colour */
  uint32_t red_mask;        /* of 16 and 32 bits a pixel: where the samples are; else 0 */
  uint32_t green_mask;
  uint32_t blue_mask;
  uint32_t alpha_mask;                  /* 0: every pixel is opaque */
  uint32_t horizontal_pixels_per_metre; /* 0 where unknown */
  uint32_t vertical_pixels_per_metre;
  unsigned long long palette_at;    /* bytes from the beginning of the file */
  unsigned long long pixels_at;     /* bfOffBits */
  unsigned long long profile_at;    /* of an ICC profile, perhaps not within the file */
  unsigned long long profile_bytes; /* 0: there is none */
} lpf_bmp_info;

/* The beginning of a BMP that is always enough for lpf_bmp_read_info. */
#define LPF_BMP_HEADER_BYTES 1162

/*
 * Reads all that stands before the pixel array, and checks it, but not that the file is long enough
 * for what follows. Allocates nothing. `bmp` is a BMP, or its beginning. On failure `info` holds
 * what was known by then. Of the options only the flags matter. Fills `report` as lpf_bmp_decode
 * does.
 */
LPF_EXPORT int32_t lpf_bmp_read_info(const uint8_t *bmp, unsigned long long bmp_size,
                                     const lpf_options *options, lpf_bmp_info *info,
                                     lpf_report *report);

/* The sizes of decoding a BMP. */
typedef struct lpf_bmp_plan {
  lpf_bmp_info info;
  /* exact bytes of the pixels when no row is padded */
  unsigned long long output_bytes;
  /* bytes of `scratch` with which decoding needs no memory from the system; less is allowed */
  unsigned long long scratch_bytes;
  /* the numbers that a code is about; else 0 */
  unsigned long long limit;
  unsigned long long wanted;
} lpf_bmp_plan;

/*
 * First phase of lpf_bmp_decode: headers and palette to exact sizes. Checks the limits, and that
 * the file has all of a pixel array that is not compressed. Allocates nothing. Errors: those of
 * lpf_bmp_read_info; LPF_BMP_TRUNCATED; LPF_COLOR_TO_GRAY, LPF_NO_PALETTE; LPF_LIMIT_INPUT_BYTES,
 * LPF_LIMIT_PIXELS, LPF_LIMIT_OUTPUT_BYTES.
 */
LPF_EXPORT int32_t lpf_bmp_decode_plan(const uint8_t *bmp, unsigned long long bmp_size,
                                       const lpf_options *options, uint32_t format,
                                       lpf_bmp_plan *plan);

/*
 * Decodes `bmp` into the pixels that `pixels` describes within the `memory_size` bytes at `memory`.
 * Every byte of the pixels is written, and no other byte.
 *
 * A sample of fewer than 8 bits is scaled to the whole range: of 16-bit pixels by repeating its
 * bits, else to the nearest value; one of more bits to the nearest. Only a mask makes alpha; the
 * fourth byte of 32-bit BI_RGB does not. Colour does not become gray, but an image whose palette is
 * gray is gray. An index that the palette lacks is transparent black. Pixels that a compressed BMP
 * leaves out have the index 0, or are black.
 *
 * With LPF_FLAG_TOLERATE_TRUNCATION pixels behind the end of the file are black and opaque, or have
 * the index 0, runs are cut off at the end of their row, and a warning says so. A warning about a
 * BMP has the chunk type 0, and the offset of what it is about.
 *
 * `options`, `scratch`, `cancel` and `report` are those of lpf_png_decode; chunks and image data of
 * a PNG have no limits here. Errors: those of the plan, LPF_BMP_INVALID_RUN, LPF_OUTPUT_TOO_SMALL,
 * LPF_LIMIT_MEMORY_BYTES, LPF_CANCELLED, 83 for no memory; LPF_INVALID_ARGUMENT where `pixels` has
 * another size than the image, or rows that overlap.
 */
LPF_EXPORT int32_t lpf_bmp_decode(const uint8_t *bmp, unsigned long long bmp_size,
                                  const lpf_options *options, uint8_t *memory,
                                  unsigned long long memory_size, const lpf_pixels *pixels,
                                  uint8_t *scratch, unsigned long long scratch_size,
                                  const int32_t *cancel, lpf_report *report);

/*
 * Reads the palette: R, G, B, A of each entry that the file has, to `rgba`, which has 1024 bytes,
 * and their number, 0 to 256, to `entries`. A is 255. Errors: those of lpf_bmp_read_info.
 */
LPF_EXPORT int32_t lpf_bmp_palette(const uint8_t *bmp, unsigned long long bmp_size,
                                   const lpf_options *options, uint8_t *rgba, uint32_t *entries,
                                   lpf_report *report);

/* ---- pixels to BMP --------------------------------------------------------------------------- */

/*
 * First phase of lpf_bmp_encode: the size of the BMP of lpf_options.bmp_format that `pixels`
 * become, and which it is (lpf_plan.bmp_format): for LPF_BMP_MATCH it is INDEXED8 for indices, BGRA
 * for formats with alpha, GRAY8 for gray, else CLASSIC. The rest of `plan` is 0. Looks at no pixel.
 * Errors: LPF_NO_PALETTE for LPF_BMP_INDEXED8 of other pixels than indices; LPF_COLOR_TO_GRAY;
 * LPF_NOT_BILEVEL for LPF_BMP_BILEVEL of other formats than GRAY8 and INDEXED8; LPF_LIMIT_PIXELS,
 * LPF_LIMIT_OUTPUT_BYTES, LPF_BMP_TOO_LARGE.
 */
LPF_EXPORT int32_t lpf_bmp_encode_plan(const lpf_pixels *pixels, const lpf_options *options,
                                       lpf_plan *plan);

/*
 * Makes a BMP of the pixels that `pixels` describes within the `memory_size` bytes at `memory`,
 * which are only read, in the `bmp_size` bytes at `bmp`, of which lpf_plan.output_bytes are
 * written. The kinds of BMP are those of lpf_png_to_bmp; there is no resolution and no profile.
 * `palette` has R, G, B, A of 1 to 256 entries for INDEXED8, and may be null for other formats;
 * beyond it colours are black.
 *
 * 16-bit samples give their high byte. Alpha that the BMP does not have is dropped, with the
 * warning LPF_ALPHA_DROPPED, chunk type and offset 0, unless there is a background. Allocates
 * nothing. `cancel` and `report` are those of lpf_png_to_bmp.
 *
 * Errors: those of the plan; LPF_NOT_BILEVEL for a gray that is neither 0 nor 255, or an index
 * above 1; LPF_OUTPUT_TOO_SMALL, also where the rows do not lie within the memory;
 * LPF_INVALID_ARGUMENT, also where rows overlap; LPF_CANCELLED.
 */
LPF_EXPORT int32_t lpf_bmp_encode(const uint8_t *memory, unsigned long long memory_size,
                                  const lpf_pixels *pixels, const uint8_t *palette,
                                  uint32_t palette_entries, const lpf_options *options,
                                  uint8_t *bmp, unsigned long long bmp_size, const int32_t *cancel,
                                  lpf_report *report);

/* ---- memory ---------------------------------------------------------------------------------- */

/*
 * Allocates `size` bytes whose content is undefined (unlike what an arena gives, which is filled
 * with zeros): below 32 MiB from malloc, from there on as huge pages where the system has them,
 * since first touching small pages costs more than the conversion. Aligned to 16 bytes at least.
 * The caller owns the memory and gives it back with lpf_memory_free. Null when there is none.
 */
LPF_EXPORT uint8_t *lpf_memory_allocate(unsigned long long size);

/* Frees what lpf_memory_allocate or lpf_rotate_both returned; `size` is the size asked for there.
   `memory` may be null. */
LPF_EXPORT void lpf_memory_free(uint8_t *memory, unsigned long long size);

/* How many allocations made by this library are alive, and their bytes: equal before and after any
   call that does not return memory. For leak tests; taken at a moment, so only exact when idle. */
LPF_EXPORT unsigned long long lpf_live_allocations(void);
LPF_EXPORT unsigned long long lpf_live_bytes(void);

/* ---- buffer primer: the smallest calls that share memory ---------------------------------------
 */

/* Adds `by` to each of the `size` bytes at `bytes`, modulo 256, in place. */
LPF_EXPORT int32_t lpf_rotate(uint8_t *bytes, unsigned long long size, int32_t by);

/*
 * Adds `by` to each byte, in place, and returns new memory of `size` bytes (at least 1) that holds
 * each original byte minus `by`. The caller owns it: lpf_memory_free(result, size). Returns null,
 * and leaves `bytes` as they were, when there is no memory.
 */
LPF_EXPORT uint8_t *lpf_rotate_both(uint8_t *bytes, unsigned long long size, int32_t by);

/* Adds `by` to each of the `count` doubles at `values`, in place; any alignment. */
LPF_EXPORT int32_t lpf_increment(double *values, unsigned long long count, double by);

/* ---- about the library ------------------------------------------------------------------------
 */

/* LPF_ABI_VERSION of the library that was loaded; to be compared with the one compiled against. */
LPF_EXPORT uint32_t lpf_abi_version(void);

/* A sentence for a result code, in English, static, never null. */
LPF_EXPORT const char *lpf_error_text(int32_t code);

/* Versions of what was compiled in, such as "20241228" and "1.23"; static. */
LPF_EXPORT const char *lpf_lodepng_version(void);
LPF_EXPORT const char *lpf_libdeflate_version(void);

/* The vector instructions that the fast path uses on this machine, such as "avx2", or "scalar". */
LPF_EXPORT const char *lpf_simd_name(void);

#ifdef __cplusplus
}
#endif

#endif
