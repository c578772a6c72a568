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
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** The manual page and the completion script say what the options are. */
class ManualPageTest {
  private static final Path PAGE = Path.of("../../docs/man/png2bmp.1");

  @TempDir private Path folder;

  /** The words of the page, without those of its language. */
  private static String wordsOfPage() throws IOException {
    return Files.readString(PAGE)
        .replaceAll("(?m)^\\.(?:sp|RS|RE|br).*\n", "")
        .replaceAll("\\\\f[BIP]|\\\\&", "")
        .replace("\\(cq", "'")
        .replace("\\*(Aq", "'")
        .replace("\\(aq", "'")
        .replace("\\-", "-")
        .replace("\\.", ".");
  }

  /** Of the source that picocli makes: options, and what is said of them. */
  private List<String> linesOfSource() throws IOException {
    CommandSpec spec = new CommandLine(new Png2Bmp()).getCommandSpec();
    File directory = folder.toFile();
    assertThat(ManPageGenerator.generateManPage(directory, null, new boolean[3], false, spec))
        .isZero();
    return Files.readAllLines(folder.resolve("png2bmp.adoc")).stream()
        .filter(line -> line.startsWith("  ") || line.matches("\\*.*::"))
        .map(line -> line.replaceAll("::$", "").replaceAll("[*_]", "").strip())
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }

  @Test
  void thePageHasEveryOptionAsItIsDeclared() throws IOException {
    List<String> lines = linesOfSource();
    assertThat(lines).hasSizeGreaterThan(50).contains("-d, --directory=OUTDIR");
    String words = wordsOfPage().replaceAll("[*_]", "").replaceAll(" +", " ");
    assertThat(lines)
        .as("if a line is missing, run scripts/man-page.sh")
        .allSatisfy(line -> assertThat(words).contains(line));
  }

  @Test
  void thePageCanBeFormatted() throws Exception {
    ToolOnPath groff = ToolOnPath.assumePresent("groff");
    String text =
        groff.run(Path.of(""), "-man", "-Tascii", "-P-c", "-ww", PAGE.toAbsolutePath().toString());
    assertThat(text.replaceAll(".\u0008", ""))
        .contains("NAME", "Converts PNG images", "--files-from=FILE", "EXIT CODES");
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
