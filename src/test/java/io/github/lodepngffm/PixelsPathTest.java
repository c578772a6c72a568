package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lodepngffm.internal.ffm.PngPixelsCalls;
import io.github.lodepngffm.testkit.Conformance;
import io.github.lodepngffm.testkit.Conformance.Verdict;
import io.github.lodepngffm.testkit.HostilePng;
import io.github.lodepngffm.testkit.HostilePngs;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Whatever instructions decode a file, and also LodePNG, give the same pixels and the same failures
 * in every format. What these pixels must be is the business of {@link PngDecodeTest}.
 */
class PixelsPathTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  /** The LPF_FLAG_ values of lodepng_ffm.h. */
  private static final int SCALAR = 1;

  private static final int LODEPNG_ONLY = 2;
  private static final int NO_AVX512 = 16;
  private static final int[] OTHERS = {SCALAR, NO_AVX512, LODEPNG_ONLY, SCALAR | LODEPNG_ONLY};

  /** What became of a file: pixels, or an error code. */
  private record Result(int errorCode, byte[] pixels, DecodePath path) {}

  private static Result decode(byte[] png, PixelFormat format, DecodeOptions options, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, png);
      try {
        PngPixelsCalls.Plan plan = PngPixelsCalls.plan(input, format, options);
        PngInfo info = plan.info();
        Pixels pixels =
            Pixels.of(arena.allocate(plan.pixelBytes()), info.width(), info.height(), format);
        MemorySegment scratch = arena.allocate(plan.scratchBytes(), 64);
        ConversionReport report =
            PngPixelsCalls.decode(input, options, pixels, scratch, MemorySegment.NULL, flags);
        return new Result(0, pixels.memory().toArray(JAVA_BYTE), report.decodePath());
      } catch (PngException e) {
        return new Result(e.errorCode(), new byte[0], null);
      }
    }
  }

  private static Result allAgreeOn(
      byte[] png, PixelFormat format, DecodeOptions options, Object name) {
    Result fastest = decode(png, format, options, 0);
    for (int flags : OTHERS) {
      Result other = decode(png, format, options, flags);
      assertThat(other.errorCode())
          .as("%s to %s, flags %d", name, format, flags)
          .isEqualTo(fastest.errorCode());
      assertThat(other.pixels())
          .as("%s to %s, flags %d", name, format, flags)
          .isEqualTo(fastest.pixels());
    }
    return fastest;
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void instructionsAgreeOnEveryShapeAndAllSoundFilesTakeTheFastPath(PngFormat source) {
    for (int width : new int[] {1, 2, 3, 7, 8, 15, 16, 17, 33, 64, 100, 131}) {
      for (int height : new int[] {1, 3, 8, 9, 31}) {
        TestImage image = TestImage.photoLike(source, width, height, 11L * width + height);
        for (boolean interlaced : new boolean[] {false, true}) {
          byte[] png =
              PngWriter.of(image)
                  .interlaced(interlaced)
                  .compressionLevel(1)
                  .mixedFilters(height)
                  .bytes();
          for (PixelFormat format : PixelFormat.values()) {
            if (ReferenceFormats.exists(source, format)) {
              Result result = allAgreeOn(png, format, DecodeOptions.strict(), image);
              assertThat(result.path()).as("%s to %s", image, format).isEqualTo(DecodePath.FAST);
            }
          }
        }
      }
    }
  }

  @Test
  void instructionsAgreeOnPremultipliedPixelsAndOnBackgrounds() {
    for (PngFormat source : PngFormat.ALL) {
      TestImage image = TestImage.random(source, 67, 21, 5);
      byte[] png = PngWriter.of(image).mixedFilters(1).bytes();
      DecodeOptions premultiplied = DecodeOptions.strict().withAlpha(Alpha.PREMULTIPLIED);
      DecodeOptions onGray = DecodeOptions.strict().withBackground(99, 99, 99);
      for (PixelFormat format : PixelFormat.values()) {
        if (ReferenceFormats.exists(source, format) && format != PixelFormat.INDEXED8) {
          allAgreeOn(png, format, premultiplied, image);
          allAgreeOn(png, format, onGray, image);
        }
      }
    }
  }

  @Test
  void instructionsAgreeOnEveryConformanceFileEvenInTheErrorCode() {
    Conformance.pngs()
        .filter(file -> file.expected() != Verdict.LIMIT)
        .forEach(file -> {
          for (Tolerance tolerance : Tolerance.values()) {
            DecodeOptions options = DecodeOptions.defaults().withTolerance(tolerance);
            allAgreeOn(file.bytes(), PixelFormat.RGBA8, options, file + ", " + tolerance);
          }
          allAgreeOn(file.bytes(), PixelFormat.RGB16, DecodeOptions.defaults(), file);
        });
  }

  @Test
  void instructionsAgreeOnEveryHostileFileEvenInTheErrorCode() {
    for (HostilePng hostile : HostilePngs.all().toList()) {
      for (PixelFormat format : List.of(PixelFormat.RGB8, PixelFormat.BGRA8)) {
        for (Tolerance tolerance : Tolerance.values()) {
          DecodeOptions options = DecodeOptions.defaults().withTolerance(tolerance);
          allAgreeOn(hostile.bytes(), format, options, hostile.name() + ", " + tolerance);
        }
      }
    }
  }

  @Test
  void withoutScratchMemoryTheResultIsTheSame() {
    for (PngFormat source : FORMATS) {
      TestImage image = TestImage.random(source, 50, 40, 3);
      byte[] png = PngWriter.of(image).mixedFilters(2).bytes();
      byte[] expected = ReferenceFormats.bytes(image, PixelFormat.ABGR8);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment input = arena.allocateFrom(JAVA_BYTE, png);
        Pixels pixels = Pixels.of(arena.allocate(expected.length), 50, 40, PixelFormat.ABGR8);
        for (long scratch : new long[] {0, 1, 63, 64, 65, 1000, 10_000}) {
          pixels.memory().fill((byte) 0x5A);
          PngPixelsCalls.decode(
              input,
              DecodeOptions.defaults(),
              pixels,
              scratch == 0 ? MemorySegment.NULL : arena.allocate(scratch),
              MemorySegment.NULL,
              0);
          assertThat(pixels.memory().toArray(JAVA_BYTE))
              .as("%s, scratch of %d", source, scratch)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void plannedScratchMemoryIsEnoughForSoundFiles() {
    for (PngFormat source : FORMATS) {
      for (int side : new int[] {1, 20, 300}) {
        byte[] png =
            PngWriter.of(TestImage.photoLike(source, side, side, 1)).mixedFilters(2).bytes();
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment input = arena.allocateFrom(JAVA_BYTE, png);
          for (PixelFormat format : List.of(PixelFormat.RGB8, PixelFormat.RGBA16)) {
            PngPixelsCalls.Plan plan = PngPixelsCalls.plan(input, format, DecodeOptions.defaults());
            ConversionReport report =
                PngPixelsCalls.decode(
                    input,
                    DecodeOptions.defaults(),
                    Pixels.of(arena.allocate(plan.pixelBytes()), side, side, format),
                    arena.allocate(plan.scratchBytes(), 64),
                    MemorySegment.NULL,
                    0);
            assertThat(report.peakMemoryBytes())
                .as("%s of side %d to %s", source, side, format)
                .isLessThanOrEqualTo(plan.scratchBytes());
          }
        }
      }
    }
  }

  @Test
  void aRaisedFlagCancelsDecoding() {
    TestImage image = TestImage.random(new PngFormat(PngFormat.RGBA, 8), 300, 300, 3);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, PngWriter.bytesOf(image));
      MemorySegment flag = arena.allocateFrom(JAVA_INT, 1);
      Pixels pixels = Pixels.of(arena.allocate(360_000), 300, 300, PixelFormat.RGBA8);
      PngException e =
          catchThrowableOfType(
              PngException.class,
              () ->
                  PngPixelsCalls.decode(
                      input, DecodeOptions.defaults(), pixels, MemorySegment.NULL, flag, 0));
      assertThat(e.kind()).isEqualTo(PngException.Kind.CANCELLED);
    }
  }
}
