package io.github.lodepngffm.testkit;

import java.nio.ByteBuffer;

/**
 * The content of a pHYs chunk: pixels per unit on each axis.
 *
 * @param unit 1 for the metre, 0 for "unknown: only the aspect ratio counts"
 */
public record Density(int x, int y, int unit) {

  public static final int UNKNOWN = 0;
  public static final int METRE = 1;

  public static Density perMetre(int x, int y) {
    return new Density(x, y, METRE);
  }

  /** The nine bytes of the chunk. */
  public byte[] chunkData() {
    return ByteBuffer.allocate(9).putInt(x).putInt(y).put((byte) unit).array();
  }
}
