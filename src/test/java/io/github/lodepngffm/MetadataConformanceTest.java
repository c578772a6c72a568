package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.Conformance;
import io.github.lodepngffm.testkit.Conformance.Verdict;
import io.github.lodepngffm.testkit.ImageIoMetadata;
import io.github.lodepngffm.testkit.RealCorpus;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

/** The metadata of other people's files, against the JDK's reader. */
class MetadataConformanceTest {
  private int compared;

  @Test
  void soundFilesOfManySuitesSayWhatImageIoReads() throws Exception {
    for (Conformance.Png file : Conformance.pngs(Verdict.DECODE).toList()) {
      compare(file.toString(), file.bytes());
    }
    assertThat(compared).isGreaterThan(150);
  }

  @Test
  void filesFromPeoplesDisksSayWhatImageIoReads() throws Exception {
    for (Path file : RealCorpus.pngs()) {
      compare(file.toString(), Files.readAllBytes(file));
    }
    assertThat(compared).isGreaterThan(400);
  }

  /** Of damaged ones there is metadata or an exception, and nothing else. */
  @Test
  void everyOtherFileIsReadOrRefused() {
    int refused = 0;
    List<Conformance.Png> files = Conformance.pngs().toList();
    for (Conformance.Png file : files) {
      for (Tolerance tolerance : Tolerance.values()) {
        try {
          Png.readMetadata(
              MemorySegment.ofArray(file.bytes()),
              DecodeOptions.defaults().withTolerance(tolerance));
        } catch (PngException e) {
          assertThat(e.errorCode()).as(file.toString()).isPositive();
          refused++;
        }
      }
    }
    assertThat(refused).isPositive().isLessThan(files.size() * Tolerance.values().length);
  }

  /** Where ImageIO refuses a file there is nothing to compare with; it stops at the image data. */
  private void compare(String name, byte[] png) throws DataFormatException {
    ImageIoMetadata other;
    try {
      other = ImageIoMetadata.of(png);
    } catch (IOException | RuntimeException e) {
      return;
    }
    PngMetadata metadata = Png.readMetadata(MemorySegment.ofArray(png));
    if (metadata.warningCount() != 0) {
      return;
    }
    compared++;
    other
        .one("gAMA")
        .ifPresent(gamma ->
            assertThat(metadata.gamma())
                .as("gAMA of %s", name)
                .isEqualTo(OptionalDouble.of(Integer.parseInt(gamma.get("value")) / 100_000.0)));
    other.one("pHYs").ifPresent(expected -> comparePhysical(name, metadata, expected));
    other.one("tIME").ifPresent(expected -> compareTime(name, metadata, expected));
    other
        .one("sRGB")
        .ifPresent(expected ->
            assertThat(metadata.renderingIntent().orElseThrow().name().replace('_', ' '))
                .as("sRGB of %s", name)
                .isEqualTo(expected.get("renderingIntent").toUpperCase(Locale.ROOT)));
    for (Map<String, String> text : other.all("tEXtEntry")) {
      assertThat(metadata.texts())
          .as("tEXt of %s", name)
          .anyMatch(found ->
              found.keyword().equals(text.get("keyword"))
                  && found.text().equals(text.get("value")));
    }
    for (String element : List.of("zTXtEntry", "iTXtEntry")) {
      for (Map<String, String> text : other.all(element)) {
        assertThat(metadata.texts())
            .as("%s of %s", element, name)
            .anyMatch(found ->
                found.keyword().equals(text.get("keyword"))
                    && found.text().equals(text.get("text")));
      }
    }
    if (other.one("iCCP").isPresent()) {
      assertThat(metadata.iccProfile().orElseThrow().bytes())
          .as("iCCP of %s", name)
          .isEqualTo(other.profile());
    }
  }

  private static void comparePhysical(
      String name, PngMetadata metadata, Map<String, String> expected) {
    PhysicalDimensions found = metadata.physicalDimensions().orElseThrow();
    assertThat(found.pixelsPerUnitX())
        .as("pHYs of %s", name)
        .isEqualTo(Integer.parseInt(expected.get("pixelsPerUnitXAxis")));
    assertThat(found.pixelsPerUnitY())
        .as("pHYs of %s", name)
        .isEqualTo(Integer.parseInt(expected.get("pixelsPerUnitYAxis")));
    assertThat(found.unit() == PhysicalDimensions.Unit.METRE)
        .as("pHYs of %s", name)
        .isEqualTo(expected.get("unitSpecifier").equals("meter"));
  }

  private static void compareTime(String name, PngMetadata metadata, Map<String, String> expected) {
    PngTime time = metadata.lastModified().orElseThrow();
    assertThat(List.of(time.year(), time.month(), time.day(), time.hour(), time.minute()))
        .as("tIME of %s", name)
        .isEqualTo(
            List.of("year", "month", "day", "hour", "minute").stream()
                .map(part -> Integer.parseInt(expected.get(part)))
                .toList());
  }
}
