package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failure says of itself: in words a person needs, and as data. */
class ImageExceptionTest {
  private static final TestImage IMAGE =
      TestImage.random(new PngFormat(PngFormat.RGB, 8), 30, 20, 1);

  /** Strictly: the default passes over an end that is missing behind the image data. */
  private static PngException failureOf(byte[] png) {
    return catchThrowableOfType(
        PngException.class,
        () -> Png.toBmp(MemorySegment.ofArray(png), Arena.ofAuto(), ConvertOptions.strict()));
  }

  @Test
  void aFileThatEndsInsideAChunkSaysWhichAndWhereAndHowMuchIsMissing() {
    PngFile file =
        PngWriter.of(IMAGE)
            .idatChunkSize(500)
            .chunkBeforeData(PngChunk.of("teSt", new byte[7]))
            .file();
    byte[] whole = file.bytes();
    int[] borders = file.borders();
    for (int i = 0; i < file.chunks().size(); i++) {
      String type = file.chunks().get(i).type();
      for (int length = borders[i] + 8; length < borders[i + 1]; length++) {
        int missing = borders[i + 1] - length;
        PngException failure = failureOf(Arrays.copyOf(whole, length));
        int code = length < 33 ? 27 : length - borders[i] < PngChunk.OVERHEAD ? 30 : 64;
        assertThat(failure)
            .hasMessage(
                "LodePNG error %d: the file ends inside chunk %s, which begins at byte %d and wants"
                    + " %d more byte%s",
                code, type, borders[i], missing, missing == 1 ? "" : "s");
        assertThat(failure.errorCode()).isEqualTo(code);
        assertThat(failure.kind()).isEqualTo(PngException.Kind.MALFORMED);
      }
    }
  }

  @Test
  void aFileThatEndsBetweenOrBeforeChunksSaysSo() {
    PngFile file = PngWriter.of(IMAGE).file();
    byte[] whole = file.bytes();
    int iend = file.borders()[file.indexOf("IEND")];
    assertThat(failureOf(Arrays.copyOf(whole, iend)))
        .hasMessage(
            "LodePNG error 30: the file ends at byte "
                + iend
                + ", behind chunk IDAT: IEND is missing");
    for (int more = 1; more < 8; more++) {
      assertThat(failureOf(Arrays.copyOf(whole, iend + more)))
          .hasMessage(
              "LodePNG error 30: the file ends inside a chunk, which begins at byte "
                  + iend
                  + ", before it says how long it is");
    }
    assertThat(failureOf(new byte[0])).hasMessage("LodePNG error 48: the file is empty");
    assertThat(failureOf(Arrays.copyOf(whole, 5)))
        .hasMessage(
            "LodePNG error 27: the file ends inside the signature: it has 5 of its 8 bytes");
  }

  /** A wrong length of a chunk in the middle makes the file end inside that chunk. */
  @Test
  void aChunkThatClaimsMoreThanTheFileHasIsNamed() {
    PngFile file =
        PngWriter.of(IMAGE).file().change("IDAT", chunk -> chunk.withDeclaredLength(0x7fff_ffffL));
    int begin = file.borders()[file.indexOf("IDAT")];
    long missing = begin + 12L + 0x7fff_ffffL - file.bytes().length;
    assertThat(failureOf(file.bytes()))
        .hasMessage(
            "LodePNG error 64: the file ends inside chunk IDAT, which begins at byte %d and wants %d"
                + " more bytes",
            begin, missing);
  }

  @Test
  void aWholeFileWithAnotherFaultKeepsTheWordsOfLodePng() {
    PngFile file = PngWriter.of(IMAGE).file().change("IDAT", PngChunk::withDamagedCrc);
    assertThat(failureOf(file.bytes()))
        .hasMessageStartingWith("LodePNG error 57: ")
        .hasMessageContaining("CRC");
  }

  @ParameterizedTest
  @CsvSource({
    "'\u00ff\u00d8\u00ff\u00e0', a JPEG",
    "GIF89a, a GIF",
    "'RIFF....WEBPVP8 ', a WebP",
    "'....ftypavif', an AVIF or HEIF",
    "'II*\u0000', a TIFF",
    "'MM\u0000*', a TIFF",
    "'\u001f\u008b\b', gzip data",
    "'PK\u0003\u0004', a ZIP archive",
    "'%PDF-1.7', a PDF",
    "'<svg xmlns', an SVG",
    "'<?xml version', 'XML, such as an SVG'",
    "'<!DOCTYPE html>', HTML",
    "'BM6\u0000', a BMP"
  })
  void aFileOfAnotherFormatIsNamed(String beginning, String name) {
    byte[] bytes = beginning.getBytes(StandardCharsets.ISO_8859_1);
    for (int length : new int[] {bytes.length, 1000}) { // shorter than a PNG can be, and longer
      PngException failure = failureOf(Arrays.copyOf(bytes, length));
      int code = length < 33 ? 27 : 28;
      assertThat(failure).hasMessage("LodePNG error %d: this is %s, not a PNG", code, name);
      assertThat(failure.errorCode()).isEqualTo(code);
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(() -> Png.readInfo(MemorySegment.ofArray(Arrays.copyOf(bytes, length))))
          .withMessage(failure.getMessage());
    }
  }

  @Test
  void aPngThatWasTransferredAsTextIsToldFromOtherFiles() {
    byte[] png = PngWriter.bytesOf(IMAGE);
    String text = new String(png, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    assertThat(failureOf(text.getBytes(StandardCharsets.ISO_8859_1)))
        .hasMessageContaining("a PNG whose signature was changed");
  }

  @Test
  void whatIsNothingKnownKeepsTheWordsOfLodePng() {
    assertThat(failureOf(new byte[100]))
        .hasMessageStartingWith("LodePNG error 28: incorrect PNG signature");
  }

  @Test
  void aLimitIsDataAndStaysSoWhenTheFileIsNamed(@TempDir Path directory) throws IOException {
    Path png = Files.write(directory.resolve("in.png"), PngWriter.bytesOf(IMAGE));
    Path bmp = directory.resolve("out.bmp");
    ConvertOptions options =
        ConvertOptions.defaults().withLimits(Limits.defaults().withMaxPixels(599));
    PngException failure =
        catchThrowableOfType(PngException.class, () -> Png.toBmp(png, bmp, options));
    assertIsAboutPixelsOf(png, failure);
    try (AsyncConverter converter = AsyncConverter.builder().options(options).build()) {
      CompletionException wrapped =
          catchThrowableOfType(CompletionException.class, () -> converter.toBmp(png, bmp).join());
      assertIsAboutPixelsOf(png, (PngException) wrapped.getCause());
    }
    assertThat(bmp).doesNotExist();
  }

  private static void assertIsAboutPixelsOf(Path png, ImageException failure) {
    assertThat(failure.kind()).isEqualTo(PngException.Kind.LIMIT);
    assertThat(failure.limit()).contains(Limit.PIXELS);
    assertThat(failure.wanted()).hasValue(600);
    assertThat(failure.allowed()).hasValue(599);
    assertThat(failure.file()).contains(png);
    assertThat(failure.reason())
        .isEqualTo("the image has more pixels than the limit: 600 (30 x 20), at most 599");
    assertThat(failure)
        .hasMessage(png + ": " + failure.reason() + "; Limits.withMaxPixels raises the limit");
  }

  @Test
  void aFailureOfMemoryHasNoFileAndOneWithoutNumbersHasNone() {
    PngException failure = failureOf(new byte[100]);
    assertThat(failure.limit()).isEmpty();
    assertThat(failure.wanted()).isEmpty();
    assertThat(failure.allowed()).isEmpty();
    assertThat(failure.file()).isEmpty();
    PngException named = failure.in("standard input");
    assertThat(named).hasMessage("standard input: " + failure.getMessage()).hasCause(failure);
    assertThat(named.reason()).isEqualTo(failure.getMessage());
    assertThat(named.file()).isEmpty();
  }

  @Test
  void whatTheFormatCannotExpressHasNumbersButNoLimit() {
    PngInfo large = new PngInfo(70_000, 70_000, 8, ColorType.TRUECOLOR, false, DecodePath.FAST);
    PngException failure = catchThrowableOfType(PngException.class, () -> Png.bmpSize(large));
    assertThat(failure.kind()).isEqualTo(PngException.Kind.UNSUPPORTED);
    assertThat(failure.limit()).isEmpty();
    assertThat(failure.wanted()).hasValue(54 + 210_000L * 70_000);
    assertThat(failure.allowed()).hasValue(4_294_967_295L);
  }
}
