package io.github.lodepngffm.cli;

import java.io.IOException;
import java.util.Locale;

/** Standard output does not take what is written to it. */
final class StandardOutputException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean readerIsGone;

  StandardOutputException(IOException cause) {
    super("cannot write standard output: " + cause.getMessage(), cause);
    String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    readerIsGone = reason.contains("broken pipe"); // Java has no other way to tell
  }

  /** Whether it was a pipe that nobody reads any more, as after {@code | head}. */
  boolean readerIsGone() {
    return readerIsGone;
  }
}
