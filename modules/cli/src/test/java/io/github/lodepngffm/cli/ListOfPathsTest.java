package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are no text, on every way into the command line; and the lists that have them. */
class ListOfPathsTest {
  private static final TestImage IMAGE = TestImage.random(new PngFormat(PngFormat.RGB, 8), 9, 5, 3);

  /** Two names that look the same to Java. */
  private static final String ONE = "x\udcff";

  private static final String OTHER = "x\udcfe";

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String name :
        new String[] {"in/sound.png", "in/" + ONE + ".png", "in/" + OTHER + ".png"}) {
      Path file = path(name);
      Files.createDirectories(file.getParent());
      Files.write(file, PngWriter.bytesOf(IMAGE));
    }
  }

  private Path path(String name) {
    return folder.resolve(FileNames.path(name));
  }

  private void list(String name, String content) throws IOException {
    Files.write(folder.resolve(name), content.getBytes(ISO_8859_1));
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.in(folder, arguments);
  }

  private void assertConverted(String... names) {
    for (String name : names) {
      assertThat(path(name)).hasBinaryContent(ReferenceBmp.bytes(IMAGE));
    }
  }

  @Test
  void aFolderIsConvertedWithAllItsNames() {
    CommandLineRun run = run("-r", "in", "-d", "out");
    assertThat(run.err()).startsWith("png2bmp: 3 converted, 0 failed");
    assertThat(run.out()).contains("in/x\\xFF.png -> ", "/out/x\\xFE.bmp");
    assertConverted("out/sound.bmp", "out/" + ONE + ".bmp", "out/" + OTHER + ".bmp");
  }

  @Test
  void aFolderWhoseOwnNameIsNoTextIsEntered() throws IOException {
    Files.move(folder.resolve("in"), path("\udcf0"));
    assertThat(run("-r", "\udcf0", "-d", "out").exitCode()).isZero();
    assertConverted("out/" + ONE + ".bmp", "out/" + OTHER + ".bmp");
  }

  @Test
  void aSingleFileIsConverted() {
    assertThat(run("in/" + ONE + ".png").exitCode()).isZero();
    assertThat(run("in/" + ONE + ".png", "-o", "y\udc80.bmp").exitCode()).isZero();
    assertConverted(ONE + ".bmp", "y\udc80.bmp");
  }

  @Test
  void aListOfLinesNamesBytes() throws IOException {
    list("list", "in/x\u00ff.png\r\n\nin/sound.png\nin/x\u00fe.png");
    assertThat(run("--files-from", "list", "-d", "out").exitCode()).isZero();
    assertConverted("out/in/sound.bmp", "out/in/" + ONE + ".bmp", "out/in/" + OTHER + ".bmp");
  }

  @Test
  void aListWithZeroBytesHasNamesWithLineEnds() throws IOException {
    Files.move(folder.resolve("in/sound.png"), folder.resolve("in/a\nb\r.png"));
    list("list", "in/x\u00ff.png\0\0in/a\nb\r.png\0");
    assertThat(run("-0", "--files-from", "list", "-d", "out").exitCode()).isZero();
    assertConverted("out/in/" + ONE + ".bmp", "out/in/a\nb\r.bmp");
    assertThat(run("--null", "--files-from", "list", "-d", "again").exitCode()).isZero();
    assertThat(run("-0", "in/sound.png").exitCode()).isEqualTo(2);
  }

  @Test
  void everyFailureNamesTheListAndTheLine() throws IOException {
    list(
        "list",
        "in/sound.png\n\nmissing\u00e9.png\n../out.png\nin\0sound.png\n" + "x".repeat(70_000));
    CommandLineRun run = run("--files-from", "list", "-d", "out", "--json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "png2bmp: list:3: missing\\xE9.png: no such file or directory\n",
            "png2bmp: list:4: ../out.png: the path climbs out",
            "png2bmp: list:5: in\\x00sound.png: not a path: it has a zero byte; with -0 ",
            "png2bmp: list:6: " + "x".repeat(60) + "...: longer than a path can be\n",
            "png2bmp: 1 converted, 4 failed");
    assertThat(run.out())
        .contains(
            "{\"input\":\"missing\\udce9.png\",\"status\":\"failed\",\"list\":\"list\",\"line\":3,");
    assertConverted("out/in/sound.bmp");
    CommandLineRun standard =
        CommandLineRun.withInput("a\0b\0".getBytes(ISO_8859_1), folder, "-0", "--files-from", "-");
    assertThat(standard.err()).contains("png2bmp: standard input:2: b: no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--info", "--dry-run", "--quiet"})
  void theOtherWaysOfAListNameItToo(String option) throws IOException {
    list("list", "in/sound.png\nmissing\u00e9.png\nin/x\u00ff.png\n");
    CommandLineRun run = run(option, "--files-from", "list", "-d", "out");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("png2bmp: list:2: missing\\xE9.png: no such file or directory\n");
  }

  @Test
  void aListThatCannotBeReadIsNamed() {
    assertThat(run("--files-from", "none", "-d", "out").err())
        .isEqualTo("png2bmp: cannot read --files-from none: no such file or directory\n");
    assertThat(run("--files-from", "in", "-d", "out").err())
        .isEqualTo("png2bmp: cannot read --files-from in: Is a directory\n");
  }

  @Test
  void aNameThatNoFileCanHaveFailsAloneAndIsEscaped() {
    CommandLineRun run = run("in/sound.png", "a\0b.png", "in/" + ONE + ".png", "-d", "out");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("png2bmp: a\\x00b.png: not a path\n")
        .contains("2 converted, 1 failed");
    assertThat(run("a\0b.png").err()).isEqualTo("png2bmp: a\\x00b.png: not a path\n");
    CommandLineRun tooLong = run("y".repeat(300) + ".png", "in/sound.png", "-d", "more");
    assertThat(tooLong.err()).contains("1 converted, 1 failed");
  }
}
