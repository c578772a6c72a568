package io.github.lodepngffm.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.BackgroundColor;
import io.github.lodepngffm.Chromaticities;
import io.github.lodepngffm.CodingIndependentCodePoints;
import io.github.lodepngffm.ColorType;
import io.github.lodepngffm.ContentLightLevel;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.IccProfile;
import io.github.lodepngffm.MasteringDisplay;
import io.github.lodepngffm.PhysicalDimensions;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngMetadata;
import io.github.lodepngffm.PngText;
import io.github.lodepngffm.PngTime;
import io.github.lodepngffm.RenderingIntent;
import io.github.lodepngffm.SignificantBits;
import io.github.lodepngffm.testkit.ImageIoMetadata;
import io.github.lodepngffm.testkit.PngFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Metadata that is written is read again, by this library and by ImageIO. */
class MetadataChunksTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  private static final int[] PALETTE = {0xFF102030, 0x80405060};

  private static TestImage image(PngFormat format) {
    TestImage image = TestImage.random(format, 3, 2, 1);
    return format.hasPalette()
        ? TestImage.of(format, 1, 1, 0)
            .withPalette(0x102030, 0x405060)
            .withTransparency((byte) 0xFF, (byte) 0x80)
        : image;
  }

  /** The file with the chunks where they belong. */
  private static byte[] written(PngFormat format, PngMetadata metadata) {
    PngFile file = PngWriter.of(image(format)).file();
    byte[] png = file.bytes();
    int[] borders = file.borders();
    int behindHeader = borders[1];
    int firstData = borders[file.indexOf("IDAT")];
    MetadataChunks chunks =
        MetadataChunks.of(
            metadata,
            ColorType.of(format.colorType()),
            format.bitDepth(),
            format.hasPalette() ? PALETTE : new int[0]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, behindHeader);
    out.writeBytes(chunks.beforePalette());
    out.write(png, behindHeader, firstData - behindHeader);
    out.writeBytes(chunks.afterPalette());
    out.write(png, firstData, png.length - firstData);
    return out.toByteArray();
  }

  private static PngMetadata reread(byte[] png) {
    return Png.readMetadata(MemorySegment.ofArray(png), DecodeOptions.strict());
  }

  private static BackgroundColor background(PngFormat format) {
    if (format.hasPalette()) {
      return new BackgroundColor(0x40, 0x50, 0x60, 8, OptionalInt.of(1));
    }
    int most = format.maxSample();
    boolean isGray = format.channels() <= 2;
    return new BackgroundColor(
        most, isGray ? most : most / 2, isGray ? most : 0, format.bitDepth(), OptionalInt.empty());
  }

  private static SignificantBits significantBits(PngFormat format) {
    boolean isGray = format.channels() <= 2 && !format.hasPalette();
    int other = isGray || format.bitDepth() == 1 && !format.hasPalette() ? 1 : 2;
    return new SignificantBits(1, other, isGray ? 1 : 3, format.hasAlphaChannel() ? 4 : 0);
  }

  private static PngMetadata everything(PngFormat format) {
    byte[] profile = new byte[3000];
    Arrays.fill(profile, (byte) 9);
    return PngMetadata.empty()
        .withPhysicalDimensions(PhysicalDimensions.ofDotsPerInch(300))
        .withTexts(
            List.of(
                PngText.of("Title", "Größe"),
                PngText.of("Greek", "κόσμος"),
                PngText.of("Title", "again").compressed(),
                new PngText("Comment", "𝄞 in English", true, true, "en-GB", "κόσμος"),
                PngText.of("Empty", "")))
        .withIccProfile(new IccProfile("profile of nines", profile))
        .withRenderingIntent(RenderingIntent.ABSOLUTE_COLORIMETRIC)
        .withGamma(0.45455)
        .withChromaticities(new Chromaticities(0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06))
        .withCodingIndependentCodePoints(new CodingIndependentCodePoints(12, 13, 0, true))
        .withMasteringDisplay(
            new MasteringDisplay(
                new Chromaticities(0.3127, 0.329, 0.708, 0.292, 0.17, 0.797, 0.131, 0.046),
                1000,
                0.0001))
        .withContentLightLevel(new ContentLightLevel(429_496.7295, 0.5))
        .withExif(new byte[] {'I', 'I', 42, 0})
        .withLastModified(new PngTime(65_535, 2, 28, 0, 59, 60))
        .withBackground(background(format))
        .withSignificantBits(significantBits(format));
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void everythingThatIsWrittenIsReadAgain(PngFormat format) {
    PngMetadata metadata = everything(format);
    PngMetadata expected = format.hasPalette() ? metadata.withPalette(PALETTE) : metadata;
    byte[] png = written(format, metadata);
    assertThat(reread(png)).isEqualTo(expected);
    assertThat(reread(written(format, reread(png)))).isEqualTo(expected);
  }

  @Test
  void nothingIsWrittenForNothing() {
    MetadataChunks chunks =
        MetadataChunks.of(PngMetadata.empty(), ColorType.TRUECOLOR, 8, new int[0]);
    assertThat(chunks.beforePalette()).isEmpty();
    assertThat(chunks.afterPalette()).isEmpty();
  }

  /** Which warns of nothing: order, lengths and checksums are as it wants them. */
  @ParameterizedTest
  @FieldSource("FORMATS")
  void imageIoReadsTheSame(PngFormat format) throws IOException, DataFormatException {
    PngMetadata metadata = everything(format);
    ImageIoMetadata other = ImageIoMetadata.of(written(format, metadata));
    assertThat(other.one("pHYs").orElseThrow())
        .containsEntry("pixelsPerUnitXAxis", "11811")
        .containsEntry("unitSpecifier", "meter");
    assertThat(other.all("tEXtEntry"))
        .containsExactly(
            Map.of("keyword", "Title", "value", "Größe"), Map.of("keyword", "Empty", "value", ""));
    assertThat(other.one("zTXtEntry").orElseThrow()).containsEntry("text", "again");
    assertThat(other.all("iTXtEntry"))
        .extracting(entry -> entry.get("text"))
        .containsExactly("κόσμος", "𝄞 in English");
    assertThat(other.profile()).isEqualTo(metadata.iccProfile().orElseThrow().bytes());
    assertThat(other.one("sRGB")).hasValue(Map.of("renderingIntent", "Absolute colorimetric"));
    assertThat(other.one("gAMA")).hasValue(Map.of("value", "45455"));
    assertThat(other.one("cHRM").orElseThrow())
        .containsEntry("whitePointX", "31270")
        .containsEntry("blueY", "6000");
    assertThat(other.one("tIME").orElseThrow())
        .containsEntry("year", "65535")
        .containsEntry("second", "60");
    assertThat(other.one("bKGD")).isPresent();
    assertThat(other.one("sBIT")).isPresent();
  }

  private static BackgroundColor rewritten(BackgroundColor background, PngFormat format) {
    byte[] png = written(format, PngMetadata.empty().withBackground(background));
    return reread(png).background().orElse(null);
  }

  @Test
  void aBackgroundIsWrittenAsTheFileCanSayItAndElseLeftOut() {
    BackgroundColor color = BackgroundColor.ofRgb(0x40, 0x50, 0x60);
    BackgroundColor gray = BackgroundColor.ofRgb(0x55, 0x55, 0x55);
    OptionalInt none = OptionalInt.empty();
    assertThat(rewritten(color, new PngFormat(PngFormat.RGB, 16)))
        .isEqualTo(new BackgroundColor(0x4040, 0x5050, 0x6060, 16, none));
    assertThat(rewritten(gray, new PngFormat(PngFormat.GRAY, 2)))
        .isEqualTo(new BackgroundColor(1, 1, 1, 2, none));
    assertThat(rewritten(color, new PngFormat(PngFormat.GRAY, 8))).isNull();
    assertThat(rewritten(color, new PngFormat(PngFormat.PALETTE, 4)))
        .isEqualTo(new BackgroundColor(0x40, 0x50, 0x60, 8, OptionalInt.of(1)));
    assertThat(rewritten(gray, new PngFormat(PngFormat.PALETTE, 4))).isNull();
    BackgroundColor moved = new BackgroundColor(0x40, 0x50, 0x60, 8, OptionalInt.of(0));
    assertThat(rewritten(moved, new PngFormat(PngFormat.PALETTE, 4)))
        .isEqualTo(new BackgroundColor(0x40, 0x50, 0x60, 8, OptionalInt.of(1)));
  }

  private static SignificantBits rewritten(SignificantBits bits, PngFormat format) {
    byte[] png = written(format, PngMetadata.empty().withSignificantBits(bits));
    return reread(png).significantBits().orElseThrow();
  }

  @Test
  void significantBitsAreAtMostThoseOfTheFile() {
    SignificantBits bits = new SignificantBits(5, 12, 16, 0);
    assertThat(rewritten(bits, new PngFormat(PngFormat.RGBA, 8)))
        .isEqualTo(new SignificantBits(5, 8, 8, 8));
    assertThat(rewritten(bits, new PngFormat(PngFormat.GRAY, 16)))
        .isEqualTo(new SignificantBits(16, 16, 16, 0));
    assertThat(rewritten(bits, new PngFormat(PngFormat.PALETTE, 1)))
        .isEqualTo(new SignificantBits(5, 8, 8, 0));
  }
}
