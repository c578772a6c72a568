package io.github.lodepngffm.testkit;

/** The five scanline filters in the encoder's direction (PNG specification, section 9.2). */
final class PngFilter {

  static final int NONE = 0;
  static final int SUB = 1;
  static final int UP = 2;
  static final int AVERAGE = 3;
  static final int PAETH = 4;
  static final int COUNT = 5;

  private PngFilter() {}

  /**
   * Writes the filter byte and the filtered row. A filter byte that PNG does not know is written as
   * it is, in front of the unfiltered row: decoders must refuse it.
   *
   * @param previous the row above in the same pass, zeros for the first
   * @param distance {@link PngFormat#filterDistance()}
   */
  static void apply(int filter, byte[] row, byte[] previous, int distance, byte[] out, int offset) {
    out[offset] = (byte) filter;
    for (int i = 0; i < row.length; i++) {
      int left = i < distance ? 0 : row[i - distance] & 0xFF;
      int up = previous[i] & 0xFF;
      int upLeft = i < distance ? 0 : previous[i - distance] & 0xFF;
      int predicted =
          switch (filter) {
            case SUB -> left;
            case UP -> up;
            case AVERAGE -> (left + up) / 2;
            case PAETH -> paeth(left, up, upLeft);
            default -> 0;
          };
      out[offset + 1 + i] = (byte) (row[i] - predicted);
    }
  }

  private static int paeth(int left, int up, int upLeft) {
    int estimate = left + up - upLeft;
    int toLeft = Math.abs(estimate - left);
    int toUp = Math.abs(estimate - up);
    int toUpLeft = Math.abs(estimate - upLeft);
    if (toLeft <= toUp && toLeft <= toUpLeft) {
      return left;
    }
    return toUp <= toUpLeft ? up : upLeft;
  }
}
