package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Bands of a PNG that comes out of a channel, and is not held as a whole. */
class PngReaderChannelTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  /** More than a window: 960 KB of image data that cannot be compressed. */
  private static final TestImage LARGE =
      TestImage.random(new PngFormat(PngFormat.RGB, 8), 400, 800, 1);

  private static final byte[] LARGE_PNG =
      PngWriter.of(LARGE).filter(0).compressionLevel(1).idatChunkSize(10_000).bytes();

  private static final byte[] LARGE_PIXELS = ReferenceFormats.bytes(LARGE, PixelFormat.RGBA8);

  @TempDir private Path folder;

  /** Gives few bytes at a time, and counts them. */
  private static final class Trickle implements ReadableByteChannel {
    private final ByteBuffer bytes;
    private final int most;
    private boolean fails;

    Trickle(byte[] bytes, int most) {
      this.bytes = ByteBuffer.wrap(bytes);
      this.most = most;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (fails) {
        throw new IOException("connection reset");
      }
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(most, Math.min(into.remaining(), bytes.remaining()));
      into.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static byte[] read(ReadableByteChannel channel, DecodeOptions options, int rows)
      throws IOException {
    try (PngReader reader = Png.open(channel, options)) {
      return BandReading.bytes(reader, PixelFormat.RGBA8, rows);
    }
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void everyKindOfImageGivesTheReference(PngFormat format) throws IOException {
    TestImage image = TestImage.photoLike(format, 57, 43, 9);
    byte[] expected = ReferenceFormats.bytes(image, PixelFormat.RGBA8);
    for (boolean interlaced : new boolean[] {false, true}) {
      byte[] png = PngWriter.of(image).mixedFilters(11).interlaced(interlaced).bytes();
      for (int most : new int[] {1, 100, 100_000}) {
        for (DecodeOptions options :
            List.of(DecodeOptions.defaults(), DecodeOptions.strict(), DecodeOptions.tolerant())) {
          assertThat(read(new Trickle(png, most), options, 7))
              .as("%s, %d bytes at a time, interlaced %s, %s", image, most, interlaced, options)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aLargeImageIsNeverHeldAsAWhole() throws IOException {
    MemoryPool.SHARED.releaseIdle();
    long before = MemoryCalls.liveBytes();
    try (PngReader reader =
            Png.open(new Trickle(LARGE_PNG, 1000), DecodeOptions.defaults().withLimits(tight()));
        Arena arena = Arena.ofConfined()) {
      Pixels band = Pixels.of(arena.allocate(400 * 4 * 10), 400, 10, PixelFormat.RGBA8);
      for (int i = 0; i < 40; i++) {
        assertThat(reader.readRows(band)).isEqualTo(10);
      }
      assertThat(MemoryCalls.liveBytes() - before).isLessThan(5L << 20);
    }
    assertThat(read(new Trickle(LARGE_PNG, 1000), DecodeOptions.defaults(), 13))
        .isEqualTo(LARGE_PIXELS);
  }

  private static Limits tight() {
    return Limits.defaults().withMaxMemoryBytes(5L << 20);
  }

  @Test
  void noMoreIsReadThanTheRowsNeed() throws IOException {
    Trickle channel = new Trickle(LARGE_PNG, 1000);
    try (PngReader reader = Png.open(channel, DecodeOptions.defaults());
        Arena arena = Arena.ofConfined()) {
      assertThat(channel.bytes.position()).isEqualTo(1000);
      reader.region(0, 0, 400, 100);
      Pixels band = Pixels.of(arena.allocate(400 * 4 * 100), 400, 100, PixelFormat.RGBA8);
      assertThat(reader.readRows(band)).isEqualTo(100);
      assertThat(reader.readRows(band)).isZero();
      // what the inflater has at hand: 128 KB of input, as much of output, and its history
      assertThat(channel.bytes.position()).isLessThan(LARGE_PNG.length * 2 / 3);
    }
  }

  @Test
  void damageBehindThePixelsShowsWithTheLastRow() throws IOException {
    byte[] png = LARGE_PNG.clone();
    png[png.length - 1] ^= 1; // the checksum of IEND
    try (PngReader reader = Png.open(new Trickle(png, 5000), DecodeOptions.defaults());
        Arena arena = Arena.ofConfined()) {
      Pixels band = Pixels.of(arena.allocate(400 * 4 * 500), 400, 500, PixelFormat.RGBA8);
      assertThat(reader.readRows(band)).isEqualTo(500);
      PngException e = catchThrowableOfType(PngException.class, () -> reader.readRows(band));
      PngException whole =
          catchThrowableOfType(
              PngException.class,
              () -> Png.decode(MemorySegment.ofArray(png), PixelFormat.RGBA8, arena));
      assertThat(e.errorCode()).isEqualTo(whole.errorCode());
    }
  }

  /** With a file LodePNG can still be asked, whatever was dropped by then. */
  @Test
  void aDamagedFileHasTheVerdictThatDecodingGives() throws IOException {
    byte[] stream = PngWriter.compress(PngWriter.of(LARGE).filter(0).scanlines(), 1);
    stream[stream.length - 1] ^= 1;
    byte[] png = PngWriter.of(LARGE).idat(stream).idatChunkSize(9000).bytes();
    Path file = Files.write(folder.resolve("damaged.png"), png);
    try (Arena arena = Arena.ofConfined()) {
      PngException whole =
          catchThrowableOfType(
              PngException.class,
              () -> Png.decode(MemorySegment.ofArray(png), PixelFormat.RGBA8, arena));
      try (FileChannel channel = FileChannel.open(file)) {
        PngException e =
            catchThrowableOfType(
                PngException.class, () -> read(channel, DecodeOptions.defaults(), 50));
        assertThat(e.errorCode()).isEqualTo(whole.errorCode());
      }
      PngException e =
          catchThrowableOfType(
              PngException.class, () -> read(new Trickle(png, 5000), DecodeOptions.defaults(), 50));
      assertThat(e.kind()).isEqualTo(PngException.Kind.MALFORMED);
    }
  }

  /** A palette that comes behind the image data: LodePNG takes it, so that the file starts over. */
  @Test
  void aFileThatOnlyLodePngTakesStartsOverWhereTheRowsWere() throws IOException {
    TestImage image = TestImage.random(new PngFormat(PngFormat.RGB, 8), 400, 800, 1);
    byte[] late =
        PngWriter.of(image)
            .filter(0)
            .compressionLevel(1)
            .idatChunkSize(9000)
            .chunkAfterData(PngChunk.of("PLTE", (byte) 1, (byte) 2, (byte) 3))
            .bytes();
    byte[] expected;
    try (Arena arena = Arena.ofConfined()) {
      Pixels whole = Png.decode(MemorySegment.ofArray(late), PixelFormat.RGBA8, arena);
      expected = whole.memory().toArray(JAVA_BYTE);
    }
    assertThat(expected).isEqualTo(LARGE_PIXELS);
    Path file = Files.write(folder.resolve("late.png"), late);
    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(read(channel, DecodeOptions.defaults(), 50)).isEqualTo(expected);
    }
  }

  @Test
  void aFileIsReadFromWhereTheChannelStands() throws IOException {
    byte[] behindOthers = new byte[100 + LARGE_PNG.length];
    System.arraycopy(LARGE_PNG, 0, behindOthers, 100, LARGE_PNG.length);
    Path file = Files.write(folder.resolve("archive"), behindOthers);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(100);
      assertThat(read(channel, DecodeOptions.strict(), 50)).isEqualTo(LARGE_PIXELS);
    }
  }

  @Test
  void limitsHoldOnTheWay() {
    Limits limits = Limits.defaults().withMaxInputBytes(500_000);
    PngException e =
        catchThrowableOfType(
            PngException.class,
            () ->
                read(
                    new Trickle(LARGE_PNG, 5000), DecodeOptions.defaults().withLimits(limits), 50));
    assertThat(e.limit()).contains(Limit.INPUT_BYTES);
  }

  @Test
  void aChannelThatBreaksOffIsAnIoFailure() throws IOException {
    Trickle channel = new Trickle(LARGE_PNG, 1000);
    try (PngReader reader = Png.open(channel, DecodeOptions.defaults());
        Arena arena = Arena.ofConfined()) {
      Pixels band = Pixels.of(arena.allocate(400 * 4 * 10), 400, 10, PixelFormat.RGBA8);
      reader.readRows(band);
      channel.fails = true;
      Pixels rest = Pixels.of(arena.allocate(400 * 4 * 800), 400, 800, PixelFormat.RGBA8);
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> reader.readRows(rest))
          .withMessageContaining("connection reset");
    }
  }

  /** Part of its rows stand in it, and its memory is what the rest is written to. */
  @Test
  void afterAnIoFailureReadingGoesOnWithTheSameBandAlone() throws IOException {
    Trickle channel = new Trickle(LARGE_PNG, 1000);
    try (PngReader reader = Png.open(channel, DecodeOptions.defaults());
        Arena arena = Arena.ofConfined()) {
      Pixels first = Pixels.of(arena.allocate(400 * 4 * 10), 400, 10, PixelFormat.RGBA8);
      reader.readRows(first);
      channel.fails = true;
      Pixels rest = Pixels.of(arena.allocate(400 * 4 * 790), 400, 790, PixelFormat.RGBA8);
      assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> reader.readRows(rest));
      channel.fails = false;
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> reader.readRows(first))
          .withMessageContaining("in the middle of a band");
      assertThat(reader.readRows(rest)).isEqualTo(790);
      byte[] expected = Arrays.copyOfRange(LARGE_PIXELS, 400 * 4 * 10, LARGE_PIXELS.length);
      assertThat(rest.memory().toArray(JAVA_BYTE)).isEqualTo(expected);
    }
  }

  @Test
  void emptyAndShortChannelsAreRefusedAtOnce() {
    for (int bytes : new int[] {0, 1, 8, 32}) {
      byte[] start = Arrays.copyOf(LARGE_PNG, bytes);
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(
              () ->
                  Png.open(
                      Channels.newChannel(new ByteArrayInputStream(start)),
                      DecodeOptions.defaults()));
    }
  }

  @Test
  void aChannelThatDoesNotWaitIsRefused() throws IOException {
    Pipe pipe = Pipe.open();
    try (var source = pipe.source();
        var sink = pipe.sink()) {
      assertThat(sink.isOpen()).isTrue();
      source.configureBlocking(false);
      assertThatExceptionOfType(IllegalBlockingModeException.class)
          .isThrownBy(() -> Png.open(source, DecodeOptions.defaults()));
    }
  }
}
