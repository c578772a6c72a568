package io.github.lodepngffm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the jars hold, and what who uses them has to know. */
class PackagedJarsIT {
  private static final String OURS = "io/github/lodepngffm/";
  private static final String LICENCES = "META-INF/licenses/";

  private static final Map<String, String> COMPILED_IN =
      Map.of("lodepng/LICENSE", "Lode Vandevenne", "libdeflate/COPYING", "Eric Biggers");

  private static JarFile jar(String glob) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of("target"), glob)) {
      return new JarFile(jars.iterator().next().toFile());
    }
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
  void theJarOfTheLibraryHasTheLicencesOfWhatIsCompiledIntoIt() throws IOException {
    try (JarFile jar = jar("lodepng-ffm-*-SNAPSHOT.jar")) {
      for (Map.Entry<String, String> part : COMPILED_IN.entrySet()) {
        assertThat(text(jar, LICENCES + part.getKey())).contains(part.getValue());
      }
      assertThat(text(jar, "META-INF/LICENSE")).contains("The lodepng-ffm authors");
    }
  }

  @Test
  void theJarOfTheLibraryHasNeitherTheClassesNorTheLicencesOfOthers() throws IOException {
    try (JarFile jar = jar("lodepng-ffm-*-SNAPSHOT.jar")) {
      assertThat(names(jar).stream().filter(name -> name.endsWith(".class")))
          .allMatch(name -> name.startsWith(OURS) || name.equals("module-info.class"))
          .noneMatch(name -> name.startsWith(OURS + "cli/"));
      assertThat(
              names(jar).stream()
                  .filter(name -> name.startsWith(LICENCES))
                  .map(name -> name.substring(LICENCES.length()))
                  .collect(Collectors.toSet()))
          .isEqualTo(COMPILED_IN.keySet());
    }
  }

  @Test
  void theModuleDescriptorNamesNothingButTheJdk() throws IOException {
    try (JarFile jar = jar("lodepng-ffm-*-SNAPSHOT.jar")) {
      ModuleDescriptor descriptor =
          ModuleDescriptor.read(jar.getInputStream(jar.getJarEntry("module-info.class")));
      assertThat(descriptor.requires().stream().map(ModuleDescriptor.Requires::name))
          .containsExactlyInAnyOrder("java.base", "jdk.jfr");
      assertThat(descriptor.opens()).isEmpty();
    }
  }

  @Test
  void thePomOfTheLibraryNamesNeitherAParentNorADependency() throws IOException {
    try (JarFile jar = jar("lodepng-ffm-*-SNAPSHOT.jar")) {
      String pom = text(jar, "META-INF/maven/io.github.lodepngffm/lodepng-ffm/pom.xml");
      assertThat(pom)
          .contains("<artifactId>lodepng-ffm</artifactId>", "<license>", "<scm>")
          .doesNotContain("<parent>", "<dependency>", "<build>");
    }
  }

  @Test
  void theJarOfTheTestsHasWhatModulesNeedAndNoTest() throws IOException {
    try (JarFile jar = jar("lodepng-ffm-*-tests.jar")) {
      assertThat(names(jar))
          .contains(
              OURS + "testkit/PngWriter.class",
              OURS + "leakcheck/NativeLeakCheck.class",
              "junit-platform.properties")
          .noneMatch(name -> name.matches(OURS + "\\w+\\.class"));
    }
  }
}
