package io.github.lodepngffm;

/**
 * What the bytes of a pixel are, named after their order in memory, from the lowest address on.
 *
 * <p>Samples of 8 bits are 0 to 255, and samples of 16 bits are 0 to 65535 in the {@linkplain
 * java.nio.ByteOrder#nativeOrder() byte order of the processor}, at any alignment. A is alpha: 0 is
 * fully transparent, the largest value opaque. Colours are as the file has them: neither gamma nor
 * a colour profile is applied.
 *
 * <p>Names of other libraries for the same bytes: {@code BGRA8} is Windows' and Skia's 32-bit
 * format and JavaFX's {@code BYTE_BGRA}, {@code RGBA8} is OpenGL's {@code GL_RGBA} with {@code
 * GL_UNSIGNED_BYTE}, {@code BGR8} and {@code ABGR8} are BufferedImage's {@code TYPE_3BYTE_BGR} and
 * {@code TYPE_4BYTE_ABGR}.
 */
public enum PixelFormat {
  /** A gray sample, 1 byte. Only for images without colour. */
  GRAY8(1, 1, false),
  /** A gray sample of 16 bits, 2 bytes. Only for images without colour. */
  GRAY16(1, 2, false),
  /** Gray and alpha, 2 bytes. Only for images without colour. */
  GRAY_ALPHA8(2, 1, true),
  /** Gray and alpha of 16 bits each, 4 bytes. Only for images without colour. */
  GRAY_ALPHA16(2, 2, true),
  /** Red, green, blue, 3 bytes. */
  RGB8(3, 1, false),
  /** Blue, green, red, 3 bytes. */
  BGR8(3, 1, false),
  /** Red, green, blue, alpha, 4 bytes. */
  RGBA8(4, 1, true),
  /** Blue, green, red, alpha, 4 bytes. */
  BGRA8(4, 1, true),
  /** Alpha, red, green, blue, 4 bytes. */
  ARGB8(4, 1, true),
  /** Alpha, blue, green, red, 4 bytes. */
  ABGR8(4, 1, true),
  /** Red, green, blue of 16 bits each, 6 bytes. */
  RGB16(3, 2, false),
  /** Red, green, blue, alpha of 16 bits each, 8 bytes. */
  RGBA16(4, 2, true),
  /**
   * An index into the palette, 1 byte, whatever the bit depth of the file. Only for images with a
   * palette, which {@code Png.readMetadata} and {@code Bmp.readPalette} return.
   */
  INDEXED8(1, 1, false);

  private final int samples;
  private final int bytesPerSample;
  private final boolean alpha;

  PixelFormat(int samples, int bytesPerSample, boolean alpha) {
    this.samples = samples;
    this.bytesPerSample = bytesPerSample;
    this.alpha = alpha;
  }

  /**
   * The bytes of a pixel.
   *
   * @return 1, 2, 3, 4, 6 or 8
   */
  public int bytesPerPixel() {
    return samples * bytesPerSample;
  }

  /**
   * The bytes of a sample, or of a palette index.
   *
   * @return 1 or 2
   */
  public int bytesPerSample() {
    return bytesPerSample;
  }

  /**
   * The samples of a pixel, alpha included.
   *
   * @return 1 to 4
   */
  public int samplesPerPixel() {
    return samples;
  }

  /**
   * Whether a pixel says how opaque it is.
   *
   * @return true for the formats with ALPHA, or A, in their name
   */
  public boolean hasAlpha() {
    return alpha;
  }

  /**
   * Whether a pixel has one sample for its brightness and none for its colour.
   *
   * @return true for the GRAY formats
   */
  public boolean isGray() {
    return samples < 3 && this != INDEXED8;
  }
}
