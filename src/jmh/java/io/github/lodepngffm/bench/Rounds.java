package io.github.lodepngffm.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures contenders in rounds: in each round everybody has one turn, in an order drawn anew. What
 * else happens on the machine then hits all of them alike, and the ratio of two contenders within a
 * round is meaningful even when the machine is not quiet.
 *
 * <p>A turn lasts until it has used up its time, but for one run at least; each run is timed by
 * itself, and the turn's sample is the median of its runs.
 */
public final class Rounds {
  private static final int MAX_RUNS = 1 << 14;

  /** Below this the clock's own cost and resolution would show, so runs are timed in bundles. */
  private static final long CLOCK_BUNDLE_NANOS = 20_000;

  private final Map<String, Job> jobs;
  private final Map<String, List<Double>> samples = new LinkedHashMap<>();
  private final Map<String, Integer> bundles = new LinkedHashMap<>();
  private final long turnNanos;
  private final Random order = new Random(1);
  private boolean recording;
  private long blackhole;

  /**
   * Rounds without a sample yet.
   *
   * @param jobs the contenders
   * @param turnNanos how long a turn goes on before it ends
   */
  public Rounds(Map<String, Job> jobs, long turnNanos) {
    this.jobs = jobs;
    this.turnNanos = turnNanos;
    jobs.keySet().forEach(name -> samples.put(name, new ArrayList<>()));
    jobs.keySet().forEach(name -> bundles.put(name, 1));
  }

  /** Whether rounds count from now on; at first they do not. */
  public void record(boolean counts) {
    recording = counts;
  }

  /**
   * Gives everybody a turn.
   *
   * @return a number that depends on all results
   */
  public long round() throws Exception {
    List<String> names = new ArrayList<>(jobs.keySet());
    Collections.shuffle(names, order);
    for (String name : names) {
      double nanos = turn(name, jobs.get(name));
      if (recording) {
        samples.get(name).add(nanos);
      }
    }
    return blackhole;
  }

  private double turn(String name, Job job) throws Exception {
    int bundle = bundles.get(name);
    double[] nanos = new double[64];
    int runs = 0;
    long end = System.nanoTime() + turnNanos;
    long now;
    do {
      long start = System.nanoTime();
      for (int i = 0; i < bundle; i++) {
        blackhole += job.run();
      }
      now = System.nanoTime();
      if (runs == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * runs);
      }
      nanos[runs++] = (double) (now - start) / bundle;
    } while (now < end && runs < MAX_RUNS);
    double median = Statistics.median(Arrays.copyOf(nanos, runs));
    if (!recording) {
      bundles.put(name, Math.clamp((long) Math.ceil(CLOCK_BUNDLE_NANOS / median), 1, 10_000));
    }
    return median;
  }

  /** Nanoseconds of one run, a sample for each round that counted, by contender. */
  public Map<String, double[]> samples() {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    samples.forEach((name, list) -> arrays.put(name, list.stream().mapToDouble(d -> d).toArray()));
    return arrays;
  }
}
