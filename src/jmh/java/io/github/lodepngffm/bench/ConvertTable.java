package io.github.lodepngffm.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The conversion times as text: a block for each picture, then the ratios. */
final class ConvertTable {
  private static final String OURS = "ours";
  private static final List<String> REFERENCES =
      List.of("article", "libdeflate-inflate", "imageio");

  private ConvertTable() {}

  static String of(List<Samples> all) {
    Map<String, Map<String, double[]>> times = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    for (Samples samples : all) {
      Map<String, double[]> byPeer =
          times.computeIfAbsent(samples.item(), name -> new LinkedHashMap<>());
      samples.samples().forEach((peer, more) -> byPeer.merge(peer, more, ConvertTable::joined));
    }
    for (Samples samples : all) {
      if (times.containsKey(samples.item())) {
        picture(text, Pictures.load(samples.item()), times.get(samples.item()), samples.notes());
      }
    }
    ratios(text, times);
    return text.toString();
  }

  private static double[] joined(double[] first, double[] second) {
    double[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static void picture(
      StringBuilder text, Picture picture, Map<String, double[]> times, Map<String, String> notes) {
    line(text, "%n%s (%s)", picture.name(), picture.description());
    line(text, "  %-20s %10s %10s %8s %9s %7s  %s",
        "", "median ms", "least ms", "spread", "MB/s RGB", "rounds", "output");
    times.forEach(
        (peer, nanos) -> {
          double median = Statistics.median(nanos);
          line(text, "  %-20s %10.3f %10.3f %6.1f %% %9.0f %7d  %s",
              peer,
              median / 1e6,
              Statistics.minimum(nanos) / 1e6,
              100 * Statistics.spread(nanos),
              picture.rgbBytes() * 1e3 / median,
              nanos.length,
              notes.get(peer));
        });
  }

  private static void ratios(StringBuilder text, Map<String, Map<String, double[]>> times) {
    line(text, "%nours against (times faster; for the floor: share of its speed)");
    line(text, "  %-12s %10s %10s %10s", "", "article", "floor", "ImageIO");
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    times.forEach(
        (picture, byPeer) -> {
          StringBuilder row = new StringBuilder("  %-12s".formatted(picture));
          for (String reference : REFERENCES) {
            double ratio =
                byPeer.containsKey(reference)
                    ? Statistics.median(
                        Statistics.ratios(byPeer.get(reference), byPeer.get(OURS)))
                    : Double.NaN;
            columns.computeIfAbsent(reference, name -> new ArrayList<>()).add(ratio);
            row.append(String.format(Locale.ROOT, " %10.2f", ratio));
          }
          line(text, "%s", row);
        });
    StringBuilder row = new StringBuilder("  %-12s".formatted("geom. mean"));
    for (String reference : REFERENCES) {
      double[] column = columns.get(reference).stream().mapToDouble(d -> d).toArray();
      row.append(String.format(Locale.ROOT, " %10.2f", Statistics.geometricMean(column)));
    }
    line(text, "%s", row);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
