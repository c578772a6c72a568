package io.github.lodepngffm;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How pixels are decoded. Immutable: each {@code with} method returns other options.
 *
 * {@snippet :
 * DecodeOptions options = DecodeOptions.defaults().withAlpha(Alpha.PREMULTIPLIED);
 * }
 */
public final class DecodeOptions {
  private static final DecodeOptions DEFAULTS =
      new DecodeOptions(
          Limits.defaults(), Tolerance.ANCILLARY_DAMAGE, Alpha.STRAIGHT, OptionalInt.empty());

  private final Limits limits;
  private final Tolerance tolerance;
  private final Alpha alpha;
  private final OptionalInt background;

  private DecodeOptions(Limits limits, Tolerance tolerance, Alpha alpha, OptionalInt background) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.tolerance = Objects.requireNonNull(tolerance, "tolerance");
    this.alpha = Objects.requireNonNull(alpha, "alpha");
    this.background = background;
  }

  /**
   * {@link Limits#defaults()}, {@link Tolerance#ANCILLARY_DAMAGE}, {@link Alpha#STRAIGHT}, no
   * background.
   *
   * @return the options of every method that has no options
   */
  public static DecodeOptions defaults() {
    return DEFAULTS;
  }

  /**
   * The defaults with {@link Tolerance#STRICT}: what LodePNG refuses is refused.
   *
   * @return strict options
   */
  public static DecodeOptions strict() {
    return DEFAULTS.withTolerance(Tolerance.STRICT);
  }

  /**
   * The defaults with {@link Tolerance#TRUNCATED_DATA}: a file that ends early shows what it has.
   *
   * @return tolerant options
   */
  public static DecodeOptions tolerant() {
    return DEFAULTS.withTolerance(Tolerance.TRUNCATED_DATA);
  }

  /**
   * These options with other limits. {@link Limits#maxOutputBytes()} is then about the bytes of the
   * pixels.
   *
   * @param newLimits what decoding may spend
   * @return new options
   */
  public DecodeOptions withLimits(Limits newLimits) {
    return new DecodeOptions(newLimits, tolerance, alpha, background);
  }

  /**
   * These options with another tolerance.
   *
   * @param newTolerance what decoding makes of a damaged file
   * @return new options
   */
  public DecodeOptions withTolerance(Tolerance newTolerance) {
    return new DecodeOptions(limits, newTolerance, alpha, background);
  }

  /**
   * These options with straight or premultiplied alpha.
   *
   * @param newAlpha how colours are stored in formats with alpha
   * @return new options
   */
  public DecodeOptions withAlpha(Alpha newAlpha) {
    return new DecodeOptions(limits, tolerance, newAlpha, background);
  }

  /**
   * These options with a background, onto which an image with transparency is put: each sample c
   * with alpha a becomes {@code (c * a + b * (255 - a) + 127) / 255} where b is the background's,
   * at 16 bits with 65535 and 32767, and every pixel is opaque then. Indices stay as they are. In a
   * gray format the background must be gray itself.
   *
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   * @return new options
   * @throws IllegalArgumentException if a value is out of range
   */
  public DecodeOptions withBackground(int red, int green, int blue) {
    return new DecodeOptions(
        limits, tolerance, alpha, OptionalInt.of(ConvertOptions.rgb(red, green, blue)));
  }

  /**
   * What decoding may spend.
   *
   * @return never null
   */
  public Limits limits() {
    return limits;
  }

  /**
   * What decoding makes of a damaged file.
   *
   * @return never null
   */
  public Tolerance tolerance() {
    return tolerance;
  }

  /**
   * How colours are stored in formats with alpha.
   *
   * @return never null
   */
  public Alpha alpha() {
    return alpha;
  }

  /**
   * The background.
   *
   * @return {@code 0xRRGGBB}; empty for none
   */
  public OptionalInt background() {
    return background;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DecodeOptions options
        && limits.equals(options.limits)
        && tolerance == options.tolerance
        && alpha == options.alpha
        && background.equals(options.background);
  }

  @Override
  public int hashCode() {
    return Objects.hash(limits, tolerance, alpha, background);
  }

  @Override
  public String toString() {
    return "DecodeOptions[limits=%s, tolerance=%s, alpha=%s, background=%s]"
        .formatted(limits, tolerance, alpha, background);
  }
}
