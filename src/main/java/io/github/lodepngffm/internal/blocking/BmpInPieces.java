package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.ffm.PngCalls;
import io.github.lodepngffm.internal.files.FileConversion;
import io.github.lodepngffm.internal.files.PngWindow;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** From a large file to a large file, neither of which is ever in memory as a whole. */
public final class BmpInPieces {
  private BmpInPieces() {}

  /**
   * Converts, if both files are large, and nothing needs the whole of one.
   *
   * @param png the file to read
   * @param bmp the file to write, whole or not at all
   * @param options how it is done
   * @return what it did; empty if nothing has happened
   * @throws IOException if a file cannot be read or written
   */
  public static Optional<ConversionReport> convert(Path png, Path bmp, ConvertOptions options)
      throws IOException {
    if (!Files.isRegularFile(png)
        || Files.size(png) < PngBmpBanding.LEAST_PNG_BYTES
        || !FileConversion.takesParts(bmp)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(png, StandardOpenOption.READ);
        PngWindow window = new PngWindow(channel, options.limits(), PngCalls.HEADER_BYTES)) {
      long bytes = channel.size();
      PngBmpCalls.requireInputBytes(bytes, options.limits());
      if (!PngBmpBanding.paysInPieces(PngCalls.readInfo(window.segment()), bytes, options)) {
        return Optional.empty();
      }
      return FileConversion.writeParts(
          bmp, parts -> PngBmpBanding.convert(window, bytes, options, parts::write));
    } catch (PngException e) {
      if (e.kind() == PngException.Kind.MALFORMED) { // the header
        return Optional.empty();
      }
      throw e;
    }
  }
}
