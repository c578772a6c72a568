package io.github.lodepngffm.cli;

import io.github.lodepngffm.AsyncConverter;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Many files: puts plan, converter, report and progress together, and takes them apart again. */
final class Batch {
  private final Surroundings surroundings;
  private final RunOptions options;
  private final Conversions conversions;
  private final OutputFolder folder;
  private final BatchRun.Existing existing;

  Batch(
      Surroundings surroundings,
      RunOptions options,
      Conversions conversions,
      OutputFolder folder,
      BatchRun.Existing existing) {
    this.surroundings = surroundings;
    this.options = options;
    this.conversions = conversions;
    this.folder = folder;
    this.existing = existing;
  }

  /**
   * Converts all.
   *
   * @return whether nothing failed
   * @throws IOException if the list of files cannot be read
   */
  boolean run(ConversionPlan plan) throws IOException {
    boolean showsProgress =
        surroundings.terminal().columns() > 0 && !options.quiet && !options.json && !options.dryRun;
    if (!showsProgress) {
      return run(plan, null);
    }
    ProgressDisplay progress = new ProgressDisplay(surroundings);
    Thread counter = Thread.ofVirtual().unstarted(() -> countFor(progress, plan));
    if (plan.isRepeatable()) {
      counter.start();
    }
    try {
      return run(plan, progress);
    } finally {
      counter.interrupt();
    }
  }

  private static void countFor(ProgressDisplay progress, ConversionPlan plan) {
    try {
      long files = plan.count();
      if (!Thread.currentThread().isInterrupted()) {
        progress.total(files);
      }
    } catch (IOException e) {
      return; // the run itself meets the same failure, and reports it
    }
  }

  private boolean run(ConversionPlan plan, ProgressDisplay progress) throws IOException {
    RunReport report = new RunReport(surroundings, style(progress), progress);
    try (Interruption interruption = Interruption.watch()) {
      BooleanSupplier stopped =
          () ->
              interruption.hasArrived()
                  || surroundings.out().readerIsGone()
                  || options.failFast && report.hasFailures();
      BatchRun run = new BatchRun(converter(), conversions, folder, report, existing, stopped);
      try {
        plan.forEach(run);
      } catch (IOException e) {
        if (!interruption.hasArrived()) {
          throw e;
        }
      } finally {
        run.finish();
        if (progress != null) {
          progress.close();
        }
      }
      if (!options.quiet && !surroundings.out().readerIsGone()) {
        report.summarize(interruption.hasArrived());
      }
      return !report.hasFailures() && !interruption.hasArrived();
    }
  }

  private RunReport.Style style(ProgressDisplay progress) {
    if (options.json) {
      return RunReport.Style.JSON;
    }
    if (options.quiet) {
      return RunReport.Style.SILENT;
    }
    return progress != null ? RunReport.Style.SHORT : RunReport.Style.LINES;
  }

  private AsyncConverter converter() {
    if (options.dryRun) {
      return null;
    }
    return AsyncConverter.builder()
        .parallelism(options.jobs)
        .maxInFlightBytes(options.memory)
        .threadNamePrefix(surroundings.program().name())
        .build();
  }
}
