package io.github.lodepngffm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lodepngffm.testkit.ImageIoMetadata;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

/** What each kind of chunk becomes, from bytes written down here, and as ImageIO reads them. */
class MetadataChunkTest {
  private static final PngFormat RGB = new PngFormat(PngFormat.RGB, 8);
  private static final String LATIN = "Größe";
  private static final String GREEK = "κόσμος";

  private static byte[] pngWith(PngFormat format, PngChunk... chunks) {
    PngWriter writer = PngWriter.of(TestImage.random(format, 3, 2, 1));
    for (PngChunk chunk : chunks) {
      writer.chunkBeforeData(chunk);
    }
    return writer.bytes();
  }

  private static PngMetadata read(byte[] png) {
    PngMetadata metadata = Png.readMetadata(MemorySegment.ofArray(png), DecodeOptions.strict());
    assertThat(metadata.warnings()).isEmpty();
    assertThat(Png.readMetadata(MemorySegment.ofArray(png))).isEqualTo(metadata);
    return metadata;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  @Test
  void resolutionHasItsUnit() throws IOException {
    byte[] metres = pngWith(RGB, PngChunk.of("pHYs", joined(ints(11811, 5906), bytes(1))));
    PhysicalDimensions dimensions = read(metres).physicalDimensions().orElseThrow();
    assertThat(dimensions)
        .isEqualTo(new PhysicalDimensions(11811, 5906, PhysicalDimensions.Unit.METRE));
    assertThat(dimensions.dotsPerInchX().orElseThrow()).isCloseTo(300, within(0.01));
    assertThat(dimensions.dotsPerInchY().orElseThrow()).isCloseTo(150, within(0.02));
    assertThat(ImageIoMetadata.of(metres).one("pHYs"))
        .hasValue(
            Map.of(
                "pixelsPerUnitXAxis", "11811",
                "pixelsPerUnitYAxis", "5906",
                "unitSpecifier", "meter"));
    byte[] ratio = pngWith(RGB, PngChunk.of("pHYs", joined(ints(-1, 3), bytes(0))));
    PhysicalDimensions shape = read(ratio).physicalDimensions().orElseThrow();
    assertThat(shape)
        .isEqualTo(new PhysicalDimensions(0xFFFF_FFFFL, 3, PhysicalDimensions.Unit.UNKNOWN));
    assertThat(shape.dotsPerInchX()).isEmpty();
  }

  @Test
  void textsOfAllThreeKindsStandInTheOrderOfTheFile() throws IOException {
    byte[] stream = PngWriter.compress(LATIN.getBytes(ISO_8859_1), 9);
    byte[] greek = GREEK.getBytes(UTF_8);
    byte[] png =
        pngWith(
            RGB,
            PngChunk.of("zTXt", joined(bytes('B', 0, 0), stream)),
            PngChunk.of("tEXt", joined(bytes('A', 0), LATIN.getBytes(ISO_8859_1))),
            PngChunk.of("iTXt", joined(bytes('C', 0, 0, 0, 'e', 'l', 0), greek, bytes(0), greek)),
            PngChunk.of("iTXt", joined(bytes('D', 0, 1, 0, 0, 0), PngWriter.compress(greek, 9))));
    PngMetadata metadata = read(png);
    assertThat(metadata.texts())
        .containsExactly(
            new PngText("B", LATIN, false, true, "", ""),
            new PngText("A", LATIN, false, false, "", ""),
            new PngText("C", GREEK, true, false, "el", GREEK),
            new PngText("D", GREEK, true, true, "", ""));
    assertThat(metadata.text("D")).hasValue(GREEK);
    assertThat(metadata.text("d")).isEmpty();
    ImageIoMetadata other = ImageIoMetadata.of(png);
    assertThat(other.all("tEXtEntry")).containsExactly(Map.of("keyword", "A", "value", LATIN));
    assertThat(other.one("zTXtEntry").orElseThrow()).containsEntry("text", LATIN);
    assertThat(other.all("iTXtEntry"))
        .extracting(entry -> entry.get("text"))
        .containsExactly(GREEK, GREEK);
    assertThat(other.one("iTXtEntry").orElseThrow())
        .containsEntry("languageTag", "el")
        .containsEntry("translatedKeyword", GREEK);
  }

  @Test
  void theFirstTextOfAKeywordIsFoundByItAndTextsMayBeEmptyOrBehindTheImageData() {
    byte[] png =
        PngWriter.of(TestImage.random(RGB, 3, 2, 1))
            .chunkBeforeData(PngChunk.of("tEXt", bytes('k')))
            .chunkAfterData(PngChunk.of("tEXt", bytes('k', 0, 'x')))
            .chunkAfterData(PngChunk.of("tEXt", bytes('l', 0, 'y')))
            .bytes();
    PngMetadata metadata = read(png);
    assertThat(metadata.texts()).extracting(PngText::text).containsExactly("", "x", "y");
    assertThat(metadata.text("k")).hasValue("");
    assertThat(metadata.text("l")).hasValue("y");
  }

  @Test
  void aProfileIsInflated() throws IOException, DataFormatException {
    byte[] profile = new byte[10_000];
    profile[9_999] = 7;
    byte[] png =
        pngWith(
            RGB,
            PngChunk.of(
                "iCCP",
                joined("Größe".getBytes(ISO_8859_1), bytes(0, 0), PngWriter.compress(profile, 9))));
    assertThat(read(png).iccProfile()).hasValue(new IccProfile("Größe", profile));
    assertThat(ImageIoMetadata.of(png).profile()).isEqualTo(profile);
    assertThat(ImageIoMetadata.of(png).one("iCCP").orElseThrow())
        .containsEntry("profileName", "Größe");
  }

  @Test
  void colorSpacesByNumbers() throws IOException {
    byte[] png =
        pngWith(
            RGB,
            PngChunk.of("gAMA", ints(45455)),
            PngChunk.of("sRGB", bytes(2)),
            PngChunk.of("cHRM", ints(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)),
            PngChunk.of("cICP", bytes(9, 16, 0, 1)));
    PngMetadata metadata = read(png);
    assertThat(metadata.gamma()).hasValue(0.45455);
    assertThat(metadata.renderingIntent()).hasValue(RenderingIntent.SATURATION);
    assertThat(metadata.chromaticities())
        .hasValue(new Chromaticities(0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06));
    assertThat(metadata.codingIndependentCodePoints())
        .hasValue(new CodingIndependentCodePoints(9, 16, 0, true));
    ImageIoMetadata other = ImageIoMetadata.of(png);
    assertThat(other.one("gAMA")).hasValue(Map.of("value", "45455"));
    assertThat(other.one("sRGB")).hasValue(Map.of("renderingIntent", "Saturation"));
    assertThat(other.one("cHRM").orElseThrow())
        .containsEntry("whitePointX", "31270")
        .containsEntry("redY", "33000")
        .containsEntry("greenX", "30000")
        .containsEntry("blueY", "6000");
  }

  /** The numbers are those of BT.2020 and of a display of 1,000 candela per square metre. */
  @Test
  void brightnessUnderTheNamesOfTheSpecificationAndOfItsDrafts() {
    byte[] display =
        joined(
            bytes(0x8A, 0x48, 0x39, 0x08, 0x21, 0x34, 0x9B, 0xAA, 0x19, 0x96, 0x08, 0xFC),
            bytes(0x3D, 0x13, 0x40, 0x42),
            ints(10_000_000, 1));
    byte[] light = ints(10_000_000, 4_000_000);
    for (String[] names : new String[][] {{"mDCV", "cLLI"}, {"mDCv", "cLLi"}}) {
      PngMetadata metadata =
          read(pngWith(RGB, PngChunk.of(names[0], display), PngChunk.of(names[1], light)));
      assertThat(metadata.masteringDisplay())
          .hasValue(
              new MasteringDisplay(
                  new Chromaticities(0.3127, 0.329, 0.708, 0.292, 0.17, 0.797, 0.131, 0.046),
                  1000,
                  0.0001));
      assertThat(metadata.contentLightLevel()).hasValue(new ContentLightLevel(1000, 400));
    }
  }

  @Test
  void cameraDataAreTheBytesOfTheChunk() {
    byte[] exif = bytes('M', 'M', 0, 42, 0, 0, 0, 8);
    assertThat(read(pngWith(RGB, PngChunk.of("eXIf", exif))).exif()).hasValue(exif);
    assertThat(read(pngWith(RGB, PngChunk.of("eXIf"))).exif()).hasValue(new byte[0]);
  }

  @Test
  void theTimeIsUniversalAndMayBeALeapSecond() throws IOException {
    byte[] png = pngWith(RGB, PngChunk.of("tIME", bytes(0x07, 0xE0, 12, 31, 23, 59, 60)));
    PngTime time = read(png).lastModified().orElseThrow();
    assertThat(time).isEqualTo(new PngTime(2016, 12, 31, 23, 59, 60));
    assertThat(time.toInstant()).isEqualTo(Instant.parse("2016-12-31T23:59:59Z"));
    assertThat(ImageIoMetadata.of(png).one("tIME"))
        .hasValue(
            Map.of(
                "year", "2016", "month", "12", "day", "31", "hour", "23", "minute", "59", "second",
                "60"));
  }

  @Test
  void aBackgroundIsOfTheKindOfThePixels() throws IOException {
    byte[] gray = pngWith(new PngFormat(PngFormat.GRAY, 4), PngChunk.of("bKGD", bytes(0, 5)));
    assertThat(read(gray).background())
        .hasValue(new BackgroundColor(5, 5, 5, 4, OptionalInt.empty()));
    assertThat(read(gray).background().orElseThrow().rgb8()).isEqualTo(0x555555);
    assertThat(ImageIoMetadata.of(gray).one("bKGD_Grayscale")).hasValue(Map.of("gray", "5"));
    byte[] rgb =
        pngWith(
            new PngFormat(PngFormat.RGBA, 16),
            PngChunk.of("bKGD", bytes(0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC)));
    assertThat(read(rgb).background())
        .hasValue(new BackgroundColor(0x1234, 0x5678, 0x9ABC, 16, OptionalInt.empty()));
    assertThat(read(rgb).background().orElseThrow().rgb8()).isEqualTo(0x12569A);
    assertThat(ImageIoMetadata.of(rgb).one("bKGD_RGB").orElseThrow())
        .containsEntry("green", Integer.toString(0x5678));
    PngFormat indexed = new PngFormat(PngFormat.PALETTE, 2);
    byte[] palette =
        PngWriter.of(TestImage.of(indexed, 1, 1, 0).withPalette(0x102030, 0x405060))
            .chunkBeforeData(PngChunk.of("bKGD", bytes(1)))
            .bytes();
    assertThat(read(palette).background())
        .hasValue(new BackgroundColor(0x40, 0x50, 0x60, 8, OptionalInt.of(1)));
    assertThat(ImageIoMetadata.of(palette).one("bKGD_Palette")).hasValue(Map.of("index", "1"));
  }

  @Test
  void significantBitsAreThoseOfEachSample() throws IOException {
    byte[] gray = pngWith(new PngFormat(PngFormat.GRAY, 16), PngChunk.of("sBIT", bytes(12)));
    assertThat(read(gray).significantBits()).hasValue(new SignificantBits(12, 12, 12, 0));
    byte[] rgb = pngWith(RGB, PngChunk.of("sBIT", bytes(5, 6, 5)));
    assertThat(read(rgb).significantBits()).hasValue(new SignificantBits(5, 6, 5, 0));
    byte[] grayAlpha =
        pngWith(new PngFormat(PngFormat.GRAY_ALPHA, 8), PngChunk.of("sBIT", bytes(7, 1)));
    assertThat(read(grayAlpha).significantBits()).hasValue(new SignificantBits(7, 7, 7, 1));
    byte[] rgba = pngWith(new PngFormat(PngFormat.RGBA, 8), PngChunk.of("sBIT", bytes(5, 6, 4, 1)));
    assertThat(read(rgba).significantBits()).hasValue(new SignificantBits(5, 6, 4, 1));
    assertThat(ImageIoMetadata.of(rgba).one("sBIT_RGBAlpha"))
        .hasValue(Map.of("red", "5", "green", "6", "blue", "4", "alpha", "1"));
    byte[] indexed =
        pngWith(new PngFormat(PngFormat.PALETTE, 1), PngChunk.of("sBIT", bytes(8, 7, 6)));
    assertThat(read(indexed).significantBits()).hasValue(new SignificantBits(8, 7, 6, 0));
  }

  @Test
  void theTransparentColorIsThatOfTheSamples() {
    TestImage gray = TestImage.random(new PngFormat(PngFormat.GRAY, 16), 2, 2, 1).withColorKey(777);
    assertThat(read(PngWriter.bytesOf(gray)).transparentColor())
        .hasValue(new TransparentColor(777, 777, 777));
    TestImage rgb = TestImage.random(RGB, 2, 2, 1).withColorKey(1, 2, 3);
    assertThat(read(PngWriter.bytesOf(rgb)).transparentColor())
        .hasValue(new TransparentColor(1, 2, 3));
    assertThat(read(PngWriter.bytesOf(TestImage.random(RGB, 2, 2, 1))).transparentColor())
        .isEmpty();
  }

  @Test
  void anAnimationSaysHowManyFramesItHasAndHowOftenItPlays() {
    byte[] animated = pngWith(RGB, PngChunk.of("acTL", ints(25, 0)));
    assertThat(read(animated).animation()).hasValue(new Animation(25, 0));
    assertThat(read(pngWith(RGB)).animation()).isEmpty();
  }

  @Test
  void aPlainFileSaysNothing() {
    assertThat(read(pngWith(RGB))).isEqualTo(PngMetadata.empty());
  }
}
