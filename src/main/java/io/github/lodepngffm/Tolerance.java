package io.github.lodepngffm;

/** What a conversion makes of a damaged file. */
public enum Tolerance {
  /** Any damage that LodePNG sees is an error, wherever in the file. */
  STRICT,
  /**
   * Damage beside the pixels is passed over with a {@link PngWarning}: ancillary chunks (PNG, 5.3)
   * that the result does not need are left out, and the end of the file may be missing once the
   * image data is complete. Damage to the pixels is an error, and so is that of a tRNS chunk where
   * the result has alpha or is put onto a background. {@code Png.readMetadata} leaves out whatever
   * ancillary chunk is damaged. The default.
   */
  ANCILLARY_DAMAGE,
  /**
   * As {@link #ANCILLARY_DAMAGE}; and image data that ends early, or from some point on cannot be
   * inflated, gives the rows that it has, with a {@link PngWarning}, the other pixels being black.
   * A block that is stored without compression (RFC 1951, 3.2.4), up to 64 KiB, counts only if it
   * is whole. It is still an error if there is no data at all, or a whole IDAT chunk has a wrong
   * checksum.
   */
  TRUNCATED_DATA
}
