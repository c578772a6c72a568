package io.github.lodepngffm.bench;

import java.util.function.IntFunction;

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

  /** The chart as an SVG element for that width. */
  String svg(int width) {
    String label = Report.escape(title.isEmpty() ? caption : title).replace("\"", "'");
    return drawing
        .apply(width)
        .replaceFirst(
            "<svg ",
            "<svg role=\"img\" aria-label=\"" + label + "\" viewBox=\"0 0 " + width + " "
                + height(drawing.apply(width)) + "\" ");
  }

  private static String height(String svg) {
    return svg.replaceFirst("(?s)^.*?height=\"([0-9.]+)\".*$", "$1");
  }

  /** The chart as a file of its own, with its colours. */
  String file() {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + svg(WIDE)
            .replaceFirst(
                ">",
                "><style>" + Theme.css() + "</style><rect width=\"100%\" height=\"100%\" "
                    + "style=\"fill:var(--paper)\"/>")
        + "\n";
  }
}
