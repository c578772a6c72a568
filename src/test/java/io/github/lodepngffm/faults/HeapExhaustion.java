package io.github.lodepngffm.faults;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Run with a small heap: jobs of every form are under way while the heap fills up, while not a byte
 * of it is free, and when there is room again. Prints how many futures were settled well and badly,
 * and how often there was no room even for submitting.
 */
public final class HeapExhaustion {
  private static final int ROUNDS = 2;
  private static final int MOST_JOBS = 2000;
  private static final int JOBS_BEFORE = 20;
  private static final int JOBS_AT_A_TIME = 8;

  private final Path directory;
  private final Path png;
  private final byte[] bytes;
  private final byte[] expected;
  private final CompletableFuture<?>[] futures = new CompletableFuture<?>[MOST_JOBS];
  private volatile int submitted;
  private volatile boolean free;
  private Object[] ballast;
  private int well;
  private int badly;
  private int refused;

  private HeapExhaustion(Path directory) throws IOException {
    TestImage image = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 100, 80);
    this.directory = directory;
    bytes = PngWriter.bytesOf(image);
    expected = ReferenceBmp.bytes(image);
    png = Files.write(directory.resolve("a.png"), bytes);
  }

  /** The only argument is a directory to write to. */
  public static void main(String[] arguments) throws Exception {
    HeapExhaustion test = new HeapExhaustion(Path.of(arguments[0]));
    test.round(() -> {}); // loads the classes: whose loading fails, fails for ever
    for (int i = 0; i < ROUNDS; i++) {
      test.round(test::fillAndFree);
    }
    System.out.println(
        test.well + " well, " + test.badly + " badly, " + test.refused + " not submitted");
  }

  private void round(Runnable meanwhile) throws InterruptedException {
    submitted = 0;
    free = false;
    AsyncConverter converter =
        AsyncConverter.builder().parallelism(2).maxInFlight(JOBS_AT_A_TIME).build();
    Thread filler =
        Thread.ofPlatform()
            .start(() -> {
              while (submitted < JOBS_BEFORE) {
                Thread.onSpinWait();
              }
              meanwhile.run();
              free = true;
            });
    while (!free && submitted < MOST_JOBS) {
      submit(converter);
    }
    filler.join();
    for (int i = 0; i < submitted; i++) {
      count(futures[i]);
      futures[i] = null;
    }
    converter.close();
  }

  private void submit(AsyncConverter converter) {
    int number = submitted;
    try {
      Path bmp = directory.resolve(number % JOBS_AT_A_TIME + ".bmp");
      futures[number] =
          switch (number % 4) {
            case 0 -> converter.toBmp(bytes);
            case 1 -> converter.toBmp(MemorySegment.ofArray(bytes), MemorySegment::byteSize);
            case 2 -> converter.toBmp(png, bmp);
            default -> converter.convert(png, bmp);
          };
      submitted = number + 1;
      if (number % 8 == 5) {
        futures[number].cancel(true);
      }
    } catch (OutOfMemoryError e) {
      refused++; // the caller is told; or it was to be cancelled, and the job settles it
    }
  }

  /** Takes all the heap; holds it for a while, and gives it back. Needs none itself. */
  private void fillAndFree() {
    for (int size = 1 << 20; size >= 16; size /= 2) {
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
    for (int spins = 0; spins < 5_000_000; spins++) {
      Thread.onSpinWait();
    }
    ballast = null;
  }

  private void count(CompletableFuture<?> future) {
    if (future.handle((value, failure) -> failure != null).join()) {
      badly++;
    } else if (future.join() instanceof byte[] bmp && !Arrays.equals(bmp, expected)) {
      throw new AssertionError("wrong bytes");
    } else {
      well++;
    }
  }
}
