package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.lodepngffm.testkit.Density;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** BMPs into pixels through the API; the kinds of BMP are for the conformance files and C. */
class BmpDecodeTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  private static final TestImage PICTURE =
      TestImage.random(new PngFormat(PngFormat.RGB, 8), 29, 17, 7);

  private static final byte[] BMP = ReferenceBmp.bytes(PICTURE);

  private static byte[] decode(byte[] bmp, PixelFormat format, DecodeOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      return Bmp.decode(MemorySegment.ofArray(bmp), format, arena, options)
          .memory()
          .toArray(JAVA_BYTE);
    }
  }

  private static byte[] decode(byte[] bmp, PixelFormat format) {
    return decode(bmp, format, DecodeOptions.defaults());
  }

  private static byte[] with(byte[] bmp, int at, int... bytes) {
    byte[] copy = bmp.clone();
    for (int i = 0; i < bytes.length; i++) {
      copy[at + i] = (byte) bytes[i];
    }
    return copy;
  }

  /** What the kind of BMP keeps of an image: all samples to 8 bits, alpha or none. */
  private static byte[] expected(TestImage image, BmpFormat kind, PixelFormat format) {
    byte[] rgba = ReferenceFormats.bytes(image, PixelFormat.RGBA8);
    boolean keepsAlpha = kind == BmpFormat.BGRA;
    int[] order = format == PixelFormat.BGR8 ? new int[] {2, 1, 0} : new int[] {0, 1, 2, 3};
    byte[] pixels = new byte[rgba.length / 4 * order.length];
    for (int i = 0; i < pixels.length; i++) {
      int channel = order[i % order.length];
      boolean opaque = channel == 3 && !keepsAlpha;
      pixels[i] = opaque ? (byte) 0xff : rgba[i / order.length * 4 + channel];
    }
    return pixels;
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void whatPngToBmpMakesGivesThePixelsOfThePng(PngFormat format) {
    TestImage image = TestImage.random(format, 37, 11, 3);
    byte[] png = PngWriter.bytesOf(image);
    for (BmpFormat kind : BmpFormat.values()) {
      byte[] bmp;
      try (Arena arena = Arena.ofConfined()) {
        bmp =
            Png.toBmp(
                    MemorySegment.ofArray(png),
                    arena,
                    ConvertOptions.defaults().withBmpFormat(kind))
                .toArray(JAVA_BYTE);
      } catch (PngException e) {
        assertThat(e.kind()).isEqualTo(PngException.Kind.UNSUPPORTED);
        continue;
      }
      BmpInfo info = Bmp.readInfo(MemorySegment.ofArray(bmp));
      BmpFormat made = kind == BmpFormat.MATCH && info.hasAlpha() ? BmpFormat.BGRA : kind;
      assertThat(decode(bmp, PixelFormat.RGBA8))
          .as("%s through %s", image, kind)
          .isEqualTo(expected(image, made, PixelFormat.RGBA8));
      assertThat(decode(bmp, PixelFormat.BGR8))
          .as("%s through %s", image, kind)
          .isEqualTo(expected(image, made, PixelFormat.BGR8));
      if (info.hasGrayPalette() && !format.hasPalette()) {
        assertThat(decode(bmp, PixelFormat.GRAY8))
            .as("%s through %s", image, kind)
            .isEqualTo(ReferenceFormats.bytes(image, PixelFormat.GRAY8));
      }
    }
  }

  @Test
  void aBmpIsWhatImageIoSees() throws Exception {
    assertThat(decode(BMP, PixelFormat.RGBA8)).isEqualTo(ImageIoDecoder.rgba8(BMP));
  }

  @Test
  void indicesAndPaletteAreThoseOfTheFile() {
    TestImage image =
        TestImage.random(new PngFormat(PngFormat.PALETTE, 4), 9, 5, 1).withPalette(10, 20, 30, 40);
    int[] indices = new int[image.samples().length];
    Arrays.setAll(indices, i -> image.samples()[i] % 4);
    TestImage inRange =
        TestImage.of(new PngFormat(PngFormat.PALETTE, 4), 9, 5, indices)
            .withPalette(10, 20, 30, 40);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bmp =
          Png.toBmp(
              MemorySegment.ofArray(PngWriter.bytesOf(inRange)),
              arena,
              ConvertOptions.defaults().withBmpFormat(BmpFormat.INDEXED8));
      int[] palette = Bmp.readPalette(bmp);
      assertThat(palette).hasSize(256).startsWith(0xff00000a, 0xff000014, 0xff00001e, 0xff000028);
      byte[] found = Bmp.decode(bmp, PixelFormat.INDEXED8, arena).memory().toArray(JAVA_BYTE);
      for (int i = 0; i < indices.length; i++) {
        assertThat(found[i]).isEqualTo((byte) indices[i]);
      }
    }
  }

  @Test
  void theHeaderTellsSizeBitsAndResolution() {
    TestImage image = PICTURE.withDensity(new Density(2835, 3000, Density.METRE));
    BmpInfo info = Bmp.readInfo(MemorySegment.ofArray(ReferenceBmp.bytes(image)));
    assertThat(info)
        .isEqualTo(
            new BmpInfo(29, 17, 24, 8, BmpCompression.RGB, false, false, 0, false, 40, 2835, 3000));
    assertThat(info.pixels()).isEqualTo(29 * 17);
  }

  @Test
  void decodingIntoAPartOfALargerImageWritesNothingElse() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(60 * 40 * 4);
      memory.fill((byte) 0x5a);
      Pixels canvas = Pixels.of(memory, 60, 40, PixelFormat.RGBA8);
      Pixels part = canvas.region(11, 7, 29, 17);
      ConversionReport report =
          Bmp.decode(MemorySegment.ofArray(BMP), part, DecodeOptions.defaults());
      assertThat(report.bytesWritten()).isEqualTo(29 * 17 * 4);
      assertThat(report.warnings()).isEmpty();
      byte[] expected = new byte[60 * 40 * 4];
      Arrays.fill(expected, (byte) 0x5a);
      byte[] rgba = ReferenceFormats.bytes(PICTURE, PixelFormat.RGBA8);
      for (int y = 0; y < 17; y++) {
        System.arraycopy(rgba, y * 29 * 4, expected, ((y + 7) * 60 + 11) * 4, 29 * 4);
      }
      assertThat(memory.toArray(JAVA_BYTE)).isEqualTo(expected);
    }
  }

  @Test
  void alphaIsPutOntoABackgroundMultipliedOrDroppedWithAWarning() {
    TestImage image = TestImage.random(new PngFormat(PngFormat.RGBA, 8), 13, 9, 5);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bmp =
          Png.toBmp(
              MemorySegment.ofArray(PngWriter.bytesOf(image)),
              arena,
              ConvertOptions.defaults().withBmpFormat(BmpFormat.BGRA));
      byte[] bytes = bmp.toArray(JAVA_BYTE);
      DecodeOptions onto = DecodeOptions.defaults().withBackground(200, 100, 50);
      assertThat(decode(bytes, PixelFormat.RGB8, onto))
          .isEqualTo(
              ReferenceFormats.bytes(
                  image, PixelFormat.RGB8, Alpha.STRAIGHT, OptionalInt.of(0xc86432)));
      assertThat(
              decode(
                  bytes,
                  PixelFormat.ABGR8,
                  DecodeOptions.defaults().withAlpha(Alpha.PREMULTIPLIED)))
          .isEqualTo(
              ReferenceFormats.bytes(
                  image, PixelFormat.ABGR8, Alpha.PREMULTIPLIED, OptionalInt.empty()));
      Pixels rgb = Pixels.of(arena.allocate(13 * 9 * 3), 13, 9, PixelFormat.RGB8);
      ConversionReport report = Bmp.decode(bmp, rgb, DecodeOptions.defaults());
      assertThat(report.alphaDropped()).isTrue();
      assertThat(report.warnings())
          .singleElement()
          .hasToString(
              "at byte 66: the image has transparency, which the format asked for does not have");
    }
  }

  @Test
  void aFileThatEndsEarlyIsRefusedWithItsSizesAndShownWhereThatIsAskedFor() {
    byte[] half = Arrays.copyOf(BMP, 54 + 88 * 8 + 40); // 8 of 17 rows, which stand bottom-up
    assertThatExceptionOfType(BmpException.class)
        .isThrownBy(() -> decode(half, PixelFormat.RGB8))
        .withMessage(
            "the file ends within the pixels of the BMP, which end at byte 1549: it has 798 bytes;"
                + " DecodeOptions.tolerant() shows what there is")
        .satisfies(e -> {
          assertThat(e.kind()).isEqualTo(PngException.Kind.MALFORMED);
          assertThat(e.wanted()).hasValue(1549);
          assertThat(e.allowed()).hasValue(798);
          assertThat(e.limit()).isEmpty();
        });
    byte[] found = decode(half, PixelFormat.RGB8, DecodeOptions.tolerant());
    byte[] whole = ReferenceFormats.bytes(PICTURE, PixelFormat.RGB8);
    Arrays.fill(whole, 0, 9 * 29 * 3, (byte) 0);
    assertThat(found).isEqualTo(whole);
  }

  @Test
  void theLastRowNeedsNoPadding() {
    byte[] unpadded = Arrays.copyOf(BMP, BMP.length - 1);
    assertThat(decode(unpadded, PixelFormat.RGB8)).isEqualTo(decode(BMP, PixelFormat.RGB8));
  }

  @Test
  void otherFilesAreNamed() {
    byte[] png = PngWriter.bytesOf(PICTURE);
    assertThatExceptionOfType(BmpException.class)
        .isThrownBy(() -> decode(png, PixelFormat.RGB8))
        .withMessage("this is a PNG, not a BMP");
    assertThatExceptionOfType(BmpException.class)
        .isThrownBy(
            () -> Bmp.readInfo(MemorySegment.ofArray("GIF89a".getBytes(StandardCharsets.US_ASCII))))
        .withMessage("this is a GIF, not a BMP");
    assertThatExceptionOfType(BmpException.class)
        .isThrownBy(() -> Bmp.readInfo(MemorySegment.ofArray(new byte[0])))
        .withMessage("the file is empty");
  }

  @Test
  void damagedHeadersAreRefusedWithTheFieldAndItsValue() {
    expect(with(BMP, 14, 41), 1042, "no header of a BMP has the size biSize: 41");
    expect(with(BMP, 18, 0), 1043, "the BMP has no pixels: a side is 0, or the width is negative");
    expect(
        with(BMP, 28, 7),
        1044,
        "the BMP has a number of bits a pixel, biBitCount, that does not go with its compression: 7");
    expect(
        with(BMP, 30, 5),
        1045,
        "the pixels of the BMP are stored in a way, biCompression, that is not read: 5 (BI_PNG)");
    expect(
        with(BMP, 10, 50),
        1047,
        "the pixels of the BMP, at bfOffBits, begin within its headers: at byte 50, and those end"
            + " at 54");
    expect(
        Arrays.copyOf(BMP, 53),
        1041,
        "the file ends within the headers of the BMP, which end at byte 54: it has 53 bytes");
    byte[] masks = with(with(with(BMP, 28, 32), 30, 3), 54, 0, 0, 0xf3, 0);
    expect(masks, 1046, "a mask of the BMP has gaps, or bits outside of the pixel: 0xf30000");
  }

  private static void expect(byte[] bmp, int code, String message) {
    assertThatExceptionOfType(BmpException.class)
        .isThrownBy(() -> decode(bmp, PixelFormat.RGB8))
        .withMessage(message)
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(code));
  }

  @Test
  void planesOtherThanOneAreAWarningAndInAStrictCallAnError() {
    byte[] odd = with(BMP, 26, 3);
    assertThat(decode(odd, PixelFormat.RGB8)).isEqualTo(decode(BMP, PixelFormat.RGB8));
    assertThatExceptionOfType(BmpException.class)
        .isThrownBy(() -> decode(odd, PixelFormat.RGB8, DecodeOptions.strict()))
        .withMessage("the BMP has a number of planes, biPlanes, other than 1: 3");
  }

  @Test
  void limitsRefuseWithTheirNumbers() {
    Limits defaults = Limits.defaults();
    refuses(defaults.withMaxInputBytes(100), Limit.INPUT_BYTES, BMP.length, 100);
    refuses(defaults.withMaxPixels(492), Limit.PIXELS, 493, 492);
    refuses(defaults.withMaxOutputBytes(1478), Limit.OUTPUT_BYTES, 1479, 1478);
  }

  private static void refuses(Limits limits, Limit limit, long wanted, long allowed) {
    assertThatExceptionOfType(BmpException.class)
        .isThrownBy(
            () -> decode(BMP, PixelFormat.RGB8, DecodeOptions.defaults().withLimits(limits)))
        .withMessageContaining("Limits." + limit.method())
        .withMessageNotContaining("PNG")
        .satisfies(e -> {
          assertThat(e.kind()).isEqualTo(PngException.Kind.LIMIT);
          assertThat(e.limit()).hasValue(limit);
          assertThat(e.wanted()).hasValue(wanted);
          assertThat(e.allowed()).hasValue(allowed);
        });
  }

  @Test
  void colorDoesNotBecomeGrayNorAnIndex() {
    assertThatExceptionOfType(BmpException.class)
        .isThrownBy(() -> decode(BMP, PixelFormat.GRAY8))
        .withMessageStartingWith("the image, or its background, has colours")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.UNSUPPORTED));
    assertThatExceptionOfType(BmpException.class)
        .isThrownBy(() -> decode(BMP, PixelFormat.INDEXED8))
        .withMessageContaining("readInfo tells beforehand");
  }

  @Test
  void outputsThatAreReadOnlyOnTheHeapOrOfAnotherSizeAreRefused() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment readOnly = arena.allocate(29 * 17 * 3).asReadOnly();
      MemorySegment heap = MemorySegment.ofArray(new byte[29 * 17 * 3]);
      for (MemorySegment memory : List.of(readOnly, heap)) {
        Pixels into = Pixels.of(memory, 29, 17, PixelFormat.RGB8);
        assertThatIllegalArgumentException()
            .isThrownBy(
                () -> Bmp.decode(MemorySegment.ofArray(BMP), into, DecodeOptions.defaults()));
      }
      Pixels small = Pixels.of(arena.allocate(400), 10, 10, PixelFormat.RGBA8);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Bmp.decode(MemorySegment.ofArray(BMP), small, DecodeOptions.defaults()))
          .withMessageContaining("29 x 17");
    }
  }
}
