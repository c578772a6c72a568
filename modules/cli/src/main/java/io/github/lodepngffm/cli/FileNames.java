package io.github.lodepngffm.cli;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files as text and back, without a loss. On Unix a name is bytes, which need not be text
 * in any encoding, or not in the one of the locale. Bytes that are no UTF-8 stand in a text as the
 * characters U+DC80 to U+DCFF, one for each, which no sound text has by themselves; Python does the
 * same. Java's own conversion of a path to text would replace them, and the file could not be found
 * any more.
 */
final class FileNames {
  private static final char REPLACEMENT = '\uFFFD';
  private static final int FIRST_ESCAPE = 0xDC80;
  private static final int LAST_ESCAPE = 0xDCFF;
  private static final String ROOT = "/";

  private FileNames() {}

  /** The path of a text. Throws {@link InvalidPathException} if nothing can be called that. */
  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      if (text.indexOf('\0') >= 0) {
        throw e;
      }
      return path(bytes(text), e);
    }
  }

  /** A path of a file URI takes any bytes, which is what no text can say. */
  private static Path path(byte[] bytes, InvalidPathException otherwise) {
    StringBuilder uri = new StringBuilder("file:///");
    for (byte b : bytes) {
      if (b != '/') {
        uri.append('%').append(digit(b >> 4)).append(digit(b));
      } else if (uri.charAt(uri.length() - 1) != '/') {
        uri.append('/');
      }
    }
    try {
      Path absolute = Path.of(URI.create(uri.toString()));
      return bytes[0] == '/' ? absolute : absolute.subpath(0, absolute.getNameCount());
    } catch (IllegalArgumentException e) { // this file system has no such names
      throw otherwise;
    }
  }

  private static char digit(int value) {
    return Character.forDigit(value & 0xF, 16);
  }

  /** The text of a path, from which {@link #path} makes the same path again. */
  static String text(Path path) {
    String text = path.toString();
    return text.indexOf(REPLACEMENT) < 0 ? text : text(bytes(path));
  }

  private static byte[] bytes(Path path) {
    String escaped = Path.of(ROOT).resolve(path).toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
    int end = escaped.endsWith(ROOT) ? escaped.length() - 1 : escaped.length(); // of a directory
    for (int i = path.isAbsolute() ? 0 : 1; i < end; i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  /** The text of a name's bytes. */
  static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : escaped(bytes);
  }

  private static String escaped(byte[] bytes) {
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder(); // which reports what it cannot read
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    while (rest.hasRemaining()) {
      CoderResult result = utf8.decode(rest, text, true);
      for (int i = 0; result.isError() && i < result.length(); i++) {
        text.put((char) (FIRST_ESCAPE - 0x80 + (rest.get() & 0xFF)));
      }
      utf8.reset();
    }
    return text.flip().toString();
  }

  /** The bytes of a text: UTF-8, but for those that stand for themselves. */
  static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(c -> {
          if (isEscape(c)) {
            bytes.write(c);
          } else {
            bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
          }
        });
    return bytes.toByteArray();
  }

  /** Whether a character of a text stands for the byte that its last eight bits are. */
  static boolean isEscape(int codePoint) {
    return codePoint >= FIRST_ESCAPE && codePoint <= LAST_ESCAPE;
  }
}
