package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that the launcher makes for a quicker start, with a real Java. */
class LauncherStartIT {
  @TempDir private Path temporary;

  @Test
  void javaUsesACacheAndDoesNotCrashOnADamagedOne() throws Exception {
    Launcher launcher = new Launcher(temporary);
    Path target = launcher.checkoutThatBuilds().resolve(Launcher.TARGET);
    assertThat(launcher.run("in.png", "-o", "-").out()).isEqualTo(Launcher.BMP);
    Path cache = target.resolve("png2bmp.aot");
    assertThat(Files.size(cache)).isGreaterThan(1 << 20);
    assertThat(Files.size(target.resolve("png2bmp.so"))).isPositive();

    launcher.with(
        "JDK_JAVA_OPTIONS", "-XX:AOTMode=on -XX:AOTCache=" + quoted(cache)); // or it fails
    assertThat(launcher.run("in.png", "-o", "-").out()).isEqualTo(Launcher.BMP);
    launcher.with("JDK_JAVA_OPTIONS", null);

    try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
      file.seek(file.length() / 2);
      file.write(new byte[1 << 20]);
    }
    Launcher.Run damaged = launcher.run("in.png", "-o", "-");
    assertThat(damaged.err()).startsWith("png2bmp: " + cache).contains("damaged").hasLineCount(1);
    assertThat(damaged.out()).isEqualTo(Launcher.BMP);
    Launcher.Run again = launcher.run("in.png", "-o", "-");
    assertThat(again.err()).isEmpty();
    assertThat(again.out()).isEqualTo(Launcher.BMP);
  }

  private static String quoted(Path file) {
    return "\"" + file + "\"";
  }
}
