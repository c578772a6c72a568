package io.github.lodepngffm.cli;

import picocli.CommandLine.Option;

/** What is asked of the program itself. */
final class AboutOptions {
  @Option(
      names = "--completion",
      description =
          "Print a script that completes options in bash and zsh: source <(${COMMAND-NAME}"
              + " --completion)")
  boolean completion;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the versions of this program, of what it is made of, and of Java.")
  private boolean version;
}
