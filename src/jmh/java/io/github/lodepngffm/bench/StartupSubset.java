package io.github.lodepngffm.bench;

import io.github.lodepngffm.Png;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * What does the first conversion in a new virtual machine cost? Programs are started that do
 * nothing, read one small picture with ImageIO, or convert it, each with and without an AOT cache
 * of its own; they take turns. Of each process the whole time, the processor time of all its
 * threads, and the number of classes it loads. Who wants to know what a library adds subtracts the
 * program that does nothing.
 */
final class StartupSubset {
  private static final List<String> PROGRAMS = List.of("nothing", "imageio", "ours", "ours-bytes");
  private static final String WITH_CACHE = ", AOT cache";

  private final Path folder;
  private final String classPath;
  private final String png;

  private StartupSubset(Path folder, String classPath, String png) {
    this.folder = folder;
    this.classPath = classPath;
    this.png = png;
  }

  static List<Samples> run(Effort effort, String picture) throws Exception {
    Path folder = Files.createTempDirectory("lodepngffm-startup");
    try {
      // AOT caches are for jars: classes in folders might change
      Path programs = jar(folder.resolve("programs.jar"), locationOf(StartupProgram.class));
      Path library = jar(folder.resolve("library.jar"), locationOf(Png.class));
      Path png = Pictures.folder().resolve(picture + ".png").toAbsolutePath();
      return new StartupSubset(
              folder, programs + System.getProperty("path.separator") + library, png.toString())
          .measure(effort, picture);
    } finally {
      delete(folder);
    }
  }

  private List<Samples> measure(Effort effort, String picture) throws Exception {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (String program : PROGRAMS) {
      options.put(program, List.of());
    }
    for (String program : PROGRAMS) {
      Path cache = folder.resolve(program + ".aot");
      start(List.of("-Xlog:disable", "-XX:AOTCacheOutput=" + cache), program);
      options.put(program + WITH_CACHE, List.of("-XX:AOTCache=" + cache));
    }
    Map<String, List<Double>> wall = new LinkedHashMap<>();
    Map<String, List<Double>> cpu = new LinkedHashMap<>();
    options.keySet().forEach(name -> wall.put(name, new ArrayList<>()));
    options.keySet().forEach(name -> cpu.put(name, new ArrayList<>()));
    for (int round = -1; round < effort.processRuns(); round++) {
      for (Map.Entry<String, List<String>> program : options.entrySet()) {
        double before = ChildrenCpu.millis();
        Processes.Outcome outcome = start(program.getValue(), program.getKey());
        double spent = ChildrenCpu.millis() - before;
        if (round >= 0) { // the first one fills the file cache
          wall.get(program.getKey()).add(outcome.millis());
          cpu.get(program.getKey()).add(spent);
        }
      }
    }
    Map<String, List<Double>> classes = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> program : options.entrySet()) {
      classes.put(program.getKey(), List.of(classes(program.getValue(), program.getKey())));
    }
    return List.of(
        samples("startup", picture, "ms", wall),
        samples("startup-cpu", picture, "ms", cpu),
        samples("startup-classes", picture, "classes", classes));
  }

  private Processes.Outcome start(List<String> options, String name) throws Exception {
    List<String> all = new ArrayList<>(options);
    return Processes.javaOn(
        classPath, all, StartupProgram.class, name.replace(WITH_CACHE, ""), png);
  }

  private double classes(List<String> options, String name) throws Exception {
    List<String> logging = new ArrayList<>(options);
    logging.add("-Xlog:class+load:stdout");
    return start(logging, name).output().lines().filter(line -> line.contains(" source: ")).count();
  }

  private static Samples samples(
      String subset, String picture, String unit, Map<String, List<Double>> lists) {
    Map<String, double[]> samples = new LinkedHashMap<>();
    lists.forEach((p, list) -> samples.put(p, list.stream().mapToDouble(d -> d).toArray()));
    return new Samples(subset, picture, unit, samples, Map.of());
  }

  private static Path locationOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** The classes as a jar, if they are not in one. */
  private static Path jar(Path jar, Path location) throws IOException {
    if (Files.isRegularFile(location)) {
      return location;
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(location)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = location.relativize(file).toString().replace('\\', '/');
        if (!name.equals("module-info.class")) {
          entries.putNextEntry(new JarEntry(name));
          Files.copy(file, entries);
          entries.closeEntry();
        }
      }
    }
    return jar;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
