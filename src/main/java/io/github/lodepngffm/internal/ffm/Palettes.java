package io.github.lodepngffm.internal.ffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Palettes as C has them, R, G, B, A of each entry, and as Java does. */
final class Palettes {
  private Palettes() {}

  /** {@code 0xAARRGGBB} of each entry. */
  static int[] of(MemorySegment rgba, int entries) {
    int[] palette = new int[entries];
    for (int i = 0; i < palette.length; i++) {
      int red = rgba.get(JAVA_BYTE, 4L * i) & 0xff;
      int green = rgba.get(JAVA_BYTE, 4L * i + 1) & 0xff;
      int blue = rgba.get(JAVA_BYTE, 4L * i + 2) & 0xff;
      int alpha = rgba.get(JAVA_BYTE, 4L * i + 3) & 0xff;
      palette[i] = alpha << 24 | red << 16 | green << 8 | blue;
    }
    return palette;
  }

  /** The reverse; {@link MemorySegment#NULL} of none. */
  static MemorySegment rgba(int[] palette, Arena arena) {
    if (palette.length == 0) {
      return MemorySegment.NULL;
    }
    MemorySegment rgba = arena.allocate(4L * palette.length);
    for (int i = 0; i < palette.length; i++) {
      rgba.set(JAVA_BYTE, 4L * i, (byte) (palette[i] >> 16));
      rgba.set(JAVA_BYTE, 4L * i + 1, (byte) (palette[i] >> 8));
      rgba.set(JAVA_BYTE, 4L * i + 2, (byte) palette[i]);
      rgba.set(JAVA_BYTE, 4L * i + 3, (byte) (palette[i] >>> 24));
    }
    return rgba;
  }
}
