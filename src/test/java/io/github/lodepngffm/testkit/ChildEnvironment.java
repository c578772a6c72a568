package io.github.lodepngffm.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * What a program that a test starts finds around it: the same on every machine, whatever the tests
 * themselves were started with. All tests start their programs through this class.
 */
public final class ChildEnvironment {
  /** Every name of a file can be read and written in it. */
  public static final String LOCALE = "C.UTF-8";

  private static final Path JDK = Path.of(System.getProperty("java.home"));

  private static final ChildEnvironment SHARED =
      new ChildEnvironment(TestClassPath.testClasses().resolveSibling("test-home"));

  private final Path home;
  private final AtomicInteger programs = new AtomicInteger();

  private ChildEnvironment(Path home) {
    this.home = home;
    directory(home);
  }

  private static Path directory(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environment of all tests; its home is beside their classes. */
  public static ChildEnvironment shared() {
    return SHARED;
  }

  /** One whose home nothing has used yet. */
  static ChildEnvironment withHome(Path home) {
    return new ChildEnvironment(home);
  }

  /** A program to be started in a directory, with the signals that a terminal would give it. */
  public ProcessBuilder builder(Path directory, List<String> command) {
    List<String> words = new ArrayList<>(DefaultSignals.PREFIX);
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(directory.toAbsolutePath().toFile());
    Map<String, String> stated = statedOver(builder.environment());
    builder.environment().clear();
    builder.environment().putAll(stated);
    return builder;
  }

  /** A program of the JDK that runs this test, and the options that keep it out of other homes. */
  public List<String> jdkProgram(String name) {
    // Java asks the list of users for the home, and would not look at HOME
    String forItself = name.equals("java") ? "" : "-J";
    return List.of(
        JDK.resolve("bin").resolve(name).toString(),
        forItself + "-Duser.home=" + home,
        forItself + "-Djava.util.prefs.userRoot=" + newPreferences());
  }

  /** Of one program alone: several jshells at a time would wait for one lock, and complain. */
  private Path newPreferences() {
    Path root = home.resolve("preferences").resolve(Integer.toString(programs.incrementAndGet()));
    // where java.util.prefs would have to make it, jshell says so on its first start
    directory(root.resolve(".java/.userPrefs"));
    return root;
  }

  /** The variables of a child, given those of its parent. */
  Map<String, String> statedOver(Map<String, String> parent) {
    Map<String, String> stated = new HashMap<>(parent);
    stated.keySet().removeIf(ChildEnvironment::changesLocaleOrJava);
    stated.put("LC_ALL", LOCALE);
    stated.put("HOME", home.toString());
    stated.put("JAVA_HOME", JDK.toString());
    stated.put("PATH", JDK.resolve("bin") + File.pathSeparator + parent.getOrDefault("PATH", ""));
    return stated;
  }

  private static boolean changesLocaleOrJava(String variable) {
    return variable.equals("LANG")
        || variable.equals("LANGUAGE")
        || variable.startsWith("LC_")
        || variable.equals("_JAVA_OPTIONS") // java says on standard error that it has read it
        || variable.equals("JAVA_TOOL_OPTIONS")
        || variable.startsWith("JDK_JAVA");
  }

  /** Skips the calling test, with a printed reason, where SIGINT would not reach a child. */
  public static void assumeInterruptible() throws IOException, InterruptedException {
    String survivor = "kill -INT $$; exit 0";
    Process shell = SHARED.builder(Path.of(""), List.of("sh", "-c", survivor)).start();
    if (shell.waitFor() == 0) {
      String reason = "SIGINT is ignored here, and this env has no --default-signal";
      System.out.println("skipped: " + reason);
      Assumptions.abort("skipped: " + reason);
    }
  }

  /** A shell script's "mvn verify &" and nohup start everything with signals that are ignored. */
  private static final class DefaultSignals {
    private static final List<String> COMMAND = List.of("env", "--default-signal");

    /** Nothing, where env is older than this option. */
    static final List<String> PREFIX = isUnderstood() ? COMMAND : List.of();

    private static boolean isUnderstood() {
      List<String> trial = new ArrayList<>(COMMAND);
      trial.add("true");
      try {
        return new ProcessBuilder(trial).start().waitFor() == 0;
      } catch (IOException e) {
        return false; // there is no env at all
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
