package io.github.lodepngffm.bench;

import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A PNG in memory.
 *
 * @param name the file's name without {@code .png}
 * @param bytes the file, on the heap
 * @param segment the same, in native memory
 * @param info its header
 */
public record Picture(String name, byte[] bytes, MemorySegment segment, PngInfo info) {

  static Picture of(String name, byte[] bytes) {
    MemorySegment segment = Arena.global().allocate(bytes.length);
    MemorySegment.copy(bytes, 0, segment, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bytes.length);
    return new Picture(name, bytes, segment, Png.readInfo(segment));
  }

  /** Bytes of the picture as plain R, G, B: what all throughputs count. */
  public long rgbBytes() {
    return 3 * info.pixels();
  }

  /** Width, height and format, for people. */
  public String description() {
    return info.width()
        + " x "
        + info.height()
        + ", "
        + info.colorType().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
        + " "
        + info.bitDepth()
        + " bit"
        + (info.interlaced() ? ", interlaced" : "");
  }
}
