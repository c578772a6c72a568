package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.internal.generated.LodepngFfm;

/** The codes that the C functions return, beside LodePNG's own. */
final class ResultCodes {
  static final int DONE = LodepngFfm.LPF_DONE();
  static final int INVALID_ARGUMENT = LodepngFfm.LPF_INVALID_ARGUMENT();
  static final int LIMIT_INPUT_BYTES = LodepngFfm.LPF_LIMIT_INPUT_BYTES();
  static final int LIMIT_PIXELS = LodepngFfm.LPF_LIMIT_PIXELS();
  static final int LIMIT_OUTPUT_BYTES = LodepngFfm.LPF_LIMIT_OUTPUT_BYTES();
  static final int LIMIT_MEMORY_BYTES = LodepngFfm.LPF_LIMIT_MEMORY_BYTES();
  static final int LIMIT_CHUNKS = LodepngFfm.LPF_LIMIT_CHUNKS();
  static final int LIMIT_ANCILLARY_BYTES = LodepngFfm.LPF_LIMIT_ANCILLARY_BYTES();
  static final int BMP_TOO_LARGE = LodepngFfm.LPF_BMP_TOO_LARGE();
  static final int OUTPUT_TOO_SMALL = LodepngFfm.LPF_OUTPUT_TOO_SMALL();
  static final int CANCELLED = LodepngFfm.LPF_CANCELLED();
  static final int TOO_MANY_BLOCKS = LodepngFfm.LPF_TOO_MANY_BLOCKS();
  static final int COLOR_TO_GRAY = LodepngFfm.LPF_COLOR_TO_GRAY();
  static final int NO_PALETTE = LodepngFfm.LPF_NO_PALETTE();
  static final int NOT_BILEVEL = LodepngFfm.LPF_NOT_BILEVEL();

  private ResultCodes() {}
}
