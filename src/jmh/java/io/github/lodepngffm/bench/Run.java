package io.github.lodepngffm.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * When and where a run took place, and how quiet it was there.
 *
 * @param started in UTC
 * @param effort {@code quick} or {@code full}
 * @param subsets the questions asked
 * @param corpus which pictures
 * @param commit of the project, with a mark when files were changed since
 * @param library what our library says about itself
 * @param java the virtual machine
 * @param system the operating system
 * @param processor its name
 * @param cores how many
 * @param memoryBytes of the machine
 * @param loadBefore the load average of the last minute when the run began
 * @param loadAfter when it ended; the run itself adds about 1
 * @param noise the spread (half of the distance between quartiles, as a share of the median) of a
 *     loop of pure arithmetic, taken before and after: what the machine alone does to times
 */
public record Run(
    String started,
    String effort,
    List<String> subsets,
    String corpus,
    String commit,
    String library,
    String java,
    String system,
    String processor,
    int cores,
    long memoryBytes,
    double loadBefore,
    double loadAfter,
    double noise) {

  private static final int NOISE_SAMPLES = 60;

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String javaVersion() {
    return System.getProperty("java.vm.name") + " " + Runtime.version();
  }

  static String systemName() {
    String release = firstValue(Path.of("/etc/os-release"), "PRETTY_NAME=").replace("\"", "");
    String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version");
    return (release.isEmpty() ? kernel : release + ", " + kernel)
        + ", "
        + System.getProperty("os.arch");
  }

  static String processorName() {
    return firstValue(Path.of("/proc/cpuinfo"), "model name").replaceFirst("^\\s*:\\s*", "");
  }

  static long memory() {
    String kilobytes = firstValue(Path.of("/proc/meminfo"), "MemTotal:").replaceAll("\\D", "");
    return kilobytes.isEmpty() ? 0 : Long.parseLong(kilobytes) * 1024;
  }

  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** The commit that is checked out, or what git says is missing. */
  static String commitName() {
    try {
      Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
      String name = new String(git.getInputStream().readAllBytes()).strip();
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? name : "not a checkout";
    } catch (IOException e) {
      return "no git here";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  /** How much the time of the same arithmetic varies: about 0.5 s. */
  static double noiseNow() {
    double[] nanos = new double[NOISE_SAMPLES];
    long sum = 0;
    for (int i = -20; i < nanos.length; i++) {
      long start = System.nanoTime();
      for (int k = 0; k < 4_000_000; k++) {
        sum = sum * 6364136223846793005L + k;
      }
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    return sum == 1 ? 0 : Statistics.spread(nanos);
  }

  private static String firstValue(Path file, String key) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
