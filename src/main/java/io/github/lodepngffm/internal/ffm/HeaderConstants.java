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

  private HeaderConstants() {}
}
