package io.github.lodepngffm.bench;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The article's own way: its conversion as an add-on of Node.js, called from JavaScript. It runs in
 * a process of its own after the others, so its rounds are not theirs; times are taken inside the
 * process, without its start.
 */
final class NodePeer {
  private static final String ID = "node-addon";
  private static final Path ADDON = Path.of("target", "bench", "native", "article.node");
  private static final Path SCRIPT = Path.of("native", "bench", "node", "convert.js");

  private NodePeer() {}

  static Optional<Results.PeerFacts> facts() {
    return isThere()
        ? Optional.of(
            new Results.PeerFacts(ID, "the article's Node add-on", "Node " + nodeVersion()))
        : Optional.empty();
  }

  static Map<String, String> withAbsence(Map<String, String> absent) {
    Map<String, String> all = new LinkedHashMap<>(absent);
    if (!isThere()) {
      all.put(ID, "needs node on the PATH and its header node_api.h");
    }
    return all;
  }

  static List<Samples> convert(Effort effort, List<String> pictures) {
    List<Samples> all = new ArrayList<>();
    if (!isThere()) {
      return all;
    }
    for (String picture : pictures) {
      Path png = Pictures.folder().resolve(picture + ".png").toAbsolutePath();
      String millis = Integer.toString(250 * effort.secondsPerPicture());
      try {
        Processes.Outcome outcome =
            Processes.run(
                List.of(
                    "node",
                    SCRIPT.toString(),
                    ADDON.toAbsolutePath().toString(),
                    png.toString(),
                    millis));
        Answer answer = new Gson().fromJson(outcome.output(), Answer.class);
        String output = sameAsOurs(picture, answer.sha256) ? "identical" : "differs";
        all.add(
            new Samples("convert", picture, "ns", Map.of(ID, answer.nanos), Map.of(ID, output)));
      } catch (IOException e) {
        all.add(
            new Samples(
                "convert", picture, "ns", Map.of(), Map.of(ID, "failed: " + e.getMessage())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return all;
  }

  /** What convert.js prints. */
  private record Answer(double[] nanos, String sha256) {}

  private static boolean sameAsOurs(String picture, String sha256) {
    return Bmps.sha256(io.github.lodepngffm.Png.toBmp(Pictures.load(picture).bytes()))
        .equals(sha256);
  }

  private static boolean isThere() {
    return Files.exists(ADDON) && !nodeVersion().isEmpty();
  }

  private static String nodeVersion() {
    try {
      return Processes.run(List.of("node", "--version")).output().strip();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
