package io.github.lodepngffm.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.BmpFormat;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.Tolerance;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.testkit.Conformance;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to exhaust memory or time: little memory decides each of them as much memory does. */
class BombsTest {
  private static final long MIB = 1 << 20;

  static Stream<Path> bombs() throws IOException {
    Conformance.assumeAvailable();
    try (Stream<Path> files = Files.list(Conformance.path("bombs/empty.png").getParent())) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void aBudgetOf64MebibytesIsEnoughToDecideOnABmp(Path bomb) throws IOException {
    byte[] png = Files.readAllBytes(bomb);
    Limits defaults = Limits.defaults();
    for (Tolerance tolerance : Tolerance.values()) {
      for (BmpFormat format : List.of(BmpFormat.CLASSIC, BmpFormat.MATCH)) {
        ConvertOptions options =
            ConvertOptions.defaults().withTolerance(tolerance).withBmpFormat(format);
        int usual = code(png, options.withLimits(defaults));
        int frugal = code(png, options.withLimits(defaults.withMaxMemoryBytes(64 * MIB)));
        assertThat(frugal).as("%s, %s", tolerance, format).isEqualTo(usual);
      }
    }
    assertThat(MemoryCalls.liveBytes()).as("idle pools").isLessThan(64 * MIB);
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void aBudgetOf64MebibytesIsEnoughToDecideOnPixels(Path bomb) throws IOException {
    byte[] png = Files.readAllBytes(bomb);
    Limits defaults = Limits.defaults();
    for (Tolerance tolerance : Tolerance.values()) {
      for (PixelFormat format : List.of(PixelFormat.RGBA8, PixelFormat.RGB16)) {
        DecodeOptions options = DecodeOptions.defaults().withTolerance(tolerance);
        int usual = code(png, format, options.withLimits(defaults));
        int frugal = code(png, format, options.withLimits(defaults.withMaxMemoryBytes(64 * MIB)));
        assertThat(frugal).as("%s, %s", tolerance, format).isEqualTo(usual);
      }
    }
    assertThat(MemoryCalls.liveBytes()).as("idle pools").isLessThan(64 * MIB);
  }

  private static int code(byte[] png, PixelFormat format, DecodeOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, png);
      Png.decode(segment, format, arena, options);
      return 0;
    } catch (PngException e) {
      return e.errorCode();
    }
  }

  /** LodePNG's code or this library's, 0 for a picture. */
  private static int code(byte[] png, ConvertOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, png);
      MemorySegment bmp = Png.toBmp(segment, arena, options);
      assertThat(bmp.byteSize()).isEqualTo(Png.bmpSize(segment, options));
      return 0;
    } catch (PngException e) {
      return e.errorCode();
    }
  }
}
