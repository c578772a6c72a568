package io.github.lodepngffm.testkit;

import java.util.List;

/**
 * One pass of Adam7 interlacing (PNG specification, section 8.2): the pixels of every {@code
 * xStep}-th column from {@code xStart} and every {@code yStep}-th row from {@code yStart}.
 */
record Adam7(int xStart, int yStart, int xStep, int yStep) {

  static final List<Adam7> PASSES =
      List.of(
          new Adam7(0, 0, 8, 8),
          new Adam7(4, 0, 8, 8),
          new Adam7(0, 4, 4, 8),
          new Adam7(2, 0, 4, 4),
          new Adam7(0, 2, 2, 4),
          new Adam7(1, 0, 2, 2),
          new Adam7(0, 1, 1, 2));

  /** The whole image in one go. */
  static final List<Adam7> NONE = List.of(new Adam7(0, 0, 1, 1));

  int columns(int width) {
    return Math.max(0, (width - xStart + xStep - 1) / xStep);
  }

  int rows(int height) {
    return Math.max(0, (height - yStart + yStep - 1) / yStep);
  }
}
