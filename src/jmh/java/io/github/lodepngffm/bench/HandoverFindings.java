package io.github.lodepngffm.bench;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.TextAnchor;

/** What the results say about handing memory over: the article's thesis. */
final class HandoverFindings {
  private static final String SUBSET = "handover";
  private static final String ZERO_COPY = "zero copy";
  private static final String POOLED = "pooled copy";
  private static final String JAVA = "plain Java";
  private static final double MIB = 1 << 20;
  private static final BasicStroke DASHES =
      new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, new float[] {5, 4}, 0);

  private HandoverFindings() {}

  static List<Section> of(Results results) {
    if (results.items(SUBSET).isEmpty()) {
      return List.of();
    }
    return List.of(costs(results), plane(results));
  }

  private static Section costs(Results results) {
    List<Charts.Line> lines = new ArrayList<>();
    for (String way : results.contenders(SUBSET)) {
      List<Charts.Point> points = new ArrayList<>();
      for (String size : results.items(SUBSET)) {
        results
            .find(SUBSET, size, way)
            .ifPresent(s ->
                points.add(
                    new Charts.Point(
                        Double.parseDouble(size) / MIB,
                        s.median() / 1e6,
                        s.lowerQuartile() / 1e6,
                        s.upperQuartile() / 1e6)));
      }
      lines.add(new Charts.Line(way, points));
    }
    Map<String, Double> crossings = crossings(results);
    Charts.Decoration marks =
        new Charts.Decoration(true, plot -> crossings.values().forEach(x -> mark(plot, x)));
    Charts.Axis x = new Charts.Axis("MiB handed over", true, "0.###");
    Charts.Axis y = new Charts.Axis("milliseconds", true, "0.#####");
    Figure figure =
        new Figure(
            "Adding a number to every byte",
            "Whiskers: quartiles. Dashed: " + explanation(crossings) + ".",
            width -> Charts.lines(lines, x, y, width, marks));
    return new Section(
        "What handing memory over costs",
        List.of(
            "The work is as little as can be, one addition a byte, so the way to the data is what"
                + " differs: native memory used where it is, native code on the Java array itself"
                + " (collectors wait meanwhile), a copy to native memory that is kept and back, the"
                + " same with fresh memory each time, and a Java loop without native code."),
        Map.of("handover", figure),
        List.of(ways(results)));
  }

  private static Section.Table ways(Results results) {
    List<String> pictures = results.items("handover-convert");
    List<String> ways = results.contenders("handover-convert");
    List<String> header = new ArrayList<>(ways);
    header.addFirst("a conversion, where PNG and BMP are");
    List<List<String>> rows = new ArrayList<>();
    for (String picture : pictures) {
      List<String> row = new ArrayList<>(List.of(picture));
      for (String way : ways) {
        row.add(
            results
                .find("handover-convert", picture, way)
                .map(s -> Units.text(s.median(), s.unit()))
                .orElse(""));
      }
      rows.add(row);
    }
    return new Section.Table(header, rows);
  }

  /** Where one way overtakes another, by interpolation between the sizes measured, in MiB. */
  private static Map<String, Double> crossings(Results results) {
    Map<String, Double> found = new LinkedHashMap<>();
    for (String way : List.of(ZERO_COPY, POOLED)) {
      double before = Double.NaN;
      double sizeBefore = Double.NaN;
      for (String item : results.items(SUBSET)) {
        double size = Double.parseDouble(item) / MIB;
        double lead = Math.log(results.ratio(SUBSET, item, way, JAVA));
        if (before * lead < 0) {
          double share = before / (before - lead);
          double at = Math.exp(Math.log(sizeBefore) + share * Math.log(size / sizeBefore));
          String winner =
              lead < 0
                  ? way + " becomes faster than " + JAVA
                  : JAVA + " becomes faster than " + way;
          found.put(winner, at);
        }
        before = lead;
        sizeBefore = size;
      }
    }
    return found;
  }

  private static String explanation(Map<String, Double> crossings) {
    if (crossings.isEmpty()) {
      return "nothing, since no way of handing over overtakes the Java loop or falls behind it";
    }
    List<String> parts = new ArrayList<>();
    crossings.forEach((who, at) -> parts.add(who + " at " + Units.text(at * MIB, "bytes")));
    return String.join("; ", parts);
  }

  private static void mark(XYPlot plot, double x) {
    plot.addDomainMarker(new ValueMarker(x, Theme.INK, DASHES));
  }

  /** The article's plane of time and data, with calls of this library where they were measured. */
  private static Section plane(Results results) {
    Map<String, List<Charts.Point>> byCost = new LinkedHashMap<>();
    List<String> names = List.of("copying adds < 10 %", "10 to 100 %", "more than doubles it");
    names.forEach(name -> byCost.put(name, new ArrayList<>()));
    for (String size : results.items(SUBSET)) {
      place(byCost, results, SUBSET, size, ZERO_COPY, POOLED, 2 * Double.parseDouble(size));
    }
    for (Results.PictureFacts picture : results.pictures()) {
      double bytes = picture.pngBytes() + picture.rgbBytes();
      place(byCost, results, "handover-convert", picture.name(), "native, reused", "arrays", bytes);
    }
    List<Charts.Line> clouds = new ArrayList<>();
    byCost.forEach((name, points) -> clouds.add(new Charts.Line(name, points)));
    Charts.Axis x = new Charts.Axis("milliseconds of native work", true, "0.#####", 1e-5, 1000);
    Charts.Axis y = new Charts.Axis("MiB in and out", true, "0.###", 1e-3, 2000);
    Charts.Decoration quadrants =
        new Charts.Decoration(
            false,
            plot -> {
              plot.addDomainMarker(new ValueMarker(1, Theme.INK, DASHES));
              plot.addRangeMarker(new ValueMarker(1, Theme.INK, DASHES));
              corner(plot, 1.3, 1500, "long, much data", TextAnchor.TOP_LEFT);
              corner(plot, 0.7, 1500, "short, much data", TextAnchor.TOP_RIGHT);
              corner(plot, 1.3, 0.0013, "long, little data", TextAnchor.BOTTOM_LEFT);
              corner(plot, 0.7, 0.0013, "short, little data", TextAnchor.BOTTOM_RIGHT);
            });
    Figure figure =
        new Figure(
            "",
            "Each point is a call: additions over 1 KiB and more, conversions of each picture."
                + " Dashed:"
                + " 1 ms and 1 MiB. Colours: what copying in and out would add to the work.",
            width -> Charts.lines(clouds, x, y, width, quadrants));
    return new Section(
        "The quadrants, measured",
        List.of(
            "The article that this library follows sorts native calls by their time and by the data"
                + " that they exchange, and says: the more data for the work, the more copying"
                + " matters. Here calls of this library stand where they were measured."),
        Map.of("quadrants", figure),
        List.of());
  }

  private static void corner(XYPlot plot, double x, double y, String text, TextAnchor anchor) {
    XYTextAnnotation annotation = new XYTextAnnotation(text, x, y);
    annotation.setTextAnchor(anchor);
    annotation.setPaint(Theme.INK);
    annotation.setFont(Charts.font(Figure.NARROW));
    plot.addAnnotation(annotation);
  }

  private static void place(
      Map<String, List<Charts.Point>> byCost,
      Results results,
      String subset,
      String item,
      String direct,
      String copying,
      double bytes) {
    results
        .find(subset, item, direct)
        .ifPresent(series -> {
          double added = results.ratio(subset, item, copying, direct) - 1;
          int group = added < 0.1 ? 0 : added < 1 ? 1 : 2;
          double y = bytes / MIB;
          new ArrayList<>(byCost.values())
              .get(group)
              .add(new Charts.Point(series.median() / 1e6, y, y, y));
        });
  }
}
