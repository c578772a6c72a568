package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
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

/** When the launcher builds, and the files that it makes after a build for a quicker start. */
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
    target = checkout.resolve("target");
    for (String file :
        List.of(
            "pom.xml",
            "src/main/java/A.java",
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
    assertThat(convert()).startsWith(BUILDING);
    assertThat(convert()).isEmpty();
  }

  private String convert() throws Exception {
    Launcher.Run run = launcher.run("-", "-o", "-");
    assertThat(run.out()).as(run.err()).isEqualTo(Launcher.BMP);
    assertThat(run.exitCode()).isZero();
    return run.err();
  }

  private static void touch(Path file) throws IOException {
    FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
    Files.setLastModifiedTime(file, later);
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
    assertThat(convert()).startsWith(BUILDING);
  }

  @Test
  void aSourceThatIsDeletedIsOneThatChanges() throws Exception {
    Files.delete(checkout.resolve("native/src/api/png_api.c"));
    touch(checkout.resolve("native/src/api")); // as deleting does, when some time has passed
    assertThat(convert()).startsWith(BUILDING);
  }

  @Test
  void whatIsChangedDuringTheBuildIsBuiltTheNextTime() throws Exception {
    Path maven = checkout.resolve("bin/mvn");
    String build = Files.readString(maven);
    Files.writeString(
        maven, build.replace("echo noise", "sleep 1; touch native/src/api/png_api.c"));
    touch(checkout.resolve("pom.xml"));
    assertThat(convert()).startsWith(BUILDING);
    Files.setLastModifiedTime(checkout.resolve("pom.xml"), FileTime.fromMillis(0));
    Files.writeString(maven, build);
    assertThat(convert()).startsWith(BUILDING);
    assertThat(convert()).isEmpty();
  }

  @Test
  void testsDoNotGoIntoTheBuild() throws Exception {
    touch(checkout.resolve("native/test/a_test.c"));
    assertThat(convert()).isEmpty();
  }

  @Test
  void theStartIsPreparedOnceAndNothingPartialIsLeft() throws Exception {
    List<String> expected =
        List.of(
            "png2bmp-build.begun",
            "png2bmp-build.lock",
            "png2bmp-build.log",
            "png2bmp.aot",
            "png2bmp.so",
            "png2bmp.sums");
    assertThat(filesOfTheLauncher()).isEqualTo(expected);
    assertThat(Files.size(target.resolve("png2bmp.aot"))).isPositive();
    assertThat(Files.size(target.resolve("png2bmp.so"))).isPositive();
    Files.createDirectory(target.resolve("png2bmp-start.123")); // of one that was killed
    Files.writeString(target.resolve("png2bmp-start.123/png2bmp.aot"), "partial");
    Files.delete(target.resolve("png2bmp.sums"));
    assertThat(convert()).isEmpty();
    assertThat(filesOfTheLauncher()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated", "overwritten", "empty", "longer"})
  void aDamagedCacheIsReplacedAndMentionedOnce(String damage) throws Exception {
    Path cache = target.resolve("png2bmp.aot");
    FileTime time = Files.getLastModifiedTime(cache);
    try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
      long size = file.length();
      switch (damage) {
        case "truncated" -> file.setLength(size / 2);
        case "empty" -> file.setLength(0);
        case "longer" -> file.setLength(size + 1);
        default -> {
          file.seek(size / 2); // Java would crash
          file.write(new byte[1 << 20]);
        }
      }
    }
    Files.setLastModifiedTime(cache, time); // as when it is the disk that does it
    assertThat(convert()).startsWith("png2bmp: " + cache).contains("is damaged").hasLineCount(1);
    assertThat(Files.size(cache)).isPositive();
    assertThat(convert()).isEmpty();
  }

  @Test
  void aDamagedLibraryIsReplaced() throws Exception {
    Files.write(target.resolve("png2bmp.so"), new byte[1000]);
    assertThat(convert()).contains("is damaged").hasLineCount(1);
    assertThat(convert()).isEmpty();
  }

  @Test
  void aCheckoutThatWasMovedOrHasAnotherJavaPreparesAnewWithoutAWord() throws Exception {
    String sums = Files.readString(target.resolve("png2bmp.sums"));
    Files.writeString(
        target.resolve("png2bmp.sums"), sums.replace(checkout.toString(), "/elsewhere"), UTF_8);
    assertThat(convert()).isEmpty();
    assertThat(target.resolve("png2bmp.sums"))
        .content()
        .endsWith(sums.substring(sums.indexOf("/")));
  }

  @Test
  void aCacheThatIsNotWholeIsNotUsedWhileSomebodyElsePrepares() throws Exception {
    Files.write(target.resolve("png2bmp.aot"), new byte[1000]);
    Launcher.script(checkout.resolve("bin/flock"), "exit 1\n");
    assertThat(convert()).contains("is damaged");
  }
}
