package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.BmpReader;
import io.github.lodepngffm.testkit.HostilePng;
import io.github.lodepngffm.testkit.HostilePngs;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Png2BmpTest {
  private static final TestImage IMAGE =
      TestImage.random(new PngFormat(PngFormat.RGB, 8), 19, 7, 3);

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void aFolderWhosePathHasSpaces() throws IOException {
    folder = Files.createDirectory(temporary.resolve("a folder with spaces"));
    Files.write(folder.resolve("in.png"), PngWriter.bytesOf(IMAGE));
  }

  private static byte[] expectedBmp() {
    return ReferenceBmp.bytes(IMAGE);
  }

  private List<String> filesInFolder() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesTheFileThatIsNamed() throws IOException {
    CommandLineRun run = CommandLineRun.in(folder, "in.png", "-o", "out file.bmp");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("out file.bmp")).hasBinaryContent(expectedBmp());
    assertThat(filesInFolder()).containsExactly("in.png", "out file.bmp");
  }

  @ParameterizedTest
  @CsvSource({"a.png, a.bmp", "B.PNG, B.bmp", "c.PnG, c.bmp", "d.jpg, d.jpg.bmp", "e, e.bmp"})
  void withoutOutputTheNameComesFromTheInput(String input, String output) throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.copy(folder.resolve("in.png"), elsewhere.resolve(input));
    CommandLineRun run = CommandLineRun.in(folder, elsewhere.resolve(input).toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve(output)).hasBinaryContent(expectedBmp());
  }

  @Test
  void standardInputAndOutputAreADash() throws IOException {
    byte[] png = Files.readAllBytes(folder.resolve("in.png"));
    assertThat(CommandLineRun.withInput(png, folder, "-").binaryOut()).isEqualTo(expectedBmp());
    assertThat(CommandLineRun.in(folder, "in.png", "-o", "-").binaryOut()).isEqualTo(expectedBmp());
    assertThat(CommandLineRun.withInput(png, folder, "-", "-o", "x.bmp").exitCode()).isZero();
    assertThat(folder.resolve("x.bmp")).hasBinaryContent(expectedBmp());
  }

  @Test
  void aMalformedPngFailsInOneLineWithFileAndCodeAndLeavesNothing() throws IOException {
    Files.write(folder.resolve("bad.png"), new byte[100]);
    CommandLineRun run = CommandLineRun.in(folder, "bad.png", "-o", "bad.bmp");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("png2bmp: bad.png: LodePNG error 28: ").hasLineCount(1);
    assertThat(filesInFolder()).containsExactly("bad.png", "in.png");
  }

  @Test
  void noHostileFileLeavesAnOutputBehind() throws IOException {
    List<HostilePng> files = HostilePngs.all(HostilePng.Fate.REJECTED).toList();
    for (HostilePng file : files) {
      Files.write(folder.resolve("hostile.png"), file.bytes());
      CommandLineRun run = CommandLineRun.in(folder, "hostile.png");
      assertThat(run.exitCode()).as(file.name()).isEqualTo(1);
      assertThat(run.err()).as(file.name()).startsWith("png2bmp: hostile.png: ").hasLineCount(1);
    }
    assertThat(files).isNotEmpty();
    assertThat(filesInFolder()).containsExactly("hostile.png", "in.png");
  }

  @Test
  void standardOutputGetsNothingOfAFailedConversion() {
    CommandLineRun run = CommandLineRun.withInput(new byte[] {1, 2, 3}, folder, "-", "-o", "-");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.binaryOut()).isEmpty();
    assertThat(run.err()).startsWith("png2bmp: standard input: LodePNG error ");
  }

  @Test
  void anExistingOutputSurvivesAFailedConversion() throws IOException {
    Files.write(folder.resolve("bad.png"), new byte[100]);
    Files.writeString(folder.resolve("out.bmp"), "precious");
    assertThat(CommandLineRun.in(folder, "bad.png", "-o", "out.bmp").exitCode()).isEqualTo(1);
    assertThat(folder.resolve("out.bmp")).hasContent("precious");
  }

  @Test
  void anExistingOutputIsReplacedOnlyWhenAskedTo() throws IOException {
    Files.writeString(folder.resolve("in.bmp"), "precious");
    CommandLineRun refused = CommandLineRun.in(folder, "in.png");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("in.bmp: it exists").contains("--overwrite").hasLineCount(1);
    assertThat(folder.resolve("in.bmp")).hasContent("precious");
    assertThat(CommandLineRun.in(folder, "in.png", "--overwrite").exitCode()).isZero();
    assertThat(folder.resolve("in.bmp")).hasBinaryContent(expectedBmp());
    Files.writeString(folder.resolve("in.bmp"), "precious");
    assertThat(CommandLineRun.in(folder, "in.png", "-o", "in.bmp").exitCode()).isZero();
    assertThat(folder.resolve("in.bmp")).hasBinaryContent(expectedBmp());
  }

  @Test
  void theInputIsNeverReplaced() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.bmp"), folder.resolve("in.png"));
    for (String output : List.of("in.png", "./in.png", "link.bmp")) {
      CommandLineRun run = CommandLineRun.in(folder, "in.png", "-o", output);
      assertThat(run.exitCode()).as(output).isEqualTo(2);
      assertThat(run.err()).contains("would replace").hasLineCount(1);
    }
    assertThat(folder.resolve("in.png")).hasBinaryContent(PngWriter.bytesOf(IMAGE));
  }

  @Test
  void aTargetThatCannotBeWrittenIsNamed() throws IOException {
    CommandLineRun run = CommandLineRun.in(folder, "in.png", "-o", "missing/out.bmp");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("png2bmp: in.png: cannot write ")
        .contains("missing/out.bmp: no such file or directory")
        .doesNotContain(".tmp")
        .hasLineCount(1);
    assertThat(CommandLineRun.in(folder, "in.png", "-o", ".").err()).contains("is a directory");
    assertThat(filesInFolder()).containsExactly("in.png");
  }

  @Test
  void aMissingInputIsNamed() {
    CommandLineRun run = CommandLineRun.in(folder, "not here.png");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("png2bmp: not here.png: no such file").hasLineCount(1);
  }

  @Test
  void aWidthBeyondSixteenBitsIsKept() throws IOException {
    TestImage wide = TestImage.gradient(new PngFormat(PngFormat.GRAY, 8), 70_000, 1);
    Files.write(folder.resolve("wide.png"), PngWriter.bytesOf(wide));
    assertThat(CommandLineRun.in(folder, "wide.png").exitCode()).isZero();
    BmpReader.Bmp bmp = BmpReader.read(Files.readAllBytes(folder.resolve("wide.bmp")));
    assertThat(bmp.width()).isEqualTo(70_000);
    assertThat(bmp.height()).isEqualTo(1);
  }

  @Test
  void aSmallFileThatClaimsManyPixelsFailsNamingTheOption() throws IOException {
    HostilePng claim =
        HostilePngs.all().filter(file -> file.name().equals("IHDR: 60000x60000")).findAny().get();
    Files.write(folder.resolve("claim.png"), claim.bytes());
    CommandLineRun run = CommandLineRun.in(folder, "claim.png");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("claim.png: error 1002: ")
        .contains("3600000000 (60000 x 60000), at most 67108864")
        .contains("--max-pixels raises the limit")
        .doesNotContain("Limits.")
        .hasLineCount(1);
  }

  @Test
  void infoPrintsTheHeader() throws IOException {
    CommandLineRun run = CommandLineRun.in(folder, "--info", "in.png");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("19 x 7 pixels", "2, red, green, blue", "bit depth:   8", "interlaced:  no")
        .contains(expectedBmp().length + " bytes");
    assertThat(filesInFolder()).containsExactly("in.png");
    byte[] png = Files.readAllBytes(folder.resolve("in.png"));
    assertThat(CommandLineRun.withInput(png, folder, "--info", "-").out())
        .contains("standard input", "19 x 7 pixels");
    assertThat(CommandLineRun.withInput(new byte[9], folder, "--info", "-").exitCode())
        .isEqualTo(1);
  }

  @Test
  void versionNamesTheProgramAndTheLibraries() {
    CommandLineRun run = CommandLineRun.in(folder, "--version");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("png2bmp ", "LodePNG ", "libdeflate ", "Java ");
  }

  @Test
  void helpExplainsOptionsExitCodesAndExamples() {
    CommandLineRun run = CommandLineRun.in(folder, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage:", "--overwrite", "--max-pixels", "Exit codes:", "Examp");
    assertThat(run.out()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--no-such-option in.png", "in.png --max-pixels many", "in.png -o", "-o x"})
  void aWrongCommandLineIsOneLineAndExitCode2(String arguments) {
    CommandLineRun run =
        CommandLineRun.in(folder, arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("png2bmp: ").contains("--help").hasLineCount(1);
  }

  @Test
  void namesThatLookLikeSomethingElseAreOnlyNames() throws IOException {
    for (String name :
        List.of("@list.png", "-dash.png", "'quoted'.png", "${HOME}.png", "u\u00e4.png")) {
      Files.copy(folder.resolve("in.png"), folder.resolve(name));
      CommandLineRun run = CommandLineRun.in(folder, "--", name);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(folder.resolve(name.replace(".png", ".bmp"))).exists();
    }
  }

  @Test
  void controlCharactersOfANameStayOutOfTheTerminal() {
    CommandLineRun run = CommandLineRun.in(folder, "evil\u001b]0;title\u0007\nname.png");
    assertThat(run.err()).hasLineCount(1).doesNotContain("\u001b");
  }
}
