package io.github.lodepngffm;

import java.util.Objects;

/** What a PNG says beside its pixels, so far its palette. Immutable. */
public final class PngMetadata {
  private final int[] palette;

  /**
   * Metadata with this palette.
   *
   * @param palette {@code 0xAARRGGBB} for each entry, at most 256
   */
  PngMetadata(int[] palette) {
    this.palette = Objects.requireNonNull(palette, "palette");
  }

  /**
   * The palette: PLTE (PNG, 11.2.2) with the alpha of tRNS (PNG, 11.3.2.1), 255 where tRNS has
   * none. What {@link PixelFormat#INDEXED8} gives are indices into it; an index at or beyond its
   * end stands for opaque black.
   *
   * @return a copy, {@code 0xAARRGGBB} for each entry; empty where the image is not indexed: a PLTE
   *     that only suggests colours is no palette
   */
  public int[] palette() {
    return palette.clone();
  }
}
