package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestClassPath;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the documentation of the API shows. */
class SnippetsTest {
  private static final Path TOP = Path.of("").toAbsolutePath();
  private static final Path API = TOP.resolve("src/main/java/io/github/lodepngffm");

  /** In a class's documentation; the last of its closing braces ends it. */
  private static final Pattern SNIPPET =
      Pattern.compile("(?s)\\{@snippet :\\n(.*?)\\n \\* \\}\\n(?! \\* \\})");

  private static final TestImage PICTURE =
      TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 31, 17);

  @TempDir private Path folder;

  private static List<String> snippets() throws IOException {
    List<String> snippets = new ArrayList<>();
    try (Stream<Path> sources = Files.list(API)) {
      for (Path source : sources.filter(Files::isRegularFile).sorted().toList()) {
        Matcher found = SNIPPET.matcher(Files.readString(source));
        while (found.find()) {
          snippets.add(found.group(1).replaceAll("(?m)^ \\* ?", ""));
        }
      }
    }
    return snippets;
  }

  @Test
  void everySnippetOfTheApiRuns() throws Exception {
    List<String> snippets = snippets();
    assertThat(snippets).hasSizeGreaterThanOrEqualTo(6);
    StringBuilder program = new StringBuilder("import io.github.lodepngffm.*;\n");
    program.append("void main() throws Exception {\n");
    program.append("List<Path> pngs = List.of(Path.of(\"picture.png\"));\n");
    snippets.forEach(code -> program.append("{\n").append(code).append("\n}\n"));
    program.append("}\n");
    Files.writeString(folder.resolve("Snippets.java"), program);
    Files.write(folder.resolve("picture.png"), PngWriter.bytesOf(PICTURE));
    Files.write(folder.resolve("picture.bmp"), ReferenceBmp.bytes(PICTURE));
    ChildProcess.Result result =
        ChildProcess.ofJdk("java", "--enable-native-access=ALL-UNNAMED", "--class-path")
            .with(TestClassPath.mainClasses().toString(), "Snippets.java")
            .run(folder);
    assertThat(result.errors()).isEmpty();
    assertThat(result.exitCode()).isZero();
    byte[] bmp = ReferenceBmp.bytes(PICTURE);
    assertThat(result.output().lines())
        .contains("NOP", bmp.length + " bytes of BMP, 31 pixels in a row");
    assertThat(folder.resolve("picture.png.bmp")).hasBinaryContent(bmp);
  }

  /** One read may give a part of a file: what is shown goes on until all is there. */
  @Test
  void noExampleTrustsASingleRead() throws IOException {
    Pattern single = Pattern.compile("(?m)^[ *]*\\w+\\.read\\([^()]*(\\(\\))?\\);?$");
    assertThat("  file.read(png.asByteBuffer());\n").containsPattern(single);
    try (Stream<Path> sources = Files.list(API);
        Stream<Path> examples = Files.list(TOP.resolve("examples"));
        Stream<Path> docs = Files.list(TOP.resolve("docs"))) {
      Stream.of(sources, examples, docs, Stream.of(TOP.resolve("README.md")))
          .flatMap(files -> files)
          .filter(file -> file.toString().matches(".*\\.(java|jsh|md)"))
          .forEach(file -> assertThat(file).content().doesNotContainPattern(single));
    }
  }
}
