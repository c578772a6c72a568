package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script and the packaged command line, as processes. */
class LauncherIT {
  @TempDir private Path temporary;
  private Launcher launcher;
  private Path folder;

  @BeforeEach
  void aFolderWhosePathHasSpaces() throws IOException {
    launcher = new Launcher(temporary);
    folder = launcher.folder;
  }

  @Test
  void convertsAFileOfTheCallersDirectory() throws Exception {
    Launcher.Run run = launcher.run("in.png");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(folder.resolve("in.bmp")).hasBinaryContent(Launcher.BMP);
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path absolute = Files.createSymbolicLink(folder.resolve("absolute link"), Launcher.SCRIPT);
    Files.createDirectory(folder.resolve("bin"));
    Path relative =
        Files.createSymbolicLink(folder.resolve("bin/relative"), Path.of("../absolute link"));
    Launcher.Run run = launcher.run(relative, "-", "-o", "-");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(Launcher.BMP);
    Files.delete(absolute); // JUnit warns of links that lead out of its folder
  }

  @Test
  void isAnotherProgramByTheNameOfBmp2Png() throws Exception {
    Files.write(folder.resolve("1.bmp"), Launcher.BMP);
    Path bmp2png = Launcher.SCRIPT.resolveSibling("bmp2png");
    Path link = Files.createSymbolicLink(folder.resolve("any name"), bmp2png);
    for (Path program : List.of(bmp2png, link)) {
      Launcher.Run there = launcher.run(program, "1.bmp", "-o", "1.png");
      assertThat(there.err()).isEmpty();
      assertThat(launcher.run("1.png", "-o", "2.bmp").exitCode()).isZero();
      assertThat(folder.resolve("2.bmp")).hasBinaryContent(Launcher.BMP);
      assertThat(launcher.run(program, "missing.bmp").err())
          .isEqualTo("bmp2png: missing.bmp: no such file or directory\n");
    }
    Files.delete(link); // JUnit warns of links that lead out of its folder
  }

  @Test
  void passesTheExitCodeAndTheErrorLineOn() throws Exception {
    Launcher.Run run = launcher.run("missing.png");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("png2bmp: missing.png: no such file or directory\n");
    assertThat(launcher.run().exitCode()).isEqualTo(2);
  }

  @Test
  void findsAJdkEvenIfJavaHomeIsAnOldOne() throws Exception {
    Path old = Files.createDirectories(folder.resolve("old jdk"));
    Files.createDirectory(old.resolve("bin"));
    Launcher.script(old.resolve("bin/java"), "exit 1\n");
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    Launcher.Run run = launcher.with("JAVA_HOME", old.toString()).run("in.png");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void buildsOnFirstUseWithOneLineOnStandardError() throws Exception {
    Path checkout = launcher.checkoutThatBuilds();
    Launcher.Run first = launcher.run("-", "-o", "-");
    assertThat(first.out()).isEqualTo(Launcher.BMP);
    assertThat(first.err()).startsWith("png2bmp: building once").hasLineCount(1);
    assertThat(checkout.resolve("arguments"))
        .hasContent("-B -q -f modules -pl cli -am -Dmaven.test.skip=true package");
    assertThat(launcher.run("-", "-o", "-").err()).isEmpty();
  }

  @Test
  void aBuildThatFailsIsShown() throws Exception {
    launcher.checkoutWithMaven("echo the compiler is unhappy; exit 1\n");
    Launcher.Run run = launcher.run("in.png");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("the compiler is unhappy", "png2bmp: the build failed");
    assertThat(folder.resolve("in.bmp")).doesNotExist();
  }

  @Test
  void withoutMavenTheMessageSaysWhatIsMissing() throws Exception {
    Path checkout = launcher.checkoutWithMaven("exit 1\n");
    Files.delete(checkout.resolve("bin/mvn"));
    for (String tool : List.of("sh", "readlink", "dirname", "find", "head", "mkdir", "flock")) {
      Path program = Path.of("/usr/bin", tool);
      if (Files.exists(program)) {
        Launcher.script(
            checkout.resolve("bin").resolve(tool), "exec %s \"$@\"\n".formatted(program));
      }
    }
    Launcher.Run run = launcher.with("PATH", checkout.resolve("bin").toString()).run("in.png");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("png2bmp: building it needs Maven: there is no mvn on the PATH\n");
  }
}
