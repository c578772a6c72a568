package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.lodepngffm.testkit.BmpReader;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pixels into BMPs, read back by the tests' own reader and by the JDK's. */
class BmpEncodeTest {
  private static final Set<PixelFormat> COLORS =
      EnumSet.of(
          PixelFormat.RGB8,
          PixelFormat.BGR8,
          PixelFormat.RGBA8,
          PixelFormat.BGRA8,
          PixelFormat.ARGB8,
          PixelFormat.ABGR8,
          PixelFormat.RGB16,
          PixelFormat.RGBA16);

  private static TestImage imageFor(PixelFormat format) {
    int colorType = COLORS.contains(format) ? PngFormat.RGBA : PngFormat.GRAY_ALPHA;
    return TestImage.random(new PngFormat(colorType, 8 * format.bytesPerSample()), 23, 9, 4);
  }

  private static Pixels pixels(byte[] bytes, int width, int height, PixelFormat format, Arena arena) {
    MemorySegment memory = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    return Pixels.of(memory, width, height, format);
  }

  private static byte[] rgb(byte[] rgba) {
    byte[] rgb = new byte[rgba.length / 4 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = rgba[i / 3 * 4 + i % 3];
    }
    return rgb;
  }

  @ParameterizedTest
  @EnumSource(
      value = PixelFormat.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INDEXED8"})
  void pixelsOfEveryFormatAreThoseOfTheBmp(PixelFormat format) throws Exception {
    TestImage image = imageFor(format);
    byte[] expected = ReferenceFormats.bytes(image, PixelFormat.RGBA8);
    try (Arena arena = Arena.ofConfined()) {
      Pixels source = pixels(ReferenceFormats.bytes(image, format), 23, 9, format, arena);
      MemorySegment classic = Bmp.encode(source, arena, BmpFormat.CLASSIC);
      assertThat(BmpReader.read(classic).rgb()).isEqualTo(rgb(expected));
      MemorySegment upsideDown = Bmp.encode(source.flipped().flipped(), arena, BmpFormat.CLASSIC);
      assertThat(upsideDown.mismatch(classic)).isEqualTo(-1);

      byte[] match = Bmp.encode(source, arena, BmpFormat.MATCH).toArray(JAVA_BYTE);
      byte[] seen = ImageIoDecoder.rgba8(match);
      if (format.hasAlpha()) {
        assertThat(seen).isEqualTo(expected);
      } else {
        assertThat(rgb(seen)).isEqualTo(rgb(expected));
      }
      assertThat(Bmp.readInfo(MemorySegment.ofArray(match)).bitCount())
          .isEqualTo(format.hasAlpha() ? 32 : format.isGray() ? 8 : 24);
    }
  }

  @Test
  void indicesKeepTheirPaletteOrBecomeItsColors() throws Exception {
    int[] palette = {0xff102030, 0x80405060, 0xff000000};
    byte[] indices = {0, 1, 2, 1, 0, 0};
    try (Arena arena = Arena.ofConfined()) {
      Pixels source = pixels(indices, 3, 2, PixelFormat.INDEXED8, arena);
      MemorySegment indexed = Bmp.encode(source, palette, arena, BmpFormat.MATCH);
      assertThat(Bmp.readPalette(indexed))
          .hasSize(256)
          .startsWith(0xff102030, 0xff405060, 0xff000000, 0xff000000);
      assertThat(Bmp.decode(indexed, PixelFormat.INDEXED8, arena).memory().toArray(JAVA_BYTE))
          .isEqualTo(indices);
      byte[] bgra = Bmp.encode(source, palette, arena, BmpFormat.BGRA).toArray(JAVA_BYTE);
      byte[] seen = ImageIoDecoder.rgba8(bgra);
      assertThat(seen).startsWith(0x10, 0x20, 0x30, 0xff, 0x40, 0x50, 0x60, 0x80, 0, 0, 0, 0xff);
      assertThat(BmpReader.read(Bmp.encode(source, palette, arena, BmpFormat.CLASSIC)).rgb())
          .startsWith(0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0, 0, 0);
    }
  }

  @Test
  void blackAndWhiteFitIntoOneBitAndOtherGraysDoNot() throws Exception {
    byte[] gray = new byte[11 * 2];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) (i % 3 == 0 ? 255 : 0);
    }
    try (Arena arena = Arena.ofConfined()) {
      Pixels source = pixels(gray, 11, 2, PixelFormat.GRAY8, arena);
      MemorySegment bmp = Bmp.encode(source, arena, BmpFormat.BILEVEL);
      assertThat(Bmp.readInfo(bmp).bitCount()).isEqualTo(1);
      assertThat(bmp.byteSize()).isEqualTo(14 + 40 + 8 + 2 * 4);
      byte[] seen = ImageIoDecoder.rgba8(bmp.toArray(JAVA_BYTE));
      for (int i = 0; i < gray.length; i++) {
        assertThat(seen[4 * i]).isEqualTo(gray[i]);
      }
      source.memory().set(JAVA_BYTE, 7, (byte) 254);
      assertThatExceptionOfType(BmpException.class)
          .isThrownBy(() -> Bmp.encode(source, arena, BmpFormat.BILEVEL))
          .withMessageContaining("one bit a pixel")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.UNSUPPORTED));
    }
  }

  @Test
  void pixelsThatCannotBecomeSuchABmpAreRefused() {
    try (Arena arena = Arena.ofConfined()) {
      Pixels rgb = Pixels.of(arena.allocate(12), 2, 2, PixelFormat.RGB8);
      assertThatExceptionOfType(BmpException.class)
          .isThrownBy(() -> Bmp.encode(rgb, arena, BmpFormat.GRAY8))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.UNSUPPORTED));
      assertThatExceptionOfType(BmpException.class)
          .isThrownBy(() -> Bmp.encode(rgb, arena, BmpFormat.INDEXED8));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Bmp.encode(rgb, new int[1], arena, BmpFormat.MATCH))
          .withMessageContaining("RGB8");
      Pixels indices = Pixels.of(arena.allocate(4), 2, 2, PixelFormat.INDEXED8);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Bmp.encode(indices, arena, BmpFormat.MATCH))
          .withMessageContaining("palette");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Bmp.encode(indices, new int[257], arena, BmpFormat.MATCH))
          .withMessageContaining("257");
      Pixels onHeap = Pixels.of(MemorySegment.ofArray(new byte[12]), 2, 2, PixelFormat.RGB8);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Bmp.encode(onHeap, arena, BmpFormat.MATCH))
          .withMessageContaining("on the heap");
    }
  }
}
