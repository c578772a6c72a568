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
 * How fast do decoders give pixels, without anybody's BMP writer? Each gives them in the form it
 * likes best. Ours are twofold: the rows of a BMP (B, G, R), since the conversion writes its pixels
 * there in the first place, by the same call as in {@link ConvertBenchmark}; and red, green, blue,
 * alpha, which should cost hardly more.
 *
 * <pre>{@code
 * ./bench --quick decode
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 1, time = 10)
@Fork(
    value = 2,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx2g"})
public class DecodeBenchmark {

  /** Who takes part, and with what. */
  @State(Scope.Benchmark)
  public static class Turns extends PictureState {
    public Turns() {
      super("decode", Work.DECODE);
    }
  }

  @Benchmark
  public long everybodyInTurn(Turns turns) throws Exception {
    return turns.round();
  }
}
