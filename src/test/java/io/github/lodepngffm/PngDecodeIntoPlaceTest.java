package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Memory that the caller brings for the pixels: each byte of them written, and no other. */
class PngDecodeIntoPlaceTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  private final TestImage image = TestImage.random(new PngFormat(PngFormat.RGBA, 8), 13, 7, 1);
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment png = arena.allocateFrom(JAVA_BYTE, PngWriter.bytesOf(image));

  @AfterEach
  void closeArena() {
    arena.close();
  }

  /** Decodes between bytes of other people's, and looks at every one of them. */
  private void decodesExactlyInto(
      TestImage source, boolean interlaced, PixelFormat format, int gap, boolean bottomUp) {
    MemorySegment input =
        arena.allocateFrom(
            JAVA_BYTE, PngWriter.of(source).mixedFilters(1).interlaced(interlaced).bytes());
    byte[] pixels = ReferenceFormats.bytes(source, format);
    int rowBytes = pixels.length / source.height();
    int stride = rowBytes + gap;
    int before = 101; // an odd address
    byte[] expected = new byte[before + stride * source.height() + 130];
    new SplittableRandom(gap).nextBytes(expected);
    MemorySegment memory = arena.allocateFrom(JAVA_BYTE, expected);
    Pixels into = new Pixels(memory, source.width(), source.height(), format, before, stride);
    for (int y = 0; y < source.height(); y++) {
      int row = bottomUp ? source.height() - 1 - y : y;
      System.arraycopy(pixels, y * rowBytes, expected, before + row * stride, rowBytes);
    }
    ConversionReport report =
        Png.decode(input, bottomUp ? into.flipped() : into, DecodeOptions.defaults());
    assertThat(memory.toArray(JAVA_BYTE))
        .as(
            "%s to %s, gap %d, bottom-up %s, interlaced %s",
            source, format, gap, bottomUp, interlaced)
        .isEqualTo(expected);
    assertThat(report.bytesWritten()).isEqualTo(pixels.length);
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void noByteBetweenBeforeOrBehindTheRowsIsTouched(PngFormat source) {
    for (PixelFormat format : PixelFormat.values()) {
      if (ReferenceFormats.exists(source, format)) {
        for (int width : new int[] {1, 5, 16, 31, 67}) {
          TestImage image = TestImage.random(source, width, 21, width);
          for (int gap : new int[] {0, 1, 3, 40}) {
            for (boolean bottomUp : new boolean[] {false, true}) {
              decodesExactlyInto(image, false, format, gap, bottomUp);
              decodesExactlyInto(image, true, format, gap, bottomUp);
            }
          }
        }
      }
    }
  }

  @Test
  void fourPicturesShareOneSurfaceWithoutTouchingEachOther() {
    PixelFormat format = PixelFormat.BGRA8;
    Pixels canvas = Pixels.of(arena.allocate(26 * 14 * 4), 26, 14, format);
    byte[] expected = new byte[26 * 14 * 4];
    for (int i = 0; i < 4; i++) {
      TestImage quarter = TestImage.random(new PngFormat(PngFormat.RGB, 8), 13, 7, i);
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, PngWriter.bytesOf(quarter));
      int x = i % 2 * 13;
      int y = i / 2 * 7;
      Png.decode(input, canvas.region(x, y, 13, 7), DecodeOptions.defaults());
      byte[] pixels = ReferenceFormats.bytes(quarter, format);
      for (int row = 0; row < 7; row++) {
        System.arraycopy(pixels, row * 52, expected, ((y + row) * 26 + x) * 4, 52);
      }
    }
    assertThat(canvas.memory().toArray(JAVA_BYTE)).isEqualTo(expected);
  }

  @Test
  void whatTheMemoryHeldBeforeDoesNotShow() {
    for (PngFormat source : PngFormat.ALL) {
      TestImage other = TestImage.random(source, 30, 11, 2);
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, PngWriter.bytesOf(other));
      for (PixelFormat format : List.of(PixelFormat.RGBA8, PixelFormat.RGB16)) {
        Pixels pixels = Pixels.of(arena.allocate(330L * format.bytesPerPixel()), 30, 11, format);
        for (byte content : new byte[] {0, (byte) 0xFF, 0x5A}) {
          pixels.memory().fill(content);
          Png.decode(input, pixels, DecodeOptions.defaults());
          assertThat(pixels.memory().toArray(JAVA_BYTE))
              .as("%s to %s", other, format)
              .isEqualTo(ReferenceFormats.bytes(other, format));
        }
      }
    }
  }

  @Test
  void memoryOfAnotherSizeThanTheImageIsRefusedWithBothSizes() {
    Pixels pixels = Pixels.of(arena.allocate(13 * 8 * 4), 13, 8, PixelFormat.RGBA8);
    assertRefused(pixels, "the image has 13 x 7 pixels, the memory is laid out for 13 x 8");
    assertRefused(pixels.region(0, 0, 12, 7), "for 12 x 7");
    assertThat(pixels.memory().toArray(JAVA_BYTE)).containsOnly(0);
  }

  @Test
  void readOnlyMemoryIsRefused() {
    assertRefused(pixels(arena.allocate(13 * 7 * 4).asReadOnly()), "read-only");
  }

  @Test
  void heapMemoryIsRefusedWithTheWayOut() {
    assertRefused(pixels(MemorySegment.ofArray(new byte[13 * 7 * 4])), "on the heap: allocate");
  }

  @Test
  void aMappedFileIsRefused(@TempDir Path directory) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve("pixels"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 13 * 7 * 4, arena);
      assertRefused(pixels(mapped), "mapped file");
    }
  }

  @Test
  void memoryThatOverlapsThePngIsRefusedWithBothSizes() {
    MemorySegment both = arena.allocate(png.byteSize() + 13 * 7 * 4 - 1);
    MemorySegment input = both.asSlice(0, png.byteSize()).copyFrom(png);
    Pixels output = pixels(both.asSlice(png.byteSize() - 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Png.decode(input, output, DecodeOptions.defaults()))
        .withMessageContaining("364 bytes) overlaps the input (" + png.byteSize() + " bytes)");
  }

  private static Pixels pixels(MemorySegment memory) {
    return Pixels.of(memory, 13, 7, PixelFormat.RGBA8);
  }

  private void assertRefused(Pixels pixels, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Png.decode(png, pixels, DecodeOptions.defaults()))
        .withMessageContaining(why);
  }

  @Test
  void anAllocatorThatGivesTooLittleOrHeapMemoryIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Png.decode(png, PixelFormat.RGBA8, (size, alignment) -> arena.allocate(size - 1)))
        .withMessageContaining("363 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Png.decode(
                png,
                PixelFormat.RGBA8,
                (size, alignment) -> MemorySegment.ofArray(new byte[(int) size])))
        .withMessageContaining("on the heap");
  }

  @Test
  void ofMemoryThatIsLargerThanWantedTheResultIsExactlyThePixels() {
    Pixels pixels =
        Png.decode(png, PixelFormat.RGB8, (size, alignment) -> arena.allocate(size + 77));
    assertThat(pixels.memory().toArray(JAVA_BYTE))
        .isEqualTo(ReferenceFormats.bytes(image, PixelFormat.RGB8));
  }

  @Test
  void samplesOf16BitsAreAlignedToBeReadAsShorts() {
    Pixels pixels = Png.decode(png, PixelFormat.RGB16, arena);
    assertThat(pixels.memory().address() % 2).isZero();
    byte first = (byte) image.samples()[0];
    assertThat(pixels.asByteBuffer().getShort(0)).isEqualTo((short) ((first & 0xFF) * 257));
  }

  @Test
  void aPngOnTheHeapGivesTheSamePixels() {
    byte[] bytes = png.toArray(JAVA_BYTE);
    byte[] shifted = new byte[bytes.length + 3];
    System.arraycopy(bytes, 0, shifted, 3, bytes.length);
    MemorySegment slice = MemorySegment.ofArray(shifted).asSlice(3);
    Pixels pixels = Png.decode(slice, PixelFormat.RGBA8, arena);
    assertThat(pixels.memory().toArray(JAVA_BYTE))
        .isEqualTo(ReferenceFormats.bytes(image, PixelFormat.RGBA8));
    assertThat(Arrays.copyOfRange(shifted, 3, shifted.length)).isEqualTo(bytes);
  }

  @Test
  void transparentGrayOnABackgroundOfColorIsRefusedInAGrayFormatOnly() {
    DecodeOptions red = DecodeOptions.defaults().withBackground(255, 0, 0);
    TestImage gray = TestImage.random(new PngFormat(PngFormat.GRAY_ALPHA, 8), 5, 4, 1);
    MemorySegment input = arena.allocateFrom(JAVA_BYTE, PngWriter.bytesOf(gray));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.decode(input, PixelFormat.GRAY8, arena, red))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.UNSUPPORTED));
    assertThat(Png.decode(input, PixelFormat.RGB8, arena, red).memory().toArray(JAVA_BYTE))
        .isEqualTo(
            ReferenceFormats.bytes(
                gray, PixelFormat.RGB8, Alpha.STRAIGHT, OptionalInt.of(0xFF0000)));
    TestImage opaque = TestImage.random(new PngFormat(PngFormat.GRAY, 8), 5, 4, 1);
    MemorySegment sound = arena.allocateFrom(JAVA_BYTE, PngWriter.bytesOf(opaque));
    assertThat(Png.decode(sound, PixelFormat.GRAY8, arena, red).memory().toArray(JAVA_BYTE))
        .isEqualTo(ReferenceFormats.bytes(opaque, PixelFormat.GRAY8));
  }

  @Test
  void nullsAreRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> Png.decode(null, PixelFormat.RGBA8, arena))
        .withMessage("png");
    assertThatNullPointerException()
        .isThrownBy(() -> Png.decode(png, null, arena))
        .withMessage("format");
    assertThatNullPointerException()
        .isThrownBy(() -> Png.decode(png, PixelFormat.RGBA8, null))
        .withMessage("out");
    assertThatNullPointerException()
        .isThrownBy(() -> Png.decode(png, (Pixels) null, DecodeOptions.defaults()))
        .withMessage("into");
    assertThatNullPointerException()
        .isThrownBy(() -> Png.decode(png, PixelFormat.RGBA8, arena, null))
        .withMessage("options");
  }
}
