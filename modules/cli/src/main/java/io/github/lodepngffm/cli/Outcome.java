package io.github.lodepngffm.cli;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.PngWarning;
import java.util.List;

/**
 * What became of an image that was converted.
 *
 * @param bytes of the output
 * @param warnings what is to be said of it
 * @param warningCount how many there were, those that are not in the list included
 * @param remark what else there is to say of it, or null
 */
record Outcome(long bytes, List<PngWarning> warnings, long warningCount, String remark) {
  static Outcome of(ConversionReport report) {
    return new Outcome(report.bytesWritten(), report.warnings(), report.warningCount(), null);
  }
}
