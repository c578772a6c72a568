package io.github.lodepngffm;

/** What kind of BMP is made of an image. */
public enum BmpFormat {
  /**
   * 24 bits a pixel with the 40-byte BITMAPINFOHEADER, which every reader takes. Alpha is dropped.
   * Every image can become one.
   */
  CLASSIC,
  /**
   * 32 bits a pixel, blue, green, red, alpha, with BITMAPV4HEADER and BI_BITFIELDS; with
   * BITMAPV5HEADER and the ICC profile when the PNG has one. Every image can become one. Readers
   * that know only the older headers do not show the alpha, or refuse the file.
   */
  BGRA,
  /** 8 bits a pixel and the palette of the PNG. Only for images with a palette. */
  INDEXED8,
  /**
   * 8 bits a pixel and a palette of 256 grays. Only for images without colour; their alpha is
   * dropped.
   */
  GRAY8,
  /** 1 bit a pixel and a palette of two colours. Only for images of one bit a pixel. */
  BILEVEL,
  /**
   * Of the above the one that keeps most: {@link #BGRA} for what has transparency, {@link #BILEVEL}
   * for 1 bit a pixel, {@link #INDEXED8} for a palette, {@link #GRAY8} for grayscale, else {@link
   * #CLASSIC}.
   */
  MATCH
}
