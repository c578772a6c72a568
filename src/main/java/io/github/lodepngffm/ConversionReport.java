package io.github.lodepngffm;

import java.util.List;
import java.util.Objects;

/**
 * What a conversion did.
 *
 * @param bmpBytes the bytes of the BMP
 * @param decodePath the way that the pixels took
 * @param peakMemoryBytes the most native memory that it held at one time, besides PNG and BMP
 * @param warnings damage that was passed over, in the order of the file, that of the image data
 *     last, at most 16; empty unless the options are tolerant
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
}
