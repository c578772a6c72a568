package io.github.lodepngffm.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Two runs side by side: whether ours became slower by more than the noise. To cancel what the
 * machine does to everybody, times of conversions are taken relative to the inflate floor of the
 * same round where both runs have it.
 *
 * @param text for people
 * @param isSlower whether something is slower outside the noise
 */
record Comparison(String text, boolean isSlower) {
  /** A change below this is nobody's concern, however certain it is. */
  private static final double TOLERATED = 1.03;

  private static final List<String> OURS =
      List.of(
          Results.OURS,
          Results.OUR_PIXELS,
          "ours-bytes",
          "zero copy",
          "pooled copy",
          "native, reused",
          "async");

  static Comparison of(Results before, Results after) {
    StringBuilder text = new StringBuilder();
    boolean slower = false;
    int compared = 0;
    line(
        text,
        "before: %s, %s, %s",
        before.run().commit(),
        before.run().started(),
        before.run().effort());
    line(
        text,
        "after:  %s, %s, %s",
        after.run().commit(),
        after.run().started(),
        after.run().effort());
    line(text, "%-18s %-18s %-16s %7s  %-17s", "", "", "", "ratio", "95 % interval");
    for (Series now : after.series()) {
      if (!OURS.contains(now.contender()) || now.subset().startsWith("memory")) {
        continue;
      }
      Series then = before.find(now.subset(), now.item(), now.contender()).orElse(null);
      if (then == null || now.samples().length < 3 || then.samples().length < 3) {
        continue;
      }
      compared++;
      boolean toFloor = floor(before, then).isPresent() && floor(after, now).isPresent();
      double[] costsNow = costs(after, now, toFloor);
      double[] costsThen = costs(before, then, toFloor);
      double[] interval = Statistics.ratioInterval(costsNow, costsThen);
      double ratio = Statistics.median(costsNow) / Statistics.median(costsThen);
      boolean worse = interval[0] > 1 && ratio > TOLERATED;
      boolean better = interval[1] < 1 && ratio < 1 / TOLERATED;
      slower |= worse;
      line(
          text,
          "%-18s %-18s %-16s %7.3f  [%.3f, %.3f]  %s",
          now.subset(),
          now.item(),
          now.contender(),
          ratio,
          interval[0],
          interval[1],
          worse ? "SLOWER" : better ? "faster" : "");
    }
    if (compared == 0) { // which must not pass for "nothing became slower"
      throw new IllegalArgumentException("the two runs have no measurement in common");
    }
    line(text, "ratios of costs: above 1 is slower; below %.2f is taken for noise", TOLERATED);
    return new Comparison(text.toString(), slower);
  }

  /** What is worse the larger it is: times, relative to the floor if asked for. */
  private static double[] costs(Results results, Series series, boolean toFloor) {
    if (series.unit().equals("1/s")) {
      return Statistics.ratios(ones(series.samples().length), series.samples());
    }
    return toFloor
        ? Statistics.ratios(series.samples(), floor(results, series).orElseThrow().samples())
        : series.samples();
  }

  /** The inflate floor of the same rounds. */
  private static Optional<Series> floor(Results results, Series series) {
    return results
        .find(series.subset(), series.item(), Results.FLOOR)
        .filter(floor -> floor.samples().length == series.samples().length);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
