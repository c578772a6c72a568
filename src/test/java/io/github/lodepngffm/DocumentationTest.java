package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.MarkdownFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Markdown files name must be there. */
class DocumentationTest {
  private static final Path TOP = Path.of("").toAbsolutePath();

  static List<Path> markdownFiles() throws IOException {
    List<Path> files;
    try (Stream<Path> top = Files.list(TOP);
        Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
      files =
          Stream.concat(top, docs)
              .filter(file -> file.toString().endsWith(".md"))
              .map(TOP::relativize)
              .toList();
    }
    assertThat(files).contains(Path.of("README.md"), Path.of("docs/memory.md"));
    return files;
  }

  @ParameterizedTest
  @MethodSource("markdownFiles")
  void everyRelativeLinkLeadsSomewhere(Path file) throws IOException {
    for (String link : MarkdownFile.read(TOP.resolve(file)).links()) {
      if (link.matches("[a-z]+:.*")) {
        continue; // of the web, which a test of this build does not ask
      }
      String[] parts = link.split("#", 2);
      Path target =
          parts[0].isEmpty()
              ? TOP.resolve(file)
              : TOP.resolve(file).resolveSibling(parts[0]).normalize();
      assertThat(target).as("%s links to %s", file, link).exists();
      if (parts.length == 2) {
        assertThat(MarkdownFile.read(target).anchors())
            .as("%s links to %s", file, link)
            .contains(parts[1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("markdownFiles")
  void everyScriptThatIsNamedExists(Path file) throws IOException {
    Pattern script = Pattern.compile("(?<![\\w/.])(?:scripts|native)/[\\w./-]*\\.sh\\b");
    Matcher named = script.matcher(Files.readString(TOP.resolve(file)));
    while (named.find()) {
      assertThat(TOP.resolve(named.group())).as("named in %s", file).isExecutable();
    }
  }

  @Test
  void everyTestThatTheSecurityTableNamesExists() throws IOException {
    String security = Files.readString(TOP.resolve("docs/security.md"));
    Matcher named = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`").matcher(security);
    int tests = 0;
    while (named.find()) {
      tests++;
      String source = sourceOf(named.group(1));
      if (named.group(2) != null) {
        assertThat(source).as(named.group()).contains("void " + named.group(2) + "(");
      }
    }
    assertThat(tests).isPositive();
  }

  private static String sourceOf(String testClass) throws IOException {
    try (Stream<Path> library = Files.walk(TOP.resolve("src/test/java"));
        Stream<Path> modules = Files.walk(TOP.resolve("modules"))) {
      Path source =
          Stream.concat(library, modules)
              .filter(file -> file.getFileName().toString().equals(testClass + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("there is no test " + testClass));
      return Files.readString(source);
    }
  }
}
