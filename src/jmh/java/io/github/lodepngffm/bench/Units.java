package io.github.lodepngffm.bench;

import java.util.Locale;

/** Numbers with their units, as short as people read them. */
final class Units {
  private static final String[] TIMES = {"ns", "µs", "ms", "s"};
  private static final String[] SIZES = {"B", "KiB", "MiB", "GiB"};

  private Units() {}

  /** Three significant digits, in the unit that suits. */
  static String text(double value, String unit) {
    return switch (unit) {
      case "ns" -> scaled(value, 1000, TIMES);
      case "ms" -> scaled(value * 1e6, 1000, TIMES);
      case "bytes" -> scaled(value, 1024, SIZES);
      default -> digits(value) + " " + unit;
    };
  }

  private static String scaled(double value, double step, String[] units) {
    double rest = value;
    int unit = 0;
    while (Math.abs(rest) >= 0.9995 * step && unit < units.length - 1) {
      rest /= step;
      unit++;
    }
    return digits(rest) + " " + units[unit];
  }

  /** Three significant digits, without an exponent. */
  static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size >= 99.95 || value == Math.rint(value) ? 0 : size >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
