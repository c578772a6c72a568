package io.github.lodepngffm.soak;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The memory of the process over time, as a table and as a picture. */
final class MemorySeries {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 300;
  private static final double MIB = 1 << 20;

  /** One moment: resident memory, and what the native library holds of it. */
  private record Sample(double seconds, double residentMib, double nativeMib, long conversions) {}

  private final List<Sample> samples = new ArrayList<>();
  private final long start = System.nanoTime();
  private final LongSupplier conversions;

  MemorySeries(LongSupplier conversions) {
    this.conversions = conversions;
  }

  void sample() throws IOException {
    samples.add(
        new Sample(
            (System.nanoTime() - start) / 1e9,
            residentKibibytes() / 1024.0,
            MemoryCalls.liveBytes() / MIB,
            conversions.getAsLong()));
  }

  private static long residentKibibytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    }
  }

  /** The median of resident memory between two parts of the run, 0 to 1. */
  double residentMib(double from, double to) {
    double[] part =
        samples.subList((int) (from * samples.size()), (int) (to * samples.size())).stream()
            .mapToDouble(Sample::residentMib)
            .sorted()
            .toArray();
    return part[part.length / 2];
  }

  void write(Path directory) throws IOException {
    StringBuilder csv = new StringBuilder("seconds,resident_mib,native_mib,conversions\n");
    for (Sample sample : samples) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%.2f,%.1f,%.1f,%d%n",
              sample.seconds,
              sample.residentMib,
              sample.nativeMib,
              sample.conversions));
    }
    Files.writeString(directory.resolve("memory.csv"), csv);
    Files.writeString(directory.resolve("memory.svg"), svg());
  }

  private String svg() {
    double seconds = samples.getLast().seconds;
    double most = samples.stream().mapToDouble(Sample::residentMib).max().orElse(1);
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif">
        <rect width="100%%" height="100%%" fill="white"/>
        <polyline fill="none" stroke="#0060c0" points="%s"/>
        <polyline fill="none" stroke="#c06000" points="%s"/>
        <text x="8" y="16" fill="#0060c0">resident memory, at most %.0f MiB</text>
        <text x="8" y="34" fill="#c06000">held by the native library</text>
        <text x="%d" y="%d" text-anchor="end">%.0f s</text>
        </svg>
        """,
        WIDTH,
        HEIGHT,
        line(Sample::residentMib, seconds, most),
        line(Sample::nativeMib, seconds, most),
        most,
        WIDTH - 4,
        HEIGHT - 4,
        seconds);
  }

  private String line(ToDoubleFunction<Sample> value, double seconds, double most) {
    StringBuilder points = new StringBuilder();
    for (Sample sample : samples) {
      points.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              sample.seconds / seconds * WIDTH,
              HEIGHT - value.applyAsDouble(sample) / most * (HEIGHT - 50)));
    }
    return points.toString().strip();
  }
}
