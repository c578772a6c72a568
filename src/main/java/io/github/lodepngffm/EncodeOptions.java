package io.github.lodepngffm;

import java.util.Arrays;
import java.util.Objects;

/**
 * How pixels are encoded. Immutable: each {@code with} method returns other options.
 *
 * {@snippet :
 * EncodeOptions archive = EncodeOptions.defaults().withEffort(Effort.SMALL);
 * }
 */
public final class EncodeOptions {
  private static final int MOST_ENTRIES = 256;

  private static final EncodeOptions DEFAULTS =
      new EncodeOptions(
          Effort.BALANCED, false, true, new int[0], PngMetadata.empty(), 1, Limits.defaults());

  private final Effort effort;
  private final boolean interlaced;
  private final boolean reductions;
  private final int[] palette;
  private final PngMetadata metadata;
  private final int parallelism;
  private final Limits limits;

  private EncodeOptions(
      Effort effort,
      boolean interlaced,
      boolean reductions,
      int[] palette,
      PngMetadata metadata,
      int parallelism,
      Limits limits) {
    this.effort = Objects.requireNonNull(effort, "effort");
    this.interlaced = interlaced;
    this.reductions = reductions;
    this.palette = palette;
    this.metadata = Objects.requireNonNull(metadata, "metadata");
    this.parallelism = parallelism;
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * {@link Effort#BALANCED}, not interlaced, with reductions, no palette, no
   * metadata, one thread, {@link Limits#defaults()}.
   *
   * @return the options of every method that has no options
   */
  public static EncodeOptions defaults() {
    return DEFAULTS;
  }

  /**
   * These options with another effort.
   *
   * @param newEffort time for size
   * @return new options
   */
  public EncodeOptions withEffort(Effort newEffort) {
    return new EncodeOptions(
        newEffort, interlaced, reductions, palette, metadata, parallelism, limits);
  }

  /**
   * These options with or without Adam7 interlacing (PNG, 8.2). An interlaced file is larger; it
   * shows a coarse image before it has arrived as a whole.
   *
   * @param newInterlaced whether the PNG is interlaced
   * @return new options
   */
  public EncodeOptions withInterlaced(boolean newInterlaced) {
    return new EncodeOptions(
        effort, newInterlaced, reductions, palette, metadata, parallelism, limits);
  }

  /**
   * These options with or without reductions. With them, what the image does not need is left out:
   * alpha that is opaque everywhere, colours that are gray, the second byte of 16-bit samples that
   * repeat the first; and up to 256 colours become a palette. Nothing is lost: decoding to the
   * pixels' own format gives the same pixels. Without them the PNG has the colour type and the bit
   * depth of the format.
   *
   * @param newReductions whether the PNG may have fewer samples and bits than the pixels
   * @return new options
   */
  public EncodeOptions withReductions(boolean newReductions) {
    return new EncodeOptions(
        effort, interlaced, newReductions, palette, metadata, parallelism, limits);
  }

  /**
   * These options with a palette, which pixels of {@link PixelFormat#INDEXED8} need, and which
   * those of other formats must not have.
   *
   * @param newPalette {@code 0xAARRGGBB} for each index, 1 to 256 of them; or none, for no palette
   * @return new options
   * @throws IllegalArgumentException if there are more than 256
   */
  public EncodeOptions withPalette(int... newPalette) {
    if (newPalette.length > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "a PNG's palette has at most %d entries, not %d"
              .formatted(MOST_ENTRIES, newPalette.length));
    }
    return new EncodeOptions(
        effort, interlaced, reductions, newPalette.clone(), metadata, parallelism, limits);
  }

  /**
   * These options with metadata: what the PNG shall say beside its pixels, such as what {@link
   * Png#readMetadata} has found in another one. Its palette is that of {@link PixelFormat#INDEXED8}
   * pixels for which {@link #withPalette} has said none; its transparent colour is not written,
   * since pixels have alpha. With a background or significant bits, which depend on the colour
   * type, nothing of the pixels is left out.
   *
   * @param newMetadata {@link PngMetadata#empty()} for none
   * @return new options
   */
  public EncodeOptions withMetadata(PngMetadata newMetadata) {
    return new EncodeOptions(
        effort, interlaced, reductions, palette, newMetadata, parallelism, limits);
  }

  /**
   * These options with so many threads for one image. Each works on a strip of rows, about a
   * megabyte of them, four with {@link Effort#SMALL}, so that small images have use for one only.
   * The PNG is the same, byte for byte, whatever the number.
   *
   * @param threads at least 1, the calling thread among them; the others last as long as the call
   * @return new options
   * @throws IllegalArgumentException if the number is not positive
   */
  public EncodeOptions withParallelism(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads: the least is 1, the caller's");
    }
    return new EncodeOptions(
        effort, interlaced, reductions, palette, metadata, threads, limits);
  }

  /**
   * These options with other limits. Those on pixels, output (the bytes of the PNG) and, for each
   * thread, memory hold.
   *
   * @param newLimits what encoding may spend
   * @return new options
   */
  public EncodeOptions withLimits(Limits newLimits) {
    return new EncodeOptions(
        effort, interlaced, reductions, palette, metadata, parallelism, newLimits);
  }

  /**
   * Time for size.
   *
   * @return never null
   */
  public Effort effort() {
    return effort;
  }

  /**
   * Whether the PNG is interlaced.
   *
   * @return true for Adam7
   */
  public boolean interlaced() {
    return interlaced;
  }

  /**
   * Whether the PNG may have fewer samples and bits than the pixels.
   *
   * @return true unless switched off
   */
  public boolean reductions() {
    return reductions;
  }

  /**
   * The palette.
   *
   * @return {@code 0xAARRGGBB} for each index, a copy; empty for none
   */
  public int[] palette() {
    return palette.clone();
  }

  /**
   * What the PNG says beside its pixels.
   *
   * @return never null
   */
  public PngMetadata metadata() {
    return metadata;
  }

  /**
   * How many threads work on one image.
   *
   * @return at least 1
   */
  public int parallelism() {
    return parallelism;
  }

  /**
   * What encoding may spend.
   *
   * @return never null
   */
  public Limits limits() {
    return limits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodeOptions options
        && effort == options.effort
        && interlaced == options.interlaced
        && reductions == options.reductions
        && Arrays.equals(palette, options.palette)
        && metadata.equals(options.metadata)
        && parallelism == options.parallelism
        && limits.equals(options.limits);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        effort,
        interlaced,
        reductions,
        Arrays.hashCode(palette),
        metadata,
        parallelism,
        limits);
  }

  @Override
  public String toString() {
    return "EncodeOptions[effort=%s, interlaced=%s, reductions=%s, palette=%d entries, "
            .formatted(effort, interlaced, reductions, palette.length)
        + "metadata=%s, parallelism=%d, limits=%s]".formatted(metadata, parallelism, limits);
  }
}
