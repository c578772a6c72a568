package io.github.lodepngffm.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bytes as people write them: 4096, 512K, 64M, 2G, in steps of 1024. */
final class ByteCount implements ITypeConverter<Long> {
  private static final Pattern SYNTAX = Pattern.compile("(\\d+)([KMGT]?)(I?B)?");
  private static final String UNITS = "KMGT";

  @Override
  public Long convert(String text) {
    Matcher parts = SYNTAX.matcher(text.toUpperCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no number of bytes: write 4096, 512K, 64M or 2G");
    }
    try {
      int power = parts.group(2).isEmpty() ? 0 : 1 + UNITS.indexOf(parts.group(2));
      return Math.multiplyExact(Long.parseLong(parts.group(1)), 1L << (10 * power));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is more bytes than there can be");
    }
  }
}
