package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lodepngffm.testkit.BmpReader;
import io.github.lodepngffm.testkit.Conformance;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.ReferencePixels;
import io.github.lodepngffm.testkit.Sha256;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToleranceTest {
  private static final ConvertOptions STRICT = ConvertOptions.strict();
  private static final ConvertOptions DEFAULT = ConvertOptions.defaults();
  private static final ConvertOptions TRUNCATED = ConvertOptions.tolerant();

  private record Result(byte[] bmp, ConversionReport report) {}

  private static Result convert(byte[] png, ConvertOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocateFrom(ValueLayout.JAVA_BYTE, png);
      MemorySegment out = arena.allocate(Png.bmpSize(in, options));
      ConversionReport report = Png.convert(in, out, options);
      return new Result(out.toArray(ValueLayout.JAVA_BYTE), report);
    }
  }

  /** Its damaged chunk, mDCV, is unknown to the LodePNG that is built in, which so ignores it. */
  private static final String SOUND_TO_THIS_LODEPNG = "image-png/bugfixes_cicp_pq.png";

  /** LodePNG refuses the file, the four other decoders show it. */
  private static boolean rejectedByLodePngAlone(Conformance.Png row) {
    return !row.file().equals(SOUND_TO_THIS_LODEPNG)
        && row.decoders().contains("lode=ERR")
        && Stream.of("libpng", "stb", "spng", "wuffs")
            .allMatch(decoder -> row.decoders().contains(decoder + "=OK"));
  }

  @Test
  void filesThatLodePngAloneRejectsAreShownAsTheOthersShowThem() {
    List<Conformance.Png> rows =
        Conformance.pngs(Conformance.Verdict.DISPUTED)
            .filter(ToleranceTest::rejectedByLodePngAlone)
            .toList();
    assertThat(rows).hasSizeGreaterThan(10);
    for (Conformance.Png row : rows) {
      int code = Integer.parseInt(row.lodepngDefaultError().split(" ")[0]);
      PngException strict =
          catchThrowableOfType(PngException.class, () -> convert(row.bytes(), STRICT));
      assertThat(strict.errorCode()).as(row.file()).isEqualTo(code);

      Result shown = convert(row.bytes(), DEFAULT);
      assertThat(Sha256.of(BmpReader.read(shown.bmp()).rgb()))
          .as(row.file())
          .isEqualTo(row.sha256Rgb8());
      assertThat(shown.report().warnings().getFirst().errorCode()).as(row.file()).isEqualTo(code);
    }
  }

  @Test
  void soundFilesComeOutTheSameWithoutAWarning() {
    for (PngFormat format : PngFormat.ALL) {
      TestImage image = TestImage.photoLike(format, 19, 11, 7);
      Result result = convert(PngWriter.bytesOf(image), TRUNCATED);
      assertThat(result.bmp()).as("%s", format).isEqualTo(ReferenceBmp.bytes(image));
      assertThat(damage(result)).isEmpty();
      assertThat(result.report().warningCount()).isEqualTo(format.hasAlphaChannel() ? 1 : 0);
    }
  }

  /** The warnings but that of alpha, which a BMP of this kind never has. */
  private static List<PngWarning> damage(Result result) {
    return result.report().warnings().stream()
        .filter(warning -> !warning.isAlphaDropped())
        .toList();
  }

  static Stream<PngChunk> damagedAncillaryChunks() {
    return Stream.of(
        PngChunk.of("tIME", new byte[3]),
        PngChunk.of("pHYs", new byte[2]),
        PngChunk.of("gAMA", new byte[4]).withDamagedCrc(),
        PngChunk.of("iCCP", (byte) 'x'),
        PngChunk.of("tEXt", (byte) 'k', (byte) 0, (byte) 'v').withDamagedCrc(),
        PngChunk.of("teSt").withType("test"));
  }

  @ParameterizedTest
  @MethodSource("damagedAncillaryChunks")
  void aDamagedAncillaryChunkBecomesAWarningWithItsPlace(PngChunk damaged) {
    TestImage image = TestImage.photoLike(PngFormat.ALL.getFirst(), 9, 5, 3);
    PngFile file = PngWriter.of(image).file();
    int offset = 8 + PngChunk.OVERHEAD + 13;
    byte[] png = file.after("IHDR", damaged).bytes();
    PngException strict = catchThrowableOfType(PngException.class, () -> convert(png, STRICT));

    Result result = convert(png, DEFAULT);

    assertThat(result.bmp()).isEqualTo(ReferenceBmp.bytes(image));
    PngWarning warning = result.report().warnings().getFirst();
    assertThat(warning.chunkType()).isEqualTo(damaged.type());
    assertThat(warning.offset()).isEqualTo(offset);
    assertThat(warning.errorCode()).isEqualTo(strict.errorCode());
    assertThat(result.report().warningCount()).isEqualTo(1);
  }

  @Test
  void moreWarningsThanThereIsRoomForAreStillCounted() {
    TestImage image = TestImage.photoLike(PngFormat.ALL.getFirst(), 4, 4, 3);
    PngChunk[] damaged = new PngChunk[40];
    Arrays.fill(damaged, PngChunk.of("tIME", new byte[1]));
    Result result = convert(PngWriter.of(image).file().before("IDAT", damaged).bytes(), DEFAULT);
    assertThat(result.report().warnings()).hasSize(16);
    assertThat(result.report().warningCount()).isEqualTo(40);
    assertThat(result.bmp()).isEqualTo(ReferenceBmp.bytes(image));
  }

  @Test
  void damageToThePixelsStaysAnError() {
    TestImage image = TestImage.photoLike(PngFormat.ALL.getFirst(), 40, 40, 3);
    PngFile file = PngWriter.of(image).file();
    byte[] wrongChecksum = file.change("IDAT", PngChunk::withDamagedCrc).bytes();
    assertThatThrownBy(() -> convert(wrongChecksum, TRUNCATED))
        .isInstanceOfSatisfying(PngException.class, e -> assertThat(e.errorCode()).isEqualTo(57));
    byte[] whole = file.bytes();
    byte[] cut = file.truncated(whole.length / 2);
    assertThatThrownBy(() -> convert(cut, DEFAULT)).isInstanceOf(PngException.class);
  }

  /** A profile that inflates to a mebibyte. */
  private static byte[] withProfile(TestImage image) {
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    profile.writeBytes(new byte[] {'x', 0, 0});
    profile.writeBytes(PngWriter.compress(new byte[1 << 20], 9));
    return PngWriter.of(image)
        .file()
        .after("IHDR", PngChunk.of("iCCP", profile.toByteArray()))
        .bytes();
  }

  @Test
  void aProfileThatNobodyAskedForIsNotInflatedAndSoMeetsNoLimit() {
    TestImage image = TestImage.photoLike(PngFormat.ALL.getFirst(), 4, 4, 3);
    Limits limits = Limits.defaults().withMaxAncillaryBytes(100_000);
    Result result = convert(withProfile(image), DEFAULT.withLimits(limits));
    assertThat(result.bmp()).isEqualTo(ReferenceBmp.bytes(image));
    assertThat(result.report().warnings()).isEmpty();
  }

  @Test
  void aProfileThatInflatesBeyondTheLimitIsRefusedWhereItIsAskedForOrJudged() {
    TestImage image = TestImage.photoLike(new PngFormat(PngFormat.RGB, 8), 4, 4, 3);
    byte[] png = withProfile(image);
    Limits limits = Limits.defaults().withMaxAncillaryBytes(100_000);
    for (ConvertOptions options : List.of(STRICT, DEFAULT.withBmpFormat(BmpFormat.BGRA))) {
      assertThatThrownBy(() -> convert(png, options.withLimits(limits)))
          .isInstanceOf(PngException.class)
          .hasMessageContaining("withMaxAncillaryBytes");
    }
  }

  @Test
  void aDamagedTrnsIsAnErrorWhereTheTargetHasAlphaAndElseAWarning() {
    for (PngFormat format :
        List.of(new PngFormat(PngFormat.PALETTE, 8), new PngFormat(PngFormat.GRAY, 8))) {
      TestImage image = TestImage.random(format, 9, 7, 3).withTransparency((byte) 0, (byte) 1);
      byte[] png = PngWriter.of(image).file().change("tRNS", PngChunk::withDamagedCrc).bytes();
      assertThat(convert(png, DEFAULT).report().warnings())
          .extracting(PngWarning::chunkType)
          .containsExactly("tRNS");
      for (Tolerance tolerance : Tolerance.values()) {
        ConvertOptions bgra = DEFAULT.withTolerance(tolerance).withBmpFormat(BmpFormat.BGRA);
        ConvertOptions onWhite = DEFAULT.withTolerance(tolerance).withBackground(255, 255, 255);
        for (ConvertOptions options : List.of(bgra, onWhite)) {
          assertThatThrownBy(() -> convert(png, options))
              .as("%s, %s", format, options)
              .isInstanceOfSatisfying(
                  PngException.class, e -> assertThat(e.errorCode()).isEqualTo(57));
        }
        DecodeOptions options = DecodeOptions.defaults().withTolerance(tolerance);
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment input = MemorySegment.ofArray(png);
          assertThatThrownBy(() -> Png.decode(input, PixelFormat.RGBA8, arena, options))
              .isInstanceOf(PngException.class);
          if (tolerance != Tolerance.STRICT) {
            assertThat(
                    Png.decode(input, PixelFormat.RGB8, arena, options)
                        .memory()
                        .toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(ReferencePixels.rgb8(image));
          }
        }
      }
    }
  }

  static Stream<PngFormat> formats() {
    return PngFormat.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void truncatedDataGivesTheRowsThatAreThereAndBlack(PngFormat format) throws Exception {
    TestImage image = TestImage.photoLike(format, 700, 30, 5);
    byte[] expected = ReferencePixels.rgb8(image);
    PngWriter writer = PngWriter.of(image).mixedFilters(1);
    byte[] whole = writer.bytes();
    int rowBytes = writer.scanlines().length / 30;
    for (int percent : new int[] {20, 55, 90}) {
      byte[] cut = writer.file().truncated(whole.length * percent / 100);
      Result result = convert(cut, TRUNCATED);
      byte[] rgb = BmpReader.read(result.bmp()).rgb();
      int rows = inflatedBytes(whole, cut.length) / rowBytes;
      assertThat(Arrays.copyOf(rgb, rows * 2100)).isEqualTo(Arrays.copyOf(expected, rows * 2100));
      assertThat(Arrays.copyOfRange(rgb, Math.min(30, rows + 2) * 2100, rgb.length))
          .containsOnly(0);
      assertThat(damage(result)).extracting(PngWarning::chunkType).containsOnly("IDAT");
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void truncatedInterlacedDataGivesOnlyRightOrBlackPixels(PngFormat format) {
    TestImage image = TestImage.photoLike(format, 700, 40, 5);
    byte[] expected = ReferencePixels.rgb8(image);
    PngWriter writer = PngWriter.of(image).interlaced(true).filter(0);
    byte[] whole = writer.bytes();
    byte[] rgb =
        BmpReader.read(convert(writer.file().truncated(whole.length / 2), TRUNCATED).bmp()).rgb();
    int wrong = 0;
    int black = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      boolean isBlack = rgb[i] == 0 && rgb[i + 1] == 0 && rgb[i + 2] == 0;
      boolean isRight =
          rgb[i] == expected[i] && rgb[i + 1] == expected[i + 1] && rgb[i + 2] == expected[i + 2];
      black += isBlack ? 1 : 0;
      wrong += isBlack || isRight ? 0 : 1;
    }
    /* what follows the last whole symbol may be read as one more: at most a row of pixels */
    assertThat(wrong).isLessThanOrEqualTo(700);
    assertThat(black).isGreaterThan(700 * 40 / 4);
    assertThat(black).isLessThan(700 * 40);
  }

  /** How far java.util.zip comes with the image data of a file that ends early. */
  private static int inflatedBytes(byte[] whole, int cutLength) throws DataFormatException {
    int data = 0;
    for (int i = 8; ; i++) {
      if (whole[i] == 'I' && whole[i + 1] == 'D' && whole[i + 2] == 'A' && whole[i + 3] == 'T') {
        data = i + 4;
        break;
      }
    }
    Inflater inflater = new Inflater();
    inflater.setInput(whole, data, cutLength - data);
    byte[] buffer = new byte[1 << 16];
    int total = 0;
    for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
      total += count;
    }
    inflater.end();
    return total;
  }
}
