package io.github.lodepngffm.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody may no longer want while they are written. */
class FileConversionTest {
  private static final int SLICES = 4;
  private static final byte[] OLD = {1, 2, 3};

  /** Whoever says in the end that he wants it all the same gets nothing half done. */
  @Test
  void aFileThatWasUnwantedForAMomentNeverGetsItsName(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("picture.bmp");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment content = arena.allocate(SLICES << 20);
      for (int slice = 1; slice <= SLICES; slice++) {
        Files.write(file, OLD);
        AtomicInteger asked = new AtomicInteger();
        int unwantedAt = slice;
        FileConversion.writeWhole(
            file, content, () -> asked.incrementAndGet() == unwantedAt, () -> true);
        assertThat(asked).as("nothing is written after that").hasValue(slice);
        assertThat(file).hasBinaryContent(OLD);
        assertThat(directory.toFile().list()).containsExactly("picture.bmp");
      }
      FileConversion.writeWhole(file, content, () -> false, () -> true);
      assertThat(file).hasSize(SLICES << 20);
    }
  }
}
