/*
 * lodepng_ffm.h: the contract of the shared library `lodepngffm`.
 *
 * The library turns a PNG in memory into a Windows bitmap (BMP) in memory. It is made to be called
 * through a foreign function interface, so its signatures use only types whose size is the same on
 * every platform: int32_t, uint32_t, unsigned long long (64 bits everywhere), double and pointers.
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
#define LPF_ABI_VERSION 1

/* ---- result codes ---------------------------------------------------------------------------- */

/* The conversion is complete. */
#define LPF_DONE 0
/* A pointer is null, or a size contradicts another; the caller has a bug. */
#define LPF_INVALID_ARGUMENT 1000
/* The PNG has more bytes than lpf_options.max_input_bytes. */
#define LPF_LIMIT_INPUT_BYTES 1001
/* width * height is over lpf_options.max_pixels. */
#define LPF_LIMIT_PIXELS 1002
/* The BMP would have more bytes than lpf_options.max_output_bytes. */
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
/* The output memory is smaller than the BMP. */
#define LPF_OUTPUT_TOO_SMALL 1009
/* The caller's cancel flag was seen to be set. */
#define LPF_CANCELLED 1010
/* Compressed data that libdeflate found damaged, or an ICC profile, consists of so many deflate
   blocks, hundreds for each kilobyte, that LodePNG is not given the time to say what is wrong. */
#define LPF_TOO_MANY_BLOCKS 1011

/* ---- options --------------------------------------------------------------------------------- */

/* lpf_options.flags: use no vector instructions beyond the platform's baseline. */
#define LPF_FLAG_SCALAR 1
/* lpf_options.flags: let LodePNG decode every file in its own way; for comparisons. */
#define LPF_FLAG_LODEPNG_ONLY 2
/* lpf_options.flags: leave out damaged ancillary chunks, each with a warning. */
#define LPF_FLAG_TOLERATE_ANCILLARY 4
/* lpf_options.flags: what LPF_FLAG_TOLERATE_ANCILLARY means; and image data that ends early gives
   what it has, the rest black, and a warning. */
#define LPF_FLAG_TOLERATE_TRUNCATION 8

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
  /* 0 */
  uint32_t reserved;
} lpf_options;

/* ---- header ---------------------------------------------------------------------------------- */

/* lpf_info.decode_path, lpf_report.decode_path: the pixels came the fast way, or LodePNG's own. */
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

/* ---- PNG to BMP ------------------------------------------------------------------------------ */

/* The sizes of a conversion. */
typedef struct lpf_plan {
  lpf_info info;
  /* exact bytes of the 24-bit BMP: 54 of header, then rows padded to multiples of 4 */
  unsigned long long bmp_bytes;
  /* bytes of the image data once inflated: every scanline with its filter byte (PNG, 7.2) */
  unsigned long long scanline_bytes;
  /* bytes of `scratch` with which lpf_png_to_bmp needs no memory from the system for a sound file
     on the fast path; less, or none, is allowed */
  unsigned long long scratch_bytes;
  /* when a limit was the reason to fail: its value, and what the file wanted; else 0 */
  unsigned long long limit;
  unsigned long long wanted;
} lpf_plan;

/*
 * First phase: header to exact sizes, so that the caller can provide memory or refuse. Reads the
 * first 33 bytes, allocates nothing. Checks the limits that follow from the header: input bytes,
 * pixels, output bytes, the BMP format's own. After a failure `plan` holds what was known by then.
 */
LPF_EXPORT int32_t lpf_png_plan(const uint8_t *png, unsigned long long png_size,
                                const lpf_options *options, lpf_plan *plan);

/* How many warnings an lpf_report can hold; warning_count goes on counting beyond it. */
#define LPF_WARNING_CAPACITY 16

/* Damage that a tolerant conversion passed over. */
typedef struct lpf_warning {
  unsigned long long offset; /* of the chunk, in bytes from the beginning of the PNG */
  uint32_t chunk_type;       /* its four letters, the first in the highest byte */
  int32_t code;              /* what a strict conversion would have failed with */
} lpf_warning;

/* What a conversion did. Filled in on success and on failure. */
typedef struct lpf_report {
  /* bytes of the BMP; 0 on failure */
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

/*
 * Second phase: converts `png` into the `bmp_size` bytes at `bmp`, of which exactly
 * lpf_plan.bmp_bytes are written, each one of them.
 *
 * The BMP: BITMAPFILEHEADER, the 40-byte BITMAPINFOHEADER, then bottom-up rows of B, G, R bytes,
 * each row padded with zeros to a multiple of 4. biSizeImage is 0, as BI_RGB allows. Resolution
 * comes from the pHYs chunk where its unit is the metre, and is 0 otherwise. Alpha is dropped,
 * 16-bit samples give their high byte, and gray of fewer bits is scaled to 0..255.
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
