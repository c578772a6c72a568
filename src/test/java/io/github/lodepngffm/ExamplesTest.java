package io.github.lodepngffm;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestClassPath;
import io.github.lodepngffm.testkit.TestImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every script of {@code examples/} in a jshell of its own, and reads what it prints. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("examples").toAbsolutePath();

  private static final Map<String, String> OUTPUTS =
      Map.ofEntries(
          entry(
              "buffers.jsh",
              """
              by size        [0, 0, 0, 0, 0]
              filled         [42, 42, 42, 42, 42]
              from bytes     [1, 2, 3]
              from a string  [65, 66, 67, 0] is "ABC"
              from a file    [68, 69, 70]
              each byte + 1  [69, 70, 71] is "EFG"
              still there?   false
              """),
          entry(
              "rotate.jsh",
              """
              ABC + 13 is NOP
              NOP - 13 is ABC
              ABC + 13 is NOP, and ABC - 13 is 456
              an array    NOP
              """),
          entry(
              "increment.jsh",
              """
              24 bytes hold [1.2, 2.3, 3.4]
              plus 100 is [101.2, 102.3, 103.4]
              the second  102.3
              """),
          entry(
              "native-memory.jsh",
              """
              arena open:    1 more than before
              arena closed:  0 more than before
              in use:        1 more than before
              collected:     0 more than before
              """),
          entry(
              "png2bmp.jsh",
              """
              64 x 48 pixels, TRUECOLOR
              a BMP of 9270 bytes in memory
              a BMP of 9270 bytes in a file
              """),
          entry(
              "bad-png.jsh",
              """
              MALFORMED, code 28: LodePNG error 28: incorrect PNG signature, \
              it's no PNG or corrupted
                is there a BMP? false
              MALFORMED, code 57: LodePNG error 57: invalid CRC encountered \
              (checking CRC can be disabled)
                is there a BMP? false
              LIMIT, code 1002: the image has more pixels than the limit: 10000 (100 x 100), \
              at most 5000; Limits.withMaxPixels raises the limit
                is there a BMP? false
              converted
                is there a BMP? true
              """));

  /** What each script gave; a jshell mostly waits, so that some are run at once. */
  private static final Map<String, Future<ChildProcess.Result>> RESULTS = new HashMap<>();

  @TempDir private static Path directory;

  @BeforeAll
  static void startAllScripts() throws Exception {
    try (ExecutorService jshells = Executors.newFixedThreadPool(3)) {
      for (String script : scripts()) {
        RESULTS.put(script, jshells.submit(() -> run(script)));
      }
    }
  }

  static List<String> scripts() throws Exception {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyScriptHasItsOutputHereAndStartsWithTheCommandThatRunsIt() throws Exception {
    assertThat(scripts()).containsExactlyInAnyOrderElementsOf(OUTPUTS.keySet());
    for (String script : scripts()) {
      assertThat(Files.readAllLines(EXAMPLES.resolve(script)))
          .as(script)
          .contains(
              "//   jshell --class-path target/classes -R--enable-native-access=ALL-UNNAMED"
                  + " examples/"
                  + script);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theScriptPrintsWhatItShouldWithoutAWarningAndLeavesNoFile(String script) throws Exception {
    assertPrinted(RESULTS.get(script).get(), OUTPUTS.get(script));
    assertThat(directory.resolve(script)).isEmptyDirectory();
  }

  @Test
  void thePngOfTheCommandLineIsConverted(@TempDir Path elsewhere) throws Exception {
    TestImage image = TestImage.random(new PngFormat(PngFormat.PALETTE, 4), 9, 5, 1);
    Path png = Files.write(elsewhere.resolve("picture.png"), PngWriter.bytesOf(image));
    assertPrinted(
        run("png2bmp.jsh", "-R-Dpng=" + png),
        """
        9 x 5 pixels, INDEXED
        a BMP of 194 bytes in memory
        a BMP of 194 bytes in a file
        """);
    assertThat(png).exists();
  }

  /** Each in a directory of its own, for temporary files too, which must be empty in the end. */
  private static ChildProcess.Result run(String script, String... options) throws Exception {
    Path own = Files.createDirectories(directory.resolve(script));
    return ChildProcess.ofJdk("jshell", "--class-path", TestClassPath.mainClasses().toString())
        .with("-R--enable-native-access=ALL-UNNAMED", "-R--illegal-native-access=deny")
        .with("-J-XX:TieredStopAtLevel=1", "-R-XX:TieredStopAtLevel=1") // too short-lived for more
        .with("-R-Djava.io.tmpdir=" + own, "-R-Djava.awt.headless=true")
        .with(options)
        .with(EXAMPLES.resolve(script).toString())
        .run(own);
  }

  private static void assertPrinted(ChildProcess.Result result, String expected) {
    assertThat(result.errors()).as("errors and warnings").isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.output().replace(System.lineSeparator(), "\n")).isEqualTo(expected);
  }
}
