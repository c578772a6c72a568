package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When the launcher builds, and when it uses or makes anew the files for a quicker start. The JDK
 * is one that only says with which options it was started; {@link LauncherStartIT} has a real one.
 */
class LauncherBuildIT {
  private static final String BUILDING = "png2bmp: building once";

  @TempDir private Path temporary;
  private Launcher launcher;
  private Path checkout;
  private Path target;

  @BeforeEach
  void aCheckoutThatIsBuilt() throws Exception {
    launcher = new Launcher(temporary);
    checkout = launcher.checkoutThatBuilds();
    target = checkout.resolve(Launcher.TARGET);
    Path jdk = Files.createDirectories(temporary.resolve("a jdk/bin")).getParent();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    Launcher.script(
        jdk.resolve("bin/java"),
        """
        for option; do
          case $option in
            -XX:AOTCacheOutput=*) exec sh -c 'echo a cache >"$1"' - "${option#*=}" ;;
          esac
        done
        echo "$*"
        """);
    Launcher.script(
        jdk.resolve("bin/jar"),
        "mkdir -p META-INF/native/here; echo a library >META-INF/native/here/liblodepngffm.so\n");
    Launcher.script(jdk.resolve("bin/javac"), "exit 1\n");
    launcher.with("JAVA_HOME", jdk.toString());
    for (String file :
        List.of(
            "pom.xml",
            "src/main/java/A.java",
            "modules/pom.xml",
            "modules/cli/pom.xml",
            "modules/cli/src/main/java/B.java",
            "modules/cli/src/test/java/BTest.java",
            "modules/imageio/src/main/java/C.java",
            "native/cflags",
            "native/third-party.lock",
            "native/fetch-sources.sh",
            "native/lodepngffm.map",
            "native/src/api/png_api.c",
            "native/include/lodepng_ffm.h",
            "native/test/a_test.c",
            "scripts/native-sbom.sh")) {
      Path path = checkout.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "content");
    }
    assertThat(start()).startsWith(BUILDING);
    assertThat(start()).isEmpty();
  }

  /** Starts it prepared, and returns what the launcher says. */
  private String start() throws Exception {
    Launcher.Run run = launcher.run("in.png");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(new String(run.out(), UTF_8))
        .contains("-XX:AOTCache=" + target + "/png2bmp.aot", "library.path=" + target);
    return run.err();
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
  }

  private List<String> filesOfTheLauncher() throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("png2bmp"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "png2bmp",
        "pom.xml",
        "src/main/java/A.java",
        "modules/pom.xml",
        "modules/cli/pom.xml",
        "modules/cli/src/main/java/B.java",
        "native/cflags",
        "native/third-party.lock",
        "native/fetch-sources.sh",
        "native/lodepngffm.map",
        "native/src/api/png_api.c",
        "native/include/lodepng_ffm.h",
        "scripts/native-sbom.sh"
      })
  void whatGoesIntoTheBuildIsBuiltAnewWhenItChanges(String file) throws Exception {
    touch(checkout.resolve(file));
    assertThat(launcher.run("in.png").err()).startsWith(BUILDING);
  }

  @Test
  void aSourceThatIsDeletedIsOneThatChanges() throws Exception {
    Files.delete(checkout.resolve("native/src/api/png_api.c"));
    touch(checkout.resolve("native/src/api")); // as deleting does, when some time has passed
    assertThat(launcher.run("in.png").err()).startsWith(BUILDING);
  }

  @Test
  void whatIsChangedDuringTheBuildIsBuiltTheNextTime() throws Exception {
    Path maven = checkout.resolve("bin/mvn");
    String build = Files.readString(maven);
    Files.writeString(maven, build.replace("echo noise", "sleep 1; touch native/cflags; sleep 1"));
    touch(checkout.resolve("pom.xml"));
    assertThat(launcher.run("in.png").err()).startsWith(BUILDING);
    Files.setLastModifiedTime(checkout.resolve("pom.xml"), FileTime.fromMillis(0));
    Files.writeString(maven, build);
    assertThat(launcher.run("in.png").err()).startsWith(BUILDING);
    assertThat(start()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "native/test/a_test.c",
        "modules/cli/src/test/java/BTest.java",
        "modules/imageio/src/main/java/C.java"
      })
  void testsAndOtherModulesDoNotGoIntoTheBuild(String file) throws Exception {
    touch(checkout.resolve(file));
    assertThat(start()).isEmpty();
  }

  @Test
  void nothingPartialIsLeftEvenOfOneThatWasKilled() throws Exception {
    Files.createDirectory(target.resolve("png2bmp-start.123"));
    Files.writeString(target.resolve("png2bmp-start.123/png2bmp.aot"), "partial");
    Files.delete(target.resolve("png2bmp.sums"));
    assertThat(start()).isEmpty();
    assertThat(filesOfTheLauncher())
        .containsExactly(
            "png2bmp-build.begun",
            "png2bmp-build.lock",
            "png2bmp-build.log",
            "png2bmp.aot",
            "png2bmp.so",
            "png2bmp.sums");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png2bmp.aot", "png2bmp.so"})
  void whatIsDamagedIsReplacedAndMentionedOnce(String file) throws Exception {
    Path damaged = target.resolve(file);
    byte[] whole = Files.readAllBytes(damaged);
    FileTime time = Files.getLastModifiedTime(damaged);
    for (String content : List.of("", "a", "a cachet and more", "another")) {
      Files.writeString(damaged, content);
      Files.setLastModifiedTime(damaged, time); // as when it is the disk that does it
      assertThat(start()).startsWith("png2bmp: ").contains(file, "damaged").hasLineCount(1);
      assertThat(damaged).hasBinaryContent(whole);
      assertThat(start()).isEmpty();
    }
    Files.delete(damaged);
    assertThat(start()).contains("damaged");
  }

  @Test
  void whatIsDamagedIsNotUsedWhileSomebodyElsePrepares() throws Exception {
    Files.writeString(target.resolve("png2bmp.aot"), "damaged");
    Launcher.script(checkout.resolve("bin/flock"), "exit 1\n");
    Launcher.Run run = launcher.run("in.png");
    assertThat(new String(run.out(), UTF_8))
        .doesNotContain("AOTCache", "library.path")
        .contains("-Dlodepngffm.tmpdir=" + target);
  }

  @Test
  void aCheckoutThatWasMovedIsPreparedAnewWithoutAWord() throws Exception {
    Path sums = target.resolve("png2bmp.sums");
    String noted = Files.readString(sums);
    Files.writeString(sums, noted.replace(checkout.toString(), "/elsewhere"));
    assertThat(start()).isEmpty();
    assertThat(sums).hasContent(noted);
  }
}
