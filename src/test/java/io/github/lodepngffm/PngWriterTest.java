package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.lodepngffm.testkit.EncodedPixels;
import io.github.lodepngffm.testkit.EncodedPixels.Kind;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows in bands, and strips on several threads, make the PNG that one call makes. */
class PngWriterTest {
  private static final EncodeOptions WHOLE =
      EncodeOptions.defaults().withEffort(Effort.FAST).withReductions(false);

  private static Pixels photo(int width, int height, Arena arena) {
    return EncodedPixels.of(
        Kind.SMOOTH, PixelFormat.RGB8, width, height, 0, new Random(width), arena);
  }

  private static byte[] encode(Pixels pixels, EncodeOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      return Png.encode(pixels, arena, options).toArray(JAVA_BYTE);
    }
  }

  private static void writeInBands(PngWriter writer, Pixels pixels, int most) throws IOException {
    Random random = new Random(most);
    while (writer.rowsDone() < writer.height()) {
      int left = writer.height() - writer.rowsDone();
      int rows = Math.min(left, 1 + random.nextInt(most));
      writer.writeRows(pixels.region(0, writer.rowsDone(), pixels.width(), rows));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16})
  void theNumberOfThreadsChangesNoByte(int threads) {
    try (Arena confined = Arena.ofConfined()) {
      Pixels pixels = photo(1100, 1700, confined);
      for (Effort effort : new Effort[] {Effort.FAST, Effort.BALANCED}) {
        EncodeOptions options = EncodeOptions.defaults().withEffort(effort);
        assertThat(encode(pixels, options.withParallelism(threads)))
            .isEqualTo(encode(pixels, options));
      }
    }
  }

  @Test
  void theSmallestEffortIsTheSameOnTwoThreads() throws IOException {
    try (Arena confined = Arena.ofConfined()) {
      Pixels pixels = photo(1500, 1100, confined);
      EncodeOptions options = EncodeOptions.defaults().withEffort(Effort.SMALL);
      byte[] png = encode(pixels, options.withParallelism(2));
      assertThat(png).isEqualTo(encode(pixels, options));
      assertThat(ImageIoDecoder.rgba16(png)).isEqualTo(EncodedPixels.rgba16(pixels));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 800, 2000})
  void bandsMakeThePngOfTheWholeImage(int most) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Pixels pixels = photo(900, 2000, arena);
      byte[] expected = encode(pixels, WHOLE);
      for (int threads = 1; threads <= 3; threads++) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WritableByteChannel channel = Channels.newChannel(bytes);
        try (PngWriter writer =
            Png.create(channel, 900, 2000, PixelFormat.RGB8, WHOLE.withParallelism(threads))) {
          writeInBands(writer, pixels, most);
          assertThat(writer.bytesWritten()).isEqualTo(expected.length);
        }
        assertThat(bytes.toByteArray()).isEqualTo(expected);
        assertThat(channel.isOpen()).isTrue();
      }
    }
  }

  @Test
  void aFileIsThereWhenItsLastRowIs(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("picture.png");
    Files.writeString(file, "what was there before");
    try (Arena arena = Arena.ofConfined()) {
      Pixels pixels = photo(50, 40, arena);
      try (PngWriter writer = Png.create(file, 50, 40, PixelFormat.RGB8, WHOLE)) {
        writer.writeRows(pixels.region(0, 0, 50, 39));
        assertThat(file).hasContent("what was there before");
        writer.writeRows(pixels.region(0, 39, 50, 1));
        assertThat(file).hasBinaryContent(encode(pixels, WHOLE));
      }
      Files.writeString(file, "what was there before");
      try (PngWriter writer = Png.create(file, 50, 40, PixelFormat.RGB8, WHOLE)) {
        writer.writeRows(pixels.region(0, 0, 50, 39));
      }
      assertThat(file).hasContent("what was there before");
      try (var left = Files.list(directory)) {
        assertThat(left).containsExactly(file);
      }
    }
  }

  @Test
  void bandsThatDoNotFitAreRefusedAndCostNothing() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Arena arena = Arena.ofConfined();
        PngWriter writer =
            Png.create(Channels.newChannel(bytes), 30, 20, PixelFormat.RGB8, WHOLE)) {
      Pixels pixels = photo(31, 21, arena);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.writeRows(pixels))
          .withMessageContaining("31 pixels");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.writeRows(pixels.region(0, 0, 30, 21)))
          .withMessageContaining("only 20 are left");
      writer.writeRows(pixels.region(0, 0, 30, 20));
      assertThat(bytes.toByteArray()).isEqualTo(encode(pixels.region(0, 0, 30, 20), WHOLE));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Png.create(
                    Channels.newChannel(bytes), 1, 1, PixelFormat.RGB8, WHOLE.withInterlaced(true)))
        .withMessageContaining("interlaced");
  }

  @Test
  void aWriterThatIsClosedTakesNoMoreRows() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PngWriter writer = Png.create(Channels.newChannel(bytes), 3, 2, PixelFormat.GRAY8, WHOLE);
    writer.close();
    writer.close();
    try (Arena arena = Arena.ofConfined()) {
      Pixels row = Pixels.of(arena.allocate(3), 3, 1, PixelFormat.GRAY8);
      assertThatIllegalStateException()
          .isThrownBy(() -> writer.writeRows(row))
          .withMessageContaining("closed");
    }
  }

  @Test
  void aChannelThatFailsEndsTheWriter() throws IOException {
    WritableByteChannel full =
        new WritableByteChannel() {
          private int left = 60;

          @Override
          public int write(java.nio.ByteBuffer source) throws IOException {
            if (source.remaining() > left) {
              throw new IOException("no room");
            }
            left -= source.remaining();
            int count = source.remaining();
            source.position(source.limit());
            return count;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    try (Arena arena = Arena.ofConfined();
        PngWriter writer = Png.create(full, 30, 20, PixelFormat.RGB8, WHOLE)) {
      Pixels pixels = photo(30, 20, arena);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> writer.writeRows(pixels))
          .withMessage("no room");
      assertThatIllegalStateException()
          .isThrownBy(() -> writer.writeRows(pixels))
          .withMessageContaining("failed before");
    }
  }

  @Test
  void aFailureOnOneThreadIsTheCallersAndLeavesNothing() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Pixels indices = Pixels.of(arena.allocate(3000L * 1500), 3000, 1500, PixelFormat.INDEXED8);
      indices.memory().set(JAVA_BYTE, 3000L * 1200, (byte) 9);
      EncodeOptions options = WHOLE.withPalette(1, 2, 3).withParallelism(4);
      for (int i = 0; i < 20; i++) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Png.encode(indices, arena, options))
            .withMessageContaining("beyond the palette");
      }
    }
  }
}
