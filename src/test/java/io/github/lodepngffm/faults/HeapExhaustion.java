package io.github.lodepngffm.faults;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

/**
 * Run with a small heap: jobs of every form are under way while not a byte of the heap is free.
 * Prints how many futures were settled, and how many of them well.
 */
public final class HeapExhaustion {
  private static final int ROUNDS = 10;
  private static final int JOBS = 8;

  private final Path png;
  private final byte[] bytes;
  private final byte[] expected;
  private final Path directory;
  private volatile Object[] ballast;
  private volatile boolean full;
  private int well;
  private int badly;

  private HeapExhaustion(Path directory) throws Exception {
    TestImage image = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 300, 200);
    this.directory = directory;
    bytes = PngWriter.bytesOf(image);
    expected = ReferenceBmp.bytes(image);
    png = Files.write(directory.resolve("a.png"), bytes);
  }

  /** The only argument is a directory to write to. */
  public static void main(String[] arguments) throws Exception {
    HeapExhaustion test = new HeapExhaustion(Path.of(arguments[0]));
    test.round(false); // loads the classes: whose loading fails, fails for ever
    long before = MemoryCalls.liveAllocations();
    for (int i = 0; i < ROUNDS; i++) {
      test.round(true);
    }
    long leaked = MemoryCalls.liveAllocations() - before;
    System.out.println(test.well + " well, " + test.badly + " badly");
    System.out.println("leaked allocations: " + leaked);
  }

  private void round(boolean exhausted) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<?>[] futures = new CompletableFuture<?>[4 * JOBS];
    AsyncConverter converter =
        AsyncConverter.builder().parallelism(2).maxInFlight(5 * JOBS).build();
    CompletableFuture<Integer> first =
        converter.toBmp(
            MemorySegment.ofArray(bytes),
            bmp -> {
              inside.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return 1;
            });
    inside.await();
    full = false;
    Thread rescuer = Thread.ofPlatform().start(this::makeRoomLater);
    if (exhausted) {
      fill(1 << 19); // some jobs get through, and others fail at all places
    }
    int submitted = 0;
    try {
      while (submitted < futures.length) {
        Path bmp = directory.resolve(submitted + ".bmp");
        futures[submitted] =
            switch (submitted % 4) {
              case 0 -> converter.toBmp(bytes);
              case 1 -> converter.toBmp(MemorySegment.ofArray(bytes), MemorySegment::byteSize);
              case 2 -> converter.toBmp(png, bmp);
              default -> converter.convert(png, bmp);
            };
        submitted++;
      }
    } catch (OutOfMemoryError | RejectedExecutionException e) {
      // the caller is told, and has no future to wait for
    }
    if (exhausted) {
      fill(16);
    }
    full = true;
    goOn.countDown(); // which comes back only when there is heap for a thread to go on
    if (submitted > 0) {
      try {
        futures[submitted - 1].cancel(true);
      } catch (OutOfMemoryError e) {
        // the job settles its future then
      }
    }
    rescuer.join();
    count(first, 1);
    for (int i = 0; i < submitted; i++) {
      count(futures[i], i % 4 == 0 ? expected : null);
    }
    converter.close();
  }

  /** Somebody else has to: threads that wake others wait for heap themselves. */
  private void makeRoomLater() {
    while (!full) {
      Thread.onSpinWait();
    }
    for (int spins = 0; spins < 2_000_000; spins++) {
      Thread.onSpinWait();
    }
    ballast = null;
  }

  /** Takes all the heap in pieces down to this size; needs none itself to end. */
  private void fill(int smallest) {
    for (int size = 1 << 22; size >= smallest; size /= 2) {
      try {
        while (true) {
          Object[] piece = new Object[size / 4];
          piece[0] = ballast;
          ballast = piece;
        }
      } catch (OutOfMemoryError e) {
        continue; // smaller ones may still fit
      }
    }
  }

  private void count(CompletableFuture<?> future, Object result) {
    Throwable failure = future.handle((value, e) -> e).join();
    if (failure != null) {
      badly++;
      return;
    }
    Object value = future.join();
    boolean right =
        result == null
            || result.equals(value)
            || (result instanceof byte[] array && Arrays.equals(array, (byte[]) value));
    if (!right) {
      throw new AssertionError("a wrong result");
    }
    well++;
  }
}
