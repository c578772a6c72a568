package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lodepngffm.testkit.Conformance;
import io.github.lodepngffm.testkit.Conformance.Verdict;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import io.github.lodepngffm.testkit.RealCorpus;
import io.github.lodepngffm.testkit.Sha256;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decoded files of other people, against decoders of other people. */
class ConformanceDecodeTest {

  private static byte[] decode(byte[] png, PixelFormat format) {
    try (Arena arena = Arena.ofConfined()) {
      return Png.decode(MemorySegment.ofArray(png), format, arena).memory().toArray(JAVA_BYTE);
    }
  }

  @Test
  void filesThatDecodersAgreeOnGiveTheirColorsAndTheirAlpha() {
    List<Conformance.Png> files = Conformance.pngs(Verdict.DECODE).toList();
    assertThat(files).hasSizeGreaterThan(300);
    for (Conformance.Png file : files) {
      byte[] png = file.bytes();
      assertThat(Sha256.of(decode(png, PixelFormat.RGB8)))
          .as("colors of %s", file)
          .isEqualTo(file.sha256Rgb8());
      assertThat(Sha256.of(decode(png, PixelFormat.RGBA8)))
          .as("colors and alpha of %s", file)
          .isEqualTo(file.sha256Rgba8());
    }
  }

  @Test
  void bandsOfAnyHeightGiveTheSameColorsAndAlpha() {
    int[] heights = {1, 2, 7, Integer.MAX_VALUE};
    for (Conformance.Png file : Conformance.pngs(Verdict.DECODE).toList()) {
      byte[] png = file.bytes();
      for (int height : heights) {
        int rows = Math.min(height, file.height());
        assertThat(Sha256.of(BandReading.bytes(png, PixelFormat.RGB8, rows)))
            .as("colors of %s, %d rows at a time", file, rows)
            .isEqualTo(file.sha256Rgb8());
        assertThat(Sha256.of(BandReading.bytes(png, PixelFormat.RGBA8, rows)))
            .as("colors and alpha of %s, %d rows at a time", file, rows)
            .isEqualTo(file.sha256Rgba8());
      }
    }
  }

  /** Whatever other decoders say: what comes of a file is the same, whole or in bands. */
  @Test
  void everyFileHasTheSameVerdictInBands() {
    for (Verdict verdict : Verdict.values()) {
      for (Conformance.Png file : Conformance.pngs(verdict).toList()) {
        byte[] png = file.bytes();
        for (PixelFormat format : PixelFormat.values()) {
          byte[] whole = null;
          int code = 0;
          try {
            whole = decode(png, format);
          } catch (PngException e) {
            code = e.errorCode();
          }
          if (code == 0) {
            assertThat(BandReading.bytes(png, format, 16))
                .as("%s to %s", file, format)
                .isEqualTo(whole);
          } else {
            PngException e =
                catchThrowableOfType(PngException.class, () -> BandReading.bytes(png, format, 16));
            assertThat(e).as("%s to %s, code %d", file, format, code).isNotNull();
            assertThat(e.errorCode()).as("%s to %s", file, format).isEqualTo(code);
          }
        }
      }
    }
  }

  @Test
  void filesThatAllDecodersRefuseAreRefusedInEveryFormat() {
    for (Conformance.Png file : Conformance.pngs(Verdict.ERROR).toList()) {
      byte[] png = file.bytes();
      for (PixelFormat format : PixelFormat.values()) {
        PngException e = catchThrowableOfType(PngException.class, () -> decode(png, format));
        assertThat(e).as("%s to %s", file, format).isNotNull();
        assertThat(e.kind())
            .as("%s to %s", file, format)
            .isIn(
                PngException.Kind.MALFORMED,
                PngException.Kind.UNSUPPORTED,
                PngException.Kind.LIMIT);
      }
    }
  }

  /** Where the JDK's reader refuses a file, there is nothing to compare with. */
  @Test
  void filesFromPeoplesDisksGiveThePixelsThatImageIoSees() throws IOException {
    List<Path> files = RealCorpus.pngs();
    assertThat(files).hasSizeGreaterThan(500);
    List<Path> refused = new ArrayList<>();
    for (Path file : files) {
      byte[] png = Files.readAllBytes(file);
      byte[] expected;
      try {
        expected = ImageIoDecoder.rgba8(png);
      } catch (IOException | RuntimeException e) {
        refused.add(file.getFileName());
        continue;
      }
      assertThat(Arrays.equals(decode(png, PixelFormat.RGBA8), expected))
          .as("%s is as ImageIO has it", file)
          .isTrue();
    }
    assertThat(refused).as("files that ImageIO does not read").hasSizeLessThan(5);
  }
}
