package io.github.lodepngffm.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Results with made-up numbers for every question, to test what is made of results. */
final class SampleResults {
  static final List<String> PICTURES = List.of("icon", "a photo with a long name", "flat");

  private SampleResults() {}

  /** All times of ours are multiplied by {@code factor}; 1 for the usual ones. */
  static Results with(double factor) {
    List<Samples> samples = new ArrayList<>();
    for (String picture : PICTURES) {
      samples.add(
          new Samples(
              "convert",
              picture,
              "ns",
              Map.of(
                  "ours", around(2e6 * factor),
                  "libdeflate-inflate", around(1.5e6),
                  "article", around(1e7),
                  "stb", around(7e6),
                  "imageio", around(1.6e7)),
              Map.of("ours", "identical", "stb", "1.0 % of the pixels differ, by at most 1")));
      samples.add(
          new Samples(
              "decode",
              picture,
              "ns",
              Map.of(
                  "ours", around(2e6 * factor),
                  "ours-rgba8", around(2.1e6 * factor),
                  "stb", around(5e6)),
              Map.of()));
      samples.add(
          new Samples(
              "handover-convert",
              picture,
              "ns",
              Map.of("native, reused", around(2e6 * factor), "arrays", around(3e6)),
              Map.of()));
    }
    for (int size = 1024; size <= 1 << 26; size *= 4) {
      samples.add(
          new Samples(
              "handover",
              Integer.toString(size),
              "ns",
              Map.of(
                  "zero copy", around(20 + size / 50.0),
                  "pooled copy", around(40 + size / 12.0),
                  "plain Java", around(size / 40.0)),
              Map.of()));
    }
    for (String workers : List.of("1", "2", "3", "4")) {
      double count = Double.parseDouble(workers);
      samples.add(
          new Samples("async", workers, "1/s", Map.of("async", around(30 * count)), Map.of()));
      samples.add(
          new Samples(
              "async-lateness", workers, "ms", Map.of("async", around(2 * count)), Map.of()));
    }
    samples.add(
        new Samples(
            "startup",
            "icon",
            "ms",
            Map.of("nothing", around(40), "ours", around(90), "imageio", around(200)),
            Map.of()));
    samples.add(
        new Samples(
            "startup-cpu",
            "icon",
            "ms",
            Map.of(
                "nothing", around(40),
                "nothing, AOT cache", around(30),
                "ours", around(240),
                "ours, AOT cache", around(110),
                "imageio", around(120)),
            Map.of()));
    samples.add(
        new Samples("memory-resident", "flat", "bytes", Map.of("ours", around(9e6)), Map.of()));
    samples.add(new Samples("memory-heap", "flat", "bytes", Map.of("ours", around(900)), Map.of()));
    return new Results(
        Results.FORMAT,
        run(),
        PICTURES.stream()
            .map(name -> new Results.PictureFacts(name, 300_000, 6_000_000, "2000 x 1000"))
            .toList(),
        List.of(
            new Results.PeerFacts("ours", "lodepng-ffm, native memory", "1"),
            new Results.PeerFacts("article", "the article's C++ code", "1"),
            new Results.PeerFacts("imageio", "JDK ImageIO", "25")),
        Map.of("vips", "not <here>"),
        Results.join(samples));
  }

  private static double[] around(double value) {
    SplittableRandom random = new SplittableRandom((long) value);
    double[] samples = new double[15];
    Arrays.setAll(samples, i -> value * (0.99 + 0.02 * random.nextDouble()));
    return samples;
  }

  private static Run run() {
    return new Run(
        "2026-01-01T00:00:00Z",
        "quick",
        List.of("convert"),
        "made up",
        "0000000",
        "library",
        "Java",
        "system",
        "processor",
        4,
        1L << 34,
        0.1,
        1.1,
        0.01);
  }
}
