package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.ToolOnPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** The manual pages and the completion script say what the options are. */
class ManualPageTest {
  private static final Path PAGES = Path.of("../../docs/man");

  @TempDir private Path folder;

  /** The words of the page, without those of its language. */
  private static String wordsOfPage(String program) throws IOException {
    return Files.readString(PAGES.resolve(program + ".1"))
        .replaceAll("(?m)^\\.(?:sp|RS|RE|br).*\n", "")
        .replaceAll("\\\\f[BIP]|\\\\&", "")
        .replace("\\(cq", "'")
        .replace("\\*(Aq", "'")
        .replace("\\(aq", "'")
        .replace("\\-", "-")
        .replace("\\.", ".");
  }

  /** Of the source that picocli makes: options, and what is said of them. */
  private List<String> linesOfSource(String program) throws IOException {
    CommandSpec spec = new CommandLine(commandOf(program)).getCommandSpec();
    File directory = folder.toFile();
    assertThat(ManPageGenerator.generateManPage(directory, null, new boolean[3], false, spec))
        .isZero();
    return Files.readAllLines(folder.resolve(program + ".adoc")).stream()
        .filter(line -> line.startsWith("  ") || line.matches("\\*.*::"))
        .map(line -> line.replaceAll("::$", "").replaceAll("[*_]", "").strip())
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }

  private static ConversionCommand commandOf(String program) {
    return program.equals("png2bmp") ? new Png2Bmp() : new Bmp2Png();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png2bmp", "bmp2png"})
  void thePageHasEveryOptionAsItIsDeclared(String program) throws IOException {
    List<String> lines = linesOfSource(program);
    assertThat(lines).hasSizeGreaterThan(50).contains("-d, --directory=OUTDIR");
    String words = wordsOfPage(program).replaceAll("[*_]", "").replaceAll(" +", " ");
    assertThat(lines)
        .as("if a line is missing, run scripts/man-page.sh")
        .allSatisfy(line -> assertThat(words).contains(line));
  }

  @ParameterizedTest
  @CsvSource({"png2bmp, Converts PNG images", "bmp2png, makes PNG images smaller"})
  void thePageCanBeFormatted(String program, String header) throws Exception {
    ToolOnPath groff = ToolOnPath.assumePresent("groff");
    String text =
        groff.run(PAGES.toAbsolutePath(), "-man", "-Tascii", "-P-c", "-ww", program + ".1");
    assertThat(text.replaceAll(".\u0008", ""))
        .contains("NAME", header, "--files-from=FILE", "EXIT CODES");
  }

  @Test
  void picocliMakesACompletionScriptOfTheClass() throws Exception {
    Path script = folder.resolve("by picocli");
    String name = Png2Bmp.class.getName();
    AutoComplete.main("--force", "--completionScript", script.toString(), name);
    assertThat(script).content().contains("--skip-existing");
  }

  @Test
  void bashCompletesOptionsWithTheScript() throws Exception {
    ToolOnPath.assumePresent("bash");
    CommandLineRun run = CommandLineRun.in(folder, "--completion");
    assertThat(run.exitCode()).isZero();
    Files.writeString(folder.resolve("completion"), run.out());
    ChildProcess.Result completed =
        ChildProcess.of(
                "bash",
                "-c",
                "source ./completion; COMP_WORDS=(png2bmp --skip); COMP_CWORD=1; COMP_LINE='png2bmp"
                    + " --skip'; COMP_POINT=14; _complete_png2bmp; echo \"${COMPREPLY[@]}\"")
            .run(folder);
    assertThat(completed.output()).isEqualTo("--skip-existing\n");
  }
}
