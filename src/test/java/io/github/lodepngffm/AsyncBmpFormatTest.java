package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs make the kind of BMP that the converter's options ask for, as the blocking calls do. */
@Timeout(120)
class AsyncBmpFormatTest {
  private static byte[] png(PngFormat format) {
    TestImage image = TestImage.random(format, 31, 9, 1);
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    profile.writeBytes(new byte[] {'x', 0, 0});
    profile.writeBytes(PngWriter.compress(profileOf(40_000), 9));
    PngWriter writer = PngWriter.of(image).mixedFilters(1);
    boolean color = format.channels() > 2 || format.hasPalette(); // gray has other profiles
    return color
        ? writer.chunkBeforePalette(PngChunk.of("iCCP", profile.toByteArray())).bytes()
        : writer.bytes();
  }

  private static byte[] profileOf(int bytes) {
    byte[] profile = new byte[bytes];
    System.arraycopy(new byte[] {'R', 'G', 'B', ' '}, 0, profile, 16, 4); // ICC.1, 7.2.6
    return profile;
  }

  private static byte[] blocking(byte[] png, ConvertOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      return Png.toBmp(MemorySegment.ofArray(png), arena, options).toArray(JAVA_BYTE);
    }
  }

  @Test
  void everyFormInEveryKindOfBmpGivesTheBytesOfTheBlockingCall(@TempDir Path directory)
      throws Exception {
    List<PngFormat> sources =
        List.of(
            new PngFormat(PngFormat.RGBA, 8),
            new PngFormat(PngFormat.PALETTE, 1),
            new PngFormat(PngFormat.GRAY, 1));
    for (BmpFormat format : BmpFormat.values()) {
      ConvertOptions options = ConvertOptions.defaults().withBmpFormat(format);
      try (AsyncConverter converter = AsyncConverter.builder().options(options).build();
          Arena arena = Arena.ofShared()) {
        for (PngFormat source : sources) {
          byte[] png = png(source);
          Path from = Files.write(directory.resolve("a.png"), png);
          Path to = directory.resolve("a.bmp");
          MemorySegment segment = arena.allocateFrom(JAVA_BYTE, png);
          List<byte[]> results = new ArrayList<>();
          try {
            results.add(converter.toBmp(png).join());
            results.add(converter.toBmp(segment, bmp -> bmp.toArray(JAVA_BYTE)).join());
            results.add(
                converter.toBmp(MemorySegment.ofArray(png), arena).join().toArray(JAVA_BYTE));
            results.add(Files.readAllBytes(converter.toBmp(from, to).join()));
          } catch (CompletionException e) {
            assertThat(e.getCause())
                .as("%s to %s", source, format)
                .isInstanceOfSatisfying(
                    PngException.class,
                    cause -> assertThat(cause.kind()).isEqualTo(PngException.Kind.UNSUPPORTED));
            assertThatThrownBy(() -> blocking(png, options)).isInstanceOf(PngException.class);
            continue;
          }
          for (byte[] result : results) {
            assertThat(result).as("%s to %s", source, format).isEqualTo(blocking(png, options));
          }
        }
      }
    }
  }

  /** What a job is counted with before its PNG is read must not be less than what it then takes. */
  @Test
  void aJobIsAdmittedWithNoLessThanItsBmpTakes() {
    for (PngFormat source : PngFormat.ALL) {
      byte[] png = png(source);
      for (BmpFormat format : BmpFormat.values()) {
        ConvertOptions options = ConvertOptions.defaults().withBmpFormat(format);
        long bmpBytes;
        try {
          bmpBytes = blocking(png, options).length;
        } catch (PngException e) {
          continue;
        }
        long bound = PngBmpCalls.bound(MemorySegment.ofArray(png), png.length, options).bmpBytes();
        assertThat(bound).as("%s to %s", source, format).isGreaterThanOrEqualTo(bmpBytes);
        if (format == BmpFormat.CLASSIC) {
          assertThat(bound).isEqualTo(bmpBytes);
        }
      }
    }
  }
}
