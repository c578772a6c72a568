package io.github.lodepngffm;

/**
 * What matters most when colours are fitted to a device: the sRGB chunk, which also says that the
 * colours are those of sRGB (PNG, 11.3.2.5). In the order of its values.
 */
public enum RenderingIntent {
  /** That it looks good: for photographs. */
  PERCEPTUAL,
  /** That colours are right, relative to the device's white: for logos. */
  RELATIVE_COLORIMETRIC,
  /** That saturation is kept, rather than hue and lightness: for charts. */
  SATURATION,
  /** That colours are right absolutely: for proofs. */
  ABSOLUTE_COLORIMETRIC
}
