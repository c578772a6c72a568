package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.testkit.BmpReader;
import io.github.lodepngffm.testkit.Conformance;
import io.github.lodepngffm.testkit.Conformance.Verdict;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.Sha256;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files of many suites, against independent decoders and against the original converter. */
class ConformanceTest {
  private static final int LIMIT_PIXELS = 1002;

  /**
   * Image data that goes on beyond the last pixel, and is damaged there. Plain LodePNG inflates all
   * of it, however much that is, and names that damage; this library stops at the first byte too
   * many and says 91.
   */
  private static final Map<String, String> OVERLONG_REFUSED =
      Map.of("imagetestsuite/c-m2-593d4b1a0b5d13b539c6c098dc5797ca.png", "51 -> 91");

  /**
   * The same; and a file with wrong checksums of cLLI and mDCV. The table was made with a LodePNG
   * that knows these chunks; the one compiled in knows only their draft names, cLLi and mDCv, and
   * does not look at the checksums of unknown ancillary chunks.
   */
  private static final Map<String, String> OVERLONG_AND_NEW_CHUNKS_DISPUTED =
      Map.of(
          "imagetestsuite/c-m1-6bfb149151f58d124d6fa76eaad75520.png",
          "58 -> 91",
          "image-png/bugfixes_cicp_pq.png",
          "57 -> 0");

  @Test
  void theArticlesPictureGivesTheArticlesBytes() {
    Conformance.assumeAvailable();
    assertThat(Sha256.of(Png.toBmp(Conformance.bytes("seed/sample.png"))))
        .isEqualTo("0e15f9e50b90aff5bb7c48bfff26e6b920ed7557dbdd973d1a29e7960fb60c9b");
  }

  @Test
  void filesThatDecodersAgreeOnGiveTheirPixels() {
    List<Conformance.Png> files = Conformance.pngs(Verdict.DECODE).toList();
    assertThat(files).hasSizeGreaterThan(300);
    for (Conformance.Png file : files) {
      BmpReader.Bmp bmp = BmpReader.read(Png.toBmp(file.bytes()));
      assertThat(bmp.width()).as("width of %s", file).isEqualTo(file.width());
      assertThat(bmp.height()).as("height of %s", file).isEqualTo(file.height());
      assertThat(Sha256.of(bmp.rgb())).as("pixels of %s", file).isEqualTo(file.sha256Rgb8());
    }
  }

  /** The original converter drops the resolution, and the high bits of long sides. */
  @Test
  void theBytesAreThoseOfTheOriginalConverterButForWhatItGetsWrong() {
    Map<String, Conformance.Png> truth =
        Conformance.pngs(Verdict.DECODE)
            .collect(Collectors.toMap(Conformance.Png::file, Function.identity()));
    List<Conformance.SeedBmp> rows = Conformance.seedBmps().toList();
    assertThat(rows).hasSizeGreaterThan(300);
    for (Conformance.SeedBmp row : rows) {
      byte[] bmp = Png.toBmp(row.bytes());
      assertThat(bmp.length).as("bytes of %s", row).isEqualTo(row.bmpBytes());
      Conformance.Png png = truth.get(row.file());
      assertThat(png).as("%s in the table of decoders", row).isNotNull();
      if (row.headerWidth() == png.width() && row.headerHeight() == png.height()) {
        assertThat(Sha256.of(ReferenceBmp.withoutDensity(bmp)))
            .as("%s", row)
            .isEqualTo(row.sha256());
      } else {
        byte[] expected =
            ReferenceBmp.bytes(png.width(), png.height(), BmpReader.read(bmp).rgb(), 0, 0);
        assertThat(ReferenceBmp.withoutDensity(bmp)).as("%s", row).isEqualTo(expected);
        assertThat(Sha256.of(BmpReader.read(bmp).rgb())).as("%s", row).isEqualTo(png.sha256Rgb8());
      }
    }
    assertThat(rows).hasSize(truth.size());
  }

  @Test
  void filesThatAllDecodersRefuseAreRefusedWithTheCodeOfLodePng() {
    List<Conformance.Png> files = Conformance.pngs(Verdict.ERROR).toList();
    assertThat(files).hasSizeGreaterThan(300);
    assertThat(files).noneMatch(file -> expectedCode(file) == 0);
    assertThat(differencesFromLodePng(files)).isEqualTo(OVERLONG_REFUSED);
  }

  @Test
  void filesThatAllDecodersRefuseAreRefusedByDefault() {
    for (Conformance.Png file : Conformance.pngs(Verdict.ERROR).toList()) {
      assertThatThrownBy(() -> Png.toBmp(file.bytes()))
          .as("%s", file)
          .isInstanceOf(PngException.class);
    }
  }

  @Test
  void refusingAllOfThemTwentyTimesLeavesNoNativeMemoryBehind() {
    List<byte[]> files = Conformance.pngs(Verdict.ERROR).map(Conformance.Png::bytes).toList();
    MemoryPool.SHARED.releaseIdle();
    long allocations = MemoryCalls.liveAllocations();
    long bytes = MemoryCalls.liveBytes();
    for (int round = 0; round < 20; round++) {
      for (byte[] file : files) {
        assertThatThrownBy(() -> Png.toBmp(file)).isInstanceOf(PngException.class);
      }
    }
    MemoryPool.SHARED.releaseIdle();
    assertThat(MemoryCalls.liveAllocations()).isEqualTo(allocations);
    assertThat(MemoryCalls.liveBytes()).isEqualTo(bytes);
  }

  /** When asked to be strict, the library is exactly as strict as LodePNG. */
  @Test
  void filesThatDecodersDisagreeOnAreTakenOrRefusedAsByLodePng() {
    List<Conformance.Png> files = Conformance.pngs(Verdict.DISPUTED).toList();
    assertThat(files).hasSizeGreaterThan(40);
    assertThat(differencesFromLodePng(files)).isEqualTo(OVERLONG_AND_NEW_CHUNKS_DISPUTED);
  }

  @Test
  void filesOver64MegapixelsAreRefusedByTheDefaultLimit() {
    List<Conformance.Png> files = Conformance.pngs(Verdict.LIMIT).toList();
    assertThat(files).isNotEmpty();
    assertThat(differencesFromLodePng(files)).isEmpty();
  }

  /** File to "expected code -> code found", where these differ. */
  private static Map<String, String> differencesFromLodePng(List<Conformance.Png> files) {
    Map<String, String> differences = new TreeMap<>();
    for (Conformance.Png file : files) {
      PngException e = catchThrowableOfType(PngException.class, () -> strict(file.bytes()));
      int code = e == null ? 0 : e.errorCode();
      if (code != expectedCode(file)) {
        differences.put(file.file(), expectedCode(file) + " -> " + code);
      }
      if (e != null) {
        assertThat(e.getMessage()).as("%s", file).isNotBlank();
      }
    }
    return differences;
  }

  private static void strict(byte[] png) {
    try (Arena arena = Arena.ofConfined()) {
      Png.toBmp(MemorySegment.ofArray(png), arena, ConvertOptions.strict());
    }
  }

  /** The number that the column starts with; 0 where LodePNG decodes. */
  private static int expectedCode(Conformance.Png file) {
    String error = file.lodepngDefaultError();
    if (error.startsWith(">64Mpx")) {
      return LIMIT_PIXELS;
    }
    return error.isEmpty() ? 0 : Integer.parseInt(error.split(" ")[0]);
  }
}
