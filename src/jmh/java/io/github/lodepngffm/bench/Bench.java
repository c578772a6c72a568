package io.github.lodepngffm.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The harness: runs the benchmarks and says what they found. */
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    boolean quick = List.of(arguments).contains("--quick");
    Path folder = Files.createTempDirectory("bench-samples");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(ConvertBenchmark.class.getSimpleName())
            .param("picture", Pictures.names().toArray(String[]::new))
            .jvmArgsAppend(
                "-D" + Samples.PROPERTY + "=" + folder, "--enable-native-access=ALL-UNNAMED", "-Xmx2g");
    if (quick) {
      options
          .forks(1)
          .warmupTime(TimeValue.seconds(1))
          .measurementIterations(1)
          .measurementTime(TimeValue.seconds(4));
    }
    new Runner(options.build()).run();
    System.out.println(ConvertTable.of(Samples.collect(folder)));
  }
}
