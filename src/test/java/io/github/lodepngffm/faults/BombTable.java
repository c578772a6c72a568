package io.github.lodepngffm.faults;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints what each file of a directory costs within the default limits: milliseconds, and by how
 * much the process grew meanwhile (Linux). For people; tests do not look at clocks.
 */
public final class BombTable {
  private BombTable() {}

  /** The only argument is the directory. */
  public static void main(String[] arguments) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
      files = all.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
    outcome(files.getFirst()); // loads classes and the library
    System.out.println("| file | bytes | outcome | ms | process grew by, MiB |");
    System.out.println("|---|---|---|---|---|");
    for (Path file : files) {
      MemoryPool.SHARED.releaseIdle();
      System.gc();
      Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // peaks start anew
      long before = kibibytes("VmRSS");
      long start = System.nanoTime();
      String outcome = outcome(file);
      long microseconds = (System.nanoTime() - start) / 1000;
      System.out.printf(
          "| %s | %d | %s | %.1f | %.1f |%n",
          file.getFileName(),
          Files.size(file),
          outcome,
          microseconds / 1000.0,
          (kibibytes("VmHWM") - before) / 1024.0);
    }
  }

  private static String outcome(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment png = arena.allocateFrom(ValueLayout.JAVA_BYTE, Files.readAllBytes(file));
      return Png.toBmp(png, arena, ConvertOptions.defaults()).byteSize() + " bytes of BMP";
    } catch (PngException e) {
      return e.kind() + " " + e.errorCode();
    }
  }

  private static long kibibytes(String field) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(field + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    }
  }
}
