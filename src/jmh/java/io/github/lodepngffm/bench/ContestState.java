package io.github.lodepngffm.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** A contest on one picture, driven by JMH: it decides on forks, warm-up, and how long it goes on. */
@State(Scope.Benchmark)
public abstract class ContestState {
  /** Milliseconds of a turn; longer turns mean warmer caches and fewer rounds. */
  @Param("20")
  public int turnMillis;

  private final String subset;
  private final Work[] works;
  private Contest contest;
  private Rounds rounds;
  private String name;

  ContestState(String subset, Work... works) {
    this.subset = subset;
    this.works = works;
  }

  /** The picture's name. */
  abstract String picture();

  @Setup(Level.Trial)
  public void open() throws Exception {
    name = picture();
    contest = Contest.over(Pictures.load(name), Peers.load(), works);
    rounds = new Rounds(contest.jobs(), TimeUnit.MILLISECONDS.toNanos(turnMillis));
  }

  @Setup(Level.Iteration)
  public void recordMeasuredIterations(IterationParams iteration) {
    rounds.record(iteration.getType() == IterationType.MEASUREMENT);
  }

  long round() throws Exception {
    return rounds.round();
  }

  @TearDown(Level.Trial)
  public void handOver() throws Exception {
    new Samples(subset, name, "ns", rounds.samples(), contest.outputs()).hand();
    contest.close();
  }
}
