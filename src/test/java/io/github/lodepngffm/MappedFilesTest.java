package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mapped files as segments: never touched by native code, which would not survive a truncation. */
class MappedFilesTest {
  private final TestImage image = TestImage.random(new PngFormat(PngFormat.RGB, 8), 200, 100, 1);

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void writePng() throws IOException {
    file = Files.write(directory.resolve("picture.png"), PngWriter.bytesOf(image));
  }

  private MemorySegment map(Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, channel.size(), arena);
    }
  }

  private void truncate() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  @Test
  void aMappedPngIsConverted() throws IOException {
    try (Arena arena = Arena.ofShared();
        AsyncConverter converter = AsyncConverter.create()) {
      MemorySegment png = map(arena);
      assertThat(Png.readInfo(png).width()).isEqualTo(200);
      assertThat(bytes(Png.toBmp(png, arena))).isEqualTo(ReferenceBmp.bytes(image));
      assertThat(converter.toBmp(png, MappedFilesTest::bytes).join())
          .isEqualTo(ReferenceBmp.bytes(image));
    }
  }

  @Test
  void aMappedPngThatIsTruncatedIsAnErrorThatLeaksNothing() throws IOException {
    MemoryPool.SHARED.releaseIdle();
    long before = MemoryCalls.liveAllocations();
    try (Arena arena = Arena.ofShared();
        AsyncConverter converter = AsyncConverter.create()) {
      MemorySegment png = map(arena);
      truncate();
      assertThatExceptionOfType(InternalError.class).isThrownBy(() -> Png.readInfo(png));
      assertThatExceptionOfType(InternalError.class).isThrownBy(() -> Png.toBmp(png, arena));
      assertThatExceptionOfType(InternalError.class)
          .isThrownBy(() -> {
            try {
              converter.toBmp(png, MappedFilesTest::bytes).join();
            } catch (CompletionException e) {
              throw e.getCause();
            }
          });
    }
    MemoryPool.SHARED.releaseIdle();
    assertThat(MemoryCalls.liveAllocations()).isEqualTo(before);
  }

  @Test
  void aMappedOutputIsRefused() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment png = arena.allocate(Files.size(file));
      png.copyFrom(map(arena));
      MemorySegment bmp = map(arena);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Png.toBmp(png, bmp, ConvertOptions.defaults()))
          .withMessageContaining("mapped file");
    }
  }

  @Test
  void theBufferPrimerRefusesMappedFiles() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = map(arena);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Buffers.rotate(mapped, 1))
          .withMessageContaining("mapped file");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Buffers.rotateBoth(mapped, 1, arena))
          .withMessageContaining("mapped file");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Buffers.increment(mapped.asSlice(0, 8), 1))
          .withMessageContaining("mapped file");
    }
  }

  private static byte[] bytes(MemorySegment segment) {
    return segment.toArray(JAVA_BYTE);
  }
}
