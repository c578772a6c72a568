package io.github.lodepngffm.loaderprobe;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Loads the library again and again, as a server does that redeploys an application: each time it
 * converts a picture, and closes the class loader at once. Waits for as long as memory is still
 * allocated, and prints by how much the process has grown in the end.
 */
public final class ReloadedLibrary {
  private static final int RELOADS = 20;

  /** So many leave memory behind at one time, before it is waited for. */
  private static final int RELOADS_AT_A_TIME = 5;

  private final URL[] classes;
  private final byte[] png;
  private long mostIdleBytes;

  private ReloadedLibrary(URL[] classes, byte[] png) {
    this.classes = classes;
    this.png = png;
  }

  /** The arguments: where the classes are, and a PNG. */
  public static void main(String[] arguments) throws Exception {
    ReloadedLibrary reloads =
        new ReloadedLibrary(
            new URL[] {Path.of(arguments[0]).toUri().toURL()},
            Files.readAllBytes(Path.of(arguments[1])));
    reloads.some(1);
    long before = residentKibibytes();
    for (int reload = 0; reload < RELOADS; reload += RELOADS_AT_A_TIME) {
      reloads.some(RELOADS_AT_A_TIME);
    }
    System.gc();
    System.out.println("reloads " + RELOADS);
    System.out.println("idle MiB " + (reloads.mostIdleBytes >> 20));
    System.out.println("grown MiB " + ((residentKibibytes() - before) >> 10));
  }

  private void some(int reloads) throws Exception {
    List<Method> counters = new ArrayList<>();
    for (int i = 0; i < reloads; i++) {
      counters.add(convertAndClose());
    }
    while (sum(counters) > 0) { // the time limit of the process ends this if it leaks
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static long sum(List<Method> counters) throws ReflectiveOperationException {
    long sum = 0;
    for (Method counter : counters) {
      sum += (long) counter.invoke(null);
    }
    return sum;
  }

  private Method convertAndClose() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
      Method counter =
          loader.loadClass("io.github.lodepngffm.internal.ffm.MemoryCalls").getMethod("liveBytes");
      counter.invoke(null);
      loader
          .loadClass("io.github.lodepngffm.Png")
          .getMethod("toBmp", byte[].class)
          .invoke(null, (Object) png);
      mostIdleBytes = Math.max(mostIdleBytes, (long) counter.invoke(null));
      return counter;
    }
  }

  private static long residentKibibytes() throws Exception {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    }
  }
}
