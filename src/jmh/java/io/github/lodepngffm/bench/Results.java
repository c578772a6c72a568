package io.github.lodepngffm.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a run has found; the report is made of nothing else.
 *
 * @param format raised when fields change their meaning
 * @param run when and where
 * @param pictures what was converted
 * @param peers who took part
 * @param absent who did not, and why
 * @param series the numbers
 */
public record Results(
    int format,
    Run run,
    List<PictureFacts> pictures,
    List<PeerFacts> peers,
    Map<String, String> absent,
    List<Series> series) {

  static final int FORMAT = 1;
  static final String OURS = "ours";
  static final String OUR_PIXELS = "ours-rgba8";
  static final String FLOOR = "libdeflate-inflate";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create();

  /**
   * A picture.
   *
   * @param rgbBytes three bytes a pixel: what throughputs count
   * @param description size and format
   */
  public record PictureFacts(String name, long pngBytes, long rgbBytes, String description) {}

  /** A peer. */
  public record PeerFacts(String id, String title, String version) {}

  /** The numbers of one question. */
  public List<Series> subset(String name) {
    return series.stream().filter(s -> s.subset().equals(name)).toList();
  }

  /** One contender's numbers, if there are any. */
  public Optional<Series> find(String subset, String item, String contender) {
    return series.stream()
        .filter(s ->
            s.subset().equals(subset) && s.item().equals(item) && s.contender().equals(contender))
        .findFirst();
  }

  /** What a subset was asked about, in order. */
  public List<String> items(String subset) {
    return subset(subset).stream().map(Series::item).distinct().toList();
  }

  /** Who answered, in order. */
  public List<String> contenders(String subset) {
    return subset(subset).stream().map(Series::contender).distinct().toList();
  }

  /** The name for people, of a peer or of what has none. */
  public String title(String contender) {
    return peers.stream()
        .filter(p -> p.id().equals(contender))
        .map(PeerFacts::title)
        .findFirst()
        .orElse(contender);
  }

  /**
   * How many times the time of a reference somebody takes: the median of the ratios within rounds
   * where the rounds belong together, else the ratio of the medians.
   */
  public double ratio(String subset, String item, String contender, String reference) {
    Optional<Series> a = find(subset, item, contender);
    Optional<Series> b = find(subset, item, reference);
    if (a.isEmpty() || b.isEmpty()) {
      return Double.NaN;
    }
    boolean together = a.get().samples().length == b.get().samples().length;
    return together
        ? Statistics.median(Statistics.ratios(a.get().samples(), b.get().samples()))
        : a.get().median() / b.get().median();
  }

  /** Joins what several forks say about the same things. */
  static List<Series> join(List<Samples> all) {
    Map<List<String>, Series> joined = new LinkedHashMap<>();
    for (Samples samples : all) {
      samples
          .samples()
          .forEach((contender, values) -> {
            List<String> key = List.of(samples.subset(), samples.item(), contender);
            Series before = joined.get(key);
            double[] both = before == null ? values : concat(before.samples(), values);
            String note = samples.notes().getOrDefault(contender, "");
            joined.put(
                key,
                Series.of(samples.subset(), samples.item(), contender, samples.unit(), note, both));
          });
    }
    return new ArrayList<>(joined.values());
  }

  private static double[] concat(double[] first, double[] second) {
    double[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  void writeJson(Path file) throws IOException {
    Files.writeString(file, GSON.toJson(this));
  }

  static Results readJson(Path file) {
    try {
      Results results = GSON.fromJson(Files.readString(file), Results.class);
      if (results.format != FORMAT) {
        throw new IllegalArgumentException(
            file + " has format " + results.format + ", this harness reads " + FORMAT);
      }
      return results;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeCsv(Path file) throws IOException {
    Stream<String> rows =
        series.stream()
            .map(s ->
                String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%s,%.6g,%.6g,%.6g,%.6g,%d,\"%s\"",
                    s.subset(),
                    s.item(),
                    s.contender(),
                    s.unit(),
                    s.median(),
                    s.minimum(),
                    s.lowerQuartile(),
                    s.upperQuartile(),
                    s.samples().length,
                    s.note().replace('"', '\'')));
    String header =
        "subset,item,contender,unit,median,minimum,lower quartile,upper quartile,samples,note";
    Files.write(file, Stream.concat(Stream.of(header), rows).toList());
  }
}
