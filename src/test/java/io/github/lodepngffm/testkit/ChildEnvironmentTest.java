package io.github.lodepngffm.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests do the same on a machine where everything around them is different. */
class ChildEnvironmentTest {
  @TempDir private Path directory;

  @Test
  void aChildHasAHomeALocaleAndAJdkOfTheTestsWhateverTheirParentHas() {
    Map<String, String> parent =
        Map.of(
            "HOME", "/nonexistent",
            "LANG", "de_DE.ISO-8859-1",
            "LC_CTYPE", "POSIX",
            "LC_ALL", "POSIX",
            "JAVA_HOME", "/usr/lib/jvm/of-another-version",
            "_JAVA_OPTIONS", "-Xmx16m",
            "JAVA_TOOL_OPTIONS", "-Dfile.encoding=US-ASCII",
            "JDK_JAVA_OPTIONS", "-Xint",
            "PATH", "/usr/bin",
            "TMPDIR", "/var/tmp");
    Map<String, String> child = ChildEnvironment.withHome(directory).statedOver(parent);
    Path jdk = Path.of(System.getProperty("java.home"));
    assertThat(child)
        .isEqualTo(
            Map.of(
                "HOME",
                directory.toString(),
                "LC_ALL",
                "C.UTF-8",
                "JAVA_HOME",
                jdk.toString(),
                "PATH",
                jdk.resolve("bin") + ":/usr/bin",
                "TMPDIR",
                "/var/tmp"));
  }

  @Test
  void theTestsThemselvesReadNamesOfFilesInTheStatedLocale() {
    assertThat(Charset.forName(System.getProperty("sun.jnu.encoding")))
        .as("this machine may have no locale %s, which pom.xml names", ChildEnvironment.LOCALE)
        .isEqualTo(Charset.forName("UTF-8"));
    assertThat(System.getenv())
        .doesNotContainKeys("_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
  }

  @Test
  void aJshellSaysNothingOfItsFirstStart() throws Exception {
    Path home = directory.resolve("a new home");
    ChildEnvironment environment = ChildEnvironment.withHome(home);
    List<String> command = new ArrayList<>(environment.jdkProgram("jshell"));
    Path script = Files.writeString(directory.resolve("exit.jsh"), "/exit\n");
    command.add(script.toString());
    Process jshell = environment.builder(directory, command).start();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    jshell.getErrorStream().transferTo(errors);
    assertThat(jshell.waitFor()).isZero();
    assertThat(errors.toString()).isEmpty();
    assertThat(home.resolve("preferences/1/.java/.userPrefs")).isNotEmptyDirectory();
  }

  @Test
  void programsOfTheJdkThatRunAtOneTimeShareNoPreferences() {
    ChildEnvironment environment = ChildEnvironment.shared();
    assertThat(environment.jdkProgram("jshell"))
        .filteredOn(option -> option.contains("java.util.prefs.userRoot"))
        .hasSize(1)
        .doesNotContainAnyElementsOf(environment.jdkProgram("jshell"));
  }

  @Test
  void aSignalThatIsIgnoredAroundTheTestsStillEndsTheirChildren() throws Exception {
    ChildEnvironment.assumeInterruptible();
    String script = "kill -INT $$; echo survived";
    List<String> child =
        ChildEnvironment.shared().builder(directory, List.of("sh", "-c", script)).command();
    List<String> parent = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
    parent.addAll(child);
    ChildProcess.Result plain =
        ChildProcess.of("sh", "-c", "trap '' INT; exec sh -c '" + script + "'").run(directory);
    assertThat(plain.output()).as("without it").isEqualTo("survived\n");
    Process process = ChildEnvironment.shared().builder(directory, parent).start();
    assertThat(process.inputReader().readAllAsString()).isEmpty();
    assertThat(process.waitFor()).isEqualTo(128 + 2);
  }

  @Test
  void everyTestStartsItsProgramsThroughThisEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..bench..")
        .and()
        .doNotBelongToAnyOf(ChildEnvironment.class)
        .should()
        .callConstructor(ProcessBuilder.class, List.class)
        .orShould()
        .callConstructor(ProcessBuilder.class, String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .check(new ClassFileImporter().importPaths(Set.of(TestClassPath.testClasses())));
  }
}
