package io.github.lodepngffm.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on the last line of a terminal: files, rate, and when it will be done. Plain characters
 * only, and no control code but the carriage return.
 */
final class ProgressDisplay implements AutoCloseable {
  private static final int REFRESH_MILLISECONDS = 100;

  private final LastLine lastLine;
  private final ProgressBar bar;
  private final long start = System.nanoTime();
  private long bytes;

  ProgressDisplay(Surroundings surroundings) {
    lastLine = new LastLine(surroundings.err(), surroundings.terminal().columns());
    bar =
        new ProgressBarBuilder()
            .setTaskName(surroundings.program().name())
            .setInitialMax(-1) // unknown until somebody has counted
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
            .setConsumer(lastLine)
            .build();
  }

  /** Says how many files there are. */
  void total(long files) {
    bar.maxHint(files);
  }

  /** One more file is done with. */
  void step(long more) {
    bytes += more;
    double seconds = Math.max((System.nanoTime() - start) / 1e9, 1e-3);
    bar.setExtraMessage(String.format(Locale.ROOT, "%.0f MB/s", bytes / 1e6 / seconds));
    bar.step();
  }

  /** Prints a line that stays, above the bar. */
  void lineAbove(String line) {
    lastLine.above(line);
  }

  @Override
  public void close() {
    bar.close();
  }

  /** The bar's thread and the lines above it take turns. */
  private static final class LastLine implements ProgressBarConsumer {
    private final PrintStream terminal;
    private final int columns;
    private int shown;

    LastLine(PrintStream terminal, int columns) {
      this.terminal = terminal;
      this.columns = columns;
    }

    @Override
    public int getMaxRenderedLength() {
      return columns - 1;
    }

    @Override
    public synchronized void accept(String text) {
      show(text);
      shown = text.length();
    }

    synchronized void above(String line) {
      show(line);
      terminal.println();
      shown = 0;
    }

    private void show(String text) {
      terminal.print("\r" + text + " ".repeat(Math.max(shown - text.length(), 0)));
      terminal.flush();
    }

    @Override
    public synchronized void close() {
      terminal.println();
    }
  }
}
