package io.github.lodepngffm.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Compares bitmaps of different writers. */
final class Bmps {
  private Bmps() {}

  /**
   * How a peer's BMP relates to ours.
   *
   * @return {@code identical}, {@code same pixels} where only header fields differ, or what differs
   */
  static String compare(byte[] ours, byte[] theirs) {
    if (Arrays.equals(ours, theirs)) {
      return "identical";
    }
    Frame a = Frame.of(ours);
    Frame b = Frame.of(theirs);
    if (b.bits != 24 || a.width != b.width || a.height != Math.abs(b.height)) {
      return "another kind of BMP: " + b.width + " x " + b.height + ", " + b.bits + " bits";
    }
    long different = 0;
    int largest = 0;
    for (int y = 0; y < a.height; y++) {
      int rowA = a.row(y);
      int rowB = b.row(y);
      for (int x = 0; x < 3 * a.width; x += 3) {
        int distance = 0;
        for (int c = x; c < x + 3; c++) {
          distance =
              Math.max(distance, Math.abs((ours[rowA + c] & 255) - (theirs[rowB + c] & 255)));
        }
        different += distance == 0 ? 0 : 1;
        largest = Math.max(largest, distance);
      }
    }
    return different == 0
        ? "same pixels"
        : "%.1f %% of the pixels differ, by at most %d"
            .formatted(100.0 * different / ((long) a.width * a.height), largest);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private record Frame(int offset, int width, int height, int bits) {
    static Frame of(byte[] bmp) {
      ByteBuffer b = ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN);
      return new Frame(b.getInt(10), b.getInt(18), b.getInt(22), b.getShort(28));
    }

    /** Where row y from the top begins; BMPs of negative height have the uppermost row first. */
    int row(int y) {
      int fromStart = height < 0 ? y : height - 1 - y;
      return offset + fromStart * ((3 * width + 3) / 4 * 4);
    }
  }
}
