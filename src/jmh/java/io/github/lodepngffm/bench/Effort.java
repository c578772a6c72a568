package io.github.lodepngffm.bench;

import java.util.List;

/**
 * How long to measure. Quick runs take about two minutes of measuring for all subsets together, and
 * their intervals are wide; full runs are for numbers that are to be published.
 *
 * @param name for the report
 * @param forks virtual machines for each measurement, one after the other
 * @param secondsPerPicture measured for each picture and fork, warm-up besides
 * @param secondsPerStep measured for each step of the smaller questions, and fork
 * @param turnMillis of a contender in a round; the longer, the less a turn shows of caches that are
 *     full of the contender before
 * @param largestHandover bytes
 * @param processRuns starts of each program
 */
record Effort(
    String name,
    int forks,
    int secondsPerPicture,
    int secondsPerStep,
    int turnMillis,
    int largestHandover,
    int processRuns) {

  static final Effort QUICK = new Effort("quick", 1, 3, 1, 10, 64 << 20, 3);
  static final Effort FULL = new Effort("full", 2, 8, 2, 80, 512 << 20, 15);

  /** Sizes to hand over: from 1 KiB, four times as much each, and the largest. */
  List<String> handoverSizes() {
    List<String> sizes = new java.util.ArrayList<>();
    for (long size = 1024; size < largestHandover; size *= 4) {
      sizes.add(Long.toString(size));
    }
    sizes.add(Integer.toString(largestHandover));
    return sizes;
  }
}
