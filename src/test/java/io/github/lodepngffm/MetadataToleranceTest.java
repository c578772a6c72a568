package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of metadata that is damaged, repeated, or in an odd place. */
class MetadataToleranceTest {
  private static final int INVALID_METADATA = 1030;
  private static final List<DecodeOptions> LENIENT =
      List.of(DecodeOptions.defaults(), DecodeOptions.tolerant());

  private static PngFile file() {
    return PngWriter.of(TestImage.random(new PngFormat(PngFormat.RGB, 8), 4, 3, 1)).file();
  }

  private static PngMetadata read(byte[] png, DecodeOptions options) {
    return Png.readMetadata(MemorySegment.ofArray(png), options);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** A chunk, and LodePNG's code for it or ours. */
  static Stream<Arguments> damagedChunks() {
    byte[] text = {'k', 0, 't'};
    byte[] zlib = PngWriter.compress(new byte[100], 9);
    byte[] cut = new byte[zlib.length];
    cut[0] = 'k';
    System.arraycopy(zlib, 0, cut, 3, zlib.length - 3);
    byte[] none = {};
    return Stream.of(
        Arguments.of(PngChunk.of("pHYs", new byte[8]), 74),
        Arguments.of(PngChunk.of("pHYs", bytes(0, 0, 0, 1, 0, 0, 0, 1, 2)), INVALID_METADATA),
        Arguments.of(PngChunk.of("tEXt", text).withDamagedCrc(), 57),
        Arguments.of(PngChunk.of("tEXt", none), 89),
        Arguments.of(PngChunk.of("zTXt", bytes('k', 0)), 75),
        Arguments.of(PngChunk.of("zTXt", bytes('k', 0, 9, 1)), 72),
        Arguments.of(PngChunk.of("zTXt", bytes('k', 0, 0, 1)), 53),
        Arguments.of(PngChunk.of("iTXt", bytes('k', 0, 0)), 30),
        Arguments.of(PngChunk.of("iCCP", bytes('k', 0, 0, 1, 2)), 24),
        Arguments.of(PngChunk.of("sRGB", none), 98),
        Arguments.of(PngChunk.of("sRGB", bytes(4)), INVALID_METADATA),
        Arguments.of(PngChunk.of("gAMA", new byte[3]), 96),
        Arguments.of(PngChunk.of("cHRM", new byte[33]), 97),
        Arguments.of(PngChunk.of("cICP", new byte[5]), 117),
        Arguments.of(PngChunk.of("mDCV", new byte[23]), 119),
        Arguments.of(PngChunk.of("cLLI", new byte[9]), 120),
        Arguments.of(PngChunk.of("mDCV", new byte[24]).withDamagedCrc(), 57),
        Arguments.of(PngChunk.of("eXIf", text).withDamagedCrc(), 57),
        Arguments.of(PngChunk.of("tIME", new byte[6]), 73),
        Arguments.of(PngChunk.of("tIME", bytes(7, 224, 13, 1, 0, 0, 0)), INVALID_METADATA),
        Arguments.of(PngChunk.of("bKGD", new byte[2]), 45),
        Arguments.of(PngChunk.of("sBIT", bytes(8, 8, 9)), 115),
        Arguments.of(PngChunk.of("tRNS", new byte[5]), 41),
        Arguments.of(PngChunk.of("acTL", new byte[8]), INVALID_METADATA),
        Arguments.of(PngChunk.of("acTL", bytes(0, 0, 0, 1, 0, 0, 0, 0)).withDamagedCrc(), 57));
  }

  @ParameterizedTest
  @MethodSource("damagedChunks")
  void damageIsAWarningWithItsPlaceByDefaultAndAnErrorWhenStrict(PngChunk damaged, int code) {
    PngChunk sound = PngChunk.of("tEXt", bytes('s', 0, 'x'));
    byte[] png = file().after("IHDR", damaged, sound).bytes();
    for (DecodeOptions options : LENIENT) {
      PngMetadata metadata = read(png, options);
      PngWarning warning = metadata.warnings().getFirst();
      assertThat(warning.chunkType()).isEqualTo(damaged.type());
      assertThat(warning.offset()).isEqualTo(8 + PngChunk.OVERHEAD + 13);
      assertThat(warning.errorCode()).isEqualTo(code);
      assertThat(metadata.warningCount()).isEqualTo(1);
      assertThat(metadata.asFound(null, List.of(), 0))
          .as("the chunk is left out, and no other")
          .isEqualTo(PngMetadata.empty().withText("s", "x"));
    }
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> read(png, DecodeOptions.strict()))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(code))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.MALFORMED));
  }

  @Test
  void aWarningOfOursDoesNotSpeakOfLodePng() {
    byte[] png = file().after("IHDR", PngChunk.of("sRGB", bytes(4))).bytes();
    assertThat(read(png, DecodeOptions.defaults()).warnings().getFirst())
        .hasToString(
            "sRGB chunk at byte 33: the chunk says something that the PNG specification does not"
                + " define");
  }

  @Test
  void ofSeveralTheLastCountsWhereverItStandsAndThatIsNoDamage() {
    byte[] png =
        file()
            .before(
                "IDAT",
                PngChunk.of("gAMA", bytes(0, 0, 0, 1)),
                PngChunk.of("gAMA", bytes(0, 0, 0, 2)))
            .after("IDAT", PngChunk.of("gAMA", bytes(0, 0, 0, 3)))
            .bytes();
    for (DecodeOptions options : List.of(DecodeOptions.strict(), DecodeOptions.defaults())) {
      PngMetadata metadata = read(png, options);
      assertThat(metadata.gamma()).hasValue(0.00003);
      assertThat(metadata.warnings()).isEmpty();
    }
  }

  @Test
  void moreWarningsThanThereIsRoomForAreCounted() {
    PngChunk[] damaged = new PngChunk[40];
    Arrays.fill(damaged, PngChunk.of("sRGB", bytes(9)));
    PngMetadata metadata = read(file().before("IDAT", damaged).bytes(), DecodeOptions.defaults());
    assertThat(metadata.warnings()).hasSize(16);
    assertThat(metadata.warningCount()).isEqualTo(40);
  }

  @Test
  void pixelsAreNotLookedAtButTheirChunksAre() {
    PngFile file = file().change("IDAT", chunk -> chunk.withData(bytes(1, 2, 3)));
    assertThat(read(file.bytes(), DecodeOptions.strict())).isEqualTo(PngMetadata.empty());
    byte[] damaged = file.change("IDAT", PngChunk::withDamagedCrc).bytes();
    for (Tolerance tolerance : Tolerance.values()) {
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(() -> read(damaged, DecodeOptions.defaults().withTolerance(tolerance)))
          .satisfies(e -> assertThat(e.errorCode()).isEqualTo(57));
    }
  }

  @Test
  void aFileThatEndsEarlyGivesWhatItHasIfThatIsTolerated() {
    PngFile file = file().after("IHDR", PngChunk.of("tEXt", bytes('k', 0, 't')));
    byte[] cut = file.truncated(file.bytes().length - 20);
    PngMetadata metadata = read(cut, DecodeOptions.tolerant());
    assertThat(metadata.text("k")).hasValue("t");
    assertThat(metadata.warnings()).extracting(PngWarning::chunkType).containsExactly("IDAT");
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> read(cut, DecodeOptions.defaults()))
        .withMessageContaining("the file ends inside chunk IDAT");
  }

  /** What decoding would not forgive where alpha is wanted. */
  @Test
  void aDamagedTrnsLeavesAnOpaquePaletteAndAWarning() {
    TestImage image =
        TestImage.of(new PngFormat(PngFormat.PALETTE, 8), 1, 1, 0)
            .withPalette(0x102030)
            .withTransparency((byte) 5);
    PngFile file = PngWriter.of(image).file();
    assertThat(read(file.bytes(), DecodeOptions.defaults()).palette()).containsExactly(0x05102030);
    byte[] damaged = file.change("tRNS", PngChunk::withDamagedCrc).bytes();
    PngMetadata metadata = read(damaged, DecodeOptions.defaults());
    assertThat(metadata.palette()).containsExactly(0xFF102030);
    assertThat(metadata.warnings()).extracting(PngWarning::chunkType).containsExactly("tRNS");
  }
}
