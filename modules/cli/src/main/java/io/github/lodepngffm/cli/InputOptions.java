package io.github.lodepngffm.cli;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be converted. */
final class InputOptions {
  @Parameters(
      paramLabel = "INPUT",
      arity = "0..*",
      description = {
        "Files, folders, and patterns such as 'photos/**.png'. In folders, files are taken by the"
            + " ending of their names, in any case. A single - is standard input."
      })
  List<String> inputs = List.of();

  @Option(
      names = {"-r", "--recursive"},
      description =
          "Enter the folders inside of folders. Symbolic links to folders are passed over.")
  boolean recursive;

  @Option(
      names = "--files-from",
      paramLabel = "FILE",
      description =
          "Read more inputs from a file, one path a line; - is standard input. Paths are bytes, as"
              + " the file system has them.")
  private String filesFrom;

  @Option(
      names = {"-0", "--null"},
      description =
          "A zero byte ends each path of --files-from, not a line, as 'find -print0' writes them:"
              + " for names in which there may be anything.")
  private boolean nulSeparated;

  /** The list of more inputs; null if there is none. */
  PathList list() {
    return filesFrom == null ? null : new PathList(filesFrom, nulSeparated);
  }

  /** Whether there is a form of a list, and no list. */
  boolean lacksList() {
    return nulSeparated && filesFrom == null;
  }
}
