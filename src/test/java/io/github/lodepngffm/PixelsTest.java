package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where pixels are within a segment: arithmetic, and what is refused. */
class PixelsTest {
  private static final PixelFormat RGB = PixelFormat.RGB8;

  private final MemorySegment memory = MemorySegment.ofArray(numbered(100));

  private static byte[] numbered(int bytes) {
    byte[] array = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      array[i] = (byte) i;
    }
    return array;
  }

  @ParameterizedTest
  @EnumSource
  void aPixelHasTheBytesThatItsNameSays(PixelFormat format) {
    String name = format.name();
    int letters =
        name.startsWith("GRAY") || name.startsWith("INDEXED")
            ? name.contains("ALPHA") ? 2 : 1
            : name.replaceAll("[0-9]", "").length();
    assertThat(format.samplesPerPixel()).isEqualTo(letters);
    assertThat(format.bytesPerSample()).isEqualTo(name.endsWith("16") ? 2 : 1);
    assertThat(format.bytesPerPixel()).isEqualTo(letters * format.bytesPerSample());
    assertThat(format.hasAlpha()).isEqualTo(letters % 2 == 0);
    assertThat(format.isGray()).isEqualTo(name.startsWith("GRAY"));
  }

  @Test
  void packedPixelsBeginAtTheBeginningWithNothingBetweenTheRows() {
    Pixels pixels = Pixels.of(memory, 4, 3, RGB);
    assertThat(pixels).isEqualTo(new Pixels(memory, 4, 3, RGB, 0, 12));
    assertThat(pixels.rowBytes()).isEqualTo(12);
    assertThat(pixels.bytes().byteSize()).isEqualTo(36);
    assertThat(pixels.row(2).toArray(JAVA_BYTE)).startsWith(24).hasSize(12);
  }

  @Test
  void flippedPixelsAreTheSameBytesCountedFromTheOtherEnd() {
    Pixels pixels = new Pixels(memory, 4, 3, RGB, 5, 20);
    Pixels flipped = pixels.flipped();
    assertThat(flipped.firstRow()).isEqualTo(45);
    assertThat(flipped.stride()).isEqualTo(-20);
    for (int y = 0; y < 3; y++) {
      assertThat(flipped.row(y).toArray(JAVA_BYTE)).isEqualTo(pixels.row(2 - y).toArray(JAVA_BYTE));
    }
    assertThat(flipped.bytes().toArray(JAVA_BYTE)).isEqualTo(pixels.bytes().toArray(JAVA_BYTE));
    assertThat(flipped.flipped()).isEqualTo(pixels);
  }

  @Test
  void aRegionIsARectangleOfTheSameMemoryAlsoOfFlippedPixels() {
    Pixels pixels = new Pixels(memory, 5, 4, RGB, 3, 17);
    Pixels region = pixels.region(2, 1, 3, 2);
    assertThat(region.firstRow()).isEqualTo(3 + 17 + 6);
    assertThat(region.stride()).isEqualTo(17);
    assertThat(region.row(1).toArray(JAVA_BYTE)).startsWith(3 + 34 + 6).hasSize(9);
    assertThat(pixels.flipped().region(2, 1, 3, 2).row(0).toArray(JAVA_BYTE))
        .startsWith(3 + 2 * 17 + 6)
        .hasSize(9);
    assertThat(region.region(1, 1, 1, 1).row(0).toArray(JAVA_BYTE)).startsWith(3 + 34 + 9);
    assertThat(pixels.region(0, 0, 5, 4)).isEqualTo(pixels);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 1, 1",
    "0, -1, 1, 1",
    "0, 0, 0, 1",
    "0, 0, 1, 0",
    "1, 0, 4, 1",
    "0, 1, 1, 3",
    "4, 0, 1, 1",
    "1, 1, 2147483647, 1",
    "2147483647, 1, 2147483647, 1"
  })
  void aRegionThatIsNotWithinIsRefusedWithItsNumbers(int x, int y, int width, int height) {
    Pixels pixels = Pixels.of(memory, 4, 3, RGB);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pixels.region(x, y, width, height))
        .withMessage(
            "a region of %d x %d pixels at (%d, %d) does not lie within 4 x 3",
            width, height, x, y);
  }

  @Test
  void theLastByteMayBeTheLastOfTheMemoryButNotBehindIt() {
    assertThat(new Pixels(memory, 4, 3, RGB, 8, 40).row(2).byteSize()).isEqualTo(12);
    assertThat(new Pixels(memory, 4, 3, RGB, 88, -44).row(2).byteSize()).isEqualTo(12);
    assertOutside(9, 40);
    assertOutside(89, -44);
    assertOutside(87, -44);
    assertOutside(-1, 12);
    assertOutside(101, -12);
    assertOutside(0, Long.MAX_VALUE);
    assertOutside(88, Long.MIN_VALUE);
    assertOutside(Long.MAX_VALUE, 12);
    assertOutside(Long.MIN_VALUE, 12);
    assertOutside(0, 1L << 62);
    assertOutside(88, -(1L << 62));
  }

  private void assertOutside(long firstRow, long stride) {
    assertThatIllegalArgumentException()
        .as("first row %d, stride %d", firstRow, stride)
        .isThrownBy(() -> new Pixels(memory, 4, 3, RGB, firstRow, stride))
        .withMessage(
            "3 rows of 12 bytes, the first at byte %d and each %d bytes after the one above it, do"
                + " not lie within a segment of 100 bytes",
            firstRow, stride);
  }

  @Test
  void rowsThatOverlapAreRefusedWithTheBytesOfARow() {
    for (long stride : new long[] {11, 1, 0, -1, -11}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Pixels(memory, 4, 3, RGB, 50, stride))
          .withMessage(
              "a stride of %d bytes is shorter than a row of 4 RGB8 pixels, 12 bytes: rows would"
                  + " overlap",
              stride);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-1, 1", "1, -2147483648"})
  void sidesAreAtLeastOne(int width, int height) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pixels.of(memory, width, height, RGB))
        .withMessageContaining(width + " x " + height);
  }

  @Test
  void sizesBeyondAnIntAreCountedInFull() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pixels.of(memory, Integer.MAX_VALUE, 2, PixelFormat.RGBA16))
        .withMessageContaining(" rows of 17179869176 bytes");
  }

  @Test
  void aRowThatIsNotThereIsOutOfBounds() {
    Pixels pixels = Pixels.of(memory, 4, 3, RGB);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> pixels.row(3));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> pixels.row(-1));
  }

  @Test
  void aByteBufferHasTheBytesOfThePixelsAndSharesThem() {
    Pixels pixels = new Pixels(memory, 4, 3, RGB, 5, 20);
    ByteBuffer buffer = pixels.asByteBuffer();
    assertThat(buffer.position()).isZero();
    assertThat(buffer.remaining()).isEqualTo(2 * 20 + 12);
    assertThat(buffer.order()).isEqualTo(ByteOrder.nativeOrder());
    assertThat(buffer.get(20)).isEqualTo((byte) 25);
    buffer.put(20, (byte) 77);
    assertThat(pixels.row(1).get(JAVA_BYTE, 0)).isEqualTo((byte) 77);
    assertThat(new Pixels(memory.asReadOnly(), 4, 3, RGB, 0, 12).asByteBuffer().isReadOnly())
        .isTrue();
  }

  @Test
  void moreBytesThanABufferCanHaveAreRefusedWithBothNumbers(@TempDir Path directory)
      throws IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel sparse =
            FileChannel.open(
                directory.resolve("sparse"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      // address space that no page of memory stands behind until it is touched
      MemorySegment large = sparse.map(FileChannel.MapMode.READ_WRITE, 0, 1L << 31, arena);
      Pixels wide = Pixels.of(large, 1 << 29, 1, PixelFormat.RGBA8);
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(wide::asByteBuffer)
          .withMessageContaining("2147483648 bytes")
          .withMessageContaining("2147483647");
    }
  }
}
