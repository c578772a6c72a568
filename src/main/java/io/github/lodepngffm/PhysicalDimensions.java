package io.github.lodepngffm;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How large pixels are meant to be, or what shape they have: the pHYs chunk (PNG, 11.3.4.3).
 *
 * @param pixelsPerUnitX pixels to a unit of length, horizontally, 0 to 4,294,967,295
 * @param pixelsPerUnitY vertically
 * @param unit what a unit of length is
 */
public record PhysicalDimensions(long pixelsPerUnitX, long pixelsPerUnitY, Unit unit) {
  private static final double METRES_PER_INCH = 0.0254;
  private static final long MOST = 0xFFFF_FFFFL;

  /** The unit specifier of a pHYs chunk, in its order. */
  public enum Unit {
    /** No length: the two numbers are the aspect ratio of a pixel, and no more. */
    UNKNOWN,
    /** The metre. */
    METRE
  }

  /**
   * Dimensions with these values.
   *
   * @throws IllegalArgumentException if a number does not fit into 32 bits
   */
  public PhysicalDimensions {
    Objects.requireNonNull(unit, "unit");
    requireInRange(pixelsPerUnitX, "pixelsPerUnitX");
    requireInRange(pixelsPerUnitY, "pixelsPerUnitY");
  }

  private static void requireInRange(long number, String name) {
    if (number < 0 || number > MOST) {
      throw new IllegalArgumentException(name + " is " + number + ", must be 0 to " + MOST);
    }
  }

  /**
   * Square pixels of a resolution as printers give it, rounded to whole pixels per metre.
   *
   * @param dotsPerInch such as 300, which becomes 11,811 pixels per metre
   * @return dimensions in metres
   * @throws IllegalArgumentException if that is negative or does not fit into 32 bits
   */
  public static PhysicalDimensions ofDotsPerInch(double dotsPerInch) {
    long perMetre = Math.round(dotsPerInch / METRES_PER_INCH);
    return new PhysicalDimensions(perMetre, perMetre, Unit.METRE);
  }

  /**
   * The horizontal resolution in dots per inch.
   *
   * @return empty where the unit is unknown
   */
  public OptionalDouble dotsPerInchX() {
    return dotsPerInch(pixelsPerUnitX);
  }

  /**
   * The vertical resolution in dots per inch.
   *
   * @return empty where the unit is unknown
   */
  public OptionalDouble dotsPerInchY() {
    return dotsPerInch(pixelsPerUnitY);
  }

  private OptionalDouble dotsPerInch(long pixelsPerUnit) {
    return unit == Unit.METRE
        ? OptionalDouble.of(pixelsPerUnit * METRES_PER_INCH)
        : OptionalDouble.empty();
  }
}
