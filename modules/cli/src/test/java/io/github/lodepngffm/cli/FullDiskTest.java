package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that cannot take a BMP. */
class FullDiskTest {
  @TempDir private Path temporary;

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    try {
      return ChildProcess.of(command[0])
              .with(Arrays.copyOfRange(command, 1, command.length))
              .run(Path.of(""))
              .exitCode()
          == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  private Path largePng() throws IOException {
    TestImage image = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 400, 300);
    return Files.write(temporary.resolve("large.png"), PngWriter.bytesOf(image));
  }

  @Test
  void aFullDiskFailsAndLeavesWhatWasThere() throws Exception {
    Path png = largePng();
    Path disk = Files.createDirectory(temporary.resolve("small disk"));
    boolean mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
    Assumptions.assumeTrue(mounted, "skipped: this user may not mount a tmpfs");
    try {
      Files.writeString(disk.resolve("large.bmp"), "precious");
      for (List<String> how :
          List.of(
              List.of(png.toString(), "-o", "large.bmp"),
              List.of(png.toString(), "-d", ".", "--overwrite"))) {
        CommandLineRun run = CommandLineRun.in(disk, how.toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("large.png: ", "large.bmp", "No space left");
        try (var files = Files.list(disk)) {
          assertThat(files).containsExactly(disk.resolve("large.bmp"));
        }
        assertThat(disk.resolve("large.bmp")).hasContent("precious");
      }
    } finally {
      assertThat(succeeds("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void aFolderWithoutPermissionIsNamed() throws Exception {
    Path png = largePng();
    Path closed = Files.createDirectory(temporary.resolve("closed"));
    assertThat(closed.toFile().setWritable(false)).isTrue();
    Assumptions.assumeFalse(
        Files.isWritable(closed), "skipped: this user may write everywhere, as root may");
    CommandLineRun run = CommandLineRun.in(closed, png.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("cannot write ", "permission denied").doesNotContain(".tmp");
  }
}
