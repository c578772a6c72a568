package io.github.lodepngffm.internal.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** What the funnel checks before C sees it. */
class PngBmpCallsTest {
  private static final int LODEPNG_SHORTER_THAN_A_HEADER = 27;

  /**
   * A file may have been longer when its size was asked for than when its beginning was read. The
   * bytes behind the slice are a sound header: only who reads them finds no fault.
   */
  @Test
  void aPlanNeverReadsBeyondTheBeginningThatItIsGiven() {
    TestImage image = TestImage.random(new PngFormat(PngFormat.RGB, 8), 5, 4, 1);
    byte[] png = PngWriter.bytesOf(image);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment whole = arena.allocate(png.length).copyFrom(MemorySegment.ofArray(png));
      for (int bytes : new int[] {8, 24, 32}) {
        assertThatExceptionOfType(PngException.class)
            .isThrownBy(() ->
                PngBmpCalls.bound(whole.asSlice(0, bytes), png.length, ConvertOptions.defaults()))
            .extracting(PngException::errorCode)
            .isEqualTo(LODEPNG_SHORTER_THAN_A_HEADER);
      }
      MemorySegment header = whole.asSlice(0, PngCalls.HEADER_BYTES);
      assertThat(PngBmpCalls.bound(header, png.length, ConvertOptions.defaults()).info().width())
          .isEqualTo(5);
    }
  }
}
