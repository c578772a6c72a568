package io.github.lodepngffm.bench;

/** What a {@link Peer} can be asked to do with a PNG in memory. */
public enum Work {
  /** PNG to 24-bit BMP, both in memory. */
  CONVERT,
  /** PNG to pixels in whatever form the peer likes best. */
  DECODE,
  /** Inflating the image data and nothing else: the floor under every decoder. */
  INFLATE
}
