package io.github.lodepngffm;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * What a PNG says beside its pixels. {@link Png#readMetadata} reads it; each {@code with} method
 * makes other metadata of it, for a PNG that is to be written. Immutable.
 *
 * <p>Chunks may stand anywhere in the file, also behind the image data; of several of one kind the
 * last counts, but all texts do. What chunk becomes what, in which unit, is in {@code
 * docs/metadata.md}.
 *
 * {@snippet :
 * PngMetadata metadata =
 *     PngMetadata.empty()
 *         .withPhysicalDimensions(PhysicalDimensions.ofDotsPerInch(300))
 *         .withText("Title", "Sunrise");
 * }
 */
public final class PngMetadata {
  private static final int MOST_PALETTE_ENTRIES = 256;
  private static final double MOST_GAMMA = 0xFFFF_FFFFL / 100_000.0;

  private static final PngMetadata EMPTY = new PngMetadata(new MetadataValues());

  private final MetadataValues values;

  private PngMetadata(MetadataValues values) {
    this.values = values;
  }

  /**
   * Metadata that says nothing.
   *
   * @return to be added to
   */
  public static PngMetadata empty() {
    return EMPTY;
  }

  private PngMetadata with(Consumer<MetadataValues> change) {
    MetadataValues changed = values.copy();
    change.accept(changed);
    return new PngMetadata(changed);
  }

  /** This metadata with what is true of the file alone that it was read from. */
  PngMetadata asFound(Animation animation, List<PngWarning> warnings, long warningCount) {
    return with(changed -> {
      changed.animation = animation;
      changed.warnings = List.copyOf(warnings);
      changed.warningCount = warningCount;
    });
  }

  /**
   * The palette: PLTE (PNG, 11.2.2) with the alpha of tRNS (PNG, 11.3.1.1), 255 where tRNS has
   * none, or is damaged and was passed over with a warning. What {@link PixelFormat#INDEXED8} gives
   * are indices into it; an index at or beyond its end stands for opaque black.
   *
   * @return a copy, {@code 0xAARRGGBB} for each entry; empty where the image is not indexed: a PLTE
   *     that only suggests colours is no palette
   */
  public int[] palette() {
    return values.palette.clone();
  }

  /**
   * This metadata with another {@link #palette()}.
   *
   * @param palette {@code 0xAARRGGBB} for each entry, at most 256; empty for none
   * @return new metadata
   * @throws IllegalArgumentException if there are more
   */
  public PngMetadata withPalette(int[] palette) {
    if (palette.length > MOST_PALETTE_ENTRIES) {
      throw new IllegalArgumentException(
          "a palette of " + palette.length + " entries, at most 256");
    }
    return with(changed -> changed.palette = palette.clone());
  }

  /**
   * The colour whose pixels are transparent: tRNS of an image without palette (PNG, 11.3.1.1).
   *
   * @return empty if there is none
   */
  public Optional<TransparentColor> transparentColor() {
    return Optional.ofNullable(values.transparentColor);
  }

  /**
   * {@return this metadata with another {@link #transparentColor()}} What is written to a PNG
   * follows from its pixels instead.
   *
   * @param color null for none
   */
  public PngMetadata withTransparentColor(TransparentColor color) {
    return with(changed -> changed.transparentColor = color);
  }

  /**
   * All texts: tEXt, zTXt and iTXt (PNG, 11.3.3), in the order of the file.
   *
   * @return not to be changed
   */
  public List<PngText> texts() {
    return values.texts;
  }

  /**
   * The first text of a keyword.
   *
   * @param keyword such as {@code Title}, exactly
   * @return its text; empty if there is none
   */
  public Optional<String> text(String keyword) {
    Objects.requireNonNull(keyword, "keyword");
    return values.texts.stream()
        .filter(text -> text.keyword().equals(keyword))
        .map(PngText::text)
        .findFirst();
  }

  /**
   * This metadata with one more text.
   *
   * @param keyword 1 to 79 characters of Latin-1
   * @param text any
   * @return new metadata
   * @throws IllegalArgumentException if that is no keyword
   */
  public PngMetadata withText(String keyword, String text) {
    List<PngText> texts = new ArrayList<>(values.texts);
    texts.add(PngText.of(keyword, text));
    return withTexts(texts);
  }

  /**
   * This metadata with other texts.
   *
   * @param texts all of them, in their order
   * @return new metadata
   */
  public PngMetadata withTexts(List<PngText> texts) {
    List<PngText> copy = List.copyOf(texts);
    return with(changed -> changed.texts = copy);
  }

  /**
   * The exponent that relates samples to the light that they stand for: gAMA (PNG, 11.3.2.2), such
   * as 0.45455.
   *
   * @return 0 to 42949.67295; empty if there is none
   */
  public OptionalDouble gamma() {
    return values.gamma == null ? OptionalDouble.empty() : OptionalDouble.of(values.gamma);
  }

  /**
   * This metadata with another {@link #gamma()}.
   *
   * @param gamma kept to five decimals, as the chunk does
   * @return new metadata
   * @throws IllegalArgumentException if it is negative, over 42949.67295, or no number
   */
  public PngMetadata withGamma(double gamma) {
    if (!(gamma >= 0 && gamma <= MOST_GAMMA)) {
      throw new IllegalArgumentException("gamma is " + gamma + ", must be 0 to " + MOST_GAMMA);
    }
    return with(changed -> changed.gamma = Math.round(gamma * 100_000) / 100_000.0);
  }

  /**
   * What the camera says: eXIf (PNG, 11.3.4.5), without a look inside.
   *
   * @return a copy, from the byte order mark on; empty if there is none
   */
  public Optional<byte[]> exif() {
    return Optional.ofNullable(values.exif).map(byte[]::clone);
  }

  /**
   * This metadata with another {@link #exif()}.
   *
   * @param exif copied; null for none
   * @return new metadata
   */
  public PngMetadata withExif(byte[] exif) {
    return with(changed -> changed.exif = exif == null ? null : exif.clone());
  }

  /** {@return the size or the shape of pixels: pHYs (PNG, 11.3.4.3); empty if there is none} */
  public Optional<PhysicalDimensions> physicalDimensions() {
    return Optional.ofNullable(values.physicalDimensions);
  }

  /**
   * {@return this metadata with another {@link #physicalDimensions()}}
   *
   * @param dimensions null for none
   */
  public PngMetadata withPhysicalDimensions(PhysicalDimensions dimensions) {
    return with(changed -> changed.physicalDimensions = dimensions);
  }

  /** {@return the colour profile, inflated: iCCP (PNG, 11.3.2.3); empty if there is none} */
  public Optional<IccProfile> iccProfile() {
    return Optional.ofNullable(values.iccProfile);
  }

  /**
   * {@return this metadata with another {@link #iccProfile()}}
   *
   * @param profile null for none
   */
  public PngMetadata withIccProfile(IccProfile profile) {
    return with(changed -> changed.iccProfile = profile);
  }

  /**
   * {@return that the colours are sRGB, and what matters most: sRGB (PNG, 11.3.2.5); empty if there
   * is none}
   */
  public Optional<RenderingIntent> renderingIntent() {
    return Optional.ofNullable(values.renderingIntent);
  }

  /**
   * {@return this metadata with another {@link #renderingIntent()}}
   *
   * @param intent null for none
   */
  public PngMetadata withRenderingIntent(RenderingIntent intent) {
    return with(changed -> changed.renderingIntent = intent);
  }

  /** {@return the white point and the primaries: cHRM (PNG, 11.3.2.1); empty if there is none} */
  public Optional<Chromaticities> chromaticities() {
    return Optional.ofNullable(values.chromaticities);
  }

  /**
   * {@return this metadata with another {@link #chromaticities()}}
   *
   * @param chromaticities null for none
   */
  public PngMetadata withChromaticities(Chromaticities chromaticities) {
    return with(changed -> changed.chromaticities = chromaticities);
  }

  /** {@return the colour space by code points: cICP (PNG, 11.3.2.6); empty if there is none} */
  public Optional<CodingIndependentCodePoints> codingIndependentCodePoints() {
    return Optional.ofNullable(values.codingIndependentCodePoints);
  }

  /**
   * {@return this metadata with another {@link #codingIndependentCodePoints()}}
   *
   * @param codePoints null for none
   */
  public PngMetadata withCodingIndependentCodePoints(CodingIndependentCodePoints codePoints) {
    return with(changed -> changed.codingIndependentCodePoints = codePoints);
  }

  /**
   * {@return the display that the image was graded on: mDCV (PNG, 11.3.2.7); empty if there is
   * none}
   */
  public Optional<MasteringDisplay> masteringDisplay() {
    return Optional.ofNullable(values.masteringDisplay);
  }

  /**
   * {@return this metadata with another {@link #masteringDisplay()}}
   *
   * @param display null for none
   */
  public PngMetadata withMasteringDisplay(MasteringDisplay display) {
    return with(changed -> changed.masteringDisplay = display);
  }

  /** {@return how bright the image is: cLLI (PNG, 11.3.2.8); empty if there is none} */
  public Optional<ContentLightLevel> contentLightLevel() {
    return Optional.ofNullable(values.contentLightLevel);
  }

  /**
   * {@return this metadata with another {@link #contentLightLevel()}}
   *
   * @param level null for none
   */
  public PngMetadata withContentLightLevel(ContentLightLevel level) {
    return with(changed -> changed.contentLightLevel = level);
  }

  /** {@return when the image was last modified: tIME (PNG, 11.3.5.1); empty if there is none} */
  public Optional<PngTime> lastModified() {
    return Optional.ofNullable(values.lastModified);
  }

  /**
   * {@return this metadata with another {@link #lastModified()}}
   *
   * @param time null for none
   */
  public PngMetadata withLastModified(PngTime time) {
    return with(changed -> changed.lastModified = time);
  }

  /**
   * {@return what the image would like to be shown on: bKGD (PNG, 11.3.4.1); empty if there is
   * none}
   */
  public Optional<BackgroundColor> background() {
    return Optional.ofNullable(values.background);
  }

  /**
   * {@return this metadata with another {@link #background()}}
   *
   * @param color null for none
   */
  public PngMetadata withBackground(BackgroundColor color) {
    return with(changed -> changed.background = color);
  }

  /**
   * {@return the bits of samples that come from the source: sBIT (PNG, 11.3.2.4); empty if there is
   * none}
   */
  public Optional<SignificantBits> significantBits() {
    return Optional.ofNullable(values.significantBits);
  }

  /**
   * {@return this metadata with another {@link #significantBits()}}
   *
   * @param bits null for none
   */
  public PngMetadata withSignificantBits(SignificantBits bits) {
    return with(changed -> changed.significantBits = bits);
  }

  /**
   * Whether the PNG is animated: acTL before the image data (PNG, 11.3.6.1). Not written.
   *
   * @return empty if it is not, and of metadata that was not read from a file
   */
  public Optional<Animation> animation() {
    return Optional.ofNullable(values.animation);
  }

  /**
   * Damage that was passed over when this was read, at most 16 of it; each chunk that it names is
   * left out.
   *
   * @return in the order of the file; not to be changed
   */
  public List<PngWarning> warnings() {
    return values.warnings;
  }

  /**
   * How many warnings there were.
   *
   * @return {@code warnings().size()}, or more than that
   */
  public long warningCount() {
    return values.warningCount;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PngMetadata metadata && values.all().equals(metadata.values.all());
  }

  @Override
  public int hashCode() {
    return values.all().hashCode();
  }

  @Override
  public String toString() {
    return "PngMetadata" + values.all();
  }
}
