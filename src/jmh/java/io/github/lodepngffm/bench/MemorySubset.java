package io.github.lodepngffm.bench;

import com.sun.management.ThreadMXBean;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Png;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much memory does the first conversion of a picture take? Each peer and picture gets a process
 * of its own, which warms up on a tiny picture; then the rise of the resident set to its peak is
 * read from the kernel (Linux only), and from the virtual machine what was allocated on the heap.
 * The resident set holds everything: native memory, heap, and garbage not collected yet.
 */
public final class MemorySubset {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");
  private static final int FAILED = -1;

  private MemorySubset() {}

  static List<Samples> run(List<String> peers, List<String> pictures) throws Exception {
    List<Samples> all = new ArrayList<>();
    if (!Files.isWritable(RESET)) {
      return all;
    }
    String smallest = pictures.getFirst();
    for (String picture : pictures.subList(1, pictures.size())) {
      Map<String, double[]> resident = new LinkedHashMap<>();
      Map<String, double[]> heap = new LinkedHashMap<>();
      for (String peer : peers) {
        List<String> options =
            List.of(
                "-XX:+UseSerialGC",
                "-Xms16m",
                "-D" + Pictures.PROPERTY + "=" + Pictures.folder().toAbsolutePath());
        String[] answer =
            Processes.java(options, MemorySubset.class, peer, smallest, picture)
                .output()
                .strip()
                .split(" ");
        if (Long.parseLong(answer[0]) != FAILED) {
          resident.put(peer, new double[] {Double.parseDouble(answer[0])});
          heap.put(peer, new double[] {Double.parseDouble(answer[1])});
        }
      }
      all.add(new Samples("memory-resident", picture, "bytes", resident, Map.of()));
      all.add(new Samples("memory-heap", picture, "bytes", heap, Map.of()));
    }
    return all;
  }

  /** What our conversion itself counts: native memory besides PNG and BMP, at its peak. */
  static List<Samples> working(List<String> pictures) {
    ConvertOptions options = ConvertOptions.defaults().withLimits(Limits.unlimited());
    List<Samples> all = new ArrayList<>();
    for (String name : pictures) {
      Picture picture = Pictures.load(name);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment bmp = arena.allocate(Png.bmpSize(picture.info()));
        double peak = Png.convert(picture.segment(), bmp, options).peakMemoryBytes();
        Map<String, double[]> samples = Map.of(Results.OURS, new double[] {peak});
        all.add(new Samples("memory-working", name, "bytes", samples, Map.of()));
      }
    }
    return all;
  }

  /** Measures one peer on one picture, and prints both numbers. */
  public static void main(String[] arguments) throws Exception {
    Peer peer = Peers.load(arguments[0]);
    Picture small = Pictures.load(arguments[1]);
    Picture picture = Pictures.load(arguments[2]);
    try {
      for (int i = 0; i < 20; i++) {
        convert(peer, small);
      }
      System.gc();
      long heapBefore = allocatedBytes();
      Files.writeString(RESET, "5"); // the peak begins anew at what is resident now
      long before = kilobytes("VmRSS:");
      convert(peer, picture);
      long peak = kilobytes("VmHWM:");
      System.out.println(1024 * (peak - before) + " " + (allocatedBytes() - heapBefore));
    } catch (Exception e) {
      // The table of conversions says what is wrong with this peer and picture.
      System.out.println(FAILED + " " + FAILED);
    }
  }

  private static void convert(Peer peer, Picture picture) throws Exception {
    try (Job job = peer.open(picture, Work.CONVERT)) {
      job.run();
    }
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static long kilobytes(String key) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException(STATUS + " has no " + key);
  }
}
