package io.github.lodepngffm.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as text: a block for each item of each question, then how ours relates to others. */
final class TextTable {
  private static final List<String> REFERENCES = List.of("article", Results.FLOOR, "imageio");

  private final Results results;
  private final StringBuilder text = new StringBuilder();

  private TextTable(Results results) {
    this.results = results;
  }

  static String of(Results results) {
    TextTable table = new TextTable(results);
    results.series().stream().map(Series::subset).distinct().forEach(table::subset);
    table.absent();
    table.ratios();
    table.pixels();
    return table.text.toString();
  }

  private void subset(String subset) {
    for (String item : results.items(subset)) {
      line("%n%s: %s", subset, item);
      line("  %-28s %12s %12s %8s %8s  %s", "", "median", "least", "spread", "samples", "");
      for (Series series : results.subset(subset)) {
        if (series.item().equals(item)) {
          line(
              "  %-28s %12s %12s %6.1f %% %8d  %s",
              series.contender(),
              Units.text(series.median(), series.unit()),
              Units.text(series.minimum(), series.unit()),
              100 * series.spread(),
              series.samples().length,
              series.note());
        }
      }
    }
  }

  private void absent() {
    results.absent().forEach((peer, reason) -> line("absent: %s: %s", peer, reason));
  }

  private void ratios() {
    List<String> pictures = results.items("convert");
    if (pictures.isEmpty()) {
      return;
    }
    line("%nours against the article's code and ImageIO (times faster), and as a share of the");
    line("speed of inflate alone, which is the floor; medians of the ratios within rounds");
    line("  %-18s %10s %10s %10s", "", "article", "floor", "ImageIO");
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    REFERENCES.forEach(reference -> columns.put(reference, new ArrayList<>()));
    for (String picture : pictures) {
      StringBuilder row = new StringBuilder("  %-18s".formatted(picture));
      for (String reference : REFERENCES) {
        double ratio = results.ratio("convert", picture, reference, Results.OURS);
        columns.get(reference).add(ratio);
        row.append(String.format(Locale.ROOT, " %10.2f", ratio));
      }
      line("%s", row);
    }
    StringBuilder row = new StringBuilder("  %-18s".formatted("geometric mean"));
    for (List<Double> column : columns.values()) {
      double[] values = column.stream().mapToDouble(d -> d).toArray();
      row.append(String.format(Locale.ROOT, " %10.2f", Statistics.geometricMean(values)));
    }
    line("%s", row);
  }

  private void pixels() {
    List<String> pictures =
        results.items("decode").stream()
            .filter(picture -> results.find("decode", picture, Results.OUR_PIXELS).isPresent())
            .toList();
    if (pictures.isEmpty()) {
      return;
    }
    line("%ntime of our decoding into RGBA as a share of that into the rows of a BMP");
    for (String picture : pictures) {
      double ratio = results.ratio("decode", picture, Results.OUR_PIXELS, Results.OURS);
      line("  %-18s %10.2f", picture, ratio);
    }
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
