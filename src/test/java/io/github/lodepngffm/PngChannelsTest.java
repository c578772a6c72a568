package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Channels, which have to wait for bytes, and for room for bytes. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // what hangs hears no interrupt
class PngChannelsTest {
  private static final TestImage IMAGE = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 20, 9);
  private static final byte[] PNG = PngWriter.bytesOf(IMAGE);
  private static final byte[] BMP = ReferenceBmp.bytes(IMAGE);
  private static final ConvertOptions OPTIONS = ConvertOptions.defaults();

  private static void assertRefused(String how, ThrowingCallable call) {
    assertThatExceptionOfType(IllegalBlockingModeException.class)
        .isThrownBy(call)
        .withMessageContaining(how + " is in non-blocking mode")
        .withMessageContaining("configureBlocking(true)");
  }

  @Test
  void aBlockingChannelThatGivesLittleAtATimeIsReadToItsEnd() throws IOException {
    Pipe pipe = Pipe.open();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try (Pipe.SinkChannel sink = pipe.sink()) {
                for (byte each : PNG) {
                  sink.write(ByteBuffer.wrap(new byte[] {each}));
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    ByteArrayOutputStream bmp = new ByteArrayOutputStream();
    try (Pipe.SourceChannel source = pipe.source()) {
      Png.convert(source, Channels.newChannel(bmp), OPTIONS);
    }
    Latches.join(writer);
    assertThat(bmp.toByteArray()).isEqualTo(BMP);
  }

  @Test
  void anInputInNonBlockingModeIsRefusedAndNotTouched(@TempDir Path directory) throws IOException {
    Pipe pipe = Pipe.open();
    Path file = directory.resolve("out.bmp");
    ByteArrayOutputStream bmp = new ByteArrayOutputStream();
    try (Pipe.SinkChannel sink = pipe.sink();
        Pipe.SourceChannel source = pipe.source()) {
      sink.write(ByteBuffer.wrap(PNG));
      source.configureBlocking(false);
      assertRefused(
          "to be read from", () -> Png.convert(source, Channels.newChannel(bmp), OPTIONS));
      assertRefused("to be read from", () -> Png.convert(source, file, OPTIONS));
      assertThat(bmp.size()).isZero();
      assertThat(file).doesNotExist();
      pipe.sink().close();
      source.configureBlocking(true);
      Png.convert(source, file, OPTIONS);
      assertThat(Files.readAllBytes(file)).isEqualTo(BMP);
    }
  }

  /**
   * A channel of somebody else's, of which nobody can ask the mode: it shows by reading nothing.
   */
  @Test
  void aChannelThatReadsNothingWhereItShouldWaitIsRefused() {
    ReadableByteChannel bytes = Channels.newChannel(new ByteArrayInputStream(PNG, 0, 30));
    ReadableByteChannel neverReady =
        new ReadableByteChannel() {
          @Override
          public int read(ByteBuffer target) throws IOException {
            return Math.max(0, bytes.read(target));
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    WritableByteChannel nowhere = Channels.newChannel(new ByteArrayOutputStream());
    assertRefused("to be read from", () -> Png.convert(neverReady, nowhere, OPTIONS));
  }

  @Test
  void anOutputInNonBlockingModeIsRefusedBeforeTheInputIsRead() throws IOException {
    Pipe pipe = Pipe.open();
    ByteArrayInputStream png = new ByteArrayInputStream(PNG);
    try (Pipe.SinkChannel sink = pipe.sink();
        Pipe.SourceChannel source = pipe.source()) {
      sink.configureBlocking(false);
      assertRefused("to be written to", () -> Png.convert(Channels.newChannel(png), sink, OPTIONS));
      assertThat(png.available()).isEqualTo(PNG.length);
      source.configureBlocking(false);
      assertThat(source.read(ByteBuffer.allocate(1))).as("nothing was written").isZero();
    }
  }
}
