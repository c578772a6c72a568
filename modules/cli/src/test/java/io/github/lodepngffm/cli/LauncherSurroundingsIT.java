package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ToolOnPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher with the locales, streams and temporary directories that there are. */
class LauncherSurroundingsIT {
  /** A name in UTF-8, and one that is text in no encoding but a one-byte one. */
  private static final String UMLAUT = "\u00fc \u65e5\u672c";

  private static final String RAW = "raw\udcff";

  @TempDir private Path temporary;
  private Launcher launcher;
  private Path folder;

  @BeforeEach
  void aFolderWhosePathHasSpaces() throws IOException {
    launcher = new Launcher(temporary);
    folder = launcher.folder;
  }

  private Path in(String name) {
    return folder.resolve(FileNames.path(name));
  }

  @ParameterizedTest
  @CsvSource({"C, C", "POSIX, ", ", en_US.UTF-8", "xx_XX.UTF-8, xx_XX.UTF-8", ", "})
  void namesSurviveEveryLocale(String all, String language) throws Exception {
    for (String name : new String[] {UMLAUT, RAW}) {
      Files.createDirectories(in("tree"));
      Files.copy(in("in.png"), in("tree/" + name + ".png"));
    }
    launcher.with("LC_ALL", all).with("LANG", language);
    Launcher.Run tree = launcher.run("-r", "tree", "-d", "out");
    assertThat(tree.err()).startsWith("png2bmp: 2 converted, 0 failed");
    assertThat(new String(tree.out(), UTF_8)).contains("tree/" + UMLAUT + ".png", "raw\\xFF.bmp");
    Launcher.Run single = launcher.run("tree/" + UMLAUT + ".png", "-o", UMLAUT + ".bmp");
    assertThat(single.err()).isEmpty();
    Launcher.Run raw = launcher.shell("\"$png2bmp\" tree/raw*.png -o raw.bmp");
    assertThat(raw.err()).isEmpty();
    for (String bmp : new String[] {"out/" + UMLAUT, "out/" + RAW, UMLAUT, "raw"}) {
      assertThat(in(bmp + ".bmp")).hasBinaryContent(Launcher.BMP);
    }
  }

  @Test
  void theFirstBuildHasTheLocaleOfTheRest() throws Exception {
    Path checkout = launcher.with("LC_ALL", null).with("LANG", "xx_XX.UTF-8").checkoutThatBuilds();
    assertThat(launcher.run("in.png").exitCode()).isZero();
    assertThat(checkout.resolve("charmaps")).hasContent("UTF-8");
  }

  @Test
  void aNameThatIsMissingFailsAloneAndIsEscaped() throws Exception {
    Files.copy(in("in.png"), in(RAW + ".png"));
    Launcher.Run run =
        launcher.shell("\"$png2bmp\" raw* \"$(printf 'none\\376.png')\" in.png -d out");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("png2bmp: none\\xFE.png: no such file or directory\n")
        .contains("2 converted, 1 failed");
  }

  @Test
  void closedStandardInputIsAnErrorAndNoCrash() throws Exception {
    for (String arguments : new String[] {"-", "- -o out.bmp", "--files-from - -d out"}) {
      Launcher.Run run = launcher.shell("\"$png2bmp\" " + arguments + " <&-");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("standard input: ", "Bad file descriptor").hasLineCount(1);
    }
    assertThat(launcher.shell("\"$png2bmp\" in.png <&-").exitCode()).isZero();
    assertThat(in("in.bmp")).hasBinaryContent(Launcher.BMP);
  }

  @Test
  void closedStandardOutputAndErrorAreNoCrashEither() throws Exception {
    Launcher.Run text = launcher.shell("\"$png2bmp\" --info in.png >&-");
    assertThat(text.exitCode()).isEqualTo(1);
    assertThat(text.err())
        .isEqualTo("png2bmp: cannot write standard output: Bad file descriptor\n");
    Launcher.Run bmp = launcher.shell("\"$png2bmp\" in.png -o - >&-");
    assertThat(bmp.exitCode()).isEqualTo(1);
    assertThat(bmp.err()).isEqualTo("png2bmp: cannot write standard output: Bad file descriptor\n");
    assertThat(launcher.shell("\"$png2bmp\" in.png <&- >&- 2>&-").exitCode()).isZero();
    assertThat(in("in.bmp")).hasBinaryContent(Launcher.BMP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--info in.png", "--info --json in.png", "in.png --json", "in.png -o -", "--help"})
  void aFullDeviceIsAFailureWithAMessage(String arguments) throws Exception {
    Launcher.Run run = launcher.shell("\"$png2bmp\" " + arguments + " >/dev/full");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("png2bmp: cannot write standard output: No space left on device\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--info many", "many -d out", "in.png -o -"})
  void aReaderThatHasEnoughEndsItQuietly(String arguments) throws Exception {
    Files.createDirectory(in("many"));
    for (int i = 0; i < 300; i++) {
      Files.copy(in("in.png"), in("many/" + i + ".png"));
    }
    Launcher.Run run = launcher.shell("{ \"$png2bmp\" " + arguments + "; echo $? > code; } | true");
    assertThat(run.err()).isEmpty();
    assertThat(in("code")).hasContent("141");
  }

  @Test
  void aBmpIsNotWrittenToATerminal() throws Exception {
    ToolOnPath.assumePresent("script"); // which gives a program a terminal
    Launcher.Run run =
        launcher.shell("script -qec '\"$png2bmp\" in.png -o -' typed </dev/null; true");
    assertThat(in("typed")).content(UTF_8).contains("a BMP is not for a terminal");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aTemporaryDirectoryThatIsOfNoUseIsNotUsed() throws Exception {
    launcher.with("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=/no/such/directory"); // java says so
    Launcher.Run prepared = launcher.run("in.png", "-o", "-");
    assertThat(prepared.err()).doesNotContain("png2bmp: ");
    assertThat(prepared.out()).isEqualTo(Launcher.BMP);
    Path checkout = launcher.checkoutThatBuilds();
    Launcher.script(checkout.resolve("bin/flock"), "exit 1\n"); // somebody else is preparing
    Launcher.Run unprepared = launcher.run("in.png", "-o", "-");
    assertThat(checkout.resolve(Launcher.TARGET).resolve("png2bmp.so")).doesNotExist();
    assertThat(unprepared.err()).containsOnlyOnce("png2bmp: ").contains("building once");
    assertThat(unprepared.out()).isEqualTo(Launcher.BMP);
  }

  @Test
  void whatJavaHasToSayDoesNotGetIntoTheBmp() throws Exception {
    launcher.with("JDK_JAVA_OPTIONS", "-XX:+UseLargePages"); // of which there are none, it says
    assertThat(launcher.run("in.png", "-o", "-").out()).isEqualTo(Launcher.BMP);
  }
}
