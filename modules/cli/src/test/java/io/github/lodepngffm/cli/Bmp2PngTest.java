package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.Corpus;
import io.github.lodepngffm.testkit.Density;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.ReferencePixels;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** BMP to PNG, and PNG to a smaller PNG. */
class Bmp2PngTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  private static final TestImage IMAGE =
      TestImage.photoLike(new PngFormat(PngFormat.RGB, 8), 61, 47, 3);
  private static final PngChunk TEXT =
      PngChunk.of("tEXt", "Title\0a photograph".getBytes(ISO_8859_1));

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void aFolderWhosePathHasSpaces() throws IOException {
    folder = Files.createDirectory(temporary.resolve("a folder with spaces"));
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.ofBmp2Png(new byte[0], folder, arguments);
  }

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(folder.resolve(file));
  }

  private List<String> filesInFolder() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Not compressed at all, so that whatever encodes it makes it smaller. */
  private static PngWriter large(TestImage image) {
    return PngWriter.of(image).filter(0).compressionLevel(0);
  }

  @ParameterizedTest
  @CsvSource({"fast", "balanced", "small"})
  void aBmpBecomesAPngOfItsPixelsAtEveryEffort(String effort) throws IOException {
    Files.write(folder.resolve("in.bmp"), ReferenceBmp.bytes(IMAGE));
    CommandLineRun run = run("in.bmp", "--effort", effort);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEmpty();
    assertThat(ImageIoDecoder.rgb8(bytes("in.png"))).isEqualTo(ReferencePixels.rgb8(IMAGE));
    assertThat(filesInFolder()).containsExactly("in.bmp", "in.png");
  }

  @Test
  void theResolutionOfABmpIsKeptUnlessItIsStripped() throws IOException {
    TestImage image = IMAGE.withDensity(Density.perMetre(2835, 5669));
    Files.write(folder.resolve("in.bmp"), ReferenceBmp.bytes(image));
    String resolution = new String(Density.perMetre(2835, 5669).chunkData(), ISO_8859_1);
    assertThat(run("in.bmp").exitCode()).isZero();
    assertThat(new String(bytes("in.png"), ISO_8859_1)).contains("pHYs" + resolution);
    assertThat(ImageIoDecoder.rgb8(bytes("in.png"))).isEqualTo(ReferencePixels.rgb8(IMAGE));
    assertThat(run("in.bmp", "--strip", "-o", "stripped.png").exitCode()).isZero();
    assertThat(new String(bytes("stripped.png"), ISO_8859_1)).doesNotContain("pHYs");
  }

  @Test
  void ofABmpThatEndsEarlyTheRestIsBlackIfThatIsTolerated() throws IOException {
    TestImage image = IMAGE.withDensity(Density.perMetre(2835, 5669));
    byte[] whole = ReferenceBmp.bytes(image);
    int rows = 10; // the file begins with the lowest
    byte[] cut =
        Arrays.copyOf(whole, Math.toIntExact(whole.length - rows * ReferenceBmp.stride(61)));
    Files.write(folder.resolve("cut.bmp"), cut);
    CommandLineRun refused = run("cut.bmp");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).startsWith("bmp2png: cut.bmp: error ").hasLineCount(1);
    assertThat(filesInFolder()).containsExactly("cut.bmp");
    CommandLineRun tolerated = run("cut.bmp", "--tolerant");
    assertThat(tolerated.exitCode()).as(tolerated.err()).isZero();
    assertThat(tolerated.err()).startsWith("bmp2png: cut.bmp: warning: ").hasLineCount(1);
    byte[] expected = ReferencePixels.rgb8(image);
    Arrays.fill(expected, 0, 3 * 61 * rows, (byte) 0);
    assertThat(ImageIoDecoder.rgb8(bytes("cut.png"))).isEqualTo(expected);
    assertThat(new String(bytes("cut.png"), ISO_8859_1)).contains("pHYs");
  }

  @Test
  void theProfileOfABmpIsKeptUnlessItIsStripped() throws IOException {
    byte[] profile = new byte[200];
    profile[3] = (byte) profile.length; // PNG to BMP keeps what has a header of a profile
    System.arraycopy("RGB ".getBytes(ISO_8859_1), 0, profile, 16, 4);
    PngChunk chunk = PngChunk.of("iCCP", deflated("name\0\0", profile));
    TestImage image = TestImage.photoLike(new PngFormat(PngFormat.RGBA, 8), 61, 47, 3);
    Files.write(folder.resolve("0.png"), large(image).chunkBeforePalette(chunk).bytes());
    assertThat(CommandLineRun.in(folder, "--format", "bgra", "0.png", "-o", "in.bmp").exitCode())
        .isZero();
    assertThat(run("in.bmp", "-o", "kept.png").exitCode()).isZero();
    assertThat(run("in.bmp", "--strip", "-o", "stripped.png").exitCode()).isZero();
    assertThat(new String(bytes("kept.png"), ISO_8859_1)).contains("iCCP");
    assertThat(new String(bytes("stripped.png"), ISO_8859_1)).doesNotContain("iCCP");
    for (String png : List.of("kept.png", "stripped.png")) {
      assertThat(ImageIoDecoder.rgba8(bytes(png))).isEqualTo(ReferencePixels.rgba8(image));
    }
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void aPngOfEveryFormatBecomesSmallerAndKeepsItsPixels(PngFormat format) throws IOException {
    TestImage image = TestImage.photoLike(format, 97, 83, 5);
    for (boolean interlaced : new boolean[] {false, true}) {
      byte[] png = large(image).interlaced(interlaced).chunkAfterData(TEXT).bytes();
      Files.write(folder.resolve("in.png"), png);
      CommandLineRun run = run("in.png", "-o", "out.png");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(bytes("out.png")).hasSizeLessThan(png.length);
      assertThat(new String(bytes("out.png"), ISO_8859_1)).contains("Title\0a photograph");
      Files.write(folder.resolve("expected.bmp"), ReferenceBmp.bytes(image));
      assertThat(ImageIoDecoder.rgba8(bytes("out.png")))
          .as("as decoded by ImageIO")
          .isEqualTo(ReferencePixels.rgba8(image));
    }
  }

  @Test
  void colorKeysStayTransparent() throws IOException {
    for (int type : new int[] {PngFormat.GRAY, PngFormat.RGB}) {
      TestImage opaque = TestImage.gradient(new PngFormat(type, 8), 60, 60);
      int[] key = Arrays.copyOf(opaque.samples(), type == PngFormat.RGB ? 3 : 1);
      TestImage image = opaque.withColorKey(key);
      Files.write(folder.resolve("in.png"), large(image).bytes());
      assertThat(run("in.png", "-o", "out.png").exitCode()).isZero();
      assertThat(ImageIoDecoder.rgba8(bytes("out.png"))).isEqualTo(ReferencePixels.rgba8(image));
    }
  }

  @Test
  void whatIsBesideThePixelsStaysUnlessItIsStrippedAndDamageDoesNot() throws IOException {
    PngChunk gamma = PngChunk.of("gAMA", new byte[] {0, 0, (byte) 0xB1, (byte) 0x8F});
    PngChunk own = PngChunk.of("prVt", new byte[] {1});
    PngChunk unsafe = PngChunk.of("prVT", new byte[] {2});
    PngChunk damaged = PngChunk.of("zTXt", new byte[] {3}).withDamagedCrc();
    byte[] png =
        large(IMAGE)
            .chunkBeforePalette(gamma)
            .chunkBeforeData(own)
            .chunkBeforeData(unsafe)
            .chunkBeforeData(damaged)
            .chunkAfterData(TEXT)
            .bytes();
    Files.write(folder.resolve("in.png"), png);
    assertThat(run("in.png", "-o", "out.png").exitCode()).isZero();
    String kept = new String(bytes("out.png"), ISO_8859_1);
    assertThat(kept)
        .containsSubsequence("IHDR", "gAMA", "IDAT")
        .containsSubsequence("IHDR", "prVt\u0001", "IDAT")
        .containsSubsequence("IHDR", "tEXtTitle\0", "IEND")
        .doesNotContain("prVT", "zTXt");
    assertThat(ImageIoDecoder.rgb8(bytes("out.png"))).isEqualTo(ReferencePixels.rgb8(IMAGE));
    assertThat(run("in.png", "--strip", "-o", "out.png").exitCode()).isZero();
    assertThat(new String(bytes("out.png"), ISO_8859_1))
        .doesNotContain("gAMA", "prVt", "tEXt", "prVT", "zTXt");
  }

  @Test
  void significantBitsAndBackgroundStayWhereTheirSamplesDo() throws IOException {
    for (int type : new int[] {PngFormat.RGB, PngFormat.PALETTE}) {
      TestImage image = TestImage.photoLike(new PngFormat(type, 8), 97, 83, 5);
      byte[] background = new byte[type == PngFormat.RGB ? 6 : 1];
      Files.write(
          folder.resolve("in.png"),
          large(image)
              .chunkBeforePalette(PngChunk.of("sBIT", new byte[] {5, 6, 5}))
              .chunkBeforeData(PngChunk.of("bKGD", background))
              .bytes());
      assertThat(run("in.png", "-o", "out.png").exitCode()).isZero();
      String kept = new String(bytes("out.png"), ISO_8859_1);
      assertThat(kept).containsSubsequence("IHDR", "sBIT\u0005\u0006\u0005", "IDAT");
      assertThat(kept.contains("bKGD")).isEqualTo(type == PngFormat.RGB);
      assertThat(ImageIoDecoder.rgb8(bytes("out.png"))).isEqualTo(ReferencePixels.rgb8(image));
    }
  }

  /** The profile of a colour image is not one for gray, so the image stays one of colours. */
  @Test
  void anImageWithAProfileKeepsTheKindOfItsColors() throws IOException {
    int[] gray = new int[3 * 64 * 64];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = i / 3 * 7 % 256;
    }
    TestImage image = TestImage.of(new PngFormat(PngFormat.RGB, 8), 64, 64, gray);
    PngChunk profile = PngChunk.of("iCCP", deflated("name\0\0", "a profile".getBytes(ISO_8859_1)));
    for (boolean withProfile : new boolean[] {true, false}) {
      PngWriter writer = large(image);
      Files.write(
          folder.resolve("in.png"),
          (withProfile ? writer.chunkBeforePalette(profile) : writer).bytes());
      assertThat(run("in.png", "-o", "out.png").exitCode()).isZero();
      assertThat(bytes("out.png")[25] % 4 == 0).as("it is gray").isEqualTo(!withProfile);
      assertThat(new String(bytes("out.png"), ISO_8859_1).contains("iCCPname"))
          .isEqualTo(withProfile);
    }
  }

  private static byte[] deflated(String head, byte[] content) {
    byte[] compressed = PngWriter.compress(content, 9);
    byte[] data = Arrays.copyOf(head.getBytes(ISO_8859_1), head.length() + compressed.length);
    System.arraycopy(compressed, 0, data, head.length(), compressed.length);
    return data;
  }

  @Test
  void aPngThatDoesNotBecomeSmallerIsKeptAndThatIsSaid() throws IOException {
    Files.write(folder.resolve("in.png"), large(IMAGE).bytes());
    assertThat(run("in.png", "-o", "once.png").exitCode()).isZero();
    CommandLineRun again = run("once.png", "-o", "twice.png");
    assertThat(again.exitCode()).isZero();
    assertThat(again.err())
        .startsWith("bmp2png: once.png: kept as it is: " + bytes("once.png").length + " bytes, ")
        .hasLineCount(1);
    assertThat(bytes("twice.png")).isEqualTo(bytes("once.png"));
    assertThat(run("once.png", "-q", "-o", "quiet.png").err()).isEmpty();
    assertThat(run("once.png", "--json", "-o", "json.png").out())
        .contains("\"pngBytes\":" + bytes("once.png").length, "\"remark\":\"kept as it is: ");
  }

  @Test
  void ofAPngThatDoesNotBecomeSmallerWhatIsStrippedGoesAllTheSame() throws IOException {
    Files.write(folder.resolve("in.png"), large(IMAGE).chunkAfterData(TEXT).bytes());
    assertThat(run("in.png", "--effort", "small", "-o", "small.png").exitCode()).isZero();
    assertThat(new String(bytes("small.png"), ISO_8859_1)).contains("tEXt");
    CommandLineRun run = run("small.png", "--effort", "fast", "--strip", "-o", "out.png");
    int size = bytes("small.png").length - TEXT.size();
    assertThat(run.err())
        .startsWith("bmp2png: small.png: kept as it is but for what is stripped: " + size)
        .hasLineCount(1);
    assertThat(bytes("out.png")).hasSize(size);
    assertThat(new String(bytes("out.png"), ISO_8859_1)).doesNotContain("tEXt");
    assertThat(ImageIoDecoder.rgb8(bytes("out.png"))).isEqualTo(ReferencePixels.rgb8(IMAGE));
  }

  @Test
  void anAnimationIsKept() throws IOException {
    byte[] png =
        large(IMAGE)
            .chunkBeforeData(PngChunk.of("acTL", new byte[] {0, 0, 0, 1, 0, 0, 0, 0}))
            .bytes();
    Files.write(folder.resolve("in.png"), png);
    CommandLineRun run = run("in.png", "-o", "out.png");
    assertThat(run.err()).contains("kept as it is: it is an animation").hasLineCount(1);
    assertThat(bytes("out.png")).isEqualTo(png);
  }

  @Test
  void standardInputAndOutputAreADash() throws IOException {
    byte[] bmp = ReferenceBmp.bytes(IMAGE);
    CommandLineRun run = CommandLineRun.ofBmp2Png(bmp, folder, "-");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(ImageIoDecoder.rgb8(run.binaryOut())).isEqualTo(ReferencePixels.rgb8(IMAGE));
  }

  @Test
  void aTreeIsMirroredAndOneOutputIsMadeOnce() throws IOException {
    for (String name : List.of("in/a.bmp", "in/sub/b.BMP", "in/c.png", "in/sub/b.png")) {
      Files.createDirectories(folder.resolve(name).getParent());
      byte[] content = name.endsWith("png") ? large(IMAGE).bytes() : ReferenceBmp.bytes(IMAGE);
      Files.write(folder.resolve(name), content);
    }
    Files.writeString(folder.resolve("in/readme.txt"), "no image");
    CommandLineRun run = run("-r", "-d", "out", "-j", "2", "in");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("in/sub/b.png: ", "another input of this run has the same output")
        .contains("bmp2png: 3 converted, 1 failed, 0 skipped")
        .contains("bytes of PNG");
    for (String name : List.of("out/a.png", "out/sub/b.png", "out/c.png")) {
      assertThat(ImageIoDecoder.rgb8(bytes(name))).isEqualTo(ReferencePixels.rgb8(IMAGE));
    }
    CommandLineRun later =
        run("-r", "-d", "out", "--skip-existing", "--json", "in/a.bmp", "in/c.png");
    assertThat(later.exitCode()).isZero();
    assertThat(later.out()).hasLineCount(2).contains("\"status\":\"skipped\"");
  }

  @ParameterizedTest
  @CsvSource({"BM, in.bmp", "xx, in.png"})
  void aMalformedInputFailsInOneLineAndLeavesNothing(String start, String name) throws IOException {
    Files.writeString(folder.resolve(name), start + "no image at all, whatever it is called");
    for (List<String> how : List.of(List.of(name, "-o", "out.png"), List.of("-d", "out", name))) {
      CommandLineRun run = run(how.toArray(String[]::new));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines().findFirst().get()).startsWith("bmp2png: " + name + ": ");
      assertThat(filesInFolder()).doesNotContain("out.png");
    }
  }

  @Test
  void aLimitIsNamedByItsOption() throws IOException {
    Files.write(folder.resolve("in.bmp"), ReferenceBmp.bytes(IMAGE));
    Files.write(folder.resolve("in.png"), large(IMAGE).bytes());
    for (String input : List.of("in.bmp", "in.png")) {
      CommandLineRun run = run("--max-pixels", "100", input, "-o", "out.png");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("--max-pixels raises the limit").hasLineCount(1);
      CommandLineRun tooLong = run("--max-input-bytes", "100", input, "-o", "out.png");
      assertThat(tooLong.exitCode()).isEqualTo(1);
      assertThat(tooLong.err()).contains("--max-input-bytes raises the limit").hasLineCount(1);
    }
  }

  @Test
  void theInputIsNeverReplaced() throws IOException {
    Files.write(folder.resolve("in.png"), large(IMAGE).bytes());
    CommandLineRun run = run("in.png");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("the PNG would replace the input").hasLineCount(1);
  }

  @Test
  void helpAndVersionNameTheProgram() {
    assertThat(run("--help").out()).contains("bmp2png [OPTIONS]", "--effort", "--strip", "-j");
    assertThat(run("--version").out()).startsWith("bmp2png ");
    assertThat(run("--completion").out()).contains("_complete_bmp2png", "--effort");
  }

  @Test
  void aPhotographComesBackFromPngToTheByte() throws IOException {
    Corpus.assumeAvailable();
    Files.copy(Corpus.path("photo2.png"), folder.resolve("photo.png"));
    assertThat(CommandLineRun.in(folder, "photo.png", "-o", "1.bmp").exitCode()).isZero();
    assertThat(run("1.bmp", "--effort", "fast").exitCode()).isZero();
    assertThat(CommandLineRun.in(folder, "1.png", "-o", "2.bmp").exitCode()).isZero();
    assertThat(Files.mismatch(folder.resolve("1.bmp"), folder.resolve("2.bmp"))).isEqualTo(-1);
  }
}
