package io.github.lodepngffm.cli;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.PngException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Takes planned conversions one at a time, and converts several at one time. The converter makes it
 * wait when there is no room; nothing is queued here.
 */
final class BatchRun implements PlannedConversion.Taker {
  /** What happens where there already is a file. */
  enum Existing {
    FAIL,
    SKIP,
    REPLACE
  }

  private final AsyncConverter converter;
  private final Conversions conversions;
  private final OutputFolder folder;
  private final RunReport report;
  private final Existing existing;
  private final BooleanSupplier stopped;
  private final ClaimedOutputs claimed = new ClaimedOutputs();
  private final Phaser unfinished = new Phaser(1);

  /**
   * A run that has not begun.
   *
   * @param converter where conversions go; null makes it a rehearsal, in which nothing is written
   * @param stopped whether nothing more is to be begun
   */
  BatchRun(
      AsyncConverter converter,
      Conversions conversions,
      OutputFolder folder,
      RunReport report,
      Existing existing,
      BooleanSupplier stopped) {
    this.converter = converter;
    this.conversions = conversions;
    this.folder = folder;
    this.report = report;
    this.existing = existing;
    this.stopped = stopped;
  }

  @Override
  public boolean take(PlannedConversion conversion) {
    if (stopped.getAsBoolean()) {
      return false;
    }
    if (conversion.problem() != null) {
      report.failed(conversion.name(), conversion.place(), null, conversion.problem());
      return true;
    }
    Path output = null;
    try {
      output = folder.resolve(conversion.relativeOutput());
      if (!isFree(conversion, output)) {
        return true;
      }
      if (converter == null) {
        rehearse(conversion, output);
        return true;
      }
      folder.makeDirectoriesFor(output);
      submit(conversion, output);
      return true;
    } catch (ClosedByInterruptException | RejectedExecutionException e) {
      return false; // interrupted at a file, or while it waited for room
    } catch (IOException | RuntimeException e) { // whatever is wrong with one ends not all
      report.failed(conversion.name(), conversion.place(), e, output);
      return true;
    }
  }

  private boolean isFree(PlannedConversion conversion, Path output) throws IOException {
    if (!claimed.add(output)) {
      throw new FileSystemException(
          output.toString(), null, "another input of this run has the same output");
    }
    if (!Files.exists(output)) {
      return true;
    }
    switch (existing) {
      case SKIP -> {
        report.skipped(conversion.name(), output);
        return false;
      }
      case FAIL ->
          throw new FileSystemException(
              output.toString(),
              null,
              "it exists (--overwrite replaces it, --skip-existing keeps it)");
      case REPLACE -> {
        if (Files.exists(conversion.input()) && Files.isSameFile(output, conversion.input())) {
          throw new FileSystemException(output.toString(), null, "it is the input itself");
        }
      }
    }
    return true;
  }

  private void rehearse(PlannedConversion conversion, Path output) throws IOException {
    if (!Files.exists(conversion.input())) {
      throw new NoSuchFileException(conversion.input().toString());
    }
    report.planned(conversion.name(), output);
  }

  private void submit(PlannedConversion conversion, Path output) {
    unfinished.register();
    boolean submitted = false;
    try {
      conversions.submit(
          converter,
          conversion.input(),
          output,
          (done, failure) -> finished(conversion, output, done, failure));
      submitted = true;
    } finally {
      if (!submitted) {
        unfinished.arriveAndDeregister();
      }
    }
  }

  private void finished(
      PlannedConversion conversion, Path output, Outcome done, Throwable failure) {
    try {
      if (failure == null) {
        report.converted(conversion.name(), output, done);
      } else if (isCancellation(failure)) {
        report.cancelled();
      } else {
        report.failed(conversion.name(), conversion.place(), failure, output);
      }
    } finally {
      unfinished.arriveAndDeregister();
    }
  }

  private static boolean isCancellation(Throwable failure) {
    return failure instanceof CancellationException
        || failure instanceof ClosedByInterruptException // while it read the header
        || failure instanceof PngException e && e.kind() == PngException.Kind.CANCELLED;
  }

  /** Returns when nothing is being converted any more. What is stopped is cancelled first. */
  void finish() {
    if (converter == null) {
      return;
    }
    if (stopped.getAsBoolean()) {
      Thread.currentThread().interrupt(); // makes close() cancel what is going on
    }
    converter.close();
    Thread.interrupted(); // nobody else is to see it
    unfinished.arriveAndAwaitAdvance();
  }
}
