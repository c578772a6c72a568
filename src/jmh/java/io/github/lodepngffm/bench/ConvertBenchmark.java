package io.github.lodepngffm.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast does a PNG in memory become a BMP in memory?
 *
 * <pre>{@code
 * CORPUS_DIR=/path/to/pngs ./bench convert
 * mvn -B -q -Pbench test-compile exec:exec@bench -Dbench.args="--quick convert"
 * }</pre>
 *
 * <p>Contenders: this library between native segments with a reused output, and between arrays; the
 * article's C++ code; LodePNG with a BMP writer of one pass; other decoders; and the floor, which
 * is libdeflate's inflate of the same data into reused memory. One thread. All contenders take
 * turns within one process (see {@link Rounds}), so that ratios hold on a machine that is not
 * quiet; JMH's own score is the time of a whole round and means nothing by itself.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 1, time = 15)
@Fork(
    value = 2,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx2g"})
public class ConvertBenchmark {

  /** Who takes part, and with what. */
  @State(Scope.Benchmark)
  public static class Turns extends PictureState {
    public Turns() {
      super("convert", Work.CONVERT, Work.INFLATE);
    }
  }

  @Benchmark
  public long everybodyInTurn(Turns turns) throws Exception {
    return turns.round();
  }
}
