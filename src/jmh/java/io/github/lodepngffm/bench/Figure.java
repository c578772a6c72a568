package io.github.lodepngffm.bench;

import java.util.function.IntFunction;
import java.util.regex.Matcher;

/**
 * A chart and the words around it.
 *
 * @param title above it; may be empty
 * @param caption below it
 * @param drawing draws it for a width in pixels
 */
record Figure(String title, String caption, IntFunction<String> drawing) {
  static final int WIDE = 860;
  static final int NARROW = 370;

  /** A name for a file or an element, whatever the picture is called. */
  static String name(String kind, String picture) {
    return kind + "-" + picture.replaceAll("[^A-Za-z0-9_-]", "-");
  }

  /** The chart as an SVG element for that width; {@code name} keeps its parts' names apart. */
  String svg(String name, int width) {
    String label = Report.escape(title.isEmpty() ? caption : title).replace("\"", "'");
    String drawn = drawing.apply(width).replace("w" + width + "-", name + "-" + width + "-");
    String height = drawn.replaceFirst("(?s)^.*?height=['\"]([0-9.]+)['\"].*$", "$1");
    return drawn.replaceFirst(
        "<svg ",
        "<svg role=\"img\" aria-label=\""
            + Matcher.quoteReplacement(label)
            + "\" viewBox=\"0 0 "
            + width
            + " "
            + height
            + "\" ");
  }

  /** The chart as a file of its own, with its colours. */
  String file(String name) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + svg(name, WIDE)
            .replaceFirst(
                ">",
                "><style>"
                    + Theme.css()
                    + "</style><rect width=\"100%\" height=\"100%\" style=\"fill:var(--paper)\"/>")
        + "\n";
  }
}
