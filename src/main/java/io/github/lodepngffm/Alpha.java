package io.github.lodepngffm;

/** How the colours of pixels with alpha are stored. */
public enum Alpha {
  /** As in PNG (PNG, 6.2): the colours are independent of alpha. */
  STRAIGHT,
  /**
   * Each colour sample c becomes {@code (c * a + 127) / 255}, at 16 bits {@code (c * a + 32767) /
   * 65535}, rounded down; what Skia, JavaFX ({@code BYTE_BGRA_PRE}) and most compositors work with.
   * Without an alpha sample in the format there is nothing to be stored differently.
   */
  PREMULTIPLIED
}
