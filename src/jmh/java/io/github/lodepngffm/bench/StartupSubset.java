package io.github.lodepngffm.bench;

import io.github.lodepngffm.Png;
import io.github.lodepngffm.bench.peers.ImageIoPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long until a program that converts one small picture is done, virtual machine included? Each
 * start is a new process; the programs take turns.
 */
public final class StartupSubset {
  private static final List<String> PROGRAMS = List.of("nothing", "ours", "imageio");

  private StartupSubset() {}

  static List<Samples> run(Effort effort, String picture) throws Exception {
    Path png = Pictures.folder().resolve(picture + ".png").toAbsolutePath();
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    PROGRAMS.forEach(program -> millis.put(program, new ArrayList<>()));
    for (int round = -1; round < effort.processRuns(); round++) {
      for (String program : PROGRAMS) {
        Processes.Outcome outcome =
            Processes.java(List.of(), StartupSubset.class, program, png.toString());
        if (round >= 0) { // the first one fills the file cache
          millis.get(program).add(outcome.millis());
        }
      }
    }
    Map<String, double[]> samples = new LinkedHashMap<>();
    millis.forEach((p, list) -> samples.put(p, list.stream().mapToDouble(d -> d).toArray()));
    return List.of(new Samples("startup", picture, "ms", samples, Map.of()));
  }

  /** One start: converts the picture and ends. */
  public static void main(String[] arguments) throws Exception {
    byte[] png = Files.readAllBytes(Path.of(arguments[1]));
    int bytes =
        switch (arguments[0]) {
          case "ours" -> Png.toBmp(png).length;
          case "imageio" -> ImageIoPeer.toBmp(png).length;
          default -> 0;
        };
    System.out.println(bytes);
  }
}
