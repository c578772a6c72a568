package io.github.lodepngffm.cli;

import java.nio.file.Path;

/**
 * What is to become of one input.
 *
 * @param name how the user knows the input
 * @param place where a list names it, or null
 * @param input the file
 * @param relativeOutput where it goes, below the output folder, without any "..", never absolute
 * @param problem why it cannot even be tried; then the paths are null. Otherwise null
 */
record PlannedConversion(
    String name, PathList.Place place, Path input, Path relativeOutput, String problem) {
  /** Takes planned conversions, one at a time, and may take its time. */
  interface Taker {
    /**
     * Takes one.
     *
     * @return whether it wants more
     */
    boolean take(PlannedConversion conversion);
  }

  static PlannedConversion of(String name, Path input, Path relativeOutput) {
    return new PlannedConversion(name, null, input, relativeOutput, null);
  }

  static PlannedConversion impossible(String name, String problem) {
    return new PlannedConversion(name, null, null, null, problem);
  }

  PlannedConversion listedAt(PathList.Place listed) {
    return new PlannedConversion(name, listed, input, relativeOutput, problem);
  }
}
