package io.github.lodepngffm.internal.ffm;

/**
 * The constants of lodepng_ffm.h, under their names there, written down a second time: those of the
 * generated bindings belong to a class that the first conversion in a virtual machine should not
 * have to load. A test compares the two.
 */
final class HeaderConstants {
  static final int LPF_ABI_VERSION = 3;

  static final int LPF_DONE = 0;
  static final int LPF_INVALID_ARGUMENT = 1000;
  static final int LPF_LIMIT_INPUT_BYTES = 1001;
  static final int LPF_LIMIT_PIXELS = 1002;
  static final int LPF_LIMIT_OUTPUT_BYTES = 1003;
  static final int LPF_LIMIT_MEMORY_BYTES = 1004;
  static final int LPF_LIMIT_CHUNKS = 1005;
  static final int LPF_LIMIT_ANCILLARY_BYTES = 1006;
  static final int LPF_LIMIT_WORK = 1007;
  static final int LPF_BMP_TOO_LARGE = 1008;
  static final int LPF_OUTPUT_TOO_SMALL = 1009;
  static final int LPF_CANCELLED = 1010;
  static final int LPF_TOO_MANY_BLOCKS = 1011;
  static final int LPF_COLOR_TO_GRAY = 1012;
  static final int LPF_NO_PALETTE = 1013;
  static final int LPF_NOT_BILEVEL = 1014;
  static final int LPF_ALPHA_DROPPED = 1015;
  static final int LPF_WANTS_INPUT = 1016;
  static final int LPF_NOT_IN_PIECES = 1017;
  static final int LPF_INVALID_METADATA = 1030;

  static final int LPF_INDEX_BEYOND_PALETTE = 1020;
  static final int LPF_BAD_CHUNKS = 1021;
  static final int LPF_BMP_NO_SIGNATURE = 1040;
  static final int LPF_BMP_HEADER_BROKEN_OFF = 1041;
  static final int LPF_BMP_INVALID_HEADER_SIZE = 1042;
  static final int LPF_BMP_NO_PIXELS = 1043;
  static final int LPF_BMP_INVALID_BIT_COUNT = 1044;
  static final int LPF_BMP_UNSUPPORTED_COMPRESSION = 1045;
  static final int LPF_BMP_INVALID_MASK = 1046;
  static final int LPF_BMP_INVALID_OFFSET = 1047;
  static final int LPF_BMP_TRUNCATED = 1048;
  static final int LPF_BMP_INVALID_RUN = 1049;
  static final int LPF_BMP_INVALID_PLANES = 1050;

  static final int LPF_FLAG_SCALAR = 1;
  static final int LPF_FLAG_TOLERATE_ANCILLARY = 4;
  static final int LPF_FLAG_TOLERATE_TRUNCATION = 8;
  static final int LPF_FLAG_NO_AVX512 = 16;
  static final int LPF_FLAG_INTERLACED = 32;
  static final int LPF_FLAG_NO_REDUCTIONS = 64;

  static final int LPF_BMP_CLASSIC = 0;
  static final int LPF_ALPHA_STRAIGHT = 0;
  static final int LPF_BACKGROUND_NONE = 0;
  static final int LPF_BACKGROUND = 0xff00_0000;

  static final int LPF_PATH_FAST = 1;
  static final int LPF_WARNING_CAPACITY = 16;
  static final int LPF_ENCODE_END_BYTES = 28;

  static final int LPF_BMP_HEADER_BYTES = 1162;
  static final int LPF_BI_RGB = 0;
  static final int LPF_BI_RLE8 = 1;
  static final int LPF_BI_RLE4 = 2;
  static final int LPF_BI_BITFIELDS = 3;
  static final int LPF_BI_ALPHABITFIELDS = 6;
  static final int LPF_BI_RLE24 = 24;

  private HeaderConstants() {}
}
