package io.github.lodepngffm;

/** What the samples of a pixel mean: the colour type of a PNG's IHDR chunk (PNG, 11.2.1). */
public enum ColorType {
  /** One gray sample: colour type 0. */
  GRAYSCALE(0),
  /** Red, green, blue: colour type 2. */
  TRUECOLOR(2),
  /** An index into the palette: colour type 3. */
  INDEXED(3),
  /** One gray sample and alpha: colour type 4. */
  GRAYSCALE_ALPHA(4),
  /** Red, green, blue and alpha: colour type 6. */
  TRUECOLOR_ALPHA(6);

  private final int code;

  ColorType(int code) {
    this.code = code;
  }

  /**
   * The number that stands for this in the file.
   *
   * @return 0, 2, 3, 4 or 6
   */
  public int code() {
    return code;
  }

  /**
   * The samples of a pixel in the file; an index is one.
   *
   * @return 1 to 4
   */
  public int samplesPerPixel() {
    return switch (this) {
      case GRAYSCALE, INDEXED -> 1;
      case GRAYSCALE_ALPHA -> 2;
      case TRUECOLOR -> 3;
      case TRUECOLOR_ALPHA -> 4;
    };
  }

  /**
   * Whether one of the samples is alpha. An image without may be transparent, too: by tRNS.
   *
   * @return true for the two that are named so
   */
  public boolean hasAlpha() {
    return this == GRAYSCALE_ALPHA || this == TRUECOLOR_ALPHA;
  }

  /**
   * The colour type of a number.
   *
   * @param code 0, 2, 3, 4 or 6
   * @return the colour type
   * @throws IllegalArgumentException if PNG has no such colour type
   */
  public static ColorType of(int code) {
    for (ColorType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("PNG has no color type " + code);
  }
}
