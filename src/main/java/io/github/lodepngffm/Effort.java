package io.github.lodepngffm;

/** How much time an encoder spends on making a PNG smaller. The pixels are the same for all. */
public enum Effort {
  /** Hundreds of megabytes of pixels a second, and more with vector instructions. */
  FAST,
  /** A better choice of filters and a longer search for what repeats: smaller, still fast. */
  BALANCED,
  /**
   * Tries several ways of filtering, and compresses with libdeflate's highest level: a few
   * megabytes a second. For images that are written once and read often.
   */
  SMALL
}
