package io.github.lodepngffm.internal.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds and loads the shared library. What it tries, in this order, is described in
 * docs/loading.md; a failure lists every attempt with what would help.
 */
public final class NativeLoader {
  /** Names one file to load; then nothing else is tried. */
  public static final String PATH_PROPERTY = "lodepngffm.library.path";

  private static final String LIBRARY = "lodepngffm";

  private final Check check;

  private NativeLoader(Check check) {
    this.check = check;
  }

  /** A look at a library that was just loaded. */
  @FunctionalInterface
  public interface Check {
    /**
     * Returns if the library is the right one.
     *
     * @param origin where it came from
     * @throws UnsatisfiedLinkError if it is not
     */
    void require(String origin);
  }

  /**
   * How loading went.
   *
   * @param origin where the library came from, null if it was not loaded
   * @param failure why it was not loaded, null if it was
   */
  public record Outcome(String origin, UnsatisfiedLinkError failure) {}

  /**
   * The directory inside the jar for this machine.
   *
   * @return such as {@code linux-x86_64}
   */
  public static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String family = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macos" : "linux";
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String machine =
        switch (arch) {
          case "amd64", "x86_64", "x86-64" -> "x86_64";
          case "arm64", "aarch64" -> "aarch64";
          default -> arch;
        };
    return family + "-" + machine;
  }

  /**
   * Loads the library.
   *
   * @param check asked about a library that was loaded, before anybody uses it
   * @return how that went
   */
  public static Outcome load(Check check) {
    return new NativeLoader(check).load();
  }

  private Outcome load() {
    List<String> attempts = new ArrayList<>();
    Throwable last = null;
    String file = System.getProperty(PATH_PROPERTY);
    if (file != null) {
      try {
        return loadFile(Path.of(file).toAbsolutePath(), "the file of -D" + PATH_PROPERTY);
      } catch (Throwable e) { // whatever it is, it becomes part of the report
        last = e;
        attempts.add("-D" + PATH_PROPERTY + "=" + file + ": " + reason(e));
      }
    } else {
      try {
        return loadFromJar();
      } catch (Throwable e) {
        last = e;
        attempts.add(reason(e));
      }
      try {
        return loadFromLibraryPath();
      } catch (Throwable e) {
        attempts.add(
            "java.library.path=" + System.getProperty("java.library.path") + ": " + reason(e));
      }
    }
    return new Outcome(null, failure(attempts, last));
  }

  private Outcome loadFromJar() throws IOException {
    String name = System.mapLibraryName(LIBRARY);
    try (ExtractedLibrary library = ExtractedLibrary.of(platform(), name)) {
      try {
        System.load(library.path().toString());
      } catch (UnsatisfiedLinkError e) {
        throw new IOException(
            "loading the jar's library from "
                + library.path()
                + ": "
                + e.getMessage()
                + " (if that directory is mounted noexec or full, name another one with -D"
                + ExtractedLibrary.DIRECTORY_PROPERTY
                + "=DIRECTORY)",
            e);
      }
      Outcome outcome = checked("the jar, " + library.resource());
      StaleDirectories.beginDeleting(library.path());
      return outcome;
    }
  }

  private Outcome loadFromLibraryPath() throws IOException {
    String name = System.mapLibraryName(LIBRARY);
    for (String directory : System.getProperty("java.library.path", "").split(File.pathSeparator)) {
      Path first = Path.of(directory, name);
      if (Files.isRegularFile(first)) {
        ElfFile.requireWhole(first);
        break; // the one that will be loaded
      }
    }
    System.loadLibrary(LIBRARY);
    return checked("java.library.path");
  }

  private Outcome loadFile(Path file, String origin) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no such file");
    }
    ElfFile.requireWhole(file);
    System.load(file.toString());
    return checked(origin + ", " + file);
  }

  private Outcome checked(String origin) {
    check.require(origin);
    return new Outcome(origin, null);
  }

  private static UnsatisfiedLinkError failure(List<String> attempts, Throwable cause) {
    StringBuilder message =
        new StringBuilder("cannot load the native library of lodepng-ffm on ").append(platform());
    for (String attempt : attempts) {
      message.append("\n  tried ").append(attempt);
    }
    if (!NativeLoader.class.getModule().isNativeAccessEnabled()) {
      message
          .append("\n  native access is not enabled: start java with --enable-native-access=")
          .append(accessFlagValue());
    }
    message.append("\n  a library of one's own is named with -D" + PATH_PROPERTY + "=FILE");
    UnsatisfiedLinkError error = new UnsatisfiedLinkError(message.toString());
    error.initCause(cause);
    return error;
  }

  private static String accessFlagValue() {
    Module module = NativeLoader.class.getModule();
    return module.isNamed() ? module.getName() : "ALL-UNNAMED";
  }

  /** An error in the initialization of a class says nothing itself, but what caused it does. */
  private static String reason(Throwable e) {
    Throwable telling = e;
    while (telling.getMessage() == null && telling.getCause() != null) {
      telling = telling.getCause();
    }
    return telling.getMessage() == null ? telling.toString() : telling.getMessage();
  }
}
