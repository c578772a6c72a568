package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata of one's own making: what a chunk could not hold is refused, and what is copied. */
class MetadataValuesTest {
  private static void assertRefused(String part, ThrowingCallable code) {
    assertThatIllegalArgumentException().isThrownBy(code).withMessageContaining(part);
  }

  @Test
  void whatNoChunkCouldHoldIsRefusedWithTheNumber() {
    PhysicalDimensions.Unit metre = PhysicalDimensions.Unit.METRE;
    assertRefused("-1", () -> new PhysicalDimensions(-1, 0, metre));
    assertRefused("4294967296", () -> new PhysicalDimensions(0, 1L << 32, metre));
    assertRefused("-", () -> PhysicalDimensions.ofDotsPerInch(-1));
    assertRefused("NaN", () -> PngMetadata.empty().withGamma(Double.NaN));
    assertRefused("42950", () -> PngMetadata.empty().withGamma(42_950));
    assertRefused("redX is -1", () -> new Chromaticities(0, 0, -1, 0, 0, 0, 0, 0));
    assertRefused("256", () -> new CodingIndependentCodePoints(0, 256, 0, true));
    Chromaticities wide = new Chromaticities(1.4, 0, 0, 0, 0, 0, 0, 0);
    assertRefused("1.4", () -> new MasteringDisplay(wide, 0, 0));
    Chromaticities none = new Chromaticities(0, 0, 0, 0, 0, 0, 0, 0);
    assertRefused("minimumLuminance is -1", () -> new MasteringDisplay(none, 0, -1));
    assertRefused("maximum is 500000", () -> new ContentLightLevel(500_000, 0));
    assertRefused("65536", () -> new BackgroundColor(65_536, 0, 0, 16, OptionalInt.empty()));
    assertRefused("3 bits", () -> new BackgroundColor(0, 0, 0, 3, OptionalInt.empty()));
    assertRefused("256", () -> new BackgroundColor(0, 0, 0, 8, OptionalInt.of(256)));
    assertRefused("256", () -> BackgroundColor.ofRgb(0, 0, 256));
    assertRefused("17", () -> new SignificantBits(1, 1, 17, 0));
    assertRefused("0", () -> new SignificantBits(0, 1, 1, 0));
    assertRefused("257", () -> PngMetadata.empty().withPalette(new int[257]));
    assertRefused("no bytes", () -> new IccProfile("p", new byte[0]));
    assertRefused("79", () -> new IccProfile("", new byte[1]));
    assertRefused("79", () -> new IccProfile("a\0b", new byte[1]));
  }

  @Test
  void timesThatDoNotExistAreRefused() {
    assertRefused("", () -> new PngTime(2023, 2, 29, 0, 0, 0));
    assertRefused("", () -> new PngTime(2023, 13, 1, 0, 0, 0));
    assertRefused("61", () -> new PngTime(2023, 1, 1, 0, 0, 61));
    assertRefused("65536", () -> new PngTime(65_536, 1, 1, 0, 0, 0));
    assertRefused("-1", () -> new PngTime(-1, 1, 1, 0, 0, 0));
    Instant instant = Instant.parse("2024-02-29T23:59:58.999Z");
    assertThat(PngTime.of(instant)).isEqualTo(new PngTime(2024, 2, 29, 23, 59, 58));
    assertThat(PngTime.of(instant).toInstant()).isEqualTo("2024-02-29T23:59:58Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "κ",
        "a\0b",
        "an eighty letters long keyword, one more than there may be" + " in a chunk of any kind..."
      })
  void keywordsThatAreNoneAreRefused(String keyword) {
    assertThatIllegalArgumentException().isThrownBy(() -> PngText.of(keyword, "text"));
  }

  @Test
  void textsThatTheirChunkCouldNotHoldAreRefused() {
    assertRefused("international", () -> new PngText("k", "κ", false, false, "", ""));
    assertRefused("international", () -> new PngText("k", "", false, false, "en", ""));
    assertRefused("international", () -> new PngText("k", "", false, true, "", "K"));
    assertRefused("languageTag", () -> new PngText("k", "", true, false, "e\0n", ""));
    assertRefused("ASCII", () -> new PngText("k", "", true, false, "ελ", ""));
    assertRefused("translatedKeyword", () -> new PngText("k", "", true, false, "", "\0"));
  }

  @Test
  void aTextGetsThePlainestChunkThatHoldsIt() {
    assertThat(PngText.of("k", "Größe").chunkType()).isEqualTo("tEXt");
    assertThat(PngText.of("k", "Größe").compressed().chunkType()).isEqualTo("zTXt");
    assertThat(PngText.of("k", "κόσμος").chunkType()).isEqualTo("iTXt");
    assertThat(PngText.of("k", "κόσμος").compressed().isCompressed()).isTrue();
  }

  @Test
  void numbersAreKeptAsTheChunkKeepsThem() {
    assertThat(PngMetadata.empty().withGamma(1 / 2.2).gamma()).hasValue(0.45455);
    assertThat(new Chromaticities(0.31271234, 0, 0, 0, 0, 0, 0, 0).whiteX()).isEqualTo(0.31271);
    assertThat(new MasteringDisplay(new Chromaticities(0.31271, 0, 0, 0, 0, 0, 0, 0), 0.00014, 0))
        .isEqualTo(
            new MasteringDisplay(new Chromaticities(0.31272, 0, 0, 0, 0, 0, 0, 0), 0.0001, 0));
    assertThat(PhysicalDimensions.ofDotsPerInch(72).pixelsPerUnitX()).isEqualTo(2835);
  }

  @Test
  void arraysAndListsAreCopiedInAndOut() {
    byte[] bytes = {1, 2, 3};
    IccProfile profile = new IccProfile("p", bytes);
    List<PngText> texts = new ArrayList<>(List.of(PngText.of("k", "t")));
    int[] palette = {1, 2};
    PngMetadata metadata =
        PngMetadata.empty()
            .withExif(bytes)
            .withIccProfile(profile)
            .withTexts(texts)
            .withPalette(palette);
    bytes[0] = 9;
    palette[0] = 9;
    texts.clear();
    metadata.exif().orElseThrow()[1] = 9;
    metadata.palette()[1] = 9;
    profile.bytes()[1] = 9;
    assertThat(metadata.exif()).hasValue(new byte[] {1, 2, 3});
    assertThat(metadata.iccProfile().orElseThrow().bytes()).containsExactly(1, 2, 3);
    assertThat(metadata.palette()).containsExactly(1, 2);
    assertThat(metadata.texts()).hasSize(1);
    assertThat(profile).hasToString("IccProfile[name=p, bytes=3]");
    assertThat(profile).isEqualTo(new IccProfile("p", new byte[] {1, 2, 3}));
    assertThat(profile).hasSameHashCodeAs(new IccProfile("p", new byte[] {1, 2, 3}));
    assertThat(profile).isNotEqualTo(new IccProfile("p", new byte[] {1, 2, 4}));
  }

  @Test
  void eachWithMethodMakesOtherMetadataAndNullTakesAway() {
    PngMetadata empty = PngMetadata.empty();
    PngMetadata said = empty.withText("k", "t").withExif(new byte[1]).withGamma(1);
    assertThat(empty).isEqualTo(PngMetadata.empty()).isNotEqualTo(said);
    assertThat(said).isEqualTo(empty.withGamma(1).withExif(new byte[1]).withText("k", "t"));
    assertThat(said).hasSameHashCodeAs(empty.withGamma(1).withExif(new byte[1]).withText("k", "t"));
    assertThat(said.withExif(null).exif()).isEmpty();
    assertThat(said.withText("l", "u").texts()).hasSize(2);
    PngMetadata timed = empty.withLastModified(new PngTime(2024, 1, 1, 0, 0, 0));
    assertThat(timed.withLastModified(null)).isEqualTo(empty);
    assertThat(said.toString()).contains("k", "1.0");
    assertThatNullPointerException().isThrownBy(() -> empty.withText(null, "t"));
  }
}
