package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.testkit.Conformance;
import io.github.lodepngffm.testkit.Conformance.Verdict;
import io.github.lodepngffm.testkit.Corpus;
import io.github.lodepngffm.testkit.HostilePng;
import io.github.lodepngffm.testkit.HostilePngs;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernels with vector instructions, those without, and LodePNG's own decoder give the same
 * bytes and the same failures, whatever the file. What these bytes must be is the business of
 * {@link PngPixelsTest} and {@link ConformanceTest}.
 */
class DecodePathTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  private static final int FASTEST = 0;
  private static final int SCALAR = 1;
  private static final int LODEPNG_ONLY = 2;

  /** What became of a file: a BMP, or an error code. */
  private record Result(int errorCode, byte[] bmp, DecodePath path) {}

  private static Result convert(byte[] png, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, png);
      ConvertOptions options = ConvertOptions.strict();
      try {
        PngBmpCalls.Plan plan = PngBmpCalls.plan(input, options);
        MemorySegment bmp = arena.allocate(plan.bmpBytes());
        MemorySegment scratch = arena.allocate(plan.scratchBytes());
        ConversionReport report =
            PngBmpCalls.convert(input, options, bmp, scratch, MemorySegment.NULL, flags);
        return new Result(0, bmp.toArray(JAVA_BYTE), report.decodePath());
      } catch (PngException e) {
        return new Result(e.errorCode(), new byte[0], null);
      }
    }
  }

  private static DecodePath allPathsAgreeOn(byte[] png, Object name) {
    Result fastest = convert(png, FASTEST);
    for (int flags : new int[] {SCALAR, LODEPNG_ONLY, SCALAR | LODEPNG_ONLY}) {
      Result other = convert(png, flags);
      assertThat(other.errorCode()).as("%s, flags %d", name, flags).isEqualTo(fastest.errorCode());
      assertThat(other.bmp()).as("%s, flags %d", name, flags).isEqualTo(fastest.bmp());
      if ((flags & LODEPNG_ONLY) != 0 && other.errorCode() == 0) {
        assertThat(other.path()).as("%s", name).isEqualTo(DecodePath.LODEPNG);
      }
    }
    return fastest.path();
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void pathsAgreeOnEveryFilterInterlaceAndShapeAndThePathIsTheAnnouncedOne(PngFormat format) {
    Set<DecodePath> announced = EnumSet.noneOf(DecodePath.class);
    for (int width : new int[] {1, 2, 3, 5, 7, 8, 15, 16, 17, 33, 64, 100, 131}) {
      for (int height : new int[] {1, 3, 8, 9, 31}) {
        TestImage image = TestImage.photoLike(format, width, height, 11L * width + height);
        for (int filter = 0; filter <= 5; filter++) {
          for (boolean interlaced : new boolean[] {false, true}) {
            PngWriter writer = PngWriter.of(image).interlaced(interlaced).compressionLevel(1);
            byte[] png =
                (filter == 5 ? writer.mixedFilters(height) : writer.filter(filter)).bytes();
            DecodePath path = allPathsAgreeOn(png, image + ", filter " + filter);
            PngInfo info = Png.readInfo(MemorySegment.ofArray(png));
            assertThat(path).as("%s", image).isEqualTo(info.decodePath());
            announced.add(path);
          }
        }
      }
    }
    if (format.equals(new PngFormat(PngFormat.RGB, 8))) {
      assertThat(announced).as("what photographs are made of").containsOnly(DecodePath.FAST);
    }
  }

  static List<Path> corpus() {
    return Corpus.isAvailable() ? Corpus.pngs() : List.of();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("corpus")
  void pathsAgreeOnRealPictures(Path picture) throws IOException {
    assertThat(allPathsAgreeOn(Files.readAllBytes(picture), picture.getFileName())).isNotNull();
  }

  @Test
  void pathsAgreeOnEveryConformanceFileEvenInTheErrorCode() {
    assertThat(Conformance.pngs().filter(png -> png.expected() != Verdict.LIMIT))
        .allSatisfy(png -> allPathsAgreeOn(png.bytes(), png.file()));
  }

  @Test
  void pathsAgreeOnEveryHostileFileEvenInTheErrorCode() {
    for (HostilePng hostile : HostilePngs.all().toList()) {
      allPathsAgreeOn(hostile.bytes(), hostile.name());
    }
  }

  @Test
  void withoutScratchMemoryTheResultIsTheSame() {
    for (PngFormat format : FORMATS) {
      byte[] png = PngWriter.of(TestImage.random(format, 50, 40, 3)).mixedFilters(2).bytes();
      byte[] expected = convert(png, FASTEST).bmp();
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment input = arena.allocateFrom(JAVA_BYTE, png);
        MemorySegment bmp = arena.allocate(expected.length);
        for (long scratch : new long[] {0, 1, 63, 64, 65, 1000, 10_000}) {
          bmp.fill((byte) 0x5A);
          PngBmpCalls.convert(
              input,
              ConvertOptions.defaults(),
              bmp,
              scratch == 0 ? MemorySegment.NULL : arena.allocate(scratch),
              MemorySegment.NULL,
              FASTEST);
          assertThat(bmp.toArray(JAVA_BYTE)).as("scratch of %d", scratch).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void plannedScratchMemoryIsEnoughForSoundFilesOfTheFastPath() {
    for (PngFormat format : FORMATS) {
      for (int side : new int[] {1, 20, 300}) {
        TestImage image = TestImage.photoLike(format, side, side, 1);
        byte[] png = PngWriter.of(image).mixedFilters(2).bytes();
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment input = arena.allocateFrom(JAVA_BYTE, png);
          PngBmpCalls.Plan plan = PngBmpCalls.plan(input, ConvertOptions.defaults());
          if (plan.info().decodePath() == DecodePath.FAST) {
            ConversionReport report =
                PngBmpCalls.convert(
                    input,
                    ConvertOptions.defaults(),
                    arena.allocate(plan.bmpBytes()),
                    arena.allocate(plan.scratchBytes()),
                    MemorySegment.NULL,
                    FASTEST);
            assertThat(report.peakMemoryBytes())
                .as("%s", image)
                .isLessThanOrEqualTo(plan.scratchBytes());
          }
        }
      }
    }
  }
}
