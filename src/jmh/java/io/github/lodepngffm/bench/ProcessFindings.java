package io.github.lodepngffm.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the results say about many conversions at one time, about starting, and about memory. */
final class ProcessFindings {
  private ProcessFindings() {}

  static List<Section> of(Results results) {
    List<Section> sections = new ArrayList<>();
    if (!results.items("async").isEmpty()) {
      sections.add(workers(results));
    }
    if (!results.items("memory-resident").isEmpty()) {
      sections.add(memory(results));
    }
    if (!results.items("startup").isEmpty()) {
      sections.add(startup(results));
    }
    return sections;
  }

  private static Section workers(Results results) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put(
        "async",
        new Figure(
            "Conversions a second",
            "Whiskers: quartiles over batches.",
            width ->
                Charts.lines(
                    lines(results, "async"),
                    new Charts.Axis("native calls at one time", false, "0"),
                    new Charts.Axis("conversions a second", false, "0"),
                    width,
                    Charts.Decoration.PLAIN)));
    figures.put(
        "async-lateness",
        new Figure(
            "How late a ticker runs meanwhile",
            "A virtual thread that wants to run every millisecond: of 100 ticks the latest but"
                + " one.",
            width ->
                Charts.lines(
                    lines(results, "async-lateness"),
                    new Charts.Axis("native calls at one time", false, "0"),
                    new Charts.Axis("milliseconds late", true, "0.###"),
                    width,
                    Charts.Decoration.PLAIN)));
    return new Section(
        "Many at one time",
        List.of(
            "AsyncConverter hands native calls to as many platform threads as it is told. Next to"
                + " it: as many platform threads that call the synchronous method, by hand; and"
                + " calls from virtual threads, whose carriers long native calls do not let go,"
                + " so that unrelated virtual threads wait."),
        figures,
        List.of());
  }

  private static List<Charts.Line> lines(Results results, String subset) {
    List<Charts.Line> lines = new ArrayList<>();
    for (String design : results.contenders(subset)) {
      List<Charts.Point> points = new ArrayList<>();
      for (String item : results.items(subset)) {
        results
            .find(subset, item, design)
            .ifPresent(s ->
                points.add(
                    new Charts.Point(
                        Double.parseDouble(item),
                        s.median(),
                        s.lowerQuartile(),
                        s.upperQuartile())));
      }
      lines.add(new Charts.Line(design, points));
    }
    return lines;
  }

  private static Section memory(Results results) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (String picture : results.items("memory-resident")) {
      List<Charts.Bar> bars = new ArrayList<>();
      results.subset("memory-resident").stream()
          .filter(s -> s.item().equals(picture))
          .sorted(Comparator.comparingDouble(Series::median))
          .forEach(s ->
              bars.add(
                  new Charts.Bar(
                      results.title(s.contender()) + "  " + Units.text(s.median(), s.unit()),
                      s.median() / (1 << 20),
                      0,
                      ConvertFindings.color(s.contender()))));
      long bytes =
          results.pictures().stream()
              .filter(p -> p.name().equals(picture))
              .mapToLong(Results.PictureFacts::rgbBytes)
              .findFirst()
              .orElse(0);
      figures.put(
          Figure.name("memory", picture),
          new Figure(
              picture + ", whose BMP has " + Units.text(bytes, "bytes"),
              "Peak of the process's resident memory during the first conversion, above what it was"
                  + " before; BMP included.",
              width -> Charts.bars(bars, new Charts.Axis("MiB", false, "0"), width)));
    }
    return new Section(
        "Memory for a conversion",
        List.of(
            "The peak of what the first conversion of a picture adds to the memory of a process of"
                + " its own, as the kernel counts it: native memory, Java heap, and garbage that"
                + " nobody has collected yet. On the heap lodepng-ffm allocates next to nothing"
                + " between native segments."),
        figures,
        List.of(working(results), heap(results)));
  }

  private static Section.Table working(Results results) {
    List<List<String>> rows = new ArrayList<>();
    for (Results.PictureFacts picture : results.pictures()) {
      results
          .find("memory-working", picture.name(), Results.OURS)
          .ifPresent(s ->
              rows.add(
                  List.of(
                      picture.name(),
                      Units.text(s.median(), s.unit()),
                      Units.text(picture.pngBytes(), "bytes"),
                      Units.text(picture.rgbBytes(), "bytes"))));
    }
    return new Section.Table(
        List.of("working memory of lodepng-ffm", "at its peak", "PNG", "pixels, R G B"), rows);
  }

  private static Section.Table heap(Results results) {
    List<String> pictures = results.items("memory-heap");
    List<String> header = new ArrayList<>(pictures);
    header.addFirst("allocated on the Java heap");
    List<List<String>> rows = new ArrayList<>();
    for (String peer : results.contenders("memory-heap")) {
      List<String> row = new ArrayList<>(List.of(results.title(peer)));
      for (String picture : pictures) {
        row.add(
            results
                .find("memory-heap", picture, peer)
                .map(s -> Units.text(s.median(), s.unit()))
                .orElse(""));
      }
      rows.add(row);
    }
    return new Section.Table(header, rows);
  }

  private static Section startup(Results results) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put("startup", startupFigure(results, "startup", "Milliseconds of the whole process."));
    figures.put(
        "startup-cpu",
        startupFigure(results, "startup-cpu", "Milliseconds of processor time, all threads."));
    return new Section(
        "From start to end",
        List.of(
            "A JVM is started, reads one small picture, and ends. In between it does nothing, or"
                + " reads the picture with ImageIO, or converts it once, for which ours extracts,"
                + " loads and links its native library; once more with an AOT cache that such a run"
                + " has left."),
        figures,
        List.of(startupTable(results)));
  }

  private static Figure startupFigure(Results results, String subset, String text) {
    List<Charts.Bar> bars = new ArrayList<>();
    for (Series s : results.subset(subset)) {
      bars.add(
          new Charts.Bar(
              startupLabel(results, s.contender()) + "  " + Units.text(s.median(), s.unit()),
              s.median(),
              s.median() * s.spread(),
              ConvertFindings.color(s.contender().split(",")[0])));
    }
    return new Figure(
        "", text, width -> Charts.bars(bars, new Charts.Axis("milliseconds", false, "0"), width));
  }

  private static String startupLabel(Results results, String contender) {
    String[] parts = contender.split(",", 2);
    String title = parts[0].equals("nothing") ? "a JVM that does nothing" : results.title(parts[0]);
    return parts.length == 1 ? title : title + "," + parts[1];
  }

  /** What each adds to a JVM that does nothing, as a multiple of what ImageIO adds. */
  private static Section.Table startupTable(Results results) {
    List<List<String>> rows = new ArrayList<>();
    for (String picture : results.items("startup-cpu")) {
      Map<String, Series> cpu = new LinkedHashMap<>();
      for (Series s : results.subset("startup-cpu")) {
        if (s.item().equals(picture)) {
          cpu.put(s.contender(), s);
        }
      }
      if (!cpu.containsKey("nothing") || !cpu.containsKey("imageio")) {
        continue;
      }
      double empty = cpu.get("nothing").median();
      double reference = cpu.get("imageio").median() - empty;
      for (Series s : cpu.values()) {
        rows.add(
            List.of(
                startupLabel(results, s.contender()),
                Units.text(s.median() - empty, "ms"),
                Units.digits((s.median() - empty) / reference),
                results
                    .find("startup-classes", picture, s.contender())
                    .map(c -> Units.digits(c.median()))
                    .orElse("")));
      }
    }
    return new Section.Table(
        List.of("", "processor time beyond nothing", "of ImageIO's", "classes loaded"), rows);
  }
}
