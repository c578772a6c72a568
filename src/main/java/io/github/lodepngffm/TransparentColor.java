package io.github.lodepngffm;

/**
 * The one gray, or the one colour, whose pixels are transparent: the tRNS chunk of an image without
 * palette and alpha channel (PNG, 11.3.1.1). Decoding uses it, where the result has alpha.
 *
 * @param red a sample as the pixels have it, 0 to 65535; of gray all three are the same
 * @param green likewise
 * @param blue likewise
 */
public record TransparentColor(int red, int green, int blue) {}
