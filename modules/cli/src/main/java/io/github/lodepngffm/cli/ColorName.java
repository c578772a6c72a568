package io.github.lodepngffm.cli;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A colour of the command line: {@code #rrggbb}, or one of the sixteen basic names of CSS. */
final class ColorName implements ITypeConverter<Integer> {
  private static final Map<String, Integer> NAMES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("black", 0x000000),
              Map.entry("silver", 0xC0C0C0),
              Map.entry("gray", 0x808080),
              Map.entry("white", 0xFFFFFF),
              Map.entry("maroon", 0x800000),
              Map.entry("red", 0xFF0000),
              Map.entry("purple", 0x800080),
              Map.entry("fuchsia", 0xFF00FF),
              Map.entry("green", 0x008000),
              Map.entry("lime", 0x00FF00),
              Map.entry("olive", 0x808000),
              Map.entry("yellow", 0xFFFF00),
              Map.entry("navy", 0x000080),
              Map.entry("blue", 0x0000FF),
              Map.entry("teal", 0x008080),
              Map.entry("aqua", 0x00FFFF)));

  @Override
  public Integer convert(String text) {
    if (text.matches("#[0-9a-fA-F]{6}")) {
      return Integer.parseInt(text, 1, 7, 16);
    }
    Integer named = NAMES.get(text.toLowerCase(Locale.ROOT));
    if (named == null) {
      throw new TypeConversionException(
          "'" + text + "' is no color: #rrggbb, or one of " + String.join(", ", NAMES.keySet()));
    }
    return named;
  }
}
