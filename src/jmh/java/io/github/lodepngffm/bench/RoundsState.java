package io.github.lodepngffm.bench;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** Rounds driven by JMH, which decides on forks, warm-up, and how long they go on. */
@State(Scope.Benchmark)
public abstract class RoundsState {
  /** Milliseconds of a turn; longer turns mean warmer caches and fewer rounds. */
  @Param("20")
  public int turnMillis;

  private final String subset;
  private Map<String, Job> jobs;
  private Rounds rounds;

  RoundsState(String subset) {
    this.subset = subset;
  }

  /** What the question is asked about. */
  abstract String item();

  /** The contenders, each with its job prepared. */
  abstract Map<String, Job> open() throws Exception;

  /** What is to be said about contenders. */
  Map<String, String> notes() {
    return Map.of();
  }

  @Setup(Level.Trial)
  public void openJobs() throws Exception {
    jobs = open();
    rounds = new Rounds(jobs, TimeUnit.MILLISECONDS.toNanos(turnMillis));
  }

  @Setup(Level.Iteration)
  public void recordMeasuredIterations(IterationParams iteration) {
    rounds.record(iteration.getType() == IterationType.MEASUREMENT);
  }

  /** Gives everybody a turn. */
  public long round() throws Exception {
    return rounds.round();
  }

  @TearDown(Level.Trial)
  public void handOver() throws Exception {
    new Samples(subset, item(), "ns", rounds.samples(), notes()).hand();
    jobs.values().forEach(Job::close);
  }
}
