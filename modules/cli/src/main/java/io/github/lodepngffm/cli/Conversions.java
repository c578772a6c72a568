package io.github.lodepngffm.cli;

import io.github.lodepngffm.AsyncConverter;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** What a program does to one image. Each output is written whole or not at all. */
interface Conversions {
  /** From a file to a file, in the calling thread. */
  Outcome convert(Path input, Path output) throws IOException;

  /** From a stream to a file, in the calling thread. */
  Outcome convert(ReadableByteChannel input, Path output) throws IOException;

  /** From a stream to a stream, in the calling thread. */
  Outcome convert(ReadableByteChannel input, WritableByteChannel output) throws IOException;

  /**
   * From a file to a file, while the caller goes on; waits for room.
   *
   * @param whenDone gets the outcome, or what it failed with
   */
  void submit(
      AsyncConverter converter, Path input, Path output, BiConsumer<Outcome, Throwable> whenDone);
}
