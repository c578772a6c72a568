package io.github.lodepngffm.bench;

/**
 * One contender's answer to one question.
 *
 * @param subset the question, such as {@code convert}
 * @param item what it was asked about, such as a picture's name
 * @param contender who answered
 * @param unit of all numbers, such as {@code ns}
 * @param median of the samples
 * @param minimum of the samples
 * @param lowerQuartile of the samples
 * @param upperQuartile of the samples
 * @param note such as how a peer's output relates to ours
 * @param samples one for each round, in order; rounds of contenders of one item belong together
 */
public record Series(
    String subset,
    String item,
    String contender,
    String unit,
    double median,
    double minimum,
    double lowerQuartile,
    double upperQuartile,
    String note,
    double[] samples) {

  static Series of(
      String subset, String item, String contender, String unit, String note, double[] samples) {
    return new Series(
        subset,
        item,
        contender,
        unit,
        Statistics.median(samples),
        Statistics.minimum(samples),
        Statistics.quantile(samples, 0.25),
        Statistics.quantile(samples, 0.75),
        note,
        samples);
  }

  /** Half of the distance between the quartiles, as a share of the median. */
  double spread() {
    return median == 0 ? 0 : (upperQuartile - lowerQuartile) / 2 / median;
  }
}
