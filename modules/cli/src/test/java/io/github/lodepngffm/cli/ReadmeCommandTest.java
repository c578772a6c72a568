package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.MarkdownFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README says of the command line, in a folder with a {@code picture.png}. */
class ReadmeCommandTest {
  private static final Path TOP = Path.of("../..");
  private static final TestImage PICTURE =
      TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 31, 17);

  @TempDir Path folder;

  /**
   * The words after {@code ./png2bmp} of each line that begins with it; the README quotes nothing.
   */
  private static List<List<String>> commands() throws IOException {
    return MarkdownFile.read(TOP.resolve("README.md")).blocks().stream()
        .filter(block -> block.language().equals("sh"))
        .flatMap(block -> block.code().lines())
        .map(line -> Arrays.asList(line.split(" ")))
        .filter(words -> words.getFirst().equals("./png2bmp"))
        .map(words -> words.subList(1, words.size()))
        .toList();
  }

  @Test
  void theFirstCommandConvertsAPicture() throws IOException {
    Files.write(folder.resolve("picture.png"), PngWriter.bytesOf(PICTURE));
    assertThat(Launcher.SCRIPT).isExecutable();
    assertThat(commands()).hasSize(1);
    // the launcher would start a build inside this one; what it starts after that is run here
    CommandLineRun run = CommandLineRun.in(folder, commands().getFirst().toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("picture.bmp")).hasBinaryContent(ReferenceBmp.bytes(PICTURE));
  }

  @Test
  void theJarThatItNamesIsTheOneThatTheBuildMakes() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = pom.split("<version>")[1].split("</")[0];
    assertThat(Files.readString(TOP.resolve("README.md")))
        .contains("java -jar modules/cli/target/lodepng-ffm-cli-" + version + "-all.jar ");
  }
}
