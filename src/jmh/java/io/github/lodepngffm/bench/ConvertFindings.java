package io.github.lodepngffm.bench;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the results say about conversions and decoders. */
final class ConvertFindings {
  private static final String CONVERT = "convert";
  private static final List<String> OUR_FORMS =
      List.of(Results.OURS, "ours-bytes", Results.OUR_PIXELS);
  private static final List<String> FLOORS = List.of(Results.FLOOR, "isa-l-inflate");

  private ConvertFindings() {}

  static List<Section> of(Results results) {
    List<Section> sections = new ArrayList<>();
    if (!results.items(CONVERT).isEmpty()) {
      sections.add(times(results));
      sections.add(floor(results));
    }
    if (!results.items("decode").isEmpty()) {
      sections.add(decode(results));
    }
    return sections;
  }

  /** The sentences that the whole page is about. */
  static List<String> verdict(Results results) {
    List<String> pictures = results.items(CONVERT);
    if (pictures.isEmpty()) {
      return List.of();
    }
    List<String> behind = new ArrayList<>();
    for (String picture : pictures) {
      best(results, picture)
          .filter(peer -> results.ratio(CONVERT, picture, peer, Results.OURS) < 1)
          .ifPresent(peer ->
              behind.add(
                  picture
                      + " ("
                      + results.title(peer)
                      + " takes "
                      + number(results.ratio(CONVERT, picture, peer, Results.OURS))
                      + " of our time)"));
    }
    String fastest =
        behind.isEmpty()
            ? "lodepng-ffm is the fastest of all on every picture."
            : "lodepng-ffm is the fastest on all pictures but " + String.join(", ", behind) + ".";
    return List.of(
        fastest
            + " Over all pictures (geometric means) it is "
            + number(mean(results, "article"))
            + " times as fast as the C++ code of the article that it follows, "
            + number(mean(results, "imageio"))
            + " times as fast as the JDK's ImageIO, and reaches "
            + percent(mean(results, Results.FLOOR))
            + " of the speed of inflating the data and doing nothing else.");
  }

  private static Section times(Results results) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    List<List<String>> all = new ArrayList<>();
    List<List<String>> ours = new ArrayList<>();
    for (Results.PictureFacts picture : results.pictures()) {
      if (results.find(CONVERT, picture.name(), Results.OURS).isPresent()) {
        figures.put(Figure.name("convert", picture.name()), ratioFigure(results, CONVERT, picture));
        all.addAll(rows(results, picture));
        ours.add(summaryRow(results, picture));
      }
    }
    return new Section(
        "From PNG to BMP",
        List.of(
            "Time relative to lodepng-ffm between native segments, which is 1: the further right a"
                + " bar"
                + " ends, the slower. The scale is logarithmic. Floors do only a part of the"
                + " work."),
        figures,
        List.of(
            new Section.Table(
                List.of(
                    "",
                    "ours",
                    "±",
                    "MB/s",
                    "× article",
                    "of floor",
                    "× ImageIO",
                    "fastest other",
                    "×"),
                ours),
            new Section.Table(
                "Everybody's times",
                List.of("", "median", "least", "±", "MB/s", "× ours", "output"),
                all)));
  }

  private static List<String> summaryRow(Results results, Results.PictureFacts picture) {
    Series ours = results.find(CONVERT, picture.name(), Results.OURS).orElseThrow();
    String best = best(results, picture.name()).orElse(Results.OURS);
    return List.of(
        picture.name(),
        Units.text(ours.median(), ours.unit()),
        percent(ours.spread()),
        Long.toString(Math.round(picture.rgbBytes() * 1e3 / ours.median())),
        number(results.ratio(CONVERT, picture.name(), "article", Results.OURS)),
        percent(results.ratio(CONVERT, picture.name(), Results.FLOOR, Results.OURS)),
        number(results.ratio(CONVERT, picture.name(), "imageio", Results.OURS)),
        results.title(best),
        number(results.ratio(CONVERT, picture.name(), best, Results.OURS)));
  }

  private static Figure ratioFigure(Results results, String subset, Results.PictureFacts picture) {
    List<Charts.Bar> bars = new ArrayList<>();
    for (Series series : sorted(results, subset, picture.name())) {
      double ratio = results.ratio(subset, picture.name(), series.contender(), Results.OURS);
      bars.add(
          new Charts.Bar(
              results.title(series.contender()) + "  " + number(ratio),
              ratio,
              ratio * series.spread(),
              color(series.contender())));
    }
    Series ours = results.find(subset, picture.name(), Results.OURS).orElseThrow();
    String caption =
        "Ours: "
            + Units.text(ours.median(), ours.unit())
            + " ± "
            + percent(ours.spread())
            + ", "
            + Math.round(picture.rgbBytes() * 1e3 / ours.median())
            + " MB/s of pixels.";
    Charts.Axis axis = new Charts.Axis("time, ours = 1", true, "0.##", 0.1, 300);
    return new Figure(
        picture.name() + ": " + picture.description(),
        caption,
        width -> Charts.bars(bars, axis, width));
  }

  private static List<List<String>> rows(Results results, Results.PictureFacts picture) {
    List<List<String>> rows = new ArrayList<>();
    for (Series series : sorted(results, CONVERT, picture.name())) {
      rows.add(
          List.of(
              picture.name() + ", " + results.title(series.contender()),
              Units.text(series.median(), series.unit()),
              Units.text(series.minimum(), series.unit()),
              percent(series.spread()),
              Long.toString(Math.round(picture.rgbBytes() * 1e3 / series.median())),
              number(results.ratio(CONVERT, picture.name(), series.contender(), Results.OURS)),
              series.note()));
    }
    return rows;
  }

  private static Section floor(Results results) {
    List<Charts.Bar> bars = new ArrayList<>();
    for (String picture : results.items(CONVERT)) {
      addShare(bars, results, picture, Results.OURS, picture + ": lodepng-ffm");
      best(results, picture)
          .ifPresent(
              peer -> addShare(bars, results, picture, peer, picture + ": " + results.title(peer)));
    }
    Charts.Axis axis = new Charts.Axis("share of the floor's speed", false, "0 %");
    return new Section(
        "Against the inflate floor",
        List.of(
            "How much of the speed of inflate alone is left when the whole conversion is done:"
                + " ours,"
                + " and the fastest other that takes part."),
        Map.of(
            "floor",
            new Figure(
                "",
                "Share of the speed at which libdeflate inflates the same data.",
                width -> Charts.bars(bars, axis, width))),
        List.of());
  }

  private static void addShare(
      List<Charts.Bar> bars, Results results, String picture, String peer, String label) {
    double share = results.ratio(CONVERT, picture, Results.FLOOR, peer);
    Series series = results.find(CONVERT, picture, peer).orElseThrow();
    if (!Double.isNaN(share)) {
      bars.add(
          new Charts.Bar(
              label + "  " + percent(share), share, share * series.spread(), color(peer)));
    }
  }

  private static Section decode(Results results) {
    List<Charts.Bar> bars = new ArrayList<>();
    List<String> pictures = results.items("decode");
    for (String peer : results.contenders("decode")) {
      double[] ratios =
          pictures.stream()
              .mapToDouble(picture -> results.ratio("decode", picture, peer, Results.OURS))
              .filter(ratio -> !Double.isNaN(ratio))
              .toArray();
      double mean = Statistics.geometricMean(ratios);
      bars.add(new Charts.Bar(results.title(peer) + "  " + number(mean), mean, 0, color(peer)));
    }
    bars.sort(Comparator.comparingDouble(Charts.Bar::value));
    Charts.Axis axis = new Charts.Axis("time, ours = 1, geometric mean", true, "0.##");
    return new Section(
        "Decoding alone",
        List.of(
            "PNG to pixels in memory, each library in the form that it likes best, and no BMP"
                + " writer but ours, which puts the pixels straight into the rows of the BMP; and"
                + " ours into red, green, blue, alpha."),
        Map.of(
            "decode",
            new Figure(
                "", "Geometric mean over all pictures.", width -> Charts.bars(bars, axis, width))),
        List.of(new Section.Table(List.of("", "time of RGBA, that of BMP = 1"), shares(results))));
  }

  private static List<List<String>> shares(Results results) {
    return results.items("decode").stream()
        .filter(picture -> results.find("decode", picture, Results.OUR_PIXELS).isPresent())
        .map(picture ->
            List.of(
                picture,
                number(results.ratio("decode", picture, Results.OUR_PIXELS, Results.OURS))))
        .toList();
  }

  /** The fastest that is neither ours nor a floor. */
  private static Optional<String> best(Results results, String picture) {
    return results.subset(CONVERT).stream()
        .filter(s -> s.item().equals(picture))
        .filter(s -> !OUR_FORMS.contains(s.contender()) && !FLOORS.contains(s.contender()))
        .min(
            Comparator.comparingDouble(
                s -> results.ratio(CONVERT, picture, s.contender(), Results.OURS)))
        .map(Series::contender);
  }

  private static List<Series> sorted(Results results, String subset, String item) {
    return results.subset(subset).stream()
        .filter(s -> s.item().equals(item))
        .sorted(
            Comparator.comparingDouble(
                s -> results.ratio(subset, item, s.contender(), Results.OURS)))
        .toList();
  }

  private static double mean(Results results, String reference) {
    return Statistics.geometricMean(
        results.items(CONVERT).stream()
            .mapToDouble(picture -> results.ratio(CONVERT, picture, reference, Results.OURS))
            .filter(ratio -> !Double.isNaN(ratio))
            .toArray());
  }

  static Color color(String contender) {
    if (OUR_FORMS.contains(contender)) {
      return Theme.OURS;
    }
    if (FLOORS.contains(contender)) {
      return Theme.FLOOR;
    }
    return contender.equals("article") || contender.equals("node-addon")
        ? Theme.ARTICLE
        : Theme.OTHER;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
