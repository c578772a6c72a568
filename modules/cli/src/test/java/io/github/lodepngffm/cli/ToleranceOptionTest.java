package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToleranceOptionTest {
  private static final TestImage IMAGE =
      TestImage.photoLike(new PngFormat(PngFormat.RGB, 8), 200, 100, 3);

  @TempDir private Path folder;

  @BeforeEach
  void damagedFiles() throws IOException {
    PngChunk damaged = PngChunk.of("tIME", (byte) 1);
    Files.write(
        folder.resolve("time.png"), PngWriter.of(IMAGE).file().after("IHDR", damaged).bytes());
    byte[] whole = PngWriter.bytesOf(IMAGE);
    Files.write(folder.resolve("cut.png"), PngWriter.of(IMAGE).file().truncated(whole.length / 2));
  }

  @Test
  void strictDamageIsAFailure() {
    for (String[] option : new String[][] {{"--strict"}, {"--tolerate", "none"}}) {
      List<String> arguments = new ArrayList<>(List.of(option));
      arguments.addAll(List.of("time.png", "-o", "time.bmp"));
      CommandLineRun run = CommandLineRun.in(folder, arguments.toArray(String[]::new));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("LodePNG error 73");
      assertThat(folder.resolve("time.bmp")).doesNotExist();
    }
  }

  @Test
  void ancillaryDamageIsAWarningThatNamesChunkPlaceAndCode() {
    CommandLineRun run = CommandLineRun.in(folder, "time.png", "-o", "time.bmp");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .hasLineCount(1)
        .startsWith("png2bmp: time.png: warning: tIME chunk at byte 33: LodePNG error 73: ");
    assertThat(folder.resolve("time.bmp")).hasBinaryContent(ReferenceBmp.bytes(IMAGE));
  }

  @Test
  void twoOptionsOnDamageAreAWrongCommandLine() {
    CommandLineRun run = CommandLineRun.in(folder, "--strict", "--tolerant", "time.png");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("exclude each other").hasLineCount(1);
  }

  @Test
  void truncatedDataIsAFailureUnlessThatIsToleratedToo() {
    CommandLineRun refused =
        CommandLineRun.in(folder, "--tolerate", "ancillary", "cut.png", "-o", "cut.bmp");
    assertThat(refused.exitCode()).isEqualTo(1);
    CommandLineRun run = CommandLineRun.in(folder, "--tolerant", "cut.png", "-o", "cut.bmp");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("warning: IDAT chunk at byte 33");
    assertThat(folder.resolve("cut.bmp")).hasSize(ReferenceBmp.bytes(IMAGE).length);
  }

  @Test
  void manyFilesHaveTheirWarningsCountedInJson() {
    CommandLineRun run =
        CommandLineRun.in(
            folder, "--tolerate", "truncation", "--json", "-d", "out", "time.png", "cut.png");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("\"warnings\":1").contains("\"warnings\":2");
  }

  @Test
  void anUnknownDamageIsAWrongCommandLine() {
    CommandLineRun run = CommandLineRun.in(folder, "--tolerate", "everything", "time.png");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("ANCILLARY").hasLineCount(1);
  }
}
