package io.github.lodepngffm.cli;

import java.util.HexFormat;

/** One JSON object on one line (RFC 8259). */
final class Json {
  private final StringBuilder line = new StringBuilder("{");

  Json with(String key, String value) {
    key(key);
    quote(value);
    return this;
  }

  Json with(String key, long value) {
    key(key);
    line.append(value);
    return this;
  }

  Json with(String key, boolean value) {
    key(key);
    line.append(value);
    return this;
  }

  @Override
  public String toString() {
    return line + "}";
  }

  private void key(String key) {
    if (line.length() > 1) {
      line.append(',');
    }
    quote(key);
    line.append(':');
  }

  private void quote(String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < ' ' || c == '\u007f' || Character.isSurrogate(c) && isUnpaired(text, i)) {
        line.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }

  private static boolean isUnpaired(String text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
        : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
  }
}
