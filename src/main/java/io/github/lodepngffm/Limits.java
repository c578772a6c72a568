package io.github.lodepngffm;

/**
 * What one conversion may spend. A file that wants more is refused before it is spent, with a
 * {@link PngException} of kind {@link PngException.Kind#LIMIT} whose message says what the file
 * wanted and which of these methods raises the limit. The {@linkplain #defaults() defaults} are
 * made for files from strangers.
 *
 * {@snippet :
 * Limits mapTiles = Limits.defaults().withMaxPixels(256 * 256).withMaxInputBytes(1 << 20);
 * }
 *
 * @param maxInputBytes bytes of the PNG
 * @param maxPixels width times height
 * @param maxOutputBytes bytes of the BMP
 * @param maxMemoryBytes bytes of native memory that a call holds at one time, besides PNG and BMP
 * @param maxAncillaryBytes bytes of all chunks that are not needed for the pixels (PNG, 5.3), plus
 *     what the compressed ones inflate to
 * @param maxChunks chunks of the PNG
 * @param maxIdatRatio compressed bytes of image data for each byte that they should inflate to,
 *     beyond 64 KiB. Honest encoders stay near 1 at the worst; a file made to waste time has many
 */
public record Limits(
    long maxInputBytes,
    long maxPixels,
    long maxOutputBytes,
    long maxMemoryBytes,
    long maxAncillaryBytes,
    long maxChunks,
    long maxIdatRatio) {

  private static final long MIB = 1L << 20;

  private static final Limits DEFAULTS =
      new Limits(256 * MIB, 64 * MIB, 256 * MIB, 1024 * MIB, 16 * MIB, 65_536, 4);

  private static final Limits UNLIMITED =
      new Limits(
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE);

  /**
   * Limits with these values.
   *
   * @throws IllegalArgumentException if a value is negative, or {@code maxIdatRatio} is not
   *     positive
   */
  public Limits {
    requireNotNegative(maxInputBytes, "maxInputBytes");
    requireNotNegative(maxPixels, "maxPixels");
    requireNotNegative(maxOutputBytes, "maxOutputBytes");
    requireNotNegative(maxMemoryBytes, "maxMemoryBytes");
    requireNotNegative(maxAncillaryBytes, "maxAncillaryBytes");
    requireNotNegative(maxChunks, "maxChunks");
    if (maxIdatRatio < 1) {
      throw new IllegalArgumentException("maxIdatRatio is " + maxIdatRatio + ", must be positive");
    }
  }

  private static void requireNotNegative(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is " + value + ", must not be negative");
    }
  }

  /**
   * Safe for files from strangers: 256 MiB of PNG, 67,108,864 pixels (8192 x 8192), 256 MiB of BMP,
   * 1 GiB of memory, 16 MiB of ancillary chunks, 65,536 chunks, a ratio of 4.
   *
   * @return the limits of every method that has no options
   */
  public static Limits defaults() {
    return DEFAULTS;
  }

  /**
   * No limit but those of the BMP format and of the machine. A file of 100 bytes can then make the
   * process allocate gigabytes: only for files of one's own making.
   *
   * @return limits that refuse nothing
   */
  public static Limits unlimited() {
    return UNLIMITED;
  }

  /**
   * These limits with another one for the bytes of the PNG.
   *
   * @param bytes not negative
   * @return new limits
   */
  public Limits withMaxInputBytes(long bytes) {
    return new Limits(
        bytes,
        maxPixels,
        maxOutputBytes,
        maxMemoryBytes,
        maxAncillaryBytes,
        maxChunks,
        maxIdatRatio);
  }

  /**
   * These limits with another one for width times height.
   *
   * @param pixels not negative
   * @return new limits
   */
  public Limits withMaxPixels(long pixels) {
    return new Limits(
        maxInputBytes,
        pixels,
        maxOutputBytes,
        maxMemoryBytes,
        maxAncillaryBytes,
        maxChunks,
        maxIdatRatio);
  }

  /**
   * These limits with another one for the bytes of the BMP.
   *
   * @param bytes not negative
   * @return new limits
   */
  public Limits withMaxOutputBytes(long bytes) {
    return new Limits(
        maxInputBytes,
        maxPixels,
        bytes,
        maxMemoryBytes,
        maxAncillaryBytes,
        maxChunks,
        maxIdatRatio);
  }

  /**
   * These limits with another budget of native memory.
   *
   * @param bytes not negative
   * @return new limits
   */
  public Limits withMaxMemoryBytes(long bytes) {
    return new Limits(
        maxInputBytes,
        maxPixels,
        maxOutputBytes,
        bytes,
        maxAncillaryBytes,
        maxChunks,
        maxIdatRatio);
  }

  /**
   * These limits with another one for the bytes of ancillary chunks.
   *
   * @param bytes not negative
   * @return new limits
   */
  public Limits withMaxAncillaryBytes(long bytes) {
    return new Limits(
        maxInputBytes, maxPixels, maxOutputBytes, maxMemoryBytes, bytes, maxChunks, maxIdatRatio);
  }

  /**
   * These limits with another one for the number of chunks.
   *
   * @param chunks not negative
   * @return new limits
   */
  public Limits withMaxChunks(long chunks) {
    return new Limits(
        maxInputBytes,
        maxPixels,
        maxOutputBytes,
        maxMemoryBytes,
        maxAncillaryBytes,
        chunks,
        maxIdatRatio);
  }

  /**
   * These limits with another ratio of compressed to inflated image data.
   *
   * @param ratio positive
   * @return new limits
   */
  public Limits withMaxIdatRatio(long ratio) {
    return new Limits(
        maxInputBytes,
        maxPixels,
        maxOutputBytes,
        maxMemoryBytes,
        maxAncillaryBytes,
        maxChunks,
        ratio);
  }
}
