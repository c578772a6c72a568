package io.github.lodepngffm;

import java.util.Objects;

/**
 * How a conversion is done.
 *
 * {@snippet :
 * ConvertOptions large =
 *     ConvertOptions.defaults().withLimits(Limits.defaults().withMaxPixels(1_000_000_000));
 * }
 *
 * @param limits what it may spend
 */
public record ConvertOptions(Limits limits) {

  private static final ConvertOptions DEFAULTS = new ConvertOptions(Limits.defaults());

  /** Options with these values. */
  public ConvertOptions {
    Objects.requireNonNull(limits, "limits");
  }

  /**
   * Strict, within {@link Limits#defaults()}.
   *
   * @return the options of every method that has no options
   */
  public static ConvertOptions defaults() {
    return DEFAULTS;
  }

  /**
   * These options with other limits.
   *
   * @param limits what a conversion may spend
   * @return new options
   */
  public ConvertOptions withLimits(Limits limits) {
    return new ConvertOptions(limits);
  }
}
