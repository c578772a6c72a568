package io.github.lodepngffm.internal.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lodepngffm.Chromaticities;
import io.github.lodepngffm.ColorType;
import io.github.lodepngffm.PngMetadata;
import io.github.lodepngffm.PngText;

/**
 * Metadata as chunks that stand ready to be written into a PNG, length and CRC included. What
 * follows from the pixels is not among them: PLTE, tRNS, and that the file is animated.
 *
 * @param beforePalette behind IHDR, before PLTE where there is one (PNG, 5.6): all about colour
 * @param afterPalette behind PLTE, before the first IDAT
 */
public record MetadataChunks(byte[] beforePalette, byte[] afterPalette) {

  /**
   * Makes the chunks.
   *
   * @param metadata what is to be said
   * @param colorType of the file that is written
   * @param bitDepth of that file
   * @param palette of that file, {@code 0xAARRGGBB} for each entry; empty if it has none
   * @return the chunks. A background is scaled to the samples of the file, or looked up in its
   *     palette, and left out where these cannot say it: colour in a gray image, or a colour that
   *     the palette does not have. Significant bits are at most those that the file has
   */
  public static MetadataChunks of(
      PngMetadata metadata, ColorType colorType, int bitDepth, int[] palette) {
    PixelChunks pixels = new PixelChunks(colorType, bitDepth, palette);
    return new MetadataChunks(beforePalette(metadata, pixels), afterPalette(metadata, pixels));
  }

  private static byte[] beforePalette(PngMetadata metadata, PixelChunks pixels) {
    ChunkWriter to = new ChunkWriter();
    metadata
        .codingIndependentCodePoints()
        .ifPresent(points ->
            to.begin("cICP")
                .put8(points.colorPrimaries())
                .put8(points.transferFunction())
                .put8(points.matrixCoefficients())
                .put8(points.isFullRange() ? 1 : 0)
                .end());
    metadata
        .masteringDisplay()
        .ifPresent(display -> {
          Chromaticities at = display.chromaticities();
          double[] values = {
            at.redX(), at.redY(), at.greenX(), at.greenY(),
            at.blueX(), at.blueY(), at.whiteX(), at.whiteY()
          };
          to.begin("mDCV");
          for (double value : values) {
            to.put16(Math.toIntExact(Math.round(value * 50_000)));
          }
          to.putScaled(display.maximumLuminance(), 10_000)
              .putScaled(display.minimumLuminance(), 10_000)
              .end();
        });
    metadata
        .contentLightLevel()
        .ifPresent(level ->
            to.begin("cLLI")
                .putScaled(level.maximum(), 10_000)
                .putScaled(level.maximumFrameAverage(), 10_000)
                .end());
    metadata
        .iccProfile()
        .ifPresent(profile ->
            to.begin("iCCP")
                .put(profile.name().getBytes(ISO_8859_1))
                .put8(0)
                .put8(0) // compressed with deflate
                .putCompressed(profile.bytes())
                .end());
    metadata.renderingIntent().ifPresent(intent -> to.begin("sRGB").put8(intent.ordinal()).end());
    metadata.gamma().ifPresent(gamma -> to.begin("gAMA").putScaled(gamma, 100_000).end());
    metadata
        .chromaticities()
        .ifPresent(at -> {
          double[] values = {
            at.whiteX(), at.whiteY(), at.redX(), at.redY(),
            at.greenX(), at.greenY(), at.blueX(), at.blueY()
          };
          to.begin("cHRM");
          for (double value : values) {
            to.putScaled(value, 100_000);
          }
          to.end();
        });
    metadata.significantBits().ifPresent(bits -> pixels.putSignificantBits(bits, to));
    return to.bytes();
  }

  private static byte[] afterPalette(PngMetadata metadata, PixelChunks pixels) {
    ChunkWriter to = new ChunkWriter();
    metadata.background().ifPresent(background -> pixels.putBackground(background, to));
    metadata
        .physicalDimensions()
        .ifPresent(dimensions ->
            to.begin("pHYs")
                .put32(dimensions.pixelsPerUnitX())
                .put32(dimensions.pixelsPerUnitY())
                .put8(dimensions.unit().ordinal())
                .end());
    metadata.exif().ifPresent(exif -> to.begin("eXIf").put(exif).end());
    metadata
        .lastModified()
        .ifPresent(time ->
            to.begin("tIME")
                .put16(time.year())
                .put8(time.month())
                .put8(time.day())
                .put8(time.hour())
                .put8(time.minute())
                .put8(time.second())
                .end());
    metadata.texts().forEach(text -> putText(text, to));
    return to.bytes();
  }

  private static void putText(PngText text, ChunkWriter to) {
    to.begin(text.chunkType()).put(text.keyword().getBytes(ISO_8859_1)).put8(0);
    if (text.isInternational()) {
      to.put8(text.isCompressed() ? 1 : 0).put8(0); // compressed with deflate, if it is
      to.put(text.languageTag().getBytes(ISO_8859_1)).put8(0);
      to.put(text.translatedKeyword().getBytes(UTF_8)).put8(0);
    } else if (text.isCompressed()) {
      to.put8(0); // with deflate
    }
    byte[] bytes = text.text().getBytes(text.isInternational() ? UTF_8 : ISO_8859_1);
    if (text.isCompressed()) {
      to.putCompressed(bytes);
    } else {
      to.put(bytes);
    }
    to.end();
  }
}
