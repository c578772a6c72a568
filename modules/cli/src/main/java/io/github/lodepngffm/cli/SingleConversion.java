package io.github.lodepngffm.cli;

import io.github.lodepngffm.ImageException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** One input to one output, each a file or a standard stream, in the calling thread. */
final class SingleConversion {
  private final Surroundings surroundings;
  private final String input;
  private final Path source;
  private final Path target;

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
    this.source = input.equals(Surroundings.STREAM) ? null : surroundings.resolve(input);
    if (output == null) {
      this.target =
          source == null
              ? null
              : surroundings.directory().resolve(surroundings.program().outputOf(source));
    } else {
      this.target = output.equals(Surroundings.STREAM) ? null : surroundings.resolve(output);
    }
  }

  String name() {
    return Surroundings.nameOf(input);
  }

  boolean writesStandardOutput() {
    return target == null;
  }

  /** Whether it would replace its own input. */
  boolean wouldReplaceInput() throws IOException {
    return source != null
        && target != null
        && Files.exists(source)
        && Files.exists(target)
        && Files.isSameFile(source, target);
  }

  /**
   * Converts, or only rehearses, and reports what came of it.
   *
   * @throws StandardOutputException if that is where the output goes, and cannot be written
   */
  void run(Conversions conversions, BatchRun.Existing existing, boolean rehearsal, RunReport report)
      throws StandardOutputException {
    try {
      if (target != null && Files.exists(target) && existing == BatchRun.Existing.SKIP) {
        report.skipped(name(), target);
        return;
      }
      if (target != null && Files.exists(target) && existing == BatchRun.Existing.FAIL) {
        throw new FileSystemException(
            target.toString(), null, "it exists (--overwrite or -o replaces it)");
      }
      if (rehearsal) {
        rehearse(report);
        return;
      }
      report.converted(name(), target, convert(conversions));
    } catch (StandardOutputException e) {
      throw e;
    } catch (IOException | ImageException | OutOfMemoryError | UnsatisfiedLinkError e) {
      report.failed(name(), null, e, target);
    }
  }

  private void rehearse(RunReport report) throws NoSuchFileException {
    if (source != null && !Files.exists(source)) {
      throw new NoSuchFileException(source.toString());
    }
    report.planned(name(), target);
  }

  private Outcome convert(Conversions conversions) throws IOException {
    if (source != null && target != null) {
      return conversions.convert(source, target);
    }
    try (ReadableByteChannel in =
        source == null ? surroundings.inChannel() : Files.newByteChannel(source)) {
      if (target != null) {
        return conversions.convert(in, target);
      }
      try (WritableByteChannel out = surroundings.outChannel()) {
        return conversions.convert(in, out);
      }
    }
  }
}
