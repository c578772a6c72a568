package io.github.lodepngffm.cli;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Png;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** One PNG to one BMP, each a file or a standard stream. */
final class SingleConversion {
  /** Stands for standard input, and for standard output. */
  static final String STREAM = "-";

  private final Surroundings surroundings;
  private final String input;
  private final Path output;

  /**
   * A conversion that has not begun.
   *
   * @param input a path, or {@link #STREAM}
   * @param output what to write; null is standard output
   */
  SingleConversion(Surroundings surroundings, String input, Path output) {
    this.surroundings = surroundings;
    this.input = input;
    this.output = output;
  }

  /** How messages name the input. */
  static String nameOf(String input) {
    return input.equals(STREAM) ? "standard input" : input;
  }

  /** The input as a channel; closing that of standard input closes it for the process. */
  static ReadableByteChannel open(Surroundings surroundings, String input) throws IOException {
    return input.equals(STREAM)
        ? Channels.newChannel(surroundings.in())
        : FileChannel.open(surroundings.directory().resolve(input));
  }

  /** Whether it would replace its own input. */
  boolean wouldReplaceInput() throws IOException {
    if (input.equals(STREAM) || output == null || !Files.exists(output)) {
      return false;
    }
    Path file = surroundings.directory().resolve(input);
    return Files.exists(file) && Files.isSameFile(file, output);
  }

  void run(ConvertOptions options) throws IOException {
    if (output != null && !input.equals(STREAM)) {
      Png.toBmp(surroundings.directory().resolve(input), output, options);
      return;
    }
    try (ReadableByteChannel png = open(surroundings, input)) {
      if (output != null) {
        Png.toBmp(png, output, options);
      } else {
        try (WritableByteChannel bmp = Channels.newChannel(surroundings.binaryOut())) {
          Png.toBmp(png, bmp, options);
        }
      }
    }
  }
}
