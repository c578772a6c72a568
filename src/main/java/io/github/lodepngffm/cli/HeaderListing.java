package io.github.lodepngffm.cli;

import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;

/** {@code --info}: the headers of the inputs. */
final class HeaderListing {
  private final Surroundings surroundings;
  private boolean failed;

  HeaderListing(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Prints all.
   *
   * @return whether nothing failed
   * @throws IOException if the list of files cannot be read
   */
  boolean print(ConversionPlan plan) throws IOException {
    plan.forEach(this::print);
    return !failed;
  }

  private boolean print(PlannedConversion conversion) {
    String name = SingleConversion.nameOf(conversion.name());
    if (conversion.problem() != null) {
      fail(name, conversion.problem());
      return true;
    }
    boolean isStream = conversion.name().equals(SingleConversion.STREAM);
    try (ReadableByteChannel png =
        isStream ? surroundings.inChannel() : Files.newByteChannel(conversion.input())) {
      PngInfo info = HeaderText.read(png);
      boolean isTransparent = TransparencyScan.finds(info, png);
      surroundings.out().print(HeaderText.of(FailureText.oneLine(name), info, isTransparent));
    } catch (IOException | PngException e) {
      fail(name, FailureText.reason(e, null));
    }
    return true;
  }

  private void fail(String name, String reason) {
    failed = true;
    surroundings.err().println(FailureText.oneLine("png2bmp: " + name + ": " + reason));
  }
}
