package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lodepngffm.testkit.Conformance;
import io.github.lodepngffm.testkit.Conformance.Verdict;
import io.github.lodepngffm.testkit.Sha256;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** BMPs of other people, against ten readers of other people. */
class ConformanceBmpTest {
  /**
   * Samples of 4 bits, of which most of the readers that agree make 240 at the most: white is not
   * white then. Here they go to the whole range, as in the same pictures with the rows in the other
   * order, where the readers agree on that.
   */
  private static final Map<String, String> OTHERWISE =
      Map.of(
          "bmp-imagers/V3_X4_R4_G4_B4.bmp", "bmp-imagers/V3_X4_R4_G4_B4_Top_Down.bmp",
          "bmp-imagers/V3_A4_R4_G4_B4.bmp", "");

  /** RLE24, which hardly any reader knows. */
  private static final Set<String> READ_HERE_ALONE =
      Set.of("bmp-imagers/rgb24rle24.bmp", "bmpsuite-q/rgb24rle24.bmp");

  private static byte[] decode(byte[] bmp, DecodeOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      return Bmp.decode(MemorySegment.ofArray(bmp), PixelFormat.RGBA8, arena, options)
          .memory()
          .toArray(JAVA_BYTE);
    }
  }

  private static String hash(Conformance.Bmp file) {
    return Sha256.of(decode(file.bytes(), DecodeOptions.defaults()));
  }

  @Test
  void filesThatReadersAgreeOnGiveTheirColorsAndTheirAlpha() {
    List<Conformance.Bmp> files = Conformance.bmps(Verdict.DECODE).toList();
    assertThat(files).hasSizeGreaterThan(80);
    List<String> wrong = new ArrayList<>();
    for (Conformance.Bmp file : files) {
      BmpInfo info = Bmp.readInfo(MemorySegment.ofArray(file.bytes()));
      assertThat(info.width()).as("%s", file).isEqualTo(file.width());
      assertThat(info.height()).as("%s", file).isEqualTo(file.height());
      if (!hash(file).equals(file.sha256Rgba8())) {
        wrong.add(file.file());
      }
    }
    assertThat(wrong).containsExactlyInAnyOrderElementsOf(OTHERWISE.keySet());
  }

  @Test
  void samplesOfFourBitsReachTheWholeRangeWhateverTheOrderOfTheRows() {
    Map<String, Conformance.Bmp> files = new HashMap<>();
    Conformance.bmps().forEach(file -> files.put(file.file(), file));
    OTHERWISE.forEach((file, same) -> {
      if (!same.isEmpty()) {
        assertThat(hash(files.get(file))).isEqualTo(files.get(same).sha256Rgba8());
      }
    });
  }

  @Test
  void filesThatReadersRefuseAreRefusedButForRunsOfTrueColor() {
    String sameInAnotherForm =
        Sha256.of(decode(Conformance.bytes("bmpsuite-g/pal8v4.bmp"), DecodeOptions.defaults()));
    for (Conformance.Bmp file : Conformance.bmps(Verdict.ERROR).toList()) {
      if (READ_HERE_ALONE.contains(file.file())) {
        assertThat(hash(file)).as("%s", file).isEqualTo(sameInAnotherForm);
        continue;
      }
      assertThat(catchThrowableOfType(BmpException.class, () -> hash(file)))
          .as("%s", file)
          .isNotNull();
    }
  }

  /** What holds another format inside; the rest is what bmpsuite calls bad, and cut off. */
  @Test
  void filesThatReadersDisagreeOnAreReadOrRefusedForAReason() {
    List<String> refused = new ArrayList<>();
    for (Conformance.Bmp file : Conformance.bmps(Verdict.DISPUTED).toList()) {
      try {
        assertThat(hash(file)).as("%s", file).isEqualTo(file.sha256Rgba8());
      } catch (BmpException e) {
        refused.add(file.file());
        assertThat(e.kind())
            .as("%s: %s", file, e.getMessage())
            .isEqualTo(
                file.file().matches(".*rgb24(png|jpeg).bmp")
                    ? PngException.Kind.UNSUPPORTED
                    : PngException.Kind.MALFORMED);
      }
    }
    assertThat(refused)
        .containsExactlyInAnyOrder(
            "bmp-imagers/lenient_badrle.bmp",
            "bmp-variants/24_truncated_last_row.bmp",
            "bmp-wuffs/rgb24png.bmp",
            "bmpsuite-b/badheadersize.bmp",
            "bmpsuite-b/badrle.bmp",
            "bmpsuite-b/badrle4.bmp",
            "bmpsuite-b/badrle4bis.bmp",
            "bmpsuite-b/badrle4ter.bmp",
            "bmpsuite-b/badrleter.bmp",
            "bmpsuite-b/shortfile.bmp",
            "bmpsuite-q/rgb24jpeg.bmp",
            "bmpsuite-q/rgb24png.bmp");
  }

  @Test
  void damagedFilesShowWhatTheyHaveWhereThatIsAskedFor() {
    List<String> refused = new ArrayList<>();
    for (Conformance.Bmp file : Conformance.bmps(Verdict.DISPUTED).toList()) {
      try {
        assertThat(decode(file.bytes(), DecodeOptions.tolerant()))
            .as("%s", file)
            .hasSize(4 * file.width() * file.height());
      } catch (BmpException e) {
        refused.add(file.file());
      }
    }
    assertThat(refused)
        .containsExactlyInAnyOrder(
            "bmp-wuffs/rgb24png.bmp",
            "bmpsuite-b/badheadersize.bmp",
            "bmpsuite-q/rgb24jpeg.bmp",
            "bmpsuite-q/rgb24png.bmp");
  }
}
