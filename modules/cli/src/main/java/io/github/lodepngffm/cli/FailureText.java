package io.github.lodepngffm.cli;

import io.github.lodepngffm.ImageException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** One line for whatever a conversion can fail with: the file, the code, the reason. */
final class FailureText {
  /** LodePNG's own codes are below; their texts already begin with "LodePNG error". */
  private static final int FIRST_CODE_OF_OURS = 1000;

  private static final int DELETE = 0x7F;

  private FailureText() {}

  /**
   * What went wrong, without the name of the input.
   *
   * @param e of a conversion
   * @param output the file that was to be written, or null
   */
  static String reason(Throwable e, Path output) {
    if (e instanceof ImageException failure) {
      return ofImage(failure);
    }
    if (e instanceof FileSystemException failure) {
      return ofFile(failure, output);
    }
    if (e instanceof ClosedByInterruptException) {
      return "interrupted";
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    if (e instanceof IOException && output != null) {
      return "reading it or writing " + FileNames.text(output) + ": " + message;
    }
    return message;
  }

  /** LodePNG's code, or the library's; null where neither has one. */
  static Integer code(Throwable e) {
    return e instanceof ImageException failure ? failure.errorCode() : null;
  }

  private static String ofImage(ImageException failure) {
    if (failure.errorCode() < FIRST_CODE_OF_OURS) {
      return failure.reason();
    }
    String advice =
        failure
            .limit()
            .map(limit -> "; " + LimitOptions.of(limit) + " raises the limit")
            .orElse("");
    return "error " + failure.errorCode() + ": " + failure.reason() + advice;
  }

  private static String ofFile(FileSystemException failure, Path output) {
    String reason =
        switch (failure) {
          case NoSuchFileException e -> "no such file or directory";
          case AccessDeniedException e -> "permission denied";
          case NotDirectoryException e -> "not a directory";
          default -> failure.getReason() == null ? failure.getMessage() : failure.getReason();
        };
    return concernsOutput(failure, output)
        ? "cannot write " + FileNames.text(output) + ": " + reason
        : reason;
  }

  /** Whether it is about the output, a directory above it, or the temporary file beside it. */
  private static boolean concernsOutput(FileSystemException failure, Path output) {
    if (failure.getFile() == null || output == null) {
      return false;
    }
    String file = failure.getFile();
    String written = output.toString(); // both as Java writes names, whatever it loses of them
    return written.equals(file)
        || written.startsWith(file + File.separator)
        || file.contains(".lodepngffm-");
  }

  /**
   * On one line, and without what could steer a terminal: names come from strangers, too. What is
   * not shown stands as an escape, so that two names never look the same.
   */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (FileNames.isEscape(c) || c < ' ' || c == DELETE) {
            line.append("\\x").append(hex(c >> 4)).append(hex(c));
          } else if (Character.isISOControl(c) || isSurrogate(c) || isInvisible(c)) {
            line.append("\\u").append(hex(c >> 12)).append(hex(c >> 8));
            line.append(hex(c >> 4)).append(hex(c));
          } else {
            line.appendCodePoint(c);
          }
        });
    return line.toString();
  }

  /** Marks of direction and joining, and separators of lines: what a terminal obeys. */
  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    return codePoint <= Character.MAX_VALUE
        && (type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR);
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static char hex(int value) {
    return Character.toUpperCase(Character.forDigit(value & 0xF, 16));
  }
}
