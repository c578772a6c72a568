package io.github.lodepngffm.soak;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.Buffers;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A PNG, in memory and as a file. */
record SoakFile(String name, MemorySegment png, Path path) {

  /** The ways of one thread through the API; a random one is taken each time. */
  static final class Ways implements AutoCloseable {
    private final Outcomes outcomes;
    private final SplittableRandom random;
    private final Path bmp;
    private final AsyncConverter converter =
        AsyncConverter.builder().parallelism(2).maxInFlightBytes(32 << 20).build();

    Ways(Outcomes outcomes, Path directory, SplittableRandom random) {
      this.outcomes = outcomes;
      this.random = random;
      this.bmp = directory.resolve("result-" + random.nextLong() + ".bmp");
    }

    SplittableRandom random() {
      return random;
    }

    void convert(SoakFile file) {
      try {
        switch (random.nextInt(10)) {
          case 0 -> segmentToArena(file);
          case 1 -> arrayToArray(file);
          case 2 -> fileToFile(file);
          case 3 -> intoPlace(file);
          case 4 -> tolerant(file);
          case 5 -> inBackground(file);
          case 6 -> cancelled(file);
          case 7 -> arenaClosedMeanwhile(file);
          case 8 -> leftToTheCollector(file);
          default -> fileInBackground(file);
        }
      } catch (PngException e) {
        outcomes.failed(file.name, e.errorCode());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private void segmentToArena(SoakFile file) {
      try (Arena arena = Arena.ofConfined()) {
        outcomes.converted(file.name, Png.toBmp(file.png, Buffers.uninitialized(arena)));
      }
    }

    private void arrayToArray(SoakFile file) {
      byte[] bytes = Png.toBmp(file.png.toArray(ValueLayout.JAVA_BYTE));
      outcomes.converted(file.name, MemorySegment.ofArray(bytes));
    }

    private void fileToFile(SoakFile file) throws IOException {
      Png.toBmp(file.path, bmp);
      outcomes.converted(file.name, MemorySegment.ofArray(Files.readAllBytes(bmp)));
    }

    private void intoPlace(SoakFile file) {
      PngInfo info = Png.readInfo(file.png);
      if (info.width() * (long) info.height() > 4_000_000) {
        return;
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment memory = arena.allocate(Png.bmpSize(info) + 100).asSlice(3);
        long bytes = Png.toBmp(file.png, memory, ConvertOptions.defaults());
        outcomes.converted(file.name, memory.asSlice(0, bytes));
      }
    }

    /** May decode what the others refuse, so it is compared with itself. */
    private void tolerant(SoakFile file) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment result = Png.toBmp(file.png, arena, ConvertOptions.tolerant());
        outcomes.converted("tolerant: " + file.name, result);
      } catch (PngException e) {
        outcomes.failed("tolerant: " + file.name, e.errorCode());
      }
    }

    private void inBackground(SoakFile file) {
      finish(
          file,
          converter.toBmp(
              file.png,
              result -> {
                outcomes.converted(file.name, result);
                return null;
              }));
    }

    private void fileInBackground(SoakFile file) throws IOException {
      if (finish(file, converter.toBmp(file.path, bmp))) {
        outcomes.converted(file.name, MemorySegment.ofArray(Files.readAllBytes(bmp)));
      }
    }

    private void cancelled(SoakFile file) throws InterruptedException {
      CompletableFuture<byte[]> future = converter.toBmp(file.png.toArray(ValueLayout.JAVA_BYTE));
      Thread.sleep(0, random.nextInt(300_000));
      future.cancel(random.nextBoolean());
      finish(file, future);
    }

    private void arenaClosedMeanwhile(SoakFile file) throws InterruptedException {
      Arena arena = Arena.ofShared();
      MemorySegment copy = arena.allocate(Math.max(1, file.png.byteSize()));
      MemorySegment png = copy.asSlice(0, file.png.byteSize()).copyFrom(file.png);
      CompletableFuture<MemorySegment> future = converter.toBmp(png, arena);
      Thread.sleep(0, random.nextInt(300_000));
      try {
        arena.close();
      } catch (IllegalStateException e) { // a conversion is in there: not before it is over
        try {
          finish(file, future);
        } finally {
          arena.close();
        }
        return;
      }
      try {
        finish(file, future);
      } catch (IllegalStateException e) { // the arena was quicker
        return;
      }
    }

    private void leftToTheCollector(SoakFile file) {
      outcomes.converted(file.name, Png.toBmp(file.png, Buffers.uninitialized(Arena.ofAuto())));
    }

    /** Whether it was converted; throws what a synchronous conversion would. */
    private static boolean finish(SoakFile file, CompletableFuture<?> future) {
      try {
        future.join();
        return true;
      } catch (CancellationException e) {
        return false;
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(file.name, e.getCause());
      }
    }

    @Override
    public void close() {
      converter.close();
    }
  }
}
