package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The build on machines that it knows, and on others. */
class PlatformIT {
  /** The Maven that runs this test, on what it has downloaded for that. */
  private static ChildProcess.Result maven(String options, String... arguments) throws Exception {
    String maven = Path.of(System.getProperty("maven.home"), "bin", "mvn").toString();
    String repository = "-Dmaven.repo.local=" + System.getProperty("maven.repo.local");
    return ChildProcess.of("env", "MAVEN_OPTS=" + options, maven, "-B", "-o", "-q", repository)
        .with(arguments)
        .run(Path.of(""));
  }

  private static ChildProcess.Result validateOn(String architecture) throws Exception {
    return maven("-Dos.arch=" + architecture, "validate");
  }

  @Test
  void aPlatformWithoutAProfileStopsTheBuildWithASentence() throws Exception {
    ChildProcess.Result result = validateOn("riscv64");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .contains("lodepng-ffm does not build on Linux riscv64: ")
        .contains("profiles for linux amd64 and linux aarch64")
        .doesNotContain("${");
  }

  @Test
  void theOtherPlatformOfTheReadmeIsKnown() throws Exception {
    String other = System.getProperty("os.arch").equals("aarch64") ? "amd64" : "aarch64";
    ChildProcess.Result result = validateOn(other);
    assertThat(result.exitCode()).as("%s: %s", other, result).isZero();
  }

  @Test
  void aMachineWithoutTheCompilerStopsTheBuildWithASentence() throws Exception {
    ChildProcess.Result result = maven("", "-Dnative.compiler=no-such-cc", "initialize");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output() + result.errors())
        .contains("lodepng-ffm is built with the C compiler no-such-cc, which is not on the PATH");
  }
}
