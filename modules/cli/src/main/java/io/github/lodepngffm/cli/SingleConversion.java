package io.github.lodepngffm.cli;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** One PNG to one BMP, each a file or a standard stream, in the calling thread. */
final class SingleConversion {
  private final Surroundings surroundings;
  private final String input;
  private final Path png;
  private final Path bmp;

  /**
   * A conversion that has not begun.
   *
   * @param input a path, or {@link Surroundings#STREAM}
   * @param output a path, or {@link Surroundings#STREAM}, or null for what {@code --help} says
   * @throws java.nio.file.InvalidPathException if nothing can be called like one of them
   */
  SingleConversion(Surroundings surroundings, String input, String output) {
    this.surroundings = surroundings;
    this.input = input;
    this.png = input.equals(Surroundings.STREAM) ? null : surroundings.resolve(input);
    if (output == null) {
      this.bmp = png == null ? null : surroundings.directory().resolve(BmpNames.of(png));
    } else {
      this.bmp = output.equals(Surroundings.STREAM) ? null : surroundings.resolve(output);
    }
  }

  String name() {
    return Surroundings.nameOf(input);
  }

  boolean writesStandardOutput() {
    return bmp == null;
  }

  /** Whether it would replace its own input. */
  boolean wouldReplaceInput() throws IOException {
    return png != null
        && bmp != null
        && Files.exists(png)
        && Files.exists(bmp)
        && Files.isSameFile(png, bmp);
  }

  /**
   * Converts, or only rehearses, and reports what came of it.
   *
   * @throws StandardOutputException if that is where the BMP goes, and cannot be written
   */
  void run(ConvertOptions options, BatchRun.Existing existing, boolean rehearsal, RunReport report)
      throws StandardOutputException {
    try {
      if (bmp != null && Files.exists(bmp) && existing == BatchRun.Existing.SKIP) {
        report.skipped(name(), bmp);
        return;
      }
      if (bmp != null && Files.exists(bmp) && existing == BatchRun.Existing.FAIL) {
        throw new FileSystemException(
            bmp.toString(), null, "it exists (--overwrite or -o replaces it)");
      }
      if (rehearsal) {
        rehearse(report);
        return;
      }
      report.converted(name(), bmp, convert(options));
    } catch (StandardOutputException e) {
      throw e;
    } catch (IOException | PngException | OutOfMemoryError | UnsatisfiedLinkError e) {
      report.failed(name(), null, e, bmp);
    }
  }

  private void rehearse(RunReport report) throws NoSuchFileException {
    if (png != null && !Files.exists(png)) {
      throw new NoSuchFileException(png.toString());
    }
    report.planned(name(), bmp);
  }

  private ConversionReport convert(ConvertOptions options) throws IOException {
    if (png != null && bmp != null) {
      return Png.convert(png, bmp, options);
    }
    try (ReadableByteChannel source =
        png == null ? surroundings.inChannel() : Files.newByteChannel(png)) {
      if (bmp != null) {
        return Png.convert(source, bmp, options);
      }
      try (WritableByteChannel target = surroundings.outChannel()) {
        return Png.convert(source, target, options);
      }
    }
  }
}
