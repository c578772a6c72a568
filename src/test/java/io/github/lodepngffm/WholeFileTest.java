package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are there whole or not at all. */
class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void aFileIsReplacedAndNothingStaysBesideIt() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "what was there before, and longer");
    WholeFile.write(file, MemorySegment.ofArray(new byte[] {1, 2, 3}));
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void whatCannotBeReplacedIsAsItWasAndNothingStaysBesideIt() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("directory/inside"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> WholeFile.write(inside.getParent(), MemorySegment.ofArray(new byte[1])));
    assertThat(inside).isDirectory();
    assertThat(folder.toFile().list()).containsExactly("directory");
  }
}
