package io.github.lodepngffm.cli;

import java.nio.file.Path;

/** What a BMP is called that nobody gave a name. */
final class BmpNames {
  private static final String PNG = ".png";
  private static final String BMP = ".bmp";

  private BmpNames() {}

  /** The input's name without its directories, .png in any case replaced by .bmp. */
  static Path of(Path input) {
    Path name = input.getFileName();
    String text = name == null ? "" : FileNames.text(name);
    return FileNames.path(
        (hasEnding(text) ? text.substring(0, text.length() - PNG.length()) : text) + BMP);
  }

  /** Whether the name ends in .png, in any case. */
  static boolean isPng(Path file) {
    return hasEnding(file.toString());
  }

  private static boolean hasEnding(String text) {
    int stem = text.length() - PNG.length();
    return stem >= 0 && text.regionMatches(true, stem, PNG, 0, PNG.length());
  }
}
