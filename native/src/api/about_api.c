/* about.c: what the library says of itself. */
#include "kernels/kernels.h"
#include "libdeflate.h"
#include "lodepng_ffm.h"
#include "third_party/third_party_lodepng.h"

uint32_t lpf_abi_version(void) {
  return LPF_ABI_VERSION;
}

const char *lpf_error_text(int32_t code) {
  switch (code) {
    case LPF_DONE:
      return "done";
    case LPF_INVALID_ARGUMENT:
      return "a null pointer or contradicting sizes";
    case LPF_LIMIT_INPUT_BYTES:
      return "the file has more bytes than the limit";
    case LPF_LIMIT_PIXELS:
      return "the image has more pixels than the limit";
    case LPF_LIMIT_OUTPUT_BYTES:
      return "the result would have more bytes than the limit";
    case LPF_LIMIT_MEMORY_BYTES:
      return "the conversion needs more memory than its budget";
    case LPF_LIMIT_CHUNKS:
      return "the PNG has more chunks than the limit";
    case LPF_LIMIT_ANCILLARY_BYTES:
      return "the ancillary chunks have more bytes than the limit";
    case LPF_LIMIT_WORK:
      return "the compressed image data is out of proportion to the image";
    case LPF_BMP_TOO_LARGE:
      return "the BMP would be larger than the format allows";
    case LPF_OUTPUT_TOO_SMALL:
      return "the output memory is smaller than the result, or than the rows of the pixels reach";
    case LPF_CANCELLED:
      return "the conversion was cancelled";
    case LPF_TOO_MANY_BLOCKS:
      return "the compressed data is damaged, or wasteful: it has too many deflate blocks";
    case LPF_COLOR_TO_GRAY:
      return "the image, or its background, has colours, and a gray format was asked for";
    case LPF_NO_PALETTE:
      return "palette indices were asked for, and the image has no palette";
    case LPF_NOT_BILEVEL:
      return "a BMP of one bit a pixel was asked for, and the image has more";
    case LPF_ALPHA_DROPPED:
      return "the image has transparency, which the format asked for does not have";
    case LPF_WANTS_INPUT:
      return "the next piece of the PNG is wanted";
    case LPF_NOT_IN_PIECES:
      return "the PNG can be read in pieces no further: its image data is damaged, or a chunk "
             "stands "
             "behind it that should be before it";
    case LPF_INVALID_METADATA:
      return "the chunk says something that the PNG specification does not define";
    case LPF_INDEX_BEYOND_PALETTE:
      return "a pixel's index is beyond the palette";
    case LPF_BAD_CHUNKS:
      return "the ancillary chunks to be written are not in order";
    case LPF_BMP_NO_SIGNATURE:
      return "this is no BMP: it does not begin with BM";
    case LPF_BMP_HEADER_BROKEN_OFF:
      return "the file ends within the headers of the BMP";
    case LPF_BMP_INVALID_HEADER_SIZE:
      return "no header of a BMP has the size biSize";
    case LPF_BMP_NO_PIXELS:
      return "the BMP has no pixels: a side is 0, or the width is negative";
    case LPF_BMP_INVALID_BIT_COUNT:
      return "the BMP has a number of bits a pixel, biBitCount, that does not go with its"
             " compression";
    case LPF_BMP_UNSUPPORTED_COMPRESSION:
      return "the pixels of the BMP are stored in a way, biCompression, that is not read";
    case LPF_BMP_INVALID_MASK:
      return "a mask of the BMP has gaps, or bits outside of the pixel";
    case LPF_BMP_INVALID_OFFSET:
      return "the pixels of the BMP, at bfOffBits, begin within its headers";
    case LPF_BMP_TRUNCATED:
      return "the file ends within the pixels of the BMP";
    case LPF_BMP_INVALID_RUN:
      return "a run of pixels of the BMP goes beyond the end of its row";
    case LPF_BMP_INVALID_PLANES:
      return "the BMP has a number of planes, biPlanes, other than 1";
    default:
      return lodepng_error_text((unsigned)code);
  }
}

const char *lpf_lodepng_version(void) {
  return LODEPNG_VERSION_STRING;
}

const char *lpf_libdeflate_version(void) {
  return LIBDEFLATE_VERSION_STRING;
}

const char *lpf_simd_name(void) {
  return lpf_kernels_for_this_processor(LPF_SIMD_ALL)->name;
}
