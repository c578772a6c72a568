package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that is full, that nobody reads any more, or that is a terminal. */
class StandardOutputTest {
  private static final TestImage IMAGE = TestImage.random(new PngFormat(PngFormat.RGB, 8), 9, 5, 3);

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectory(folder.resolve("in"));
    for (int i = 0; i < 200; i++) {
      Files.write(folder.resolve("in/%03d.png".formatted(i)), PngWriter.bytesOf(IMAGE));
    }
  }

  /** Takes some bytes, and then none. */
  private static final class Limited extends OutputStream {
    private final String reason;
    private int room;

    Limited(int room, String reason) {
      this.room = room;
      this.reason = reason;
    }

    @Override
    public void write(int b) throws IOException {
      if (room-- <= 0) {
        throw new IOException(reason);
      }
    }
  }

  private record Run(int exitCode, String err) {}

  private Run run(OutputStream out, String arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            Program.PNG2BMP,
            folder,
            new ByteArrayInputStream(new byte[0]),
            out,
            new TextOutput(out, UTF_8),
            new PrintStream(err, true, UTF_8),
            Surroundings.Terminal.NONE);
    int exitCode = new Png2Bmp(surroundings).execute(arguments.split(" "));
    return new Run(exitCode, err.toString(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--info in/000.png",
        "--info --json in/000.png",
        "in/000.png --json",
        "in/000.png -o -",
        "in/000.png --dry-run",
        "in -d out --dry-run",
        "--help",
        "--version",
        "--completion"
      })
  void aFullDeviceIsAFailureWithAMessage(String arguments) {
    Run run = run(new Limited(0, "No space left on device"), arguments);
    assertThat(run.err()).contains("cannot write standard output: No space left on device");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void aFullDeviceDoesNotKeepFilesFromBeingConverted() throws IOException {
    Run run = run(new Limited(20, "No space left on device"), "in -d out");
    assertThat(run.err()).contains("200 converted", "cannot write standard output: No space left");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--info in", "--info --json in", "in/000.png -o -", "in -d out", "--help"})
  void whereNobodyReadsAnyMoreItEndsQuietly(String arguments) {
    Run run = run(new Limited(20, "Broken pipe"), arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(141);
  }

  @Test
  void whereNobodyReadsAnyMoreNothingMoreIsBegun() throws IOException {
    run(new Limited(20, "Broken pipe"), "in -d out -j 1");
    try (Stream<Path> bmps = Files.list(folder.resolve("out"))) {
      assertThat(bmps.map(Path::toString).toList())
          .hasSizeLessThan(199)
          .allMatch(name -> name.endsWith(".bmp"));
    }
  }

  @Test
  void aBmpIsNotWrittenToATerminal() {
    for (String arguments : new String[] {"in/000.png -o -", "-"}) {
      CommandLineRun run = CommandLineRun.onTerminal(80, folder, arguments.split(" "));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.binaryOut()).isEmpty();
      assertThat(run.err()).startsWith("png2bmp: a BMP is not for a terminal").hasLineCount(1);
    }
    assertThat(CommandLineRun.onTerminal(80, folder, "in/000.png", "-o", "a.bmp").exitCode())
        .isZero();
  }

  @Test
  void headersAreJsonIfAskedFor() throws IOException {
    Files.write(folder.resolve("bad.png"), new byte[40]);
    CommandLineRun run = CommandLineRun.in(folder, "--info", "--json", "in/000.png", "bad.png");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines().toList())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "{\"input\":\"in/000.png\",\"status\":\"examined\",\"width\":9,\"height\":5,"
                            + "\"colorType\":2,\"bitDepth\":8,\"interlaced\":false,\"transparent\":false,"
                            + "\"decodePath\":\"fast\",\"bmpBytes\":194}"),
            line ->
                assertThat(line)
                    .startsWith("{\"input\":\"bad.png\",\"status\":\"failed\",\"code\":28,"));
  }
}
