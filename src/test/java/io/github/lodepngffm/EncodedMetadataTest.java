package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.EncodedPixels;
import io.github.lodepngffm.testkit.EncodedPixels.Kind;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a PNG says beside its pixels is read from the one that was written. */
class EncodedMetadataTest {
  private static final PngMetadata SAID =
      PngMetadata.empty()
          .withText("Title", "Grüße")
          .withGamma(0.45455)
          .withExif(new byte[] {'I', 'I', '*', 0, 8, 0, 0, 0})
          .withLastModified(new PngTime(2026, 11, 24, 12, 30, 0))
          .withRenderingIntent(RenderingIntent.values()[0])
          .withPhysicalDimensions(PhysicalDimensions.ofDotsPerInch(300));

  private static Pixels pixels(PixelFormat format, Kind kind, Arena arena) {
    return EncodedPixels.of(kind, format, 60, 50, 0, new Random(6), arena);
  }

  private static void saysAllOf(PngMetadata said, MemorySegment png) {
    PngMetadata read = Png.readMetadata(png);
    assertThat(read.warnings()).isEmpty();
    assertThat(read.texts()).isEqualTo(said.texts());
    assertThat(read.gamma()).isEqualTo(said.gamma());
    assertThat(read.exif().orElseThrow()).isEqualTo(said.exif().orElseThrow());
    assertThat(read.lastModified()).isEqualTo(said.lastModified());
    assertThat(read.renderingIntent()).isEqualTo(said.renderingIntent());
    assertThat(read.physicalDimensions()).isEqualTo(said.physicalDimensions());
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatTakesMetadataAlong(PixelFormat format) {
    try (Arena arena = Arena.ofConfined()) {
      EncodeOptions options = EncodeOptions.defaults().withMetadata(SAID);
      int[] palette = new Random(7).ints(256).toArray();
      options = format == PixelFormat.INDEXED8 ? options.withPalette(palette) : options;
      Pixels pixels = pixels(format, Kind.NOISE, arena);
      MemorySegment png = Png.encode(pixels, arena, options);
      assertThat(png.byteSize()).isLessThanOrEqualTo(Png.maxEncodedBytes(pixels, options));
      saysAllOf(SAID, png);
    }
  }

  @Test
  void reductionsGoTogetherWithMetadataButForABackground() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Pixels opaque = pixels(PixelFormat.RGBA8, Kind.OPAQUE, arena);
      EncodeOptions options = EncodeOptions.defaults().withMetadata(SAID);
      MemorySegment reduced = Png.encode(opaque, arena, options);
      assertThat(Png.readInfo(reduced).colorType()).isEqualTo(ColorType.TRUECOLOR);
      PngMetadata withBackground = SAID.withBackground(BackgroundColor.ofRgb(1, 2, 3));
      MemorySegment kept = Png.encode(opaque, arena, options.withMetadata(withBackground));
      assertThat(Png.readInfo(kept).colorType()).isEqualTo(ColorType.TRUECOLOR_ALPHA);
      assertThat(Png.readMetadata(kept).background()).hasValue(BackgroundColor.ofRgb(1, 2, 3));
      assertThat(ImageIoDecoder.rgba16(kept.toArray(ValueLayout.JAVA_BYTE)))
          .isEqualTo(EncodedPixels.rgba16(opaque));
    }
  }

  @Test
  void indicesAreWrittenWithThePaletteThatWasRead() {
    try (Arena arena = Arena.ofConfined()) {
      Pixels indices = pixels(PixelFormat.INDEXED8, Kind.NOISE, arena);
      int[] palette = new Random(8).ints(256).toArray();
      EncodeOptions options = EncodeOptions.defaults().withPalette(palette).withMetadata(SAID);
      MemorySegment first = Png.encode(indices, arena, options);
      Pixels again = Png.decode(first, PixelFormat.INDEXED8, arena);
      PngMetadata read = Png.readMetadata(first);
      MemorySegment second =
          Png.encode(again, arena, EncodeOptions.defaults().withMetadata(read));
      assertThat(second.mismatch(first)).isEqualTo(-1);
      assertThat(Png.readMetadata(second)).isEqualTo(read);
    }
  }

  @Test
  void rowsInBandsTakeMetadataAlong() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EncodeOptions options = EncodeOptions.defaults().withMetadata(SAID);
    try (Arena arena = Arena.ofConfined();
        PngWriter writer =
            Png.create(Channels.newChannel(bytes), 60, 50, PixelFormat.GRAY16, options)) {
      writer.writeRows(pixels(PixelFormat.GRAY16, Kind.SMOOTH, arena));
      saysAllOf(SAID, MemorySegment.ofArray(bytes.toByteArray()));
    }
  }
}
