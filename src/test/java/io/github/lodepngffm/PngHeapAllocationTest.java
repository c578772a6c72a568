package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A conversion between native segments leaves the Java heap alone, however large the image. */
class PngHeapAllocationTest {
  private static final long MOST_BYTES = 4096;
  private static final int CONVERSIONS = 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void aConversionIntoPlaceAllocatesUnder4KilobytesOfHeap() {
    for (PngFormat format : PngFormat.ALL) {
      for (boolean interlaced : new boolean[] {false, true}) {
        for (int side : new int[] {1, 32, 1000}) {
          TestImage image = TestImage.gradient(format, side, side);
          byte[] png = PngWriter.of(image).interlaced(interlaced).compressionLevel(1).bytes();
          assertThat(heapBytesPerConversion(png))
              .as("%s, interlaced %s", image, interlaced)
              .isLessThan(MOST_BYTES);
        }
      }
    }
  }

  private long heapBytesPerConversion(byte[] png) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, png);
      MemorySegment bmp = arena.allocate(Png.bmpSize(Png.readInfo(input)));
      ConvertOptions options = ConvertOptions.defaults();
      Png.toBmp(input, bmp, options); // classes are loaded and linked now
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
      for (int i = 0; i < CONVERSIONS; i++) {
        Png.toBmp(input, bmp, options);
      }
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
      return (after - before) / CONVERSIONS;
    }
  }

  @Test
  void theMeasureSeesWhatTheArrayFormAllocates() {
    byte[] png = PngWriter.bytesOf(TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 100, 100));
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    byte[] bmp = Png.toBmp(png);
    long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    assertThat(after - before).isGreaterThanOrEqualTo(bmp.length);
  }
}
