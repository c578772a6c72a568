package io.github.lodepngffm;

/** Which of the two ways pixels take through the native library; both give the same bytes. */
public enum DecodePath {
  /** LodePNG's own unfiltering and color conversion, for what there is no kernel for. */
  LODEPNG,
  /** Kernels that unfilter straight into the rows of the result. */
  FAST
}
