package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.BmpVariant;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferencePixels;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kind of BMP, and what becomes of transparency. */
class ImageOptionsTest {
  private static final TestImage RGBA = TestImage.random(new PngFormat(PngFormat.RGBA, 8), 9, 7, 1);

  @TempDir private Path folder;

  @BeforeEach
  void pictures() throws IOException {
    write("rgba", RGBA);
    write("rgb", TestImage.random(new PngFormat(PngFormat.RGB, 8), 9, 7, 1));
    write("palette", TestImage.random(new PngFormat(PngFormat.PALETTE, 8), 9, 7, 1));
    write("gray", TestImage.random(new PngFormat(PngFormat.GRAY, 4), 9, 7, 1));
    write("bits", TestImage.random(new PngFormat(PngFormat.GRAY, 1), 9, 7, 1));
    TestImage keyed = TestImage.random(new PngFormat(PngFormat.GRAY, 8), 9, 7, 1);
    write("keyed", keyed.withColorKey(keyed.samples()[0]));
  }

  private void write(String name, TestImage image) throws IOException {
    Files.write(folder.resolve(name + ".png"), PngWriter.bytesOf(image));
  }

  private BmpVariant bmp(String name) throws IOException {
    return BmpVariant.read(Files.readAllBytes(folder.resolve(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "rgba, match, 32",
    "rgb, match, 24",
    "palette, match, 8",
    "gray, match, 8",
    "bits, match, 1",
    "keyed, MATCH, 32",
    "rgba, classic, 24",
    "rgb, bgra, 32",
    "palette, indexed8, 8",
    "gray, gray8, 8",
    "bits, bilevel, 1"
  })
  void theFormatNamesTheKindOfBmp(String name, String format, int bits) throws IOException {
    CommandLineRun run =
        CommandLineRun.in(folder, "--format", format, name + ".png", "-o", "a.bmp");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(bmp("a.bmp").bitsPerPixel()).isEqualTo(bits);
  }

  @Test
  void aFormatThatTheImageCannotHaveIsAFailureWithItsReason() {
    CommandLineRun run = CommandLineRun.in(folder, "--format", "gray8", "rgb.png", "-o", "a.bmp");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(1).contains("rgb.png: ").contains("gray");
    assertThat(folder.resolve("a.bmp")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"white, 255, 255, 255", "#0a14F0, 10, 20, 240", "Navy, 0, 0, 128"})
  void aBackgroundShowsWhereTheImageIsTransparent(String color, int red, int green, int blue)
      throws IOException {
    byte[] rgba = ReferencePixels.rgba8(RGBA);
    int[] background = {red, green, blue};
    for (int i = 0; i < rgba.length; i++) {
      int alpha = rgba[i | 3] & 0xFF;
      if (i % 4 < 3) {
        int sum = (rgba[i] & 0xFF) * alpha + background[i % 4] * (255 - alpha);
        rgba[i] = (byte) ((sum + 127) / 255);
      }
    }
    for (int i = 3; i < rgba.length; i += 4) {
      rgba[i] = (byte) 255;
    }
    CommandLineRun run =
        CommandLineRun.in(folder, "--background", color, "rgba.png", "-o", "a.bmp");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(bmp("a.bmp").rgba()).isEqualTo(rgba);
  }

  @Test
  void aColorThatIsNoneIsAWrongCommandLineThatListsTheNames() {
    for (String color : new String[] {"mauve", "#12345", "123456", "#12345g"}) {
      CommandLineRun run = CommandLineRun.in(folder, "--background", color, "rgba.png");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).hasLineCount(1).contains("#rrggbb").contains("aqua").contains(color);
    }
  }

  @Test
  void alphaThatIsDroppedIsSaidOnceInARun() {
    CommandLineRun run =
        CommandLineRun.in(folder, "-d", "out", "rgb.png", "rgba.png", "keyed.png", "gray.png");
    assertThat(run.exitCode()).isZero();
    String[] lines =
        run.err().lines().filter(line -> line.contains("transparency")).toArray(String[]::new);
    assertThat(lines).as(Arrays.toString(lines)).hasSize(1);
    assertThat(lines[0]).contains("--format").contains("--background");
    CommandLineRun kept =
        CommandLineRun.in(folder, "--format", "bgra", "-d", "kept", "rgba.png", "keyed.png");
    assertThat(kept.err()).doesNotContain("transparency");
  }

  @Test
  void informationSaysWhetherAlphaWouldBeDropped() {
    for (String name : new String[] {"rgba.png", "keyed.png"}) {
      assertThat(CommandLineRun.in(folder, "--info", name).out())
          .contains("transparent: yes; dropped unless --format bgra");
    }
    for (String name : new String[] {"rgb.png", "palette.png", "bits.png"}) {
      assertThat(CommandLineRun.in(folder, "--info", name).out()).contains("transparent: no");
    }
  }
}
