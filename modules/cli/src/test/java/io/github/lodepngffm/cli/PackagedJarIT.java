package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the jar of the command line holds besides our own classes. */
class PackagedJarIT {
  private static final String OURS = "io/github/lodepngffm/";
  private static final String LICENCES = "META-INF/licenses/";

  /** A library in the jar of the command line, and words that only the text of its licence has. */
  private record Shaded(String packages, String licence, List<String> words) {}

  private static final List<Shaded> SHADED =
      List.of(
          new Shaded(
              "picocli/",
              "picocli/LICENSE",
              List.of("Apache License", "Version 2.0, January 2004", "END OF TERMS")),
          new Shaded(
              "me/tongfei/progressbar/",
              "progressbar/LICENSE",
              List.of("MIT License", "Tongfei Chen", "Permission is hereby granted")),
          new Shaded(
              "org/jline/",
              "jline/LICENSE",
              List.of("2002-2023, the original author or authors", "Neither the name of JLine")));

  private static final Map<String, String> COMPILED_IN =
      Map.of("lodepng/LICENSE", "Lode Vandevenne", "libdeflate/COPYING", "Eric Biggers");

  private static JarFile jar() throws IOException {
    return new JarFile(Launcher.packagedJar().toFile());
  }

  private static String text(JarFile jar, String name) throws IOException {
    JarEntry entry = jar.getJarEntry(name);
    assertThat(entry).as("%s in %s", name, jar.getName()).isNotNull();
    return new String(jar.getInputStream(entry).readAllBytes(), UTF_8);
  }

  private static List<String> names(JarFile jar) {
    return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName).toList();
  }

  @Test
  void itHasTheLicenceOfAllThatIsInIt() throws IOException {
    try (JarFile jar = jar()) {
      List<String> foreign =
          names(jar).stream()
              .filter(name -> name.endsWith(".class") && !name.startsWith(OURS))
              .toList();
      for (Shaded library : SHADED) {
        assertThat(foreign).anyMatch(name -> name.startsWith(library.packages()));
        assertThat(text(jar, LICENCES + library.licence())).contains(library.words());
        assertThat(text(jar, "META-INF/NOTICE")).contains(LICENCES + library.licence());
      }
      assertThat(foreign)
          .as("classes of libraries that this test does not know")
          .allMatch(name -> SHADED.stream().anyMatch(known -> name.startsWith(known.packages())));
    }
  }

  @Test
  void itHasTheLicencesOfWhatIsCompiledIntoTheLibrary() throws IOException {
    try (JarFile jar = jar()) {
      for (Map.Entry<String, String> part : COMPILED_IN.entrySet()) {
        assertThat(text(jar, LICENCES + part.getKey())).contains(part.getValue());
      }
      assertThat(text(jar, "META-INF/LICENSE")).contains("The lodepng-ffm authors");
    }
  }

  @Test
  void itsBillOfMaterialsNamesTheLibrariesInIt() throws IOException {
    try (JarFile jar = jar()) {
      assertThat(text(jar, "META-INF/sbom/maven.cdx.json"))
          .contains("\"picocli\"", "\"progressbar\"", "\"jline-terminal\"", "\"lodepng-ffm\"");
      assertThat(text(jar, "META-INF/sbom/native.cdx.json")).contains("\"lodepng\"");
    }
  }
}
