package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.Density;
import io.github.lodepngffm.testkit.ImageIoMetadata;
import io.github.lodepngffm.testkit.MarkdownFile;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestClassPath;
import io.github.lodepngffm.testkit.TestImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in docs/metadata.md, compiled as it stands there, does what it says. */
class MetadataDocumentTest {
  private static final TestImage INDEXED =
      TestImage.of(new PngFormat(PngFormat.PALETTE, 2), 3, 2, 0, 1, 2, 2, 1, 0)
          .withPalette(0x102030, 0x405060, 0x708090)
          .withDensity(Density.perMetre(11811, 11811));

  @TempDir private Path folder;

  @Test
  void theCodeOfTheDocumentRuns() throws Exception {
    StringBuilder program = new StringBuilder("import io.github.lodepngffm.*;\n");
    MarkdownFile.read(Path.of("docs/metadata.md")).blocks().stream()
        .filter(block -> block.language().equals("java"))
        .forEach(block -> program.append(block.code()));
    program.append(
        """
        void main() throws IOException {
          MemorySegment png = MemorySegment.ofArray(Files.readAllBytes(Path.of("picture.png")));
          IO.println(describe(png));
          PngMetadata labelled = labelled(Png.readMetadata(png), new byte[] {1, 2});
          IO.println(labelled.texts().size() + " texts, " + labelled.iccProfile().get());
          Files.write(Path.of("image.pdf"), pdfImage(png));
        }
        """);
    Files.writeString(
        folder.resolve("Program.java"),
        program
            .toString()
            .replace(
                "import io.github.lodepngffm.*;\n",
                "import io.github.lodepngffm.*;\nimport java.lang.foreign.*;\n"
                    + "import java.nio.charset.StandardCharsets;\nimport java.time.Instant;\n"));
    PngWriter writer =
        PngWriter.of(INDEXED)
            .idatChunkSize(5)
            .chunkAfterData(
                PngChunk.of("tEXt", "Title\0Sunrise".getBytes(StandardCharsets.ISO_8859_1)))
            .chunkAfterData(PngChunk.of("tIME"));
    Files.write(folder.resolve("picture.png"), writer.bytes());
    ChildProcess.Result result =
        ChildProcess.ofJdk("java", "--enable-native-access=ALL-UNNAMED", "--class-path")
            .with(TestClassPath.mainClasses().toString(), "Program.java")
            .run(folder);
    assertThat(result.errors()).isEmpty();
    assertThat(result.output().lines())
        .containsExactly(
            "Sunrise, 300 dpi, 1 warnings", "2 texts, IccProfile[name=Display P3, bytes=2]");
    checkPdfImage(Files.readAllBytes(folder.resolve("image.pdf")), writer.scanlines());
  }

  private static void checkPdfImage(byte[] object, byte[] scanlines) throws Exception {
    String text = new String(object, StandardCharsets.ISO_8859_1);
    assertThat(text)
        .contains("/Width 3 /Height 2 /BitsPerComponent 2", "/Predictor 15 /Colors 1", "/Columns 3")
        .contains("<102030405060708090000000")
        .endsWith("\nendstream\n");
    Matcher length = Pattern.compile("/Length (\\d+)").matcher(text);
    assertThat(length.find()).isTrue();
    int begin = text.indexOf("stream\n") + 7;
    int end = begin + Integer.parseInt(length.group(1));
    assertThat(end).isEqualTo(object.length - "\nendstream\n".length());
    assertThat(ImageIoMetadata.inflated(Arrays.copyOfRange(object, begin, end)))
        .isEqualTo(scanlines);
  }
}
