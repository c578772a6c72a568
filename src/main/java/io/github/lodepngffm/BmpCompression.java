package io.github.lodepngffm;

/** How the pixels of a BMP are stored: its field biCompression. */
public enum BmpCompression {
  /** BI_RGB: as they are. */
  RGB,
  /** BI_RLE8: indices of 8 bits, compressed in runs. */
  RLE8,
  /** BI_RLE4: indices of 4 bits, compressed in runs. */
  RLE4,
  /** BI_BITFIELDS: samples where masks say. */
  BITFIELDS,
  /** BI_ALPHABITFIELDS: samples and alpha where masks say. */
  ALPHABITFIELDS,
  /** Pixels of 24 bits, compressed in runs, as OS/2 2.x has it. */
  RLE24
}
