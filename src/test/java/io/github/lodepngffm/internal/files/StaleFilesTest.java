package io.github.lodepngffm.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildEnvironment;
import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.TestClassPath;
import io.github.lodepngffm.testkit.ToolOnPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left behind by a process that was killed, and what only looks like it. */
class StaleFilesTest {
  /** No process has this number: Linux gives at most 4,194,304, others fewer. */
  private static final String NOBODY = "99999999";

  private static final String NAME = ".lodepngffm-%s-%s-0123456789abcdef.tmp";

  @TempDir private Path directory;

  private void completeAFile() throws IOException {
    try (PendingFile pending = PendingFile.nextTo(directory.resolve("complete.bmp"))) {
      pending.complete();
    }
  }

  private List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  /** Starts a {@link Writer}, and returns when it writes. */
  private Process write(String how, Path file) throws IOException {
    List<String> command = new ArrayList<>(ChildEnvironment.shared().jdkProgram("java"));
    String classes = TestClassPath.mainClasses() + File.pathSeparator + TestClassPath.testClasses();
    command.addAll(List.of("-cp", classes, Writer.class.getName(), how, file.toString()));
    Process process =
        ChildEnvironment.shared()
            .builder(directory, command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("writing");
    return process;
  }

  private static void end(Process process) throws Exception {
    process.getOutputStream().close();
    assertThat(process.waitFor()).isEqualTo(9);
  }

  @Test
  void whatAKilledProcessHasLeftIsDeletedByTheNextOneThatCompletesAFile() throws Exception {
    end(write("pending", directory.resolve("picture.bmp")));
    assertThat(temporaryFiles()).hasSize(1);
    completeAFile();
    assertThat(temporaryFiles()).isEmpty();
    assertThat(directory.resolve("complete.bmp")).exists();
  }

  @Test
  void whatALivingProcessWritesStays() throws Exception {
    Process process = write("pending", directory.resolve("picture.bmp"));
    List<Path> before = temporaryFiles();
    completeAFile();
    assertThat(temporaryFiles()).hasSize(1).isEqualTo(before);
    end(process);
  }

  @Test
  void whatALivingProcessHasJustClosedStays() throws Exception {
    Path file = directory.resolve("picture.bmp");
    Files.createFile(file);
    Process process = write("without a lock", file);
    long start = process.info().startInstant().orElseThrow().getEpochSecond();
    Path closed =
        Files.createFile(directory.resolve(NAME.formatted(process.pid(), Long.toHexString(start))));
    Path earlier =
        Files.createFile(
            directory.resolve(NAME.formatted(process.pid(), Long.toHexString(start - 60))));
    completeAFile();
    assertThat(closed).exists();
    assertThat(earlier).as("of an earlier process with the same number").doesNotExist();
    end(process);
  }

  @Test
  void whatIsLockedByAProcessThatCannotBeSeenStays() throws Exception {
    Path file = Files.createFile(directory.resolve(NAME.formatted(NOBODY, "1")));
    Process process = write("lock", file); // as from another container
    completeAFile();
    assertThat(file).exists();
    end(process);
  }

  @Test
  void whatThisProcessWritesStaysAndStaysLocked() throws Exception {
    try (PendingFile other = PendingFile.nextTo(directory.resolve("other.bmp"))) {
      completeAFile();
      Path written = temporaryFiles().getFirst();
      ChildProcess.Result next =
          ChildProcess.ofJdk("java", "-cp")
              .with(TestClassPath.mainClasses() + File.pathSeparator + TestClassPath.testClasses())
              .with(LockProbe.class.getName(), written.toString())
              .run(directory);
      assertThat(next.output()).isEqualToIgnoringNewLines("locked");
      other.complete();
    }
    assertThat(directory.resolve("other.bmp")).exists();
  }

  @Test
  void whatIsNotCalledLikeItOrIsNoFileStays() throws Exception {
    Path target = Files.createFile(directory.resolve("precious"));
    List<Path> others =
        List.of(
            Files.createFile(directory.resolve(".lodepngffm-mine.tmp")),
            Files.createFile(directory.resolve(NAME.formatted(NOBODY, "1") + ".bak")),
            Files.createFile(directory.resolve("x" + NAME.formatted(NOBODY, "1"))),
            Files.createDirectory(directory.resolve(NAME.formatted(NOBODY, "2"))),
            Files.createSymbolicLink(directory.resolve(NAME.formatted(NOBODY, "3")), target));
    Path stale = Files.createFile(directory.resolve(NAME.formatted(NOBODY, "4")));
    completeAFile();
    assertThat(stale).doesNotExist();
    assertThat(target).exists();
    assertThat(others).allMatch(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void whatBelongsToAnotherUserStays() throws Exception {
    Path file = Files.createFile(directory.resolve(NAME.formatted(NOBODY, "1")));
    ChildProcess.Result chown = ChildProcess.of("chown", "1234", file.toString()).run(directory);
    if (chown.exitCode() != 0) {
      ToolOnPath.skip("this user may not give files away");
    }
    completeAFile();
    assertThat(file).exists();
  }
}
