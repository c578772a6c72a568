package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.BmpReader;
import io.github.lodepngffm.testkit.ChildEnvironment;
import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to a running {@code png2bmp}. */
@Timeout(120)
class InterruptionIT {
  private static final int FILES = 400;
  private static final int SIDE = 700;

  @TempDir private Path folder;

  @BeforeAll
  static void childrenCanBeInterrupted() throws Exception {
    ChildEnvironment.assumeInterruptible();
  }

  @BeforeEach
  void manyImages() throws IOException {
    Files.createDirectory(folder.resolve("in"));
    TestImage image = TestImage.photoLike(new PngFormat(PngFormat.RGB, 16), SIDE, SIDE, 5);
    byte[] png = PngWriter.of(image).filter(4).bytes();
    Path first = Files.write(folder.resolve("in/0.png"), png);
    for (int i = 1; i < FILES; i++) {
      Files.createLink(folder.resolve("in/" + i + ".png"), first);
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Launcher.SCRIPT.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = ChildEnvironment.shared().builder(folder, command);
    builder.environment().put("PNG2BMP_BUILD", "never");
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private static void send(String signal, Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(ChildProcess.of("kill", "-" + signal, pid).run(Path.of("")).exitCode()).isZero();
  }

  private List<Path> outputs() throws IOException {
    Path out = folder.resolve("out");
    if (!Files.exists(out)) {
      return List.of();
    }
    try (var files = Files.list(out)) {
      return files.toList();
    }
  }

  private void awaitBmps(int count) throws Exception {
    while (outputs().stream().filter(file -> file.toString().endsWith(".bmp")).count() < count) {
      assertThat(folder.resolve("err.txt")).isEmptyFile();
      Thread.sleep(5);
    }
  }

  private int exitCodeOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  private void assertOnlyWholeBmps() throws IOException {
    for (Path file : outputs()) {
      assertThat(file.getFileName().toString()).endsWith(".bmp");
      assertThat(BmpReader.read(Files.readAllBytes(file)).width()).isEqualTo(SIDE);
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalInTheMiddleLeavesOnlyWholeBmps(String signal, int exitCode) throws Exception {
    Process process = start("-r", "in", "-d", "out");
    awaitBmps(5);
    send(signal, process);
    assertThat(exitCodeOf(process)).isEqualTo(exitCode);
    assertThat(outputs()).hasSizeLessThan(FILES);
    assertOnlyWholeBmps();
    assertThat(folder.resolve("err.txt")).content().startsWith("png2bmp: interrupted: ");
  }

  @Test
  void theNextRunTakesAwayWhatAKilledOneHasLeft() throws Exception {
    Process process = start("-r", "in", "-d", "out");
    while (outputs().stream().noneMatch(file -> file.toString().endsWith(".tmp"))) {
      assertThat(process.isAlive()).isTrue();
    }
    send("KILL", process);
    assertThat(exitCodeOf(process)).isEqualTo(137);
    Files.writeString(folder.resolve("out/.lodepngffm-99999999-1-0123456789abcdef.tmp"), "");
    assertThat(exitCodeOf(start("in/0.png", "-d", "out", "--overwrite"))).isZero();
    assertOnlyWholeBmps();
  }

  @Test
  void aSignalEndsTheWaitForMoreOfAList() throws Exception {
    Process process = start("--files-from", "-", "-d", ".");
    try (OutputStream list = process.getOutputStream()) {
      list.write("in/0.png\n".getBytes(UTF_8));
      list.flush();
      while (!Files.exists(folder.resolve("in/0.bmp"))) {
        Thread.sleep(5);
      }
      send("INT", process);
      assertThat(exitCodeOf(process)).isEqualTo(130);
    }
    assertThat(folder.resolve("err.txt")).content().contains("interrupted: 1 converted");
  }

  @Test
  void aSignalEndsTheWaitForStandardInput() throws Exception {
    Process process = start("-", "-o", "out.bmp", "--json");
    try (OutputStream png = process.getOutputStream()) {
      png.write(
          Files.readAllBytes(folder.resolve("in/0.png")), 0, 100_000); // more than a pipe holds
      png.flush();
      send("INT", process);
      assertThat(exitCodeOf(process)).isEqualTo(130);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("in", "err.txt");
    }
  }
}
