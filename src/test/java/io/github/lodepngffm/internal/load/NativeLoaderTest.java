package io.github.lodepngffm.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.internal.ffm.NativeLibrary;
import io.github.lodepngffm.testkit.CCompiler;
import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestClassPath;
import io.github.lodepngffm.testkit.TestImage;
import io.github.lodepngffm.testkit.ToolOnPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding and loading the library, each time in a virtual machine of its own. */
class NativeLoaderTest {
  private static final String PROBE = "io.github.lodepngffm.loaderprobe.LoaderProbe";
  private static final String ACCESS = "--enable-native-access=ALL-UNNAMED";
  private static final String DENY = "--illegal-native-access=deny";
  private static final String NATIVE =
      "META-INF/native/" + NativeLoader.platform() + "/" + System.mapLibraryName("lodepngffm");
  private static final Path LIBRARY = TestClassPath.mainClasses().resolve(NATIVE);

  @TempDir private Path directory;
  private Path extraction;

  @BeforeEach
  void makeDirectoryToExtractTo() throws IOException {
    extraction = Files.createDirectory(directory.resolve("place to extract to"));
  }

  /** Runs the probe on these classes; every run extracts to a directory that must stay empty. */
  private String probe(Path classes, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(ACCESS, DENY));
    all.addAll(List.of(options));
    return probeWithout(classes, all.toArray(String[]::new));
  }

  private String probeWithout(Path classes, String... options) throws Exception {
    return probeWithout(PROBE, classes, options);
  }

  private String probeWithout(String probe, Path classes, String... options) throws Exception {
    String classPath = classes + File.pathSeparator + TestClassPath.testClasses();
    ChildProcess.Result result =
        ChildProcess.ofJdk("java", "-Djava.io.tmpdir=" + extraction)
            .with(options)
            .with("-cp", classPath, probe)
            .run(directory);
    return checked(result);
  }

  private String checked(ChildProcess.Result result) throws IOException {
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.errors())
        .as("warnings of the virtual machine")
        .doesNotContain("restricted method")
        .doesNotContain("native-access");
    assertThat(extraction).as("what is left behind").isEmptyDirectory();
    return result.output();
  }

  private static void assertLoaded(String output, String origin) {
    assertThat(output)
        .contains("available true")
        .contains("version LodePNG ")
        .contains("rotated NOP")
        .contains("origin " + origin)
        .doesNotContain("cause");
  }

  private static void assertFailed(String output, String... inMessage) {
    assertThat(output)
        .contains("available false")
        .contains("version unavailable")
        .contains("origin none")
        .contains("rotating failed: cannot load the native library of lodepng-ffm on ")
        .contains("cause cannot load the native library of lodepng-ffm on ")
        .contains(NativeLoader.platform())
        .contains("readInfo threw an UnsatisfiedLinkError")
        .contains(inMessage);
  }

  /** A copy of the classes, to be changed. */
  private Path copyOfClasses() throws IOException {
    Path copy = directory.resolve("classes");
    try (Stream<Path> files = Files.walk(TestClassPath.mainClasses())) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(TestClassPath.mainClasses().relativize(file).toString());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return copy;
  }

  @Test
  void theJarsLibraryIsLoadedAndNoExtractedFileStays() throws Exception {
    assertLoaded(probe(TestClassPath.mainClasses()), "the jar, " + NATIVE);
  }

  @Test
  void aDirectoryOfTheCallersChoiceIsExtractedTo() throws Exception {
    Path chosen = Files.createDirectory(directory.resolve("chosen"));
    String option = "-Dlodepngffm.tmpdir=" + chosen;
    String output =
        probe(TestClassPath.mainClasses(), "-Djava.io.tmpdir=/no/such/directory", option);
    assertLoaded(output, "the jar, " + NATIVE);
    assertThat(chosen).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatDoesNotExistIsNamedWithTheWayOut() throws Exception {
    Path missing = directory.resolve("missing");
    String output = probe(TestClassPath.mainClasses(), "-Dlodepngffm.tmpdir=" + missing);
    assertFailed(output, missing + ": there is no such directory", "-Dlodepngffm.tmpdir=DIRECTORY");
    output = probe(TestClassPath.mainClasses(), "-Djava.io.tmpdir=" + missing);
    assertFailed(output, missing + ": there is no such directory", "-Dlodepngffm.tmpdir=DIRECTORY");
  }

  @Test
  void aDirectoryMountedNoexecIsNamedWithTheWayOutAndWithItAllWorks() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    String output = probeExtractingToMounted(mounted, "noexec,size=16m");
    assertFailed(output, mounted.toString(), "noexec", "-Dlodepngffm.tmpdir=DIRECTORY");
    output =
        probeExtractingToMounted(mounted, "noexec,size=16m", "-Dlodepngffm.tmpdir=" + extraction);
    assertLoaded(output, "the jar, ");
  }

  @Test
  void aDirectoryThatIsFullIsNamedWithTheWayOut() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    String output = probeExtractingToMounted(mounted, "size=16k");
    assertFailed(
        output,
        "writing the jar's library to " + mounted + "/lodepngffm-",
        "No space left on device",
        "full, name another one with -Dlodepngffm.tmpdir=DIRECTORY");
  }

  @Test
  void aDirectoryThatIsReadOnlyIsNamedWithTheWayOut() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    String output = probeExtractingToMounted(mounted, "ro");
    assertFailed(
        output,
        "creating a directory in " + mounted + " for the jar's library",
        "Read-only file system",
        "name another place with -Dlodepngffm.tmpdir=DIRECTORY");
  }

  /** The mount is one of a namespace of its own: nobody else sees it, it ends with the process. */
  private String probeExtractingToMounted(Path mounted, String mountOptions, String... options)
      throws Exception {
    ToolOnPath unshare = ToolOnPath.assumePresent("unshare");
    String[] shell = {"--mount", "--map-root-user", "sh", "-c"};
    String mount = "mount -t tmpfs -o " + mountOptions + " tmpfs '" + mounted + "' && ";
    ChildProcess.Result trial =
        ChildProcess.of(unshare.program().toString(), shell).with(mount + "true").run(directory);
    if (trial.exitCode() != 0) {
      ToolOnPath.skip(
          "cannot mount a directory " + mountOptions + " here: " + trial.errors().strip());
    }
    List<String> java =
        new ArrayList<>(List.of(java(), "-Djava.io.tmpdir=" + mounted, ACCESS, DENY));
    java.addAll(List.of(options));
    java.add("-cp");
    java.add(TestClassPath.mainClasses() + File.pathSeparator + TestClassPath.testClasses());
    java.add(PROBE);
    String left = " && ls -A '" + mounted + "' | sed 's/^/left behind: /'";
    String output =
        checked(
            ChildProcess.of(unshare.program().toString(), shell)
                .with(mount + "'" + String.join("' '", java) + "'" + left)
                .run(directory));
    assertThat(output).doesNotContain("left behind");
    return output;
  }

  @Test
  void aNamedFileIsLoadedAndNothingIsExtracted() throws Exception {
    Path library = Files.copy(LIBRARY, directory.resolve("renamed.library"));
    String output =
        probe(
            TestClassPath.mainClasses(),
            "-Djava.io.tmpdir=/no/such/directory",
            "-Dlodepngffm.library.path=" + library);
    assertLoaded(output, "the file of -Dlodepngffm.library.path, " + library);
  }

  @Test
  void aNamedFileThatIsMissingIsNotReplacedByTheJars() throws Exception {
    Path missing = directory.resolve("missing.so");
    String output =
        probe(
            TestClassPath.mainClasses(),
            "-Djava.library.path=" + LIBRARY.getParent(),
            "-Dlodepngffm.library.path=" + missing);
    assertFailed(output, "-Dlodepngffm.library.path=" + missing + ": there is no such file");
    assertThat(output).doesNotContain("tried java.library.path");
  }

  @Test
  void aNamedFileThatIsNoLibraryIsRefused() throws Exception {
    Path text = Files.writeString(directory.resolve("text.so"), "not a library");
    String output = probe(TestClassPath.mainClasses(), "-Dlodepngffm.library.path=" + text);
    assertFailed(output, "-Dlodepngffm.library.path=" + text);
    assertThat(output).doesNotContain("tried java.library.path");
  }

  /** Without a look at its headers the dynamic linker would end the virtual machine (SIGBUS). */
  @Test
  void aLibraryThatWasCutOffIsRefusedWithBothSizes() throws Exception {
    byte[] library = Files.readAllBytes(LIBRARY);
    Path classes = copyOfClasses();
    Files.delete(classes.resolve(NATIVE));
    for (int size : new int[] {100, 5_000, library.length / 2}) {
      Path cut = directory.resolve(System.mapLibraryName("lodepngffm"));
      Files.write(cut, Arrays.copyOf(library, size));
      assertFailed(
          probe(TestClassPath.mainClasses(), "-Dlodepngffm.library.path=" + cut),
          cut + ": is cut off: it has " + size + " bytes");
      assertFailed(
          probe(classes, "-Djava.library.path=" + directory),
          directory + ": is cut off: it has " + size + " bytes");
    }
  }

  @Test
  void oldDirectoriesOfKilledVirtualMachinesAreDeletedAndNothingElse() throws Exception {
    Path chosen = Files.createDirectory(directory.resolve("chosen"));
    Path stale = leftBehind(chosen.resolve("lodepngffm-123"), Duration.ofDays(2));
    Path young = leftBehind(chosen.resolve("lodepngffm-456"), Duration.ofMinutes(1));
    Path foreign = leftBehind(chosen.resolve("lodepngffm-bench7"), Duration.ofDays(2));
    Path inUse = leftBehind(chosen.resolve("lodepngffm-789"), Duration.ofDays(2));
    Files.writeString(inUse.resolve("notes.txt"), "somebody's");
    setAge(inUse, Duration.ofDays(2));
    Path elsewhere = leftBehind(directory.resolve("elsewhere"), Duration.ofDays(2));
    Path link = Files.createSymbolicLink(chosen.resolve("lodepngffm-1000"), elsewhere);

    assertLoaded(
        probe(TestClassPath.mainClasses(), "-Dlodepngffm.tmpdir=" + chosen), "the jar, " + NATIVE);

    try (Stream<Path> left = Files.list(chosen)) {
      assertThat(left).containsExactlyInAnyOrder(young, foreign, inUse, link);
    }
    assertThat(stale).doesNotExist();
    assertThat(inUse.resolve("notes.txt")).exists();
    assertThat(elsewhere.resolve(LIBRARY.getFileName())).exists();
  }

  /** Only root can make somebody else's directory, and only root could delete one from /tmp. */
  @Test
  void oldDirectoriesOfOtherUsersStay() throws Exception {
    Path chosen = Files.createDirectory(directory.resolve("chosen"));
    Path stale = leftBehind(chosen.resolve("lodepngffm-123"), Duration.ofDays(2));
    Path foreign = leftBehind(chosen.resolve("lodepngffm-456"), Duration.ofDays(2));
    try {
      int own = (int) Files.getAttribute(foreign, "unix:uid");
      Files.setAttribute(foreign, "unix:uid", own + 1);
    } catch (UnsupportedOperationException | IOException e) {
      ToolOnPath.skip("a directory cannot be given to another user: " + e);
    }
    setAge(foreign, Duration.ofDays(2));

    assertLoaded(
        probe(TestClassPath.mainClasses(), "-Dlodepngffm.tmpdir=" + chosen), "the jar, " + NATIVE);

    assertThat(stale).as("of the same user").doesNotExist();
    assertThat(foreign.resolve(LIBRARY.getFileName())).exists();
  }

  private static Path leftBehind(Path place, Duration age) throws IOException {
    Files.createDirectory(place);
    Files.write(place.resolve(LIBRARY.getFileName()), new byte[] {1});
    setAge(place, age);
    return place;
  }

  private static void setAge(Path place, Duration age) throws IOException {
    Files.setLastModifiedTime(place, FileTime.from(Instant.now().minus(age)));
  }

  @Test
  void aLibraryOfAnotherAbiVersionIsRefusedWithBothVersions() throws Exception {
    CCompiler compiler = CCompiler.assumePresent();
    Path other =
        compiler.sharedLibrary("unsigned lpf_abi_version(void) { return 4711; }", directory);
    String output = probe(TestClassPath.mainClasses(), "-Dlodepngffm.library.path=" + other);
    assertFailed(
        output,
        other.toString(),
        "has ABI version 4711, these classes need " + NativeLibrary.ABI_VERSION,
        "jar and library of the same release");
  }

  @Test
  void aLibraryThatIsNotOursIsRefusedByTheMissingFunction() throws Exception {
    CCompiler compiler = CCompiler.assumePresent();
    Path other = compiler.sharedLibrary("int something_else(void) { return 1; }", directory);
    String output = probe(TestClassPath.mainClasses(), "-Dlodepngffm.library.path=" + other);
    assertFailed(output, other.toString(), "lpf_abi_version");
  }

  @Test
  void aLibraryThatWasChangedInTheJarIsNotLoaded() throws Exception {
    Path classes = copyOfClasses();
    byte[] library = Files.readAllBytes(classes.resolve(NATIVE));
    library[library.length / 2] ^= 1;
    Files.write(classes.resolve(NATIVE), library);
    assertFailed(probe(classes), NATIVE, "has CRC-32 ", ", expected ", "it was changed");
  }

  /** As a broken disk, or somebody who can write there, would change it: below the Java code. */
  @Test
  void aLibraryThatChangesWhileItIsExtractedIsNotLoaded() throws Exception {
    if (!Files.isExecutable(Path.of("/lib64/ld-linux-x86-64.so.2"))) {
      ToolOnPath.skip("there is no dynamic linker that is known to take LD_PRELOAD");
    }
    CCompiler compiler = CCompiler.assumePresent();
    Path changing =
        compiler.sharedLibrary(
            """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <stdlib.h>
            #include <string.h>
            #include <unistd.h>

            /* Changes one byte of what begins like a shared library. */
            ssize_t write(int file, const void *bytes, size_t size) {
              ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
              if (size < 2000 || memcmp(bytes, "\177ELF", 4) != 0) {
                return real(file, bytes, size);
              }
              char *changed = malloc(size);
              memcpy(changed, bytes, size);
              changed[1000] ^= 1;
              ssize_t written = real(file, changed, size);
              free(changed);
              return written;
            }
            """,
            directory);
    ChildProcess.Result result =
        ChildProcess.of("env", "LD_PRELOAD=" + changing)
            .with(java(), "-Djava.io.tmpdir=" + extraction, ACCESS, DENY)
            .with(
                "-cp",
                TestClassPath.mainClasses() + File.pathSeparator + TestClassPath.testClasses())
            .with(PROBE)
            .run(directory);
    assertFailed(checked(result), extraction.toRealPath().toString(), "it was changed");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  @Test
  void aJarWithoutLibraryForThisPlatformSaysSoAndAllAttempts() throws Exception {
    Path classes = copyOfClasses();
    Files.delete(classes.resolve(NATIVE));
    assertFailed(
        probe(classes, "-Djava.library.path=/no/such/directory"),
        NATIVE + ": there is none, this jar was not built for " + NativeLoader.platform(),
        "tried java.library.path=/no/such/directory",
        "-Dlodepngffm.library.path=FILE");
  }

  @Test
  void theLibraryPathOfJavaIsTheLastResort() throws Exception {
    Path classes = copyOfClasses();
    Files.delete(classes.resolve(NATIVE));
    String output = probe(classes, "-Djava.library.path=" + LIBRARY.getParent());
    assertLoaded(output, "java.library.path");
  }

  @Test
  void twoClassLoadersAtOnceEachLoadTheirOwn() throws Exception {
    String output =
        checked(
            ChildProcess.ofJdk("java", "-Djava.io.tmpdir=" + extraction, ACCESS, DENY)
                .with("-cp", TestClassPath.testClasses().toString())
                .with("io.github.lodepngffm.loaderprobe.TwoClassLoaders")
                .with(TestClassPath.mainClasses().toString())
                .run(directory));
    assertThat(output.lines()).containsExactly("NOP true", "NOP true", "different classes true");
  }

  /**
   * The memory that lies idle is freed by a thread of its own, seconds after the loader is closed.
   */
  @Test
  void classLoadersThatAreClosedBehindAConversionLeakNoMemory() throws Exception {
    if (!Files.exists(Path.of("/proc/self/status"))) {
      ToolOnPath.skip("there is no /proc/self/status to read the size of a process from");
    }
    TestImage image = TestImage.flat(new PngFormat(PngFormat.RGB, 8), 3500, 3400, 1);
    Path png = Files.write(directory.resolve("large.png"), PngWriter.bytesOf(image));
    String output =
        checked(
            ChildProcess.ofJdk("java", "-Djava.io.tmpdir=" + extraction, ACCESS, DENY)
                .with("-Xmx256m", "-cp", TestClassPath.testClasses().toString())
                .with("io.github.lodepngffm.loaderprobe.ReloadedLibrary")
                .with(TestClassPath.mainClasses().toString(), png.toString())
                .run(directory));
    assertThat(output).contains("reloads 20");
    long idle = number(output, "idle MiB");
    assertThat(idle).as("what one of them leaves behind for some seconds").isGreaterThan(30);
    assertThat(number(output, "grown MiB")).as("after 20 of them").isLessThan(5 * idle);
  }

  private static long number(String output, String name) {
    return output
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutNativeAccessTheMessageHasTheFlagForTheClassPath() throws Exception {
    String output = probeWithout(TestClassPath.mainClasses(), DENY);
    assertFailed(output, "start java with --enable-native-access=ALL-UNNAMED");
  }

  @Test
  void asAModuleItLoadsAndWithoutNativeAccessTheMessageNamesTheModule() throws Exception {
    String[] module = {
      "-Djava.io.tmpdir=" + extraction,
      DENY,
      "--module-path",
      TestClassPath.mainClasses().toString(),
      "--add-modules",
      "io.github.lodepngffm",
      "-cp",
      TestClassPath.testClasses().toString()
    };
    ChildProcess.Result granted =
        ChildProcess.ofJdk("java", "--enable-native-access=io.github.lodepngffm")
            .with(module)
            .with(PROBE)
            .run(directory);
    assertLoaded(checked(granted), "the jar, " + NATIVE);
    ChildProcess.Result denied = ChildProcess.ofJdk("java", module).with(PROBE).run(directory);
    assertFailed(checked(denied), "start java with --enable-native-access=io.github.lodepngffm");
  }

  @Test
  void preloadingLoadsTheLibraryOnceOnAThreadOfItsOwn() throws Exception {
    String probe = "io.github.lodepngffm.loaderprobe.PreloadProbe";
    Path classes = TestClassPath.mainClasses();
    assertThat(probeWithout(probe, classes, ACCESS, DENY).lines())
        .containsExactly(
            "mapped before false",
            "at most one thread true",
            "mapped after true",
            "available true");
  }

  @Test
  void preloadingThatFailsPrintsAndThrowsNothing() throws Exception {
    String probe = "io.github.lodepngffm.loaderprobe.PreloadProbe";
    Path classes = TestClassPath.mainClasses();
    String missing = "-Dlodepngffm.library.path=/no/such/file";
    assertThat(probeWithout(probe, classes, ACCESS, DENY, missing).lines())
        .containsExactly(
            "mapped before false",
            "at most one thread true",
            "mapped after false",
            "available false");
  }

  /** Read through the jar itself, whose path has a space here, and not through a class loader. */
  @Test
  void theLibraryComesOutOfAJarWhosePathHasASpace() throws Exception {
    Path jar = directory.resolve("the jar.jar");
    try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"));
        Stream<Path> files = Files.walk(TestClassPath.mainClasses())) {
      for (Path file : files.toList()) {
        Path entry = zip.getPath("/" + TestClassPath.mainClasses().relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(entry);
        } else {
          Files.copy(file, entry);
        }
      }
    }
    assertLoaded(probe(jar), "the jar, " + NATIVE);
  }

  @Test
  void vectorInstructionsCanBeSwitchedOff() throws Exception {
    String output = probe(TestClassPath.mainClasses(), "-Dlodepngffm.simd=off");
    assertThat(output).contains(", scalar").contains("rotated NOP");
  }

  @Test
  void vectorInstructionsBeyondAvx2CanBeSwitchedOff() throws Exception {
    String output = probe(TestClassPath.mainClasses(), "-Dlodepngffm.simd=avx2");
    assertThat(output).containsPattern(", (avx2|neon|scalar)\\b").contains("rotated NOP");
  }
}
