package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small files that would become large, and texts that are large but may be. */
class MetadataLimitsTest {
  private static final int MEBIBYTE = 1 << 20;

  private static PngFile file() {
    return PngWriter.of(TestImage.random(new PngFormat(PngFormat.RGB, 8), 4, 3, 1)).file();
  }

  private static PngChunk compressed(String type, int bytes) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    boolean isInternational = type.equals("iTXt");
    data.writeBytes(isInternational ? new byte[] {'k', 0, 1, 0, 0, 0} : new byte[] {'k', 0, 0});
    byte[] text = new byte[bytes];
    Arrays.fill(text, (byte) 'a');
    data.writeBytes(PngWriter.compress(text, 9));
    return PngChunk.of(type, data.toByteArray());
  }

  private static PngMetadata read(PngFile file, DecodeOptions options) {
    return Png.readMetadata(MemorySegment.ofArray(file.bytes()), options);
  }

  private static void assertRefused(PngFile file, DecodeOptions options, Limit limit) {
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> read(file, options))
        .withMessageContaining("raises the limit")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.LIMIT))
        .satisfies(e -> assertThat(e.limit()).contains(limit))
        .satisfies(
            e -> assertThat(e.wanted().orElseThrow()).isGreaterThan(e.allowed().orElseThrow()));
  }

  @Test
  void compressedBombsOfEachKindAreRefusedWhateverTheTolerance() {
    for (String type : List.of("zTXt", "iTXt", "iCCP")) {
      PngFile bomb = file().before("IDAT", compressed(type, 32 * MEBIBYTE));
      PngFile behind = file().after("IDAT", compressed(type, 32 * MEBIBYTE));
      for (Tolerance tolerance : Tolerance.values()) {
        DecodeOptions options = DecodeOptions.defaults().withTolerance(tolerance);
        assertRefused(bomb, options, Limit.ANCILLARY_BYTES);
        assertRefused(behind, options, Limit.ANCILLARY_BYTES);
      }
    }
  }

  @Test
  void manySmallOnesCountTogether() {
    PngChunk[] texts = new PngChunk[20];
    Arrays.fill(texts, compressed("zTXt", MEBIBYTE));
    assertRefused(file().before("IDAT", texts), DecodeOptions.defaults(), Limit.ANCILLARY_BYTES);
    PngFile few = file().before("IDAT", Arrays.copyOf(texts, 15));
    assertThat(read(few, DecodeOptions.defaults()).texts())
        .hasSize(15)
        .allSatisfy(text -> assertThat(text.text()).hasSize(MEBIBYTE));
  }

  @Test
  void theLimitOnWhatTheyInflateToIsExactAndCanBeRaised() {
    PngChunk text = compressed("zTXt", 1000);
    PngFile file = file().before("IDAT", text);
    long exact = text.data().length + 1000L;
    Limits limits = Limits.defaults();
    DecodeOptions enough = DecodeOptions.strict().withLimits(limits.withMaxAncillaryBytes(exact));
    assertThat(read(file, enough).text("k").orElseThrow()).hasSize(1000);
    assertRefused(
        file,
        DecodeOptions.defaults().withLimits(limits.withMaxAncillaryBytes(exact - 1)),
        Limit.ANCILLARY_BYTES);
  }

  /** LodePNG reads no text or profile beyond 16 MiB: codes 112 and 113. */
  @Test
  void beyondSixteenMebibytesLodePngsOwnBoundHolds() {
    DecodeOptions unlimited = DecodeOptions.defaults().withLimits(Limits.unlimited());
    for (String type : List.of("zTXt", "iTXt", "iCCP")) {
      int code = type.equals("iCCP") ? 113 : 112;
      PngFile large = file().before("IDAT", compressed(type, 16 * MEBIBYTE + 1));
      assertThat(read(large, unlimited).warnings())
          .extracting(PngWarning::errorCode)
          .containsExactly(code);
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(() -> read(large, unlimited.withTolerance(Tolerance.STRICT)))
          .satisfies(e -> assertThat(e.errorCode()).isEqualTo(code));
      PngFile most = file().before("IDAT", compressed(type, 16 * MEBIBYTE));
      assertThat(read(most, unlimited).warnings()).isEmpty();
    }
  }

  @Test
  void chunksMemoryInputAndPixelsAreLimitedToo() {
    PngFile file = file().before("IDAT", compressed("zTXt", 100_000));
    Limits limits = Limits.defaults();
    DecodeOptions options = DecodeOptions.defaults();
    assertRefused(file, options.withLimits(limits.withMaxChunks(3)), Limit.CHUNKS);
    assertRefused(file, options.withLimits(limits.withMaxMemoryBytes(50_000)), Limit.MEMORY_BYTES);
    assertRefused(file, options.withLimits(limits.withMaxInputBytes(100)), Limit.INPUT_BYTES);
    assertRefused(file, options.withLimits(limits.withMaxPixels(11)), Limit.PIXELS);
  }

  @Test
  void moreTextThanTheFirstMemoryHoldsIsReadWhole() {
    PngChunk[] texts = new PngChunk[3000];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = PngChunk.of("tEXt", (byte) 'k', (byte) 0, (byte) ('a' + i % 26));
    }
    PngMetadata metadata = read(file().before("IDAT", texts), DecodeOptions.strict());
    assertThat(metadata.texts()).hasSize(3000);
    assertThat(metadata.texts().get(2999).text()).isEqualTo(String.valueOf((char) ('a' + 9)));
  }
}
