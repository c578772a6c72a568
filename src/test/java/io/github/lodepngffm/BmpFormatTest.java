package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lodepngffm.testkit.BmpVariant;
import io.github.lodepngffm.testkit.Density;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every kind of BMP of every kind of PNG: the header fields, and each pixel. */
class BmpFormatTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  private static ConvertOptions to(BmpFormat format) {
    return ConvertOptions.defaults().withBmpFormat(format);
  }

  private static byte[] convert(byte[] png, ConvertOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bmp = Png.toBmp(MemorySegment.ofArray(png), arena, options);
      assertThat(Png.bmpSize(MemorySegment.ofArray(png), options)).isEqualTo(bmp.byteSize());
      return bmp.toArray(JAVA_BYTE);
    }
  }

  private static boolean exists(PngFormat image, BmpFormat format) {
    return switch (format) {
      case CLASSIC, BGRA, MATCH -> true;
      case INDEXED8 -> image.hasPalette();
      case GRAY8 -> ReferenceFormats.exists(image, PixelFormat.GRAY8);
      case BILEVEL -> image.bitDepth() == 1;
    };
  }

  private static int bits(BmpFormat format) {
    return switch (format) {
      case CLASSIC, MATCH -> 24;
      case BGRA -> 32;
      case INDEXED8, GRAY8 -> 8;
      case BILEVEL -> 1;
    };
  }

  private static TestImage transparent(TestImage image) {
    PngFormat format = image.format();
    if (format.hasAlphaChannel()) {
      return image;
    }
    return format.hasPalette()
        ? image.withTransparency((byte) 0x80, (byte) 0)
        : image.withColorKey(Arrays.copyOf(image.samples(), format.channels()));
  }

  private static byte[] expectedRgba(TestImage image, BmpFormat format, OptionalInt background) {
    byte[] rgba = ReferenceFormats.bytes(image, PixelFormat.RGBA8, Alpha.STRAIGHT, background);
    if (format != BmpFormat.BGRA) {
      for (int i = 3; i < rgba.length; i += 4) {
        rgba[i] = (byte) 255;
      }
    }
    return rgba;
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void everyShapeInEveryKindOfBmpHasThePixelsOfTheReference(PngFormat source) {
    List<BmpFormat> formats =
        Arrays.stream(BmpFormat.values())
            .filter(format -> format != BmpFormat.MATCH && exists(source, format))
            .toList();
    for (int width : new int[] {1, 2, 3, 4, 7, 8, 9, 31, 32, 33, 65}) {
      for (int height : new int[] {1, 2, 9, 17}) {
        TestImage image = TestImage.random(source, width, height, width);
        for (TestImage variant : List.of(image, transparent(image))) {
          for (boolean interlaced : new boolean[] {false, true}) {
            byte[] png = PngWriter.of(variant).mixedFilters(1).interlaced(interlaced).bytes();
            for (BmpFormat format : formats) {
              BmpVariant bmp = BmpVariant.read(convert(png, to(format)));
              assertThat(bmp.rgba())
                  .as("%s to %s, interlaced %s", variant, format, interlaced)
                  .isEqualTo(expectedRgba(variant, format, OptionalInt.empty()));
              assertThat(bmp.bitsPerPixel()).isEqualTo(bits(format));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void aBackgroundShowsThroughTransparentPixelsInEveryKindOfBmp(PngFormat source) {
    TestImage image = transparent(TestImage.random(source, 21, 11, 4));
    byte[] png = PngWriter.bytesOf(image);
    for (BmpFormat format : BmpFormat.values()) {
      if (exists(source, format)) {
        for (int gray : new int[] {0, 0x80, 0xFF}) {
          ConvertOptions options = to(format).withBackground(gray, gray, gray);
          assertThat(BmpVariant.read(convert(png, options)).rgba())
              .as("%s to %s on %d", image, format, gray)
              .isEqualTo(expectedRgba(image, format, OptionalInt.of(gray * 0x010101)));
        }
      }
    }
    ConvertOptions onRed = to(BmpFormat.CLASSIC).withBackground(200, 10, 0);
    assertThat(BmpVariant.read(convert(png, onRed)).rgba())
        .isEqualTo(expectedRgba(image, BmpFormat.CLASSIC, OptionalInt.of(0xC80A00)));
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void whatAnImageIsNotIsRefusedWithTheWayOut(PngFormat source) {
    byte[] png = PngWriter.bytesOf(TestImage.random(source, 5, 4, 1));
    for (BmpFormat format : BmpFormat.values()) {
      if (!exists(source, format)) {
        assertThatExceptionOfType(PngException.class)
            .as("%s to %s", source, format)
            .isThrownBy(() -> convert(png, to(format)))
            .withMessageContaining("(5 x 4)")
            .satisfies(e -> {
              assertThat(e.kind()).isEqualTo(PngException.Kind.UNSUPPORTED);
              assertThat(e.errorCode()).isBetween(1012, 1014);
            });
      }
    }
  }

  /** The kind of BMP that keeps most, and its bits a pixel. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, false, 1",
    "0, 2, false, 8",
    "0, 4, false, 8",
    "0, 8, false, 8",
    "0, 16, false, 8",
    "2, 8, false, 24",
    "2, 16, false, 24",
    "3, 1, false, 1",
    "3, 2, false, 8",
    "3, 4, false, 8",
    "3, 8, false, 8",
    "0, 1, true, 32",
    "0, 8, true, 32",
    "0, 16, true, 32",
    "2, 8, true, 32",
    "2, 16, true, 32",
    "3, 1, true, 32",
    "3, 8, true, 32",
    "4, 8, true, 32",
    "4, 16, true, 32",
    "6, 8, true, 32",
    "6, 16, true, 32"
  })
  void matchIsTheKindThatKeepsMost(int colorType, int depth, boolean transparency, int bits) {
    TestImage image = TestImage.random(new PngFormat(colorType, depth), 9, 7, 2);
    TestImage source = transparency ? transparent(image) : image;
    BmpVariant bmp = BmpVariant.read(convert(PngWriter.bytesOf(source), to(BmpFormat.MATCH)));
    assertThat(bmp.bitsPerPixel()).isEqualTo(bits);
    assertThat(bmp.rgba())
        .isEqualTo(
            bits == 32
                ? expectedRgba(source, BmpFormat.BGRA, OptionalInt.empty())
                : expectedRgba(source, BmpFormat.CLASSIC, OptionalInt.empty()));
  }

  @Test
  void theClassicBmpIsWhatItIsWithoutOptions() {
    for (PngFormat source : PngFormat.ALL) {
      TestImage image = TestImage.random(source, 15, 6, 9);
      assertThat(convert(PngWriter.bytesOf(image), to(BmpFormat.CLASSIC)))
          .isEqualTo(ReferenceBmp.bytes(image));
    }
  }

  @Test
  void resolutionIsKeptInEveryKindOfBmp() {
    TestImage image =
        TestImage.random(new PngFormat(PngFormat.PALETTE, 1), 9, 7, 2)
            .withDensity(new Density(2835, 2836, Density.METRE));
    byte[] png = PngWriter.bytesOf(image);
    for (BmpFormat format : BmpFormat.values()) {
      if (exists(image.format(), format)) {
        BmpVariant bmp = BmpVariant.read(convert(png, to(format)));
        assertThat(bmp.xPixelsPerMetre()).as("%s", format).isEqualTo(2835);
        assertThat(bmp.yPixelsPerMetre()).as("%s", format).isEqualTo(2836);
      }
    }
  }

  @Test
  void aProfileIsKeptToTheByteBehindThePixelsOfABgraBmp() {
    byte[] profile = rgbProfile();
    TestImage image = TestImage.random(new PngFormat(PngFormat.RGBA, 8), 9, 7, 2);
    byte[] png = PngWriter.of(image).chunkBeforePalette(PngChunk.of("iCCP", iccp(profile))).bytes();
    for (BmpFormat format : List.of(BmpFormat.BGRA, BmpFormat.MATCH)) {
      BmpVariant bmp = BmpVariant.read(convert(png, to(format)));
      assertThat(bmp.headerBytes()).isEqualTo(124);
      assertThat(bmp.profile()).isEqualTo(profile);
      assertThat(bmp.rgba()).isEqualTo(expectedRgba(image, BmpFormat.BGRA, OptionalInt.empty()));
    }
    assertThat(BmpVariant.read(convert(png, to(BmpFormat.CLASSIC))).headerBytes()).isEqualTo(40);
  }

  /** As much of a profile as is looked at: its colour space (ICC.1, 7.2.6); the rest is noise. */
  private static byte[] rgbProfile() {
    byte[] profile = new byte[3000];
    new SplittableRandom(1).nextBytes(profile);
    System.arraycopy(new byte[] {'R', 'G', 'B', ' '}, 0, profile, 16, 4);
    return profile;
  }

  /** A BMP reader takes a profile for one of red, green and blue. */
  @Test
  void aProfileOfGrayOrOneThatCannotBeInflatedIsLeftBehind() {
    byte[] profile = rgbProfile();
    System.arraycopy(new byte[] {'G', 'R', 'A', 'Y'}, 0, profile, 16, 4);
    TestImage image = TestImage.random(new PngFormat(PngFormat.GRAY_ALPHA, 8), 9, 7, 2);
    byte[] gray =
        PngWriter.of(image).chunkBeforePalette(PngChunk.of("iCCP", iccp(profile))).bytes();
    assertThat(BmpVariant.read(convert(gray, to(BmpFormat.BGRA))).headerBytes()).isEqualTo(108);
    byte[] cut = Arrays.copyOf(iccp(rgbProfile()), 500);
    byte[] damaged = PngWriter.of(image).chunkBeforePalette(PngChunk.of("iCCP", cut)).bytes();
    BmpVariant bmp = BmpVariant.read(convert(damaged, to(BmpFormat.BGRA)));
    assertThat(bmp.headerBytes()).isEqualTo(108);
    assertThat(bmp.rgba()).isEqualTo(expectedRgba(image, BmpFormat.BGRA, OptionalInt.empty()));
    assertThat(report(damaged, to(BmpFormat.BGRA)).warnings())
        .extracting(PngWarning::chunkType)
        .containsExactly("iCCP");
  }

  private static byte[] iccp(byte[] profile) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(new byte[] {'x', 0, 0});
    data.writeBytes(PngWriter.compress(profile, 9));
    return data.toByteArray();
  }

  @Test
  void alphaThatABmpCannotExpressIsAWarningUnlessThereIsABackground() {
    for (PngFormat source : PngFormat.ALL) {
      TestImage opaque = TestImage.random(source, 9, 7, 2);
      TestImage image = transparent(opaque);
      for (BmpFormat format : BmpFormat.values()) {
        if (exists(source, format)) {
          boolean keeps = format == BmpFormat.BGRA || format == BmpFormat.MATCH;
          assertThat(report(image, to(format)).alphaDropped())
              .as("%s to %s", image, format)
              .isEqualTo(!keeps);
          assertThat(report(image, to(format).withBackground(9, 9, 9)).alphaDropped()).isFalse();
          if (opaque != image) {
            assertThat(report(opaque, to(format)).warnings()).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void theWarningNamesTheChunkThatTheTransparencyComesFrom() {
    TestImage keyed = transparent(TestImage.random(new PngFormat(PngFormat.GRAY, 8), 9, 7, 2));
    List<PngWarning> warnings = new ArrayList<>(report(keyed, to(BmpFormat.CLASSIC)).warnings());
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst().isAlphaDropped()).isTrue();
    assertThat(warnings.getFirst().chunkType()).isEqualTo("tRNS");
    assertThat(warnings.getFirst().offset()).isEqualTo(33);
    assertThat(warnings.getFirst().toString())
        .startsWith("tRNS chunk at byte 33: ")
        .doesNotContain("LodePNG");
    TestImage rgba = TestImage.random(new PngFormat(PngFormat.RGBA, 8), 9, 7, 2);
    assertThat(report(rgba, to(BmpFormat.CLASSIC)).warnings())
        .extracting(PngWarning::chunkType)
        .containsExactly("IHDR");
  }

  private static ConversionReport report(TestImage image, ConvertOptions options) {
    return report(PngWriter.bytesOf(image), options);
  }

  private static ConversionReport report(byte[] bytes, ConvertOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment png = arena.allocateFrom(JAVA_BYTE, bytes);
      return Png.convert(png, arena.allocate(Png.bmpSize(png, options)), options);
    }
  }
}
