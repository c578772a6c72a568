package io.github.lodepngffm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lodepngffm.ColorType;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngMetadata;
import io.github.lodepngffm.internal.metadata.MetadataChunks;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;

/**
 * Any chunks in an otherwise sound file: metadata or an exception; and what was read is written so
 * that the same is read again.
 */
class MetadataFuzzTest {
  private static final String[] TYPES = {
    "pHYs", "tEXt", "zTXt", "iTXt", "iCCP", "sRGB", "gAMA", "cHRM", "cICP", "mDCV", "cLLI", "eXIf",
    "tIME", "bKGD", "sBIT", "tRNS", "acTL"
  };
  private static final int[] USUAL_LENGTHS = {1, 3, 4, 6, 7, 8, 9, 24, 32};

  @FuzzTest(maxDuration = "1m")
  void whatIsReadIsWrittenAndReadAgain(FuzzedDataProvider data) {
    PngFormat format = data.pickValue(PngFormat.ALL);
    DecodeOptions options = Choices.decodeOptions(data);
    PngFile file = PngWriter.of(TestImage.random(format, 2, 2, 1)).file();
    for (int chunks = data.consumeInt(1, 4); chunks > 0; chunks--) {
      int at = data.consumeInt(1, file.chunks().size() - 1);
      file = file.insert(at, chunk(data));
    }
    PngMetadata metadata;
    try {
      metadata = Png.readMetadata(MemorySegment.ofArray(file.bytes()), options);
    } catch (PngException e) {
      assertThat(e.errorCode()).isPositive();
      assertThat(e).hasMessageMatching("(?s).{10,}");
      return;
    }
    byte[] again = written(format, metadata);
    PngMetadata found = Png.readMetadata(MemorySegment.ofArray(again), DecodeOptions.strict());
    byte[] third = written(format, found);
    assertThat(third).isEqualTo(again);
    assertThat(found.texts()).isEqualTo(metadata.texts());
    assertThat(found.iccProfile()).isEqualTo(metadata.iccProfile());
    assertThat(found.lastModified()).isEqualTo(metadata.lastModified());
    assertThat(found.physicalDimensions()).isEqualTo(metadata.physicalDimensions());
    assertThat(found.chromaticities()).isEqualTo(metadata.chromaticities());
    assertThat(found.masteringDisplay()).isEqualTo(metadata.masteringDisplay());
    assertThat(found.contentLightLevel()).isEqualTo(metadata.contentLightLevel());
    assertThat(found.gamma()).isEqualTo(metadata.gamma());
    assertThat(found.significantBits()).isEqualTo(metadata.significantBits());
  }

  private static PngChunk chunk(FuzzedDataProvider data) {
    String type = data.pickValue(TYPES);
    int length = data.consumeBoolean() ? data.pickValue(USUAL_LENGTHS) : data.consumeInt(0, 40);
    byte[] bytes = data.consumeBytes(length);
    boolean isCompressed = type.equals("zTXt") || type.equals("iCCP");
    if (isCompressed && data.consumeBoolean()) {
      ByteArrayOutputStream sound = new ByteArrayOutputStream();
      sound.writeBytes(new byte[] {'k', 0, 0});
      sound.writeBytes(PngWriter.compress(bytes, 9));
      bytes = sound.toByteArray();
    }
    return PngChunk.of(type, bytes);
  }

  /** The chunks alone make a file that metadata can be read of, but for its pixels. */
  private static byte[] written(PngFormat format, PngMetadata metadata) {
    PngFile plain = PngWriter.of(TestImage.random(format, 2, 2, 1)).file();
    byte[] png = plain.bytes();
    MetadataChunks chunks =
        MetadataChunks.of(
            metadata, ColorType.of(format.colorType()), format.bitDepth(), metadata.palette());
    int dataAt = plain.borders()[plain.indexOf("IDAT")];
    int headerEnd = plain.borders()[1];
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, headerEnd);
    out.writeBytes(chunks.beforePalette());
    out.write(png, headerEnd, dataAt - headerEnd);
    out.writeBytes(chunks.afterPalette());
    out.write(png, dataAt, png.length - dataAt);
    return out.toByteArray();
  }
}
