package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lodepngffm.internal.blocking.PngBmpBanding;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.files.FileConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** BMPs that are never in memory as a whole: the same files, whole or not at all. */
class BmpInBandsTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  /** 67.5 MB of BMP: more than is made whole. */
  private static final int WIDTH = 9000;

  private static final int HEIGHT = 2500;

  @TempDir private Path folder;

  private ConversionReport convert(byte[] png, ConvertOptions options, Path bmp)
      throws IOException {
    Path file = Files.write(folder.resolve("in.png"), png);
    try (MemoryPool.Lease input = FileConversion.read(file, options.limits())) {
      return FileConversion.writeParts(
              bmp, parts -> Optional.of(PngBmpBanding.convert(input, options, parts::write)))
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void classicBmpsAreThoseOfTheReference(PngFormat format) throws IOException {
    TestImage image = TestImage.photoLike(format, 131, 77, 3);
    Path bmp = folder.resolve("out.bmp");
    for (boolean interlaced : new boolean[] {false, true}) {
      byte[] png = PngWriter.of(image).mixedFilters(1).interlaced(interlaced).bytes();
      ConversionReport report = convert(png, ConvertOptions.defaults(), bmp);
      assertThat(bmp).hasBinaryContent(ReferenceBmp.bytes(image));
      assertThat(report.bytesWritten()).isEqualTo(Files.size(bmp));
    }
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void otherBmpsAreThoseThatAreMadeWhole(PngFormat format) throws IOException {
    TestImage image = TestImage.photoLike(format, 131, 77, 3);
    byte[] png = PngWriter.bytesOf(image);
    Path bmp = folder.resolve("out.bmp");
    for (BmpFormat bmpFormat : BmpFormat.values()) {
      ConvertOptions options = ConvertOptions.defaults().withBmpFormat(bmpFormat);
      try (Arena arena = Arena.ofConfined()) {
        byte[] whole =
            Png.toBmp(MemorySegment.ofArray(png), arena, options)
                .toArray(JAVA_BYTE);
        convert(png, options, bmp);
        assertThat(bmp).as("%s to %s", format, bmpFormat).hasBinaryContent(whole);
      } catch (PngException e) {
        PngException inBands =
            catchThrowableOfType(PngException.class, () -> convert(png, options, bmp));
        assertThat(inBands.errorCode()).isEqualTo(e.errorCode());
      }
    }
  }

  private static int gray(int x, int y) {
    return (x * 31 + y * y) >>> 3 & 0xff;
  }

  private static byte[] largePng(int damage) {
    byte[] scanlines = new byte[(WIDTH + 1) * HEIGHT];
    for (int y = 0, at = 0; y < HEIGHT; y++) {
      at++; // filter type None
      for (int x = 0; x < WIDTH; x++) {
        scanlines[at++] = (byte) gray(x, y);
      }
    }
    byte[] stream = PngWriter.compress(scanlines, 1);
    stream[stream.length - 1] ^= (byte) damage;
    return new PngFile(
            List.of(
                PngWriter.header(WIDTH, HEIGHT, 8, PngFormat.GRAY, 0, 0, 0),
                PngChunk.of("IDAT", stream),
                PngChunk.of("IEND")))
        .bytes();
  }

  @Test
  void aLargeFileTakesLittleMemoryAndHasEveryPixelInItsPlace() throws IOException {
    Path png = Files.write(folder.resolve("large.png"), largePng(0));
    Path bmp = folder.resolve("large.bmp");
    MemoryPool.SHARED.releaseIdle();
    ConversionReport report = Png.convert(png, bmp, ConvertOptions.defaults());
    // what is idle now was lent for the conversion: the PNG, the state, a band
    assertThat(MemoryCalls.liveBytes()).isLessThan(2 * Files.size(png) + (10 << 20));
    assertThat(report.decodePath()).isEqualTo(DecodePath.FAST);
    assertThat(report.bytesWritten()).isEqualTo(54 + 3L * WIDTH * HEIGHT);
    assertThat(Files.size(bmp)).isEqualTo(54 + 3L * WIDTH * HEIGHT);
    Random random = new Random(1);
    try (RandomAccessFile file = new RandomAccessFile(bmp.toFile(), "r")) {
      byte[] pixel = new byte[3];
      for (int i = 0; i < 2000; i++) {
        int x = i < 2 ? i * (WIDTH - 1) : random.nextInt(WIDTH);
        int y = i < 2 ? i * (HEIGHT - 1) : random.nextInt(HEIGHT);
        file.seek(54 + 3L * ((long) (HEIGHT - 1 - y) * WIDTH + x));
        file.readFully(pixel);
        byte expected = (byte) gray(x, y);
        assertThat(pixel).as("(%d, %d)", x, y).containsExactly(expected, expected, expected);
      }
    }
  }

  @Test
  void damageAtTheEndLeavesTheOldFileAndNoPartOfTheNewOne() throws IOException {
    Path png = Files.write(folder.resolve("large.png"), largePng(1));
    Path bmp = Files.writeString(folder.resolve("large.bmp"), "what was there before");
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.toBmp(png, bmp))
        .withMessageContaining("large.png");
    assertThat(bmp).hasContent("what was there before");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(png, bmp);
    }
  }
}
