package io.github.lodepngffm.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.TestClassPath;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Native allocations fail one after the other, in a virtual machine with a library that lets them.
 */
class AllocationFaultsTest {
  @Test
  void everyAllocationMayFailInEveryEntryPoint(@TempDir Path directory) throws Exception {
    Path project = Path.of("").toAbsolutePath();
    Path library = project.resolve("target/test-native/" + System.mapLibraryName("lodepngffm"));
    ChildProcess.Result built =
        ChildProcess.of("sh", "scripts/build-test-library.sh", library.toString()).run(project);
    if (built.errors().contains("cc: not found")) {
      System.out.println("skipped: there is no cc to build the test library with");
      Assumptions.abort("there is no cc");
    }
    assertThat(built.exitCode()).as("%s", built).isZero();
    ChildProcess.Result result =
        ChildProcess.ofJdk("java", "--enable-native-access=ALL-UNNAMED")
            .with("-Dlodepngffm.library.path=" + library)
            .with("-cp", classPath(), AllocationFaults.class.getName(), directory.toString())
            .run(directory);
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.output()).containsPattern("[1-9][0-9]+ allocations have failed");
  }

  private static String classPath() {
    return TestClassPath.mainClasses() + File.pathSeparator + TestClassPath.testClasses();
  }
}
