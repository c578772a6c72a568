package io.github.lodepngffm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Any file into pixels of any format at any place: the same pixels as the plainest way gives, or an
 * exception, and no other byte of the memory changes.
 */
class PixelsFuzzTest {
  private static final byte UNTOUCHED = 0x5a;

  @FuzzTest(maxDuration = "1m")
  void anyPlaceHasThePixelsOrThePngIsRefused(FuzzedDataProvider data) {
    byte[] png = Choices.png(data);
    PixelFormat format = data.pickValue(PixelFormat.values());
    DecodeOptions options = Choices.decodeOptions(data);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocate(Math.max(1, png.length)).asSlice(0, png.length);
      input.copyFrom(MemorySegment.ofArray(png));
      byte[] expected = packed(input, format, options, arena);
      PngInfo info = info(input);
      if (info == null || info.pixels() > 10_000) {
        assertThat(expected).isNull();
        return;
      }
      intoPlace(input, info, format, options, expected, data, arena);
      paletteIsReadOrRefused(png);
    }
  }

  /** The pixels by the plainest way, or null. */
  private static byte[] packed(
      MemorySegment png, PixelFormat format, DecodeOptions options, Arena arena) {
    try {
      Pixels pixels = Png.decode(png, format, arena, options);
      assertThat(pixels.stride()).isEqualTo(pixels.rowBytes());
      return pixels.memory().toArray(ValueLayout.JAVA_BYTE);
    } catch (PngException e) {
      assertThat(e.errorCode()).isPositive();
      assertThat(e).hasMessageMatching("(?s).{10,}");
      return null;
    }
  }

  private static PngInfo info(MemorySegment png) {
    try {
      return Png.readInfo(png);
    } catch (PngException e) {
      return null;
    }
  }

  private static void intoPlace(
      MemorySegment png,
      PngInfo info,
      PixelFormat format,
      DecodeOptions options,
      byte[] expected,
      FuzzedDataProvider data,
      Arena arena) {
    int rowBytes = info.width() * format.bytesPerPixel();
    int before = data.consumeInt(0, 63);
    int stride = rowBytes + data.consumeInt(0, 40);
    boolean bottomUp = data.consumeBoolean();
    int size = before + stride * (info.height() - 1) + rowBytes + data.consumeInt(0, 63);
    byte[] wanted = new byte[size];
    Arrays.fill(wanted, UNTOUCHED);
    MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, wanted);
    Pixels place = new Pixels(memory, info.width(), info.height(), format, before, stride);
    boolean decoded = true;
    try {
      long bytes = Png.decode(png, bottomUp ? place.flipped() : place, options).bytesWritten();
      assertThat(bytes).isEqualTo((long) rowBytes * info.height());
    } catch (PngException e) {
      decoded = false;
    }
    assertThat(decoded).isEqualTo(expected != null);
    byte[] found = memory.toArray(ValueLayout.JAVA_BYTE);
    for (int y = 0; y < info.height(); y++) {
      int at = before + y * stride;
      int row = bottomUp ? info.height() - 1 - y : y;
      // after a failure the pixels are undefined, and what lies around them is not
      System.arraycopy(
          decoded ? expected : found, decoded ? row * rowBytes : at, wanted, at, rowBytes);
    }
    assertThat(found).isEqualTo(wanted);
  }

  private static void paletteIsReadOrRefused(byte[] png) {
    try {
      assertThat(Png.readMetadata(MemorySegment.ofArray(png)).palette()).hasSizeBetween(0, 256);
    } catch (PngException e) {
      assertThat(e.errorCode()).isPositive();
    }
  }
}
