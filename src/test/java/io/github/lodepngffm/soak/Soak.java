package io.github.lodepngffm.soak;

import io.github.lodepngffm.NativeSupport;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.testkit.Conformance;
import io.github.lodepngffm.testkit.HostilePng;
import io.github.lodepngffm.testkit.HostilePngs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Good and hostile files from many threads through every entry point, with cancellation, arenas
 * closed while they are in use, and a busy collector. At its end the native library must hold
 * nothing, and the process must not have grown since it was warm.
 */
public final class Soak {
  private static final long LARGEST_FILE = 300_000;
  private static final long SECONDS_TO_WARM_UP = 60;
  private static final double GROWTH_FACTOR = 1.15;
  private static final double GROWTH_MIB = 24;

  private final AtomicLong conversions = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Outcomes outcomes = new Outcomes();
  private final MemorySeries series = new MemorySeries(conversions::get);
  private volatile boolean over;

  private Soak() {}

  /** The arguments are a number of seconds and a directory for what is written. */
  public static void main(String[] arguments) throws Exception {
    if (!NativeSupport.isAvailable()) {
      throw NativeSupport.cause().orElseThrow();
    }
    Path directory = Files.createDirectories(Path.of(arguments[1]));
    new Soak().run(Long.parseLong(arguments[0]), directory);
  }

  private void run(long seconds, Path directory) throws Exception {
    List<SoakFile> files = files(directory);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.max(4, Runtime.getRuntime().availableProcessors()); i++) {
      SoakFile.Ways ways = new SoakFile.Ways(outcomes, directory, new SplittableRandom(i));
      threads.add(start("converting-" + i, () -> convert(files, ways)));
    }
    threads.add(start("garbage", this::makeGarbage));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end && failure.get() == null) {
      TimeUnit.MILLISECONDS.sleep(100);
      series.sample();
    }
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    series.write(directory);
    if (failure.get() != null) {
      throw new AssertionError("after " + conversions.get() + " conversions", failure.get());
    }
    requireNothingHeld();
    report(seconds, files.size());
  }

  private static List<SoakFile> files(Path directory) throws IOException {
    List<SoakFile> files = new ArrayList<>();
    for (HostilePng hostile : HostilePngs.all().toList()) {
      files.add(file("hostile: " + hostile.name(), hostile.bytes(), directory, files.size()));
    }
    if (Conformance.isAvailable()) {
      for (Conformance.Png png : Conformance.pngs().toList()) {
        if (Files.size(png.path()) <= LARGEST_FILE) {
          files.add(file(png.file(), png.bytes(), directory, files.size()));
        }
      }
    }
    return files;
  }

  /** Off the heap, which is to stay small. */
  private static SoakFile file(String name, byte[] png, Path directory, int number)
      throws IOException {
    MemorySegment memory = Arena.global().allocate(Math.max(1, png.length)).asSlice(0, png.length);
    Path path = Files.write(directory.resolve(number + ".png"), png);
    return new SoakFile(name, memory.copyFrom(MemorySegment.ofArray(png)), path);
  }

  private Thread start(String name, Runnable task) {
    Thread thread = new Thread(() -> guarded(task), name);
    thread.start();
    return thread;
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private void convert(List<SoakFile> files, SoakFile.Ways ways) {
    try (ways) {
      while (!over && failure.get() == null) {
        ways.convert(files.get(ways.random().nextInt(files.size())));
        conversions.incrementAndGet();
      }
    }
  }

  /** So that collections come often, and cleaners with them. */
  private void makeGarbage() {
    byte[][] kept = new byte[16][];
    for (int i = 0; !over; i++) {
      kept[i % kept.length] = new byte[256 << 10];
      Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
      if (i % 100 == 0) {
        Thread.yield();
      }
    }
  }

  private static void requireNothingHeld() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      MemoryPool.SHARED.releaseIdle();
      if (MemoryCalls.liveAllocations() == 0) {
        break;
      }
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    if (MemoryCalls.liveAllocations() != 0 || MemoryCalls.liveBytes() != 0) {
      throw new AssertionError(
          MemoryCalls.liveAllocations() + " allocations are left, " + MemoryCalls.liveBytes());
    }
  }

  private void report(long seconds, int files) {
    double warm = series.residentMib(0.4, 0.6);
    double end = series.residentMib(0.8, 1);
    System.out.printf(
        "%d conversions of %d files in %d s (%d of %d seen fail); resident memory %.0f MiB when"
            + " warm, %.0f MiB at the end; no native memory left%n",
        conversions.get(), files, seconds, outcomes.failures(), outcomes.files(), warm, end);
    if (seconds >= SECONDS_TO_WARM_UP && end > warm * GROWTH_FACTOR + GROWTH_MIB) {
      throw new AssertionError("the process has grown from " + warm + " to " + end + " MiB");
    }
  }
}
