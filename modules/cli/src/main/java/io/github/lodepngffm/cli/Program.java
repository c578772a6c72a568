package io.github.lodepngffm.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * One of the programs of this jar: what it is called, and what it makes of what.
 *
 * @param name as the user types it
 * @param inputEndings what the names of its inputs end in, in any case, such as {@code .png}
 * @param output what it makes, as messages say it, such as {@code BMP}
 * @param outputEnding what the names of its outputs end in
 */
record Program(String name, List<String> inputEndings, String output, String outputEnding) {
  static final Program PNG2BMP = new Program("png2bmp", List.of(".png"), "BMP", ".bmp");
  static final Program BMP2PNG = new Program("bmp2png", List.of(".bmp", ".png"), "PNG", ".png");

  /**
   * What an output is called that nobody gave a name: the input's name without its directories,
   * with another ending.
   */
  Path outputOf(Path input) {
    Path name = input.getFileName();
    String text = name == null ? "" : FileNames.text(name);
    return FileNames.path(text.substring(0, text.length() - endingOf(text)) + outputEnding);
  }

  /** Whether a file that is found in a folder is an input, told by its name. */
  boolean takes(Path file) {
    return endingOf(file.toString()) > 0;
  }

  /** The length of the ending that makes a name that of an input; 0 if it has none of these. */
  private int endingOf(String name) {
    for (String ending : inputEndings) {
      int stem = name.length() - ending.length();
      if (stem >= 0 && name.regionMatches(true, stem, ending, 0, ending.length())) {
        return ending.length();
      }
    }
    return 0;
  }
}
