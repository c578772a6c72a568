package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildEnvironment;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script and the packaged command line, as processes. */
class LauncherIT {
  private static final TestImage IMAGE = TestImage.random(new PngFormat(PngFormat.RGB, 8), 9, 9, 3);
  private static final Path LAUNCHER = Path.of("png2bmp").toAbsolutePath();

  @TempDir private Path temporary;
  private Path folder;

  private record Run(int exitCode, byte[] out, String err) {}

  @BeforeEach
  void aFolderWhosePathHasSpaces() throws IOException {
    folder = Files.createDirectory(temporary.resolve("a folder"));
    Files.write(folder.resolve("in.png"), PngWriter.bytesOf(IMAGE));
  }

  private Run run(Map<String, String> environment, Path program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path err = temporary.resolve("err.txt");
    ProcessBuilder builder = ChildEnvironment.shared().builder(folder, command);
    builder.environment().put("PNG2BMP_BUILD", "never");
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectInput(folder.resolve("in.png").toFile())
            .redirectError(err.toFile())
            .start();
    byte[] out = process.getInputStream().readAllBytes();
    return new Run(process.waitFor(), out, Files.readString(err));
  }

  @Test
  void convertsAFileOfTheCallersDirectory() throws Exception {
    Run run = run(Map.of(), LAUNCHER, "in.png");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(folder.resolve("in.bmp")).hasBinaryContent(ReferenceBmp.bytes(IMAGE));
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path absolute = Files.createSymbolicLink(folder.resolve("absolute link"), LAUNCHER);
    Files.createDirectory(folder.resolve("bin"));
    Path relative =
        Files.createSymbolicLink(folder.resolve("bin/relative"), Path.of("../absolute link"));
    Run run = run(Map.of(), relative, "-", "-o", "-");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(ReferenceBmp.bytes(IMAGE));
    Files.delete(absolute); // JUnit warns of links that lead out of its folder
  }

  @Test
  void passesTheExitCodeAndTheErrorLineOn() throws Exception {
    Run run = run(Map.of(), LAUNCHER, "missing.png");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("png2bmp: missing.png: no such file or directory\n");
    assertThat(run(Map.of(), LAUNCHER).exitCode()).isEqualTo(2);
  }

  @Test
  void findsAJdkEvenIfJavaHomeIsAnOldOne() throws Exception {
    Path old = Files.createDirectories(folder.resolve("old jdk"));
    Files.createDirectory(old.resolve("bin"));
    script(old.resolve("bin/java"), "exit 1\n");
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    Run run = run(Map.of("JAVA_HOME", old.toString()), LAUNCHER, "in.png");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void namesBeyondAsciiSurviveAnAsciiLocale() throws Exception {
    Files.move(folder.resolve("in.png"), folder.resolve("\u00fc \u65e5\u672c.png"));
    Files.write(folder.resolve("in.png"), new byte[1]);
    Run run = run(Map.of("LC_ALL", "C", "LANG", "C"), LAUNCHER, "\u00fc \u65e5\u672c.png");
    assertThat(run.err()).isEmpty();
    assertThat(folder.resolve("\u00fc \u65e5\u672c.bmp")).exists();
  }

  /** A checkout whose path has spaces, with nothing built and a Maven that is quick. */
  private Path checkoutWithMaven(String mavenScript) throws IOException {
    Path checkout = Files.createDirectories(temporary.resolve("a checkout"));
    Files.copy(LAUNCHER, checkout.resolve("png2bmp"));
    Files.createDirectory(checkout.resolve("bin"));
    script(checkout.resolve("bin/mvn"), mavenScript);
    return checkout;
  }

  private static void script(Path file, String lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + lines, UTF_8);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Run runIn(Path checkout, String... arguments) throws Exception {
    String path = checkout.resolve("bin") + ":" + System.getenv("PATH");
    String jdk = System.getProperty("java.home");
    return run(
        Map.of("PATH", path, "JAVA_HOME", jdk, "PNG2BMP_BUILD", "auto"),
        checkout.resolve("png2bmp"),
        arguments);
  }

  private static Path packagedJar() throws IOException {
    try (var files = Files.newDirectoryStream(Path.of("target"), "lodepng-ffm-*-cli.jar")) {
      return files.iterator().next().toAbsolutePath();
    }
  }

  @Test
  void buildsOnFirstUseWithOneLineOnStandardError() throws Exception {
    Path checkout =
        checkoutWithMaven(
            "echo noise; echo \"$*\" > arguments; cp '%s' target/lodepng-ffm-1-cli.jar\n"
                .formatted(packagedJar()));
    Run first = runIn(checkout, "-", "-o", "-");
    assertThat(first.out()).isEqualTo(ReferenceBmp.bytes(IMAGE));
    assertThat(first.err()).startsWith("png2bmp: building once").hasLineCount(1);
    assertThat(checkout.resolve("arguments")).hasContent("-B -q -Dmaven.test.skip=true package");
    assertThat(runIn(checkout, "-", "-o", "-").err()).isEmpty();
  }

  @Test
  void aBuildThatFailsIsShown() throws Exception {
    Run run = runIn(checkoutWithMaven("echo the compiler is unhappy; exit 1\n"), "in.png");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("the compiler is unhappy", "png2bmp: the build failed");
    assertThat(folder.resolve("in.bmp")).doesNotExist();
  }

  @Test
  void withoutMavenTheMessageSaysWhatIsMissing() throws Exception {
    Path checkout = checkoutWithMaven("exit 1\n");
    Files.delete(checkout.resolve("bin/mvn"));
    for (String tool : List.of("sh", "readlink", "dirname", "find", "head", "mkdir", "flock")) {
      Path program = Path.of("/usr/bin", tool);
      if (Files.exists(program)) {
        script(checkout.resolve("bin").resolve(tool), "exec %s \"$@\"\n".formatted(program));
      }
    }
    Run run =
        run(
            Map.of(
                "PATH", checkout.resolve("bin").toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "PNG2BMP_BUILD", "auto"),
            checkout.resolve("png2bmp"),
            "in.png");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("png2bmp: building it needs Maven: there is no mvn on the PATH\n");
  }
}
