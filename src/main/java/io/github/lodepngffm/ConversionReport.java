package io.github.lodepngffm;

import java.util.List;
import java.util.Objects;

/**
 * What a conversion, or decoding, did.
 *
 * @param bmpBytes the bytes of the BMP; of decoding, those of the pixels without what lies between
 *     their rows
 * @param decodePath the way that the pixels took
 * @param peakMemoryBytes the most native memory that it held at one time, besides PNG and result
 * @param warnings damage that was passed over, in the order of the file, that of the image data
 *     last; and whether transparency was dropped. At most 16
 * @param warningCount how many warnings there were, those that {@code warnings} has no room for
 *     included
 */
public record ConversionReport(
    long bmpBytes,
    DecodePath decodePath,
    long peakMemoryBytes,
    List<PngWarning> warnings,
    long warningCount) {

  /** A report with these values. */
  public ConversionReport {
    Objects.requireNonNull(decodePath, "decodePath");
    warnings = List.copyOf(warnings);
  }

  /**
   * The bytes of the result, BMP or pixels: {@link #bmpBytes} under a name that fits both.
   *
   * @return bytes
   */
  public long bytesWritten() {
    return bmpBytes;
  }

  /**
   * Whether the image has an alpha channel, or a tRNS chunk, that the result cannot express, be its
   * pixels all opaque or not. A format with alpha keeps it, and a background makes it visible.
   *
   * @return true if one of the warnings says so
   */
  public boolean alphaDropped() {
    return warnings.stream().anyMatch(PngWarning::isAlphaDropped);
  }
}
