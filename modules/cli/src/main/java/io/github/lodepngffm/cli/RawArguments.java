package io.github.lodepngffm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of this process as the system has them, where Java's decoding has lost something of
 * them: what is no text in the encoding of the locale arrives as a question mark, or as U+FFFD.
 */
final class RawArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private RawArguments() {}

  /**
   * The arguments, each as {@link FileNames} writes it; unchanged where the system does not tell.
   */
  static String[] of(String[] decoded) {
    for (String argument : decoded) {
      if (mayHaveLost(argument)) {
        try {
          return of(decoded, Files.readAllBytes(COMMAND_LINE));
        } catch (IOException e) {
          return decoded; // not Linux
        }
      }
    }
    return decoded;
  }

  /** The last ones of a command line whose arguments each end with a zero byte. */
  static String[] of(String[] decoded, byte[] commandLine) {
    List<String> all = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        all.add(FileNames.text(Arrays.copyOfRange(commandLine, start, i)));
        start = i + 1;
      }
    }
    if (all.size() < decoded.length) {
      return decoded;
    }
    List<String> last = all.subList(all.size() - decoded.length, all.size());
    for (int i = 0; i < decoded.length; i++) {
      if (!mayHaveLost(decoded[i]) && !decoded[i].equals(last.get(i))) {
        return decoded; // they are others: Java has added or taken away some
      }
    }
    return last.toArray(String[]::new);
  }

  private static boolean mayHaveLost(String argument) {
    return argument.indexOf('\uFFFD') >= 0 || argument.indexOf('?') >= 0;
  }
}
