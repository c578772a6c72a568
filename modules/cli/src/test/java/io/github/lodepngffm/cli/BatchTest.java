package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  private static final TestImage IMAGE = TestImage.random(new PngFormat(PngFormat.RGB, 8), 9, 5, 3);
  private static final byte[] PNG = PngWriter.bytesOf(IMAGE);
  private static final byte[] BMP = ReferenceBmp.bytes(IMAGE);

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void aFolderWhosePathHasSpaces() throws IOException {
    folder = Files.createDirectory(temporary.resolve("a folder"));
  }

  private void png(String... names) throws IOException {
    for (String name : names) {
      file(name, PNG);
    }
  }

  private void file(String name, byte[] content) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.write(folder.resolve(name), content);
  }

  /** The regular files below a folder, as relative paths. */
  private List<String> filesBelow(String name) throws IOException {
    Path root = folder.resolve(name);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.in(folder, arguments);
  }

  @Test
  void aTreeIsMirrored() throws IOException {
    png("in/a.png", "in/sub dir/b.PNG", "in/sub dir/deep/c.Png");
    file("in/readme.txt", PNG);
    CommandLineRun run = run("-r", "-d", "out", "in");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(filesBelow("out")).containsExactly("a.bmp", "sub dir/b.bmp", "sub dir/deep/c.bmp");
    assertThat(folder.resolve("out/sub dir/deep/c.bmp")).hasBinaryContent(BMP);
    assertThat(run.out()).contains("in/sub dir/b.PNG -> ").hasLineCount(3);
    assertThat(run.err()).startsWith("png2bmp: 3 converted, 0 failed, 0 skipped").hasLineCount(1);
  }

  @Test
  void withoutRecursiveOnlyTheFolderItself() throws IOException {
    png("in/a.png", "in/sub/b.png");
    assertThat(run("-d", "out", "in").exitCode()).isZero();
    assertThat(filesBelow("out")).containsExactly("a.bmp");
  }

  @Test
  void filesOfTheCommandLineKeepOnlyTheirName() throws IOException {
    png("in/a.png", "in/sub/b.png");
    assertThat(run("-d", "out", "in/a.png", "in/sub/../sub/b.png").exitCode()).isZero();
    assertThat(filesBelow("out")).containsExactly("a.bmp", "b.bmp");
  }

  @Test
  void withoutAFolderForOutputsItIsTheCurrentDirectory() throws IOException {
    png("in/a.png", "in/b.png");
    assertThat(run("in/a.png", "in/b.png").exitCode()).isZero();
    assertThat(folder.resolve("a.bmp")).hasBinaryContent(BMP);
    assertThat(folder.resolve("b.bmp")).hasBinaryContent(BMP);
  }

  @Test
  void patternsAreExpandedWhereNoShellDidIt() throws IOException {
    png("in/a1.png", "in/b1.png", "in/x/a2.png", "in/x/y/a3.png", "[odd].png");
    assertThat(run("-d", "flat", "in/a*.png").exitCode()).isZero();
    assertThat(filesBelow("flat")).containsExactly("a1.bmp");
    assertThat(run("-d", "deep", "in/**a*.png").exitCode()).isZero();
    assertThat(filesBelow("deep")).containsExactly("a1.bmp", "x/a2.bmp", "x/y/a3.bmp");
    assertThat(run("-d", "odd", "[odd].png").exitCode()).isZero();
    assertThat(filesBelow("odd")).containsExactly("[odd].bmp");
    CommandLineRun none = run("-d", "none", "in/z*.png");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("in/z*.png: no file matches");
  }

  @Test
  void aListNamesFilesWhosePathsAreKept() throws IOException {
    png("in/a.png", "in/sub/b.png", "tree/c.png");
    file("list.txt", "in/a.png\n\nin/./sub/b.png\ntree\nmissing.png\n".getBytes(UTF_8));
    CommandLineRun run = run("--files-from", "list.txt", "-d", "out");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("png2bmp: list.txt:5: missing.png: no such file or directory");
    assertThat(filesBelow("out")).containsExactly("in/a.bmp", "in/sub/b.bmp", "tree/c.bmp");
    byte[] list = "in/sub/b.png\n".getBytes(UTF_8);
    CommandLineRun.withInput(list, folder, "--files-from", "-", "-d", "from stdin");
    assertThat(filesBelow("from stdin")).containsExactly("in/sub/b.bmp");
  }

  @Test
  void aListCannotWriteOutsideOfTheOutputFolder() throws IOException {
    png("inside/in/a.png", "secret.png");
    Path inside = folder.resolve("inside");
    String absolute = folder.resolve("secret.png").toString();
    String list =
        "../secret.png\nin/../../secret.png\n..\n.\n/\n" + absolute + "\nx\u0000y.png\nin/a.png\n";
    CommandLineRun run =
        CommandLineRun.withInput(
            list.getBytes(UTF_8), inside, "--files-from", "-", "-d", "out", "--overwrite");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(filesBelow("."))
        .filteredOn(name -> name.endsWith(".bmp"))
        .allMatch(name -> name.startsWith("./inside/out/") || name.startsWith("inside/out/"));
    assertThat(inside.resolve("out" + absolute.replace(".png", ".bmp"))).hasBinaryContent(BMP);
    assertThat(inside.resolve("out/in/a.bmp")).hasBinaryContent(BMP);
    assertThat(folder.resolve("secret.bmp")).doesNotExist();
    assertThat(run.err()).contains("../secret.png: the path climbs out");
  }

  @Test
  void linksInTheOutputFolderLeadNowhere() throws IOException {
    png("in/a.png", "in/sub/b.png", "in/sub/deeper/c.png");
    file("outside/precious.bmp", new byte[] {7});
    Files.createDirectory(folder.resolve("out"));
    Files.createSymbolicLink(folder.resolve("out/sub"), folder.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("out/a.bmp"), folder.resolve("outside/precious.bmp"));
    CommandLineRun run = run("-r", "in", "-d", "out", "--overwrite");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("is a symbolic link").contains("3 failed");
    assertThat(filesBelow("outside")).containsExactly("precious.bmp");
    assertThat(folder.resolve("outside/precious.bmp")).hasBinaryContent(new byte[] {7});
    assertThat(folder.resolve("outside/deeper")).doesNotExist();
  }

  @Test
  void linksToFoldersAreNotEnteredSoThatLoopsEnd() throws IOException {
    png("in/a.png", "in/sub/b.png");
    Files.createSymbolicLink(folder.resolve("in/sub/up"), folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("in/folder.png"), folder.resolve("in/sub"));
    Files.createSymbolicLink(folder.resolve("in/self.png"), Path.of("self.png"));
    Files.createSymbolicLink(folder.resolve("in/to a.png"), Path.of("a.png"));
    CommandLineRun run = run("-r", "in", "-d", "out");
    assertThat(filesBelow("out")).containsExactly("a.bmp", "sub/b.bmp", "to a.bmp");
    assertThat(run.err()).contains("in/self.png: ").contains("3 converted, 1 failed");
  }

  @Test
  void twoInputsWithOneOutputAreACollision() throws IOException {
    png("in/a.png", "in/a.PNG", "in/A.PNG");
    CommandLineRun run = run("in", "-d", "out", "--overwrite");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("another input of this run has the same output");
    assertThat(run.err()).contains("converted, 1 failed");
    assertThat(folder.resolve("out/a.bmp")).hasBinaryContent(BMP);
    assertThat(folder.resolve("out/A.bmp")).hasBinaryContent(BMP);
    CommandLineRun named = run("in/a.png", "in/../in/a.png", "-d", "named", "--skip-existing");
    assertThat(named.err()).contains("1 converted, 1 failed");
  }

  @Test
  void anExistingBmpIsAnErrorOrSkippedOrReplaced() throws IOException {
    png("in/a.png", "in/b.png");
    file("out/a.bmp", new byte[] {7});
    CommandLineRun refused = run("in", "-d", "out");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("a.bmp: it exists (--overwrite").contains("1 converted");
    assertThat(folder.resolve("out/a.bmp")).hasBinaryContent(new byte[] {7});
    CommandLineRun skipped = run("in", "-d", "out", "--skip-existing");
    assertThat(skipped.exitCode()).isZero();
    assertThat(skipped.err()).contains("0 converted, 0 failed, 2 skipped");
    assertThat(folder.resolve("out/a.bmp")).hasBinaryContent(new byte[] {7});
    assertThat(run("in", "-d", "out", "--overwrite").exitCode()).isZero();
    assertThat(folder.resolve("out/a.bmp")).hasBinaryContent(BMP);
  }

  @Test
  void theInputIsNotReplacedEvenThroughALink() throws IOException {
    png("out/a.bmp");
    Files.createSymbolicLink(folder.resolve("a.png"), Path.of("out/a.bmp"));
    CommandLineRun run = run("a.png", "-d", "out", "--overwrite");
    assertThat(run.err()).contains("it is the input itself");
    assertThat(folder.resolve("out/a.bmp")).hasBinaryContent(PNG);
  }

  @Test
  void everyFailureIsNamedWithItsCodeAndTheRestIsConverted() throws IOException {
    png("in/a.png", "in/e.png");
    file("in/b.png", new byte[100]);
    file("in/c.png", new byte[0]);
    CommandLineRun run = run("in", "-d", "out");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("png2bmp: in/b.png: LodePNG error 28: ")
        .containsPattern("png2bmp: in/c.png: LodePNG error \\d+: ")
        .contains("2 converted, 2 failed, 0 skipped")
        .hasLineCount(3);
    assertThat(filesBelow("out")).containsExactly("a.bmp", "e.bmp");
  }

  @Test
  void failFastStopsAtTheFirstFailure() throws IOException {
    file("in/0.png", new byte[100]);
    for (int i = 1; i < 300; i++) {
      png("in/%03d.png".formatted(i));
    }
    CommandLineRun run = run("in", "-d", "out", "--fail-fast", "-j", "1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("in/0.png: LodePNG error 28", ", 1 failed, ");
    assertThat(filesBelow("out")).hasSizeLessThan(299);
    assertThat(Thread.interrupted()).as("interrupt status of the caller").isFalse();
    for (String name : filesBelow("out")) {
      assertThat(folder.resolve("out").resolve(name)).hasBinaryContent(BMP);
    }
  }

  @Test
  void quietSaysNothingButFailures() throws IOException {
    png("in/a.png");
    file("in/b.png", new byte[100]);
    CommandLineRun run = run("in", "-d", "out", "--quiet");
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("png2bmp: in/b.png: LodePNG error 28").hasLineCount(1);
  }

  @Test
  void jsonIsOneObjectALine() throws IOException {
    png("in/a \"quoted\"\n.png", "in/c.png");
    file("in/b.png", new byte[100]);
    file("out/c.bmp", new byte[1]);
    CommandLineRun run = run("in", "-d", "out", "--json", "--skip-existing", "-j", "1");
    String out = Pattern.quote(folder.resolve("out").toString());
    assertThat(run.out().lines().sorted().toList())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "\\Q{\"input\":\"in/a \\\"quoted\\\"\\u000a.png\",\"output\":\"\\E"
                            + out
                            + "\\Q/a \\\"quoted\\\"\\u000a.bmp\",\"status\":\"converted\",\"bmpBytes\":"
                            + BMP.length
                            + "}\\E"),
            line ->
                assertThat(line)
                    .startsWith(
                        "{\"input\":\"in/b.png\",\"status\":\"failed\",\"code\":28,\"error\":\"LodePNG error 28"),
            line -> assertThat(line).endsWith("/c.bmp\",\"status\":\"skipped\"}"));
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    png("in/a.png", "in/sub/b.png");
    CommandLineRun run = run("-r", "in", "gone.png", "-d", "out", "--dry-run");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("would convert in/a.png -> ").hasLineCount(2);
    assertThat(run.err()).contains("gone.png: no such file", "2 to convert, 1 failed");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aBarIsShownOnATerminalAndMakesWayForFailures() throws IOException {
    png("in/a.png", "in/c.png");
    file("in/b.png", new byte[100]);
    CommandLineRun run = CommandLineRun.onTerminal(70, folder, "in", "-d", "out");
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("MB/s").doesNotContain("\u001b");
    assertThat(run.err()).containsPattern("\\rpng2bmp: in/b.png: LodePNG error 28[^\\r\\n]*\\n");
    assertThat(run.err()).endsWith("MB/s)\n");
    for (String line : run.err().split("[\r\n]")) {
      if (line.contains("%")) {
        assertThat(line.stripTrailing()).hasSizeLessThan(70);
      }
    }
    for (String style : List.of("--quiet", "--json", "--dry-run")) {
      CommandLineRun plain =
          CommandLineRun.onTerminal(70, folder, "in", "-d", "out", "--overwrite", style);
      assertThat(plain.err()).as(style).doesNotContain("\r");
    }
  }

  @Test
  void littleMemoryIsEnoughForManyFilesAndForOneThatIsLarger() throws IOException {
    TestImage large = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 900, 900);
    file("in/large.png", PngWriter.bytesOf(large));
    for (int i = 0; i < 50; i++) {
      png("in/" + i + ".png");
    }
    CommandLineRun run = run("in", "-d", "out", "--memory", "1M", "-j", "3");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(filesBelow("out")).hasSize(51);
    assertThat(folder.resolve("out/large.bmp")).hasBinaryContent(ReferenceBmp.bytes(large));
  }

  @Test
  void limitsHoldForEveryFile() throws IOException {
    png("in/a.png", "in/b.png");
    CommandLineRun run = run("in", "-d", "out", "--max-pixels", "44");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("2 failed", "--max-pixels raises the limit");
  }

  @Test
  void anOutputFolderThatIsAFileIsRefused() throws IOException {
    png("in/a.png", "in/sub/b.png");
    file("out", new byte[] {7});
    CommandLineRun run = run("in", "-d", "out");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("is no directory").hasLineCount(1);
    file("tree/sub", new byte[] {7});
    assertThat(run("-r", "in", "-d", "tree").err()).contains("tree/sub is no directory");
    assertThat(folder.resolve("tree/sub")).hasBinaryContent(new byte[] {7});
  }

  @Test
  void infoListsAllHeaders() throws IOException {
    png("in/a.png", "in/b.png");
    file("in/c.png", new byte[40]);
    CommandLineRun run = run("--info", "in");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("in/a.png", "in/b.png", "9 x 5 pixels");
    assertThat(run.err()).startsWith("png2bmp: in/c.png: LodePNG error 28").hasLineCount(1);
  }

  @Test
  void anEmptyInputIsNotTheCurrentDirectory() throws IOException {
    png("a.png");
    CommandLineRun run = run("");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(filesBelow("")).containsExactly("a.png");
  }

  @Test
  void aHeaderWhoseReadingIsInterruptedIsNoFailure() throws IOException {
    png("a.png");
    Thread.currentThread().interrupt();
    CommandLineRun run = run("a.png", "-d", "out");
    assertThat(run.err())
        .startsWith("png2bmp: 0 converted, 0 failed, 0 skipped, 1 cancelled")
        .hasLineCount(1);
    assertThat(filesBelow("out")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.png b.png -o c.bmp",
        "-r in -o c.bmp",
        "-d out -o c.bmp a.png",
        "- a.png",
        "-d out -",
        "-d out",
        "a.png b.png --overwrite --skip-existing",
        "a.png b.png -j 0",
        "a.png b.png --memory 0",
        "a.png b.png --memory lots",
        "a.png b.png --max-idat-ratio 0",
      })
  void contradictingOptionsAreAWrongCommandLine(String arguments) throws IOException {
    png("in/a.png");
    CommandLineRun run = run(arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("png2bmp: ").contains("--help").hasLineCount(1);
  }
}
