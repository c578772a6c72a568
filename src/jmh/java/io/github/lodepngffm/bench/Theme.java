package io.github.lodepngffm.bench;

import java.awt.Color;
import java.util.Map;

/**
 * The colours of charts. Each is a placeholder that never shows: in the SVG it becomes a variable
 * of the style sheet, so that one picture serves light and dark pages, and paper.
 */
final class Theme {
  static final Color INK = new Color(1, 1, 1);
  static final Color GRID = new Color(2, 2, 2);
  static final Color OURS = new Color(3, 3, 3);
  static final Color FLOOR = new Color(4, 4, 4);
  static final Color ARTICLE = new Color(5, 5, 5);
  static final Color OTHER = new Color(6, 6, 6);
  static final Color FIFTH = new Color(7, 7, 7);
  static final Color SIXTH = new Color(8, 8, 8);

  /** Colours of lines, in the order in which they are used. */
  static final Color[] LINES = {OURS, ARTICLE, FLOOR, OTHER, FIFTH, SIXTH};

  private static final Map<Color, String> NAMES =
      Map.of(
          INK, "ink",
          GRID, "grid",
          OURS, "ours",
          FLOOR, "floor",
          ARTICLE, "article",
          OTHER, "other",
          FIFTH, "fifth",
          SIXTH, "sixth");

  private static final String LIGHT =
      "--paper:#fff;--ink:#1d2430;--soft:#59636f;--grid:#d5dae1;--ours:#0b6bcb;--floor:#7b8794;"
          + "--article:#c2410c;--other:#8a6fb8;--fifth:#0f8a5f;--sixth:#a16207;";
  private static final String DARK =
      "--paper:#14181f;--ink:#e6e9ee;--soft:#a5afbb;--grid:#39424e;--ours:#5aa9ff;--floor:#8d99a6;"
          + "--article:#ff8a5c;--other:#b79df0;--fifth:#4fd1a1;--sixth:#e0b040;";

  private Theme() {}

  /** The values of the variables: light, dark where the reader's system is, light on paper. */
  static String css() {
    return ":root{"
        + LIGHT
        + "}@media (prefers-color-scheme:dark){:root{"
        + DARK
        + "}}"
        + "@media print{:root{"
        + LIGHT
        + "}}";
  }

  /** Replaces the placeholders in an SVG. */
  static String apply(String svg) {
    String themed = svg;
    for (Map.Entry<Color, String> entry : NAMES.entrySet()) {
      Color c = entry.getKey();
      String rgb = "rgb(" + c.getRed() + "," + c.getGreen() + "," + c.getBlue() + ")";
      themed = themed.replace(rgb, "var(--" + entry.getValue() + ")");
    }
    return themed;
  }
}
