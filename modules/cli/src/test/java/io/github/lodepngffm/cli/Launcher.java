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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The launcher script, as tests run it: in a folder whose path has a space, and an in.png in it.
 */
final class Launcher {
  static final Path SCRIPT = Path.of("../../png2bmp").toAbsolutePath().normalize();

  /** Where a checkout keeps what the launcher has built. */
  static final String TARGET = "modules/cli/target";

  private static final TestImage IMAGE = TestImage.random(new PngFormat(PngFormat.RGB, 8), 9, 9, 3);
  static final byte[] BMP = ReferenceBmp.bytes(IMAGE);

  final Path folder;
  private final Path temporary;
  private final Map<String, String> environment = new HashMap<>();
  private Path script = SCRIPT;

  record Run(int exitCode, byte[] out, String err) {}

  Launcher(Path temporary) throws IOException {
    this.temporary = temporary;
    folder = Files.createDirectory(temporary.resolve("a folder"));
    Files.write(folder.resolve("in.png"), PngWriter.bytesOf(IMAGE));
    environment.put("PNG2BMP_BUILD", "never");
  }

  /** A variable of the environment; null takes it away. */
  Launcher with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Run run(String... arguments) throws IOException, InterruptedException {
    return run(script, arguments);
  }

  /** Runs it under another name, with in.png as standard input. */
  Run run(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return start(command);
  }

  /** Runs a command of the shell, for which {@code $png2bmp} is the launcher. */
  Run shell(String command) throws IOException, InterruptedException {
    return start(List.of("sh", "-c", "export png2bmp='" + script + "'; " + command));
  }

  private Run start(List<String> command) throws IOException, InterruptedException {
    Path err = temporary.resolve("err.txt");
    ProcessBuilder builder = ChildEnvironment.shared().builder(folder, command);
    environment.forEach((variable, value) -> {
      if (value == null) {
        builder.environment().remove(variable);
      } else {
        builder.environment().put(variable, value);
      }
    });
    Process process =
        builder
            .redirectInput(folder.resolve("in.png").toFile())
            .redirectError(err.toFile())
            .start();
    byte[] out = process.getInputStream().readAllBytes();
    return new Run(process.waitFor(), out, Files.readString(err));
  }

  /**
   * From now on runs a checkout whose path has spaces, with nothing built and a Maven that is
   * quick.
   *
   * @return the checkout
   */
  Path checkoutWithMaven(String mavenScript) throws IOException {
    Path checkout = Files.createDirectories(temporary.resolve("a checkout"));
    script = Files.copy(SCRIPT, checkout.resolve("png2bmp"));
    Path bin = Files.createDirectory(checkout.resolve("bin"));
    script(bin.resolve("mvn"), mavenScript);
    with("PATH", bin + ":" + System.getenv("PATH"));
    with("JAVA_HOME", System.getProperty("java.home"));
    with("PNG2BMP_BUILD", "auto");
    return checkout;
  }

  /** A checkout whose Maven takes the jar that the build of these tests has made. */
  Path checkoutThatBuilds() throws IOException {
    return checkoutWithMaven(
        "echo noise; echo \"$*\" > arguments; locale charmap >> charmaps 2>&1\n"
            + "cp '%s' %s/lodepng-ffm-cli-1-all.jar\n".formatted(packagedJar(), TARGET));
  }

  static void script(Path file, String lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + lines, UTF_8);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** What the build of these tests has made. */
  static Path packagedJar() throws IOException {
    try (var files = Files.newDirectoryStream(Path.of("target"), "lodepng-ffm-cli-*-all.jar")) {
      return files.iterator().next().toAbsolutePath();
    }
  }
}
