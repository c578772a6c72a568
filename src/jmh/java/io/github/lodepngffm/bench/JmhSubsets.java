package io.github.lodepngffm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The questions that JMH benchmarks answer. */
final class JmhSubsets {
  /** What peers need so as not to fill the output with warnings. */
  static final List<String> JVM_OPTIONS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private static final Path LOGS = Path.of("target", "bench", "jmh");

  private final Effort effort;
  private final List<String> pictures;
  private final Path folder;

  JmhSubsets(Effort effort, List<String> pictures) throws IOException {
    this.effort = effort;
    this.pictures = pictures;
    this.folder = Files.createTempDirectory("lodepngffm-bench");
  }

  List<Samples> convert() throws Exception {
    return run(
        ConvertBenchmark.class,
        pictures(options(ConvertBenchmark.class, effort.secondsPerPicture())));
  }

  List<Samples> decode() throws Exception {
    return run(
        DecodeBenchmark.class,
        pictures(options(DecodeBenchmark.class, Math.ceilDiv(effort.secondsPerPicture(), 3))));
  }

  List<Samples> handover() throws Exception {
    List<Samples> all = new ArrayList<>();
    all.addAll(
        run(
            HandoverBenchmark.class,
            options(HandoverBenchmark.class, effort.secondsPerStep())
                .param("bytes", effort.handoverSizes().toArray(String[]::new))));
    all.addAll(
        run(
            HandoverConvertBenchmark.class,
            pictures(options(HandoverConvertBenchmark.class, effort.secondsPerStep()))));
    return all;
  }

  List<Samples> async() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    String[] workers =
        IntStream.rangeClosed(1, cores).mapToObj(Integer::toString).toArray(String[]::new);
    return run(
        AsyncBenchmark.class,
        new OptionsBuilder()
            .include("\\." + AsyncBenchmark.class.getSimpleName() + "\\.")
            .warmupTime(TimeValue.milliseconds(500))
            .measurementTime(TimeValue.seconds(2 * effort.secondsPerStep()))
            .param("workers", workers)
            .param("picture", String.join("/", pictures)));
  }

  private ChainedOptionsBuilder options(Class<?> benchmark, int seconds) {
    return new OptionsBuilder()
        .include("\\." + benchmark.getSimpleName() + "\\.")
        .param("turnMillis", Integer.toString(effort.turnMillis()))
        .warmupTime(TimeValue.milliseconds(Math.min(3000, 300 * seconds)))
        .measurementTime(TimeValue.seconds(seconds));
  }

  private ChainedOptionsBuilder pictures(ChainedOptionsBuilder options) {
    return options.param("picture", pictures.toArray(String[]::new));
  }

  private List<Samples> run(Class<?> benchmark, ChainedOptionsBuilder options)
      throws RunnerException, IOException {
    List<String> jvm = new ArrayList<>(JVM_OPTIONS);
    jvm.add("-D" + Samples.PROPERTY + "=" + folder);
    jvm.add("-D" + Pictures.PROPERTY + "=" + Pictures.folder().toAbsolutePath());
    Files.createDirectories(LOGS);
    options
        .forks(effort.forks())
        .shouldFailOnError(true)
        .output(LOGS.resolve(benchmark.getSimpleName() + ".log").toString())
        .jvmArgsAppend(jvm.toArray(String[]::new));
    new Runner(options.build()).run();
    return Samples.collect(folder);
  }
}
