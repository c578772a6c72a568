package io.github.lodepngffm.cli;

import io.github.lodepngffm.PngWarning;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Says what becomes of each file, and in the end of all. Failures go to standard error, everything
 * else to standard output. An output that is null is standard output. Thread-safe.
 */
final class RunReport {
  /** What is said of files that were converted or skipped. */
  enum Style {
    /** Nothing. */
    SILENT,
    /** Only what somebody has to know, on standard error. */
    SHORT,
    /** A line for people. */
    LINES,
    /** A JSON object on a line of its own, for failures, too. */
    JSON
  }

  private final Surroundings surroundings;
  private final Program program;
  private final Style style;
  private final ProgressDisplay progress;
  private final long start = System.nanoTime();
  private long converted;
  private long planned;
  private long failed;
  private long skipped;
  private long cancelled;
  private long bytes;
  private boolean alphaWasNamed;

  /**
   * A report without a word yet.
   *
   * @param progress is told of every file that is done with, and makes way for lines; or null
   */
  RunReport(Surroundings surroundings, Style style, ProgressDisplay progress) {
    this.surroundings = surroundings;
    this.program = surroundings.program();
    this.style = style;
    this.progress = progress;
  }

  synchronized void converted(String input, Path output, Outcome done) {
    converted++;
    bytes += done.bytes();
    step(done.bytes());
    Json object = json(input, nameOf(output), "converted").with(keyOfBytes(), done.bytes());
    if (done.warningCount() > 0) {
      object.with("warnings", done.warningCount());
      warn(input, done);
    }
    String line = input + " -> " + nameOf(output);
    if (done.remark() != null) {
      object.with("remark", done.remark());
      line += ": " + done.remark();
      if (style == Style.SHORT) {
        complain(input + ": " + done.remark());
      }
    }
    say(line, object);
  }

  /** Such as {@code bmpBytes}. */
  private String keyOfBytes() {
    return program.output().toLowerCase(Locale.ROOT) + "Bytes";
  }

  /** Counts nothing: what the headers of an input say. */
  synchronized void examined(String text, Json object) {
    if (style == Style.JSON) {
      print(object);
    } else {
      surroundings.out().print(text);
    }
  }

  /** The damage that was passed over, a line each; alpha, which whole folders may have, once. */
  private void warn(String input, Outcome done) {
    for (PngWarning warning : done.warnings()) {
      if (warning.isAlphaDropped()) {
        warnOfAlpha(input);
        continue;
      }
      complain(input + ": warning: " + warning);
    }
    long more = done.warningCount() - done.warnings().size();
    if (more > 0) {
      complain(input + ": warning: " + more + " more");
    }
  }

  private void warnOfAlpha(String input) {
    if (!alphaWasNamed) {
      complain(
          input
              + ": warning: its transparency is dropped; --format bgra or match keeps it, and"
              + " --background puts the image onto a color (said once)");
    }
    alphaWasNamed = true;
  }

  private void complain(String text) {
    String line = FailureText.oneLine(program.name() + ": " + text);
    if (progress == null) {
      surroundings.err().println(line);
    } else {
      progress.lineAbove(line);
    }
  }

  synchronized void planned(String input, Path output) {
    planned++;
    String name = nameOf(output);
    say("would convert " + input + " -> " + name, json(input, name, "planned"));
  }

  synchronized void skipped(String input, Path output) {
    skipped++;
    step(0);
    String name = nameOf(output);
    say(input + ": skipped, " + name + " exists", json(input, name, "skipped"));
  }

  synchronized void cancelled() {
    cancelled++;
  }

  void failed(String input, PathList.Place place, Throwable e, Path output) {
    failed(input, place, FailureText.code(e), FailureText.reason(e, output));
  }

  /**
   * Counts a failure and names it on standard error.
   *
   * @param place where a list names the input, or null
   * @param code LodePNG's code, or the library's; or null
   */
  synchronized void failed(String input, PathList.Place place, Integer code, String reason) {
    failed++;
    step(0);
    complain((place == null ? "" : place + ": ") + input + ": " + reason);
    if (style == Style.JSON) {
      Json object = new Json().with("input", input).with("status", "failed");
      if (place != null) {
        object.with("list", place.list()).with("line", place.line());
      }
      if (code != null) {
        object.with("code", code);
      }
      print(object.with("error", reason));
    }
  }

  synchronized boolean hasFailures() {
    return failed > 0;
  }

  /** One line about the whole run, on standard error. */
  synchronized void summarize(boolean interrupted) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double megabytes = bytes / 1e6;
    StringBuilder line = new StringBuilder(program.name()).append(": ");
    line.append(interrupted ? "interrupted: " : "");
    if (planned > 0) {
      line.append(planned).append(" to convert, ");
    } else {
      line.append(converted).append(" converted, ");
    }
    line.append(failed).append(" failed, ").append(skipped).append(" skipped");
    line.append(cancelled == 0 ? "" : ", " + cancelled + " cancelled");
    if (planned == 0) {
      line.append(
          String.format(
              Locale.ROOT,
              "; %d bytes of %s in %.1f s (%.0f MB/s)",
              bytes,
              program.output(),
              seconds,
              megabytes / seconds));
    }
    surroundings.err().println(line);
  }

  private void step(long more) {
    if (progress != null) {
      progress.step(more);
    }
  }

  private void say(String line, Json object) {
    switch (style) {
      case SILENT, SHORT -> {}
      case LINES -> surroundings.out().println(FailureText.oneLine(line));
      case JSON -> print(object);
    }
  }

  /** JSON is UTF-8, whatever the locale is. */
  private void print(Json object) {
    surroundings.out().writeBytes((object + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String nameOf(Path output) {
    return output == null ? "standard output" : FileNames.text(output);
  }

  private static Json json(String input, String output, String status) {
    return new Json().with("input", input).with("output", output).with("status", status);
  }
}
