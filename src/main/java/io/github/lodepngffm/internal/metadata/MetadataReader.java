package io.github.lodepngffm.internal.metadata;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.lodepngffm.Animation;
import io.github.lodepngffm.BackgroundColor;
import io.github.lodepngffm.Chromaticities;
import io.github.lodepngffm.CodingIndependentCodePoints;
import io.github.lodepngffm.ContentLightLevel;
import io.github.lodepngffm.IccProfile;
import io.github.lodepngffm.MasteringDisplay;
import io.github.lodepngffm.PhysicalDimensions;
import io.github.lodepngffm.PngMetadata;
import io.github.lodepngffm.PngText;
import io.github.lodepngffm.PngTime;
import io.github.lodepngffm.RenderingIntent;
import io.github.lodepngffm.SignificantBits;
import io.github.lodepngffm.TransparentColor;
import io.github.lodepngffm.internal.ffm.PngMetadataCalls.Chunk;
import io.github.lodepngffm.internal.ffm.PngMetadataCalls.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * From chunks to the values that they stand for. Native code has checked lengths and values; what
 * it lets pass, the values' constructors take.
 */
public final class MetadataReader {
  private static final int PALETTE = 3;

  private final Listing listing;
  private final List<PngText> texts = new ArrayList<>();
  private PngMetadata metadata;
  private Animation animation;

  private MetadataReader(Listing listing) {
    this.listing = listing;
    this.metadata = PngMetadata.empty().withPalette(listing.palette());
  }

  /**
   * What chunks say.
   *
   * @param metadata all of it but the animation
   * @param animation null if there is none
   */
  public record Found(PngMetadata metadata, Animation animation) {}

  /**
   * Reads chunks.
   *
   * @param listing what native code has found, views of which are valid
   * @return copies
   */
  public static Found read(Listing listing) {
    MetadataReader reader = new MetadataReader(listing);
    reader.takeKey(listing.key());
    listing.chunks().forEach(reader::take);
    return new Found(reader.metadata.withTexts(reader.texts), reader.animation);
  }

  private void takeKey(int[] key) {
    if (key.length != 0) {
      metadata = metadata.withTransparentColor(new TransparentColor(key[0], key[1], key[2]));
    }
  }

  private void take(Chunk chunk) {
    ChunkData data = new ChunkData(chunk.data());
    switch (chunk.type()) {
      case "tEXt", "zTXt" -> texts.add(text(chunk, data));
      case "iTXt" -> texts.add(internationalText(chunk, data));
      case "acTL" -> animation = new Animation(data.unsigned32(0), data.unsigned32(4));
      default -> metadata = with(chunk, data);
    }
  }

  private PngMetadata with(Chunk chunk, ChunkData data) {
    return switch (chunk.type()) {
      case "pHYs" ->
          metadata.withPhysicalDimensions(
              new PhysicalDimensions(
                  data.unsigned32(0),
                  data.unsigned32(4),
                  PhysicalDimensions.Unit.values()[data.unsigned8(8)]));
      case "iCCP" ->
          metadata.withIccProfile(
              new IccProfile(data.text(0, ISO_8859_1), chunk.inflated().toArray(JAVA_BYTE)));
      case "sRGB" -> metadata.withRenderingIntent(RenderingIntent.values()[data.unsigned8(0)]);
      case "gAMA" -> metadata.withGamma(data.unsigned32(0) / 100_000.0);
      case "cHRM" -> metadata.withChromaticities(chromaticities(data));
      case "cICP" ->
          metadata.withCodingIndependentCodePoints(
              new CodingIndependentCodePoints(
                  data.unsigned8(0), data.unsigned8(1), data.unsigned8(2), data.unsigned8(3) != 0));
      case "mDCV", "mDCv" -> metadata.withMasteringDisplay(masteringDisplay(data));
      case "cLLI", "cLLi" ->
          metadata.withContentLightLevel(
              new ContentLightLevel(data.unsigned32(0) / 10_000.0, data.unsigned32(4) / 10_000.0));
      case "eXIf" -> metadata.withExif(chunk.data().toArray(JAVA_BYTE));
      case "tIME" ->
          metadata.withLastModified(
              new PngTime(
                  data.unsigned16(0),
                  data.unsigned8(2),
                  data.unsigned8(3),
                  data.unsigned8(4),
                  data.unsigned8(5),
                  data.unsigned8(6)));
      case "bKGD" -> metadata.withBackground(background(data));
      case "sBIT" -> metadata.withSignificantBits(significantBits(data));
      default -> throw new IllegalStateException("nobody asked for a chunk " + chunk.type());
    };
  }

  private static PngText text(Chunk chunk, ChunkData data) {
    String keyword = data.text(0, ISO_8859_1);
    boolean isCompressed = chunk.inflated() != null;
    String text =
        isCompressed
            ? ChunkData.latin1(chunk.inflated())
            : ChunkData.latin1(data.from(keyword.length() + 1L));
    return new PngText(keyword, text, false, isCompressed, "", "");
  }

  private static PngText internationalText(Chunk chunk, ChunkData data) {
    String keyword = data.text(0, ISO_8859_1);
    long languageAt = keyword.length() + 3L; // behind the zero, and two bytes about compression
    long translationAt = data.endOfText(languageAt) + 1;
    long textAt = data.endOfText(translationAt) + 1;
    boolean isCompressed = chunk.inflated() != null;
    return new PngText(
        keyword,
        ChunkData.utf8(isCompressed ? chunk.inflated() : data.from(textAt)),
        true,
        isCompressed,
        data.text(languageAt, ISO_8859_1),
        ChunkData.utf8(data.textBytes(translationAt)));
  }

  private static Chromaticities chromaticities(ChunkData data) {
    double[] values = new double[8];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.unsigned32(4L * i) / 100_000.0;
    }
    return new Chromaticities(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
  }

  /** Red, green and blue come before white here. */
  private static MasteringDisplay masteringDisplay(ChunkData data) {
    double[] values = new double[8];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.unsigned16(2L * i) / 50_000.0;
    }
    return new MasteringDisplay(
        new Chromaticities(
            values[6], values[7], values[0], values[1], values[2], values[3], values[4], values[5]),
        data.unsigned32(16) / 10_000.0,
        data.unsigned32(20) / 10_000.0);
  }

  private BackgroundColor background(ChunkData data) {
    if (listing.colorType() == PALETTE) {
      int index = data.unsigned8(0);
      int[] palette = listing.palette(); // which a later PLTE may have made shorter
      int color = index < palette.length ? palette[index] : 0;
      return new BackgroundColor(
          color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF, 8, OptionalInt.of(index));
    }
    int red = data.unsigned16(0);
    boolean isGray = data.size() == 2;
    return new BackgroundColor(
        red,
        isGray ? red : data.unsigned16(2),
        isGray ? red : data.unsigned16(4),
        listing.bitDepth(),
        OptionalInt.empty());
  }

  private static SignificantBits significantBits(ChunkData data) {
    int red = data.unsigned8(0);
    boolean isGray = data.size() <= 2;
    boolean hasAlpha = data.size() % 2 == 0;
    return new SignificantBits(
        red,
        isGray ? red : data.unsigned8(1),
        isGray ? red : data.unsigned8(2),
        hasAlpha ? data.unsigned8(data.size() - 1) : 0);
  }
}
