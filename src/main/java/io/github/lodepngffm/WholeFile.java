package io.github.lodepngffm;

import io.github.lodepngffm.internal.files.FileConversion;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Files that are there whole or not at all, for results in memory: what {@link Png#toBmp(Path,
 * Path)} does with its own.
 *
 * {@snippet :
 * try (Arena arena = Arena.ofConfined()) {
 *   MemorySegment png = MemorySegment.ofArray(Files.readAllBytes(Path.of("picture.png")));
 *   WholeFile.write(Path.of("whole.bmp"), Png.toBmp(png, arena));
 * }
 * }
 */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file under another name in the same directory, and moves it to its place when it is
   * complete: after a failure an existing file is what it was, and no partial one is left. A file
   * that is replaced keeps its permissions. What is there but is no regular file, such as a pipe,
   * is written to directly.
   *
   * @param file what to write, replaced if it exists
   * @param content its bytes, of any segment
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, MemorySegment content) throws IOException {
    Objects.requireNonNull(file, "file");
    FileConversion.writeWhole(file, Objects.requireNonNull(content, "content"));
  }
}
