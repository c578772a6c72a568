package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every kind of PNG in every format of pixels, to the byte, against a reference. */
class PngDecodeTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  private static final int MIXED = 5;

  /** The image as it is, and with every kind of tRNS chunk that its colour type allows. */
  private static List<TestImage> withTransparency(TestImage image) {
    List<TestImage> images = new ArrayList<>(List.of(image));
    PngFormat format = image.format();
    if (format.hasPalette()) {
      byte[] alpha = new byte[Math.max(1, image.palette().length / 2)];
      for (int i = 0; i < alpha.length; i++) {
        alpha[i] = (byte) (37 * i);
      }
      images.add(image.withTransparency(alpha));
    } else if (!format.hasAlphaChannel()) {
      images.add(image.withColorKey(Arrays.copyOf(image.samples(), format.channels())));
    }
    return images;
  }

  private static byte[] write(TestImage image, int filter, boolean interlaced) {
    PngWriter writer = PngWriter.of(image).interlaced(interlaced).compressionLevel(1);
    return (filter == MIXED ? writer.mixedFilters(image.width()) : writer.filter(filter)).bytes();
  }

  private static byte[] decode(MemorySegment png, PixelFormat format, DecodeOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      Pixels pixels = Png.decode(png, format, arena, options);
      assertThat(pixels.format()).isEqualTo(format);
      assertThat(pixels.firstRow()).isZero();
      assertThat(pixels.stride()).isEqualTo(pixels.rowBytes());
      return pixels.memory().toArray(JAVA_BYTE);
    }
  }

  private static void everyFormatIsTheReference(TestImage image) {
    Map<PixelFormat, byte[]> expected = new EnumMap<>(PixelFormat.class);
    for (PixelFormat format : PixelFormat.values()) {
      if (ReferenceFormats.exists(image.format(), format)) {
        expected.put(format, ReferenceFormats.bytes(image, format));
      }
    }
    for (int filter = 0; filter <= MIXED; filter++) {
      for (boolean interlaced : new boolean[] {false, true}) {
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment png = arena.allocateFrom(JAVA_BYTE, write(image, filter, interlaced));
          for (var format : expected.entrySet()) {
            assertThat(decode(png, format.getKey(), DecodeOptions.defaults()))
                .as(
                    "%s to %s, filter %d, interlaced %s, tRNS %s",
                    image, format.getKey(), filter, interlaced, image.transparency() != null)
                .isEqualTo(format.getValue());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void everyFilterAndInterlaceInSmallShapesGivesTheReferenceInEveryFormat(PngFormat format) {
    for (int width : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33}) {
      for (int height : new int[] {1, 2, 5, 9}) {
        TestImage image = TestImage.random(format, width, height, 31L * width + height);
        withTransparency(image).forEach(PngDecodeTest::everyFormatIsTheReference);
      }
    }
  }

  /** Rows longer than a vector register, and more of them than are worked on together. */
  @ParameterizedTest
  @FieldSource("FORMATS")
  void rowsAroundTheSizesOfVectorsGiveTheReferenceInEveryFormat(PngFormat format) {
    for (int width : new int[] {31, 32, 63, 64, 65, 130, 257}) {
      for (int height : new int[] {7, 8, 17, 35}) {
        TestImage image = TestImage.photoLike(format, width, height, 7L * width + height);
        withTransparency(image).forEach(PngDecodeTest::everyFormatIsTheReference);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void premultiplyingAndBackgroundsGiveTheReferenceInEveryFormat(PngFormat format) {
    for (int width : new int[] {1, 7, 33, 100}) {
      for (boolean interlaced : new boolean[] {false, true}) {
        for (TestImage image : withTransparency(TestImage.random(format, width, 11, width))) {
          byte[] png = write(image, MIXED, interlaced);
          for (int background : new int[] {-1, 0, 0x808080, 0xFFFFFF, 0x102F80}) {
            for (Alpha alpha : Alpha.values()) {
              blendedIsTheReference(image, png, alpha, background);
            }
          }
        }
      }
    }
  }

  private static void blendedIsTheReference(
      TestImage image, byte[] png, Alpha alpha, int background) {
    boolean colored = background >= 0 && background % 0x010101 != 0;
    for (PixelFormat format : PixelFormat.values()) {
      if (!ReferenceFormats.exists(image.format(), format)
          || background >= 0 && format == PixelFormat.INDEXED8
          || colored && format.isGray()) {
        continue;
      }
      DecodeOptions options = DecodeOptions.defaults().withAlpha(alpha);
      OptionalInt color = OptionalInt.empty();
      if (background >= 0) {
        options =
            options.withBackground(background >> 16, background >> 8 & 0xFF, background & 0xFF);
        color = OptionalInt.of(background);
      }
      assertThat(decode(MemorySegment.ofArray(png), format, options))
          .as("%s to %s, %s, background %x", image, format, alpha, background)
          .isEqualTo(ReferenceFormats.bytes(image, format, alpha, color));
    }
  }

  /** Each of the 65,536 pairs of an 8-bit sample and alpha. */
  @Test
  void theRoundingOfPremultiplyingIsTheStatedOneForEveryPairOfSampleAndAlpha() {
    int[] samples = new int[256 * 256 * 4];
    for (int i = 0; i < 256 * 256; i++) {
      samples[4 * i] = i >> 8;
      samples[4 * i + 1] = 255 - (i >> 8);
      samples[4 * i + 2] = i >> 8 ^ 0x55;
      samples[4 * i + 3] = i & 0xFF;
    }
    TestImage image = TestImage.of(new PngFormat(PngFormat.RGBA, 8), 256, 256, samples);
    DecodeOptions premultiplied = DecodeOptions.defaults().withAlpha(Alpha.PREMULTIPLIED);
    for (PixelFormat format :
        List.of(PixelFormat.RGBA8, PixelFormat.BGRA8, PixelFormat.ARGB8, PixelFormat.RGBA16)) {
      byte[] pixels =
          decode(MemorySegment.ofArray(PngWriter.bytesOf(image)), format, premultiplied);
      assertThat(pixels)
          .as("%s", format)
          .isEqualTo(
              ReferenceFormats.bytes(image, format, Alpha.PREMULTIPLIED, OptionalInt.empty()));
    }
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void whatAnImageHasNotIsRefusedWithTheWayOutBeforeMemoryIsAskedFor(PngFormat format) {
    MemorySegment png = MemorySegment.ofArray(PngWriter.bytesOf(TestImage.random(format, 4, 3, 1)));
    for (PixelFormat target : PixelFormat.values()) {
      if (ReferenceFormats.exists(format, target)) {
        continue;
      }
      assertThatExceptionOfType(PngException.class)
          .as("%s to %s", format, target)
          .isThrownBy(() ->
              Png.decode(
                  png,
                  target,
                  (bytes, alignment) -> {
                    throw new AssertionError("was asked for " + bytes + " bytes");
                  }))
          .withMessageContaining(target == PixelFormat.INDEXED8 ? "INDEXED" : "RGB8")
          .withMessageContaining("(4 x 3)")
          .satisfies(e -> {
            assertThat(e.kind()).isEqualTo(PngException.Kind.UNSUPPORTED);
            assertThat(e.errorCode()).isEqualTo(target == PixelFormat.INDEXED8 ? 1013 : 1012);
          });
    }
  }

  @Test
  void aShortPaletteAndIndicesBeyondItAreBlackAndOpaque() {
    TestImage image =
        TestImage.of(new PngFormat(PngFormat.PALETTE, 4), 4, 1, 0, 1, 2, 15)
            .withPalette(0x102030, 0x405060)
            .withTransparency((byte) 9);
    everyFormatIsTheReference(image);
    assertThat(ReferenceFormats.bytes(image, PixelFormat.RGBA8))
        .isEqualTo(
            new byte[] {
              0x10, 0x20, 0x30, 9, 0x40, 0x50, 0x60, -1, 0, 0, 0, -1, 0, 0, 0, -1,
            });
  }

  /** A key has 16 bits; those that no sample of the depth has count, too. */
  @Test
  void aColorKeyThatNoSampleCanEqualMakesNothingTransparent() {
    for (PngFormat format :
        List.of(new PngFormat(PngFormat.RGB, 8), new PngFormat(PngFormat.GRAY, 4))) {
      int sample = format.maxSample();
      TestImage image = TestImage.flat(format, 9, 3, sample);
      int[] key = new int[format.channels()];
      Arrays.fill(key, sample);
      everyFormatIsTheReference(image.withColorKey(key));
      key[0] = sample + 0x100;
      everyFormatIsTheReference(image.withColorKey(key));
    }
  }
}
