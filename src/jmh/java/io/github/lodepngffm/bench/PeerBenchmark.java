package io.github.lodepngffm.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One peer alone with one picture, in JMH's usual way: for its profilers, and for other projects
 * that want a plain number. Not for comparing peers on a machine that is not quiet; that is what
 * {@link ConvertBenchmark} is for.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"})
public class PeerBenchmark {
  /** A name out of {@link Peers}. */
  @Param("ours")
  public String peer;

  /** A name out of {@link Pictures#names}. */
  @Param("photo")
  public String picture;

  private Job job;

  @Setup(Level.Trial)
  public void open() throws Exception {
    job = Peers.load(peer).open(Pictures.load(picture), Work.CONVERT);
  }

  @Benchmark
  public long convert() throws Exception {
    return job.run();
  }

  @TearDown(Level.Trial)
  public void close() {
    job.close();
  }
}
