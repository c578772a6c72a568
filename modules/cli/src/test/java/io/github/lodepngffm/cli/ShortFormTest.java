package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestClassPath;
import io.github.lodepngffm.testkit.TestImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command lines that are not parsed mean what they would mean if they were. */
class ShortFormTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.png, a.png, ",
    "-, -, ",
    "@list, @list, ",
    "a.png -o b.bmp, a.png, b.bmp",
    "- -o -, -, -",
    "-o b.bmp a.png, a.png, b.bmp"
  })
  void isRecognized(String arguments, String input, String output) {
    assertThat(ShortForm.of(arguments.split(" "))).isEqualTo(new ShortForm(input, output));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-V",
        "-r",
        "--",
        "-o b.bmp",
        "a.png b.png",
        "a.png -o --info",
        "a.png b.png c.png",
        "-o -o a.png",
        "-r -o a.png",
        "a.png -o=b.bmp",
        "a.png -d out",
        "-q a.png"
      })
  void everythingElseIsParsed(String arguments) {
    assertThat(ShortForm.of(arguments.split(" "))).isNull();
    assertThat(ShortForm.of(new String[0])).isNull();
    assertThat(ShortForm.of(new String[] {""})).isNull();
  }

  /** A double dash says nothing here, but makes it a line that is parsed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.png",
        "missing.png",
        "bad.png",
        "existing.png",
        "in",
        "*.png",
        "a.png -o b.bmp",
        "-o b.bmp a.png",
        "a.png -o a.png",
        "a.png -o no/such/b.bmp",
        "in -o b.bmp",
        "-",
        "- -o -",
        "a.png -o -"
      })
  void doesWhatParsingDoes(String arguments) throws IOException {
    Path one = prepared("one");
    Path other = prepared("other");
    String[] words = arguments.split(" ");
    String parsed = words.length == 1 ? "-- " + arguments : "-j 2 " + arguments;
    CommandLineRun run = CommandLineRun.in(one, words);
    CommandLineRun expected = CommandLineRun.in(other, parsed.split(" "));
    assertThat(run.exitCode()).isEqualTo(expected.exitCode());
    assertThat(run.err().replaceAll("BMP in .*", "").replace("/one/", "/other/"))
        .isEqualTo(expected.err().replaceAll("BMP in .*", ""));
    assertThat(run.binaryOut()).isEqualTo(expected.binaryOut());
    assertThat(one.toFile().list()).containsExactlyInAnyOrder(other.toFile().list());
  }

  private Path prepared(String name) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(name));
    TestImage image = TestImage.random(new PngFormat(PngFormat.RGB, 8), 9, 5, 3);
    for (String png : new String[] {"a.png", "existing.png", "in/c.png"}) {
      Files.createDirectories(directory.resolve(png).getParent());
      Files.write(directory.resolve(png), PngWriter.bytesOf(image));
    }
    Files.write(directory.resolve("bad.png"), new byte[100]);
    Files.write(directory.resolve("existing.bmp"), new byte[1]);
    return directory;
  }

  @Test
  void needsNoPicocli() throws Exception {
    Path target = prepared("without picocli");
    String classes =
        TestClassPath.locationOf(Png2Bmp.class) + File.pathSeparator + TestClassPath.mainClasses();
    ChildProcess.Result run =
        ChildProcess.ofJdk("java", "--enable-native-access=ALL-UNNAMED", "-cp", classes)
            .with("io.github.lodepngffm.cli.Png2Bmp", "a.png", "-o", "b.bmp")
            .run(target);
    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(target.resolve("b.bmp")).exists();
  }
}
