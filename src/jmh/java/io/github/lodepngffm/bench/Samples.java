package io.github.lodepngffm.bench;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What one fork measured, on its way to the process that asked for it: JMH carries only one score,
 * and the ratios within rounds need every sample.
 *
 * @param subset the question, such as {@code convert}
 * @param item what it was asked about, such as a picture's name
 * @param unit of the samples
 * @param samples of each contender, one a round, in the same order
 * @param notes on each contender, such as how its output relates to ours
 */
public record Samples(
    String subset,
    String item,
    String unit,
    Map<String, double[]> samples,
    Map<String, String> notes) {

  /** The folder that forks write to. */
  static final String PROPERTY = "lodepngffm.bench.samples";

  private static final Gson GSON = new Gson();

  /** Writes a file for the asking process, if there is one. */
  void hand() throws IOException {
    String folder = System.getProperty(PROPERTY);
    if (folder != null) {
      Path file = Path.of(folder, System.currentTimeMillis() + "-" + UUID.randomUUID() + ".json");
      Files.writeString(file, GSON.toJson(this));
    }
  }

  /** Reads what forks have written, in that order, and deletes it. */
  static List<Samples> collect(Path folder) throws IOException {
    List<Samples> all = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.sorted().toList();
    }
    for (Path file : files) {
      all.add(GSON.fromJson(Files.readString(file), Samples.class));
      Files.delete(file);
    }
    return all;
  }
}
