package io.github.lodepngffm.cli;

import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;

/** {@code --info}: the headers of the inputs. */
final class HeaderListing {
  private final Surroundings surroundings;
  private final RunReport report;

  HeaderListing(Surroundings surroundings, RunReport report) {
    this.surroundings = surroundings;
    this.report = report;
  }

  /**
   * Prints all.
   *
   * @return whether nothing failed
   * @throws IOException if the list of files cannot be read
   */
  boolean print(ConversionPlan plan) throws IOException {
    plan.forEach(this::print);
    return !report.hasFailures();
  }

  private boolean print(PlannedConversion conversion) {
    String name = Surroundings.nameOf(conversion.name());
    if (conversion.problem() != null) {
      report.failed(name, conversion.place(), null, conversion.problem());
      return true;
    }
    boolean isStream = conversion.name().equals(Surroundings.STREAM);
    try (ReadableByteChannel png =
        isStream ? surroundings.inChannel() : Files.newByteChannel(conversion.input())) {
      PngInfo info = HeaderText.read(png);
      boolean isTransparent = TransparencyScan.finds(info, png);
      report.examined(
          HeaderText.of(FailureText.oneLine(name), info, isTransparent),
          HeaderText.jsonOf(name, info, isTransparent));
    } catch (IOException | PngException | UnsatisfiedLinkError e) {
      report.failed(name, conversion.place(), e, null);
    }
    return !surroundings.out().readerIsGone();
  }
}
