package io.github.lodepngffm.cli;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern such as {@code photos/2024-*}{@code /**.png}, for where no shell has replaced it by
 * files.
 *
 * @param directory the directories before the first wildcard
 * @param pattern the rest
 */
record GlobPattern(String directory, String pattern) {

  /** Whether it has a wildcard. */
  static boolean isOne(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  static GlobPattern of(String text) {
    int wildcard = 0;
    while ("*?[{".indexOf(text.charAt(wildcard)) < 0) {
      wildcard++;
    }
    int slash = text.lastIndexOf('/', wildcard);
    return new GlobPattern(
        slash == 0 ? "/" : text.substring(0, Math.max(slash, 0)), text.substring(slash + 1));
  }

  /**
   * Hands on the files that match; that none does is a problem.
   *
   * @return whether the taker wants more
   */
  boolean forEach(Surroundings surroundings, PlannedConversion.Taker taker) {
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      return taker.take(PlannedConversion.impossible(whole(), "no such file, and not a pattern"));
    }
    Path folder = surroundings.resolve(directory);
    if (!Files.isDirectory(folder)) {
      return taker.take(PlannedConversion.impossible(whole(), "no such file or directory"));
    }
    boolean recursive = pattern.contains("/") || pattern.contains("**");
    boolean[] found = new boolean[1];
    boolean more =
        new ImageFolder(
                surroundings.program(), folder, directory, Path.of(""), recursive, matcher::matches)
            .forEach(conversion -> {
              found[0] = true;
              return taker.take(conversion);
            });
    return found[0] || !more
        ? more
        : taker.take(PlannedConversion.impossible(whole(), "no file matches"));
  }

  private String whole() {
    return directory.isEmpty() || directory.endsWith("/")
        ? directory + pattern
        : directory + "/" + pattern;
  }
}
