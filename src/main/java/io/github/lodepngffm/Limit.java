package io.github.lodepngffm;

/** One of the {@link Limits}, by name: what an {@link ImageException} says was in the way. */
public enum Limit {
  /** {@link Limits#maxInputBytes()}, in bytes. */
  INPUT_BYTES("withMaxInputBytes"),
  /** {@link Limits#maxPixels()}, in pixels. */
  PIXELS("withMaxPixels"),
  /** {@link Limits#maxOutputBytes()}, in bytes. */
  OUTPUT_BYTES("withMaxOutputBytes"),
  /** {@link Limits#maxMemoryBytes()}, in bytes. */
  MEMORY_BYTES("withMaxMemoryBytes"),
  /** {@link Limits#maxAncillaryBytes()}, in bytes. */
  ANCILLARY_BYTES("withMaxAncillaryBytes"),
  /** {@link Limits#maxChunks()}, in chunks. */
  CHUNKS("withMaxChunks"),
  /** {@link Limits#maxIdatRatio()}; the numbers are compressed bytes. */
  IDAT_RATIO("withMaxIdatRatio");

  private final String method;

  Limit(String method) {
    this.method = method;
  }

  /**
   * The method of {@link Limits} that raises this limit.
   *
   * @return such as {@code withMaxPixels}
   */
  public String method() {
    return method;
  }
}
