package io.github.lodepngffm;

import io.github.lodepngffm.internal.async.Dispatcher;
import io.github.lodepngffm.internal.async.Dispatcher.WhenFull;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Converts and decodes many images at one time while the caller goes on. Each job is a virtual
 * thread, which hands the long native call to one of a few platform threads and lets its carrier go
 * meanwhile: virtual threads that have nothing to do with this are not held up. docs/async.md has
 * the measurements.
 *
 * <p>What can be done is a {@link Task}, for {@link #submit} and {@link #trySubmit}. The methods
 * that are named after a conversion submit the task of that name.
 *
 * {@snippet :
 * try (AsyncConverter converter = AsyncConverter.create()) {
 *   List<CompletableFuture<Path>> files = new ArrayList<>();
 *   for (Path png : pngs) {
 *     files.add(converter.toBmp(png, png.resolveSibling(png.getFileName() + ".bmp")));
 *   }
 * } // all done here, well or badly: each future says
 * }
 *
 * <h2>Room</h2>
 *
 * A converter has room for so many jobs and so many bytes of native memory (PNG, BMP and working
 * memory, each counted with up to a quarter more for what blocks of memory lose). Submitting waits
 * for room, in the order of the calls; {@code trySubmit} and the {@code tryToBmp} methods return
 * empty instead. A job larger than all the room runs alone. A consumer that submits to its own
 * converter never waits, and goes over the bounds where it must: it holds a part of what it would
 * wait for.
 *
 * <p>A thread that is interrupted while it waits for room gets a {@link RejectedExecutionException}
 * whose cause is the {@link InterruptedException}; its interrupt status is set, and nothing was
 * submitted. So does one that waits when the converter is closed, without the cause.
 *
 * <h2>Futures</h2>
 *
 * What is wrong with a PNG or a file fails the future, with the {@link PngException} or {@link
 * java.io.IOException} as the cause of what {@code join} and {@code get} throw. What is wrong with
 * the call, such as a confined arena, is thrown at once.
 *
 * <p>Cancelling a future, completing it from outside, or overwriting it ({@code obtrudeValue})
 * drops a job that no thread works at, and frees its room before {@code cancel} returns. A job that
 * is being converted stops at the next point at which native code looks, within milliseconds where
 * it writes rows, and at the end of the phase where it inflates. A job whose consumer runs lets it
 * come to its end. {@code cancel} can return false when a file is about to get its name: then the
 * file is complete. A cancelled job leaves no file, and what was there before stays. Whatever is
 * done to its future, a job writes a file whole or not at all. Stages that depend on the future
 * ({@code thenApply}) do not pass their cancellation on to it; they run on the job's virtual
 * thread, after its room is free.
 *
 * <h2>Memory</h2>
 *
 * A PNG in a segment or array is read until the future is done, and must not change until then.
 * Native segments are read where they are; heap segments and arrays are copied to native memory.
 * Memory confined to one thread is refused, since other threads read and write it. If an arena is
 * closed while a job needs it, either closing fails with {@link IllegalStateException} (native code
 * is at work) or the job's future does.
 *
 * <p>Thread-safe. Several converters, and {@link Png}, work side by side.
 */
public final class AsyncConverter implements AutoCloseable {
  private final Dispatcher dispatcher;

  private AsyncConverter(Dispatcher.Settings settings) {
    dispatcher = new Dispatcher(settings);
  }

  /**
   * A converter with the {@linkplain Builder default settings}.
   *
   * @return to be closed after use
   * @throws UnsatisfiedLinkError if the native library cannot be loaded
   */
  public static AsyncConverter create() {
    return builder().build();
  }

  /**
   * Starts a converter with settings of one's own.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Begins a task as soon as there is room for it, and waits until then.
   *
   * @param <R> the task's result
   * @param task what to do
   * @return what the task says
   * @throws RejectedExecutionException if the converter is closed, or the thread interrupted
   */
  public <R> CompletableFuture<R> submit(Task<R> task) {
    return dispatcher.submit(task.work(), WhenFull.WAIT).orElseThrow();
  }

  /**
   * Begins a task if there is room for it, and never waits.
   *
   * @param <R> the task's result
   * @param task what to do
   * @return what the task says; empty, and nothing submitted, if there is no room
   * @throws RejectedExecutionException if the converter is closed
   */
  public <R> Optional<CompletableFuture<R>> trySubmit(Task<R> task) {
    return dispatcher.submit(task.work(), WhenFull.RETURN);
  }

  /**
   * Converts, and shows the BMP to a function, on the job's virtual thread. The memory is lent:
   * once the function has returned, every use of the segment, and of slices and buffers of it,
   * throws {@link IllegalStateException}. Other threads get a {@link WrongThreadException} at any
   * time.
   *
   * @param <R> the function's result
   * @param png the bytes of a PNG
   * @param consumer gets exactly the BMP; must not return it, or a part of it
   * @return what the function returns; fails with what it throws
   * @throws IllegalArgumentException if {@code png} is confined to one thread
   * @throws RejectedExecutionException if the converter is closed, or the thread interrupted
   */
  public <R> CompletableFuture<R> toBmp(
      MemorySegment png, Function<? super MemorySegment, ? extends R> consumer) {
    return submit(Task.<R>toBmp(png, consumer));
  }

  /**
   * As {@link #toBmp(MemorySegment, Function)}, but never waits for room.
   *
   * @param <R> the function's result
   * @param png the bytes of a PNG
   * @param consumer gets exactly the BMP; must not return it, or a part of it
   * @return what the function returns; empty, and nothing submitted, if there is no room
   * @throws IllegalArgumentException if {@code png} is confined to one thread
   * @throws RejectedExecutionException if the converter is closed
   */
  public <R> Optional<CompletableFuture<R>> tryToBmp(
      MemorySegment png, Function<? super MemorySegment, ? extends R> consumer) {
    return trySubmit(Task.toBmp(png, consumer));
  }

  /**
   * Converts into memory of an arena, not filled with zeros first. The memory belongs to the arena
   * also when the job fails or is cancelled after it was allocated.
   *
   * @param png the bytes of a PNG
   * @param arena shared, automatic or global; to be kept open until the future is done
   * @return exactly the BMP; fails with {@link IllegalStateException} if the arena was closed
   * @throws IllegalArgumentException if {@code png} or {@code arena} is confined to one thread
   * @throws IllegalStateException if the arena is closed
   * @throws RejectedExecutionException if the converter is closed, or the thread interrupted
   */
  public CompletableFuture<MemorySegment> toBmp(MemorySegment png, Arena arena) {
    return submit(Task.toBmp(png, arena));
  }

  /**
   * As {@link #toBmp(MemorySegment, Arena)}, but never waits for room.
   *
   * @param png the bytes of a PNG
   * @param arena shared, automatic or global; to be kept open until the future is done
   * @return exactly the BMP; empty, and nothing submitted, if there is no room
   * @throws IllegalArgumentException if {@code png} or {@code arena} is confined to one thread
   * @throws IllegalStateException if the arena is closed
   * @throws RejectedExecutionException if the converter is closed
   */
  public Optional<CompletableFuture<MemorySegment>> tryToBmp(MemorySegment png, Arena arena) {
    return trySubmit(Task.toBmp(png, arena));
  }

  /**
   * Converts between arrays. Copies the PNG to native memory and the BMP from it.
   *
   * @param png the bytes of a PNG, not to be changed until the future is done
   * @return the BMP
   * @throws RejectedExecutionException if the converter is closed, or the thread interrupted
   */
  public CompletableFuture<byte[]> toBmp(byte[] png) {
    return submit(Task.toBmp(png));
  }

  /**
   * As {@link #toBmp(byte[])}, but never waits for room.
   *
   * @param png the bytes of a PNG, not to be changed until the future is done
   * @return the BMP; empty, and nothing submitted, if there is no room
   * @throws RejectedExecutionException if the converter is closed
   */
  public Optional<CompletableFuture<byte[]>> tryToBmp(byte[] png) {
    return trySubmit(Task.toBmp(png));
  }

  /**
   * Converts a file, as {@link Png#toBmp(Path, Path)} does: whole or not at all. The calling thread
   * reads the header, to know how much room the job needs; the job reads the rest. A pipe or device
   * is counted with all the bytes that there is room for, since its size is unknown.
   *
   * @param png the file to read
   * @param bmp the file to write, replaced if it exists
   * @return {@code bmp}; fails with {@link java.io.IOException}, or a {@link PngException} that
   *     names the file
   * @throws RejectedExecutionException if the converter is closed, or the thread interrupted
   */
  public CompletableFuture<Path> toBmp(Path png, Path bmp) {
    return submit(Task.toBmp(png, bmp));
  }

  /**
   * As {@link #toBmp(Path, Path)}, but never waits for room.
   *
   * @param png the file to read
   * @param bmp the file to write, replaced if it exists
   * @return {@code bmp}; empty, and nothing submitted, if there is no room
   * @throws RejectedExecutionException if the converter is closed
   */
  public Optional<CompletableFuture<Path>> tryToBmp(Path png, Path bmp) {
    return trySubmit(Task.toBmp(png, bmp));
  }

  /**
   * Converts a file, as {@link #toBmp(Path, Path)} does, and tells how that went.
   *
   * @param png the file to read
   * @param bmp the file to write, replaced if it exists
   * @return what it did
   * @throws RejectedExecutionException if the converter is closed, or the thread interrupted
   */
  public CompletableFuture<ConversionReport> convert(Path png, Path bmp) {
    return submit(Task.convert(png, bmp));
  }

  /**
   * Takes no more jobs, and returns when all that were submitted are done, well or badly. May be
   * called from any thread, and again; every call waits. Called from a consumer, or from a stage
   * that a job completes on its own thread, it does not wait, since that job could not end
   * meanwhile.
   *
   * <p>If the thread is interrupted, before or while it waits, the jobs are cancelled; it still
   * waits until they are done, and returns with its interrupt status set.
   */
  @Override
  public void close() {
    dispatcher.close();
  }

  /**
   * Settings of a converter. Every method checks its value at once.
   *
   * <p>The defaults: as many native calls at one time as the machine has processors, 4 times as
   * many jobs (at least 16), 256 MiB for each of the native calls (at least 1024 MiB together),
   * {@link ConvertOptions#defaults()}, and thread names that begin with {@code lodepngffm}.
   */
  public static final class Builder {
    private static final long MIB = 1L << 20;

    private int parallelism = Runtime.getRuntime().availableProcessors();
    private int maxInFlight;
    private long maxInFlightBytes;
    private ConvertOptions options = ConvertOptions.defaults();
    private String threadNamePrefix = "lodepngffm";

    private Builder() {}

    /**
     * Native calls at one time, each on a platform thread of its own.
     *
     * @param threads at least 1
     * @return this
     */
    public Builder parallelism(int threads) {
      parallelism = Math.toIntExact(requirePositive(threads, "parallelism"));
      return this;
    }

    /**
     * Jobs at one time, from submission to the end of their consumers.
     *
     * @param jobs at least 1
     * @return this
     */
    public Builder maxInFlight(int jobs) {
      maxInFlight = Math.toIntExact(requirePositive(jobs, "maxInFlight"));
      return this;
    }

    /**
     * Native memory of the jobs together, and of what is kept between them.
     *
     * @param bytes at least 1
     * @return this
     */
    public Builder maxInFlightBytes(long bytes) {
      maxInFlightBytes = requirePositive(bytes, "maxInFlightBytes");
      return this;
    }

    /**
     * What each conversion may spend; the other options stay.
     *
     * @param limits for each of the conversions
     * @return this
     */
    public Builder limits(Limits limits) {
      options = options.withLimits(limits);
      return this;
    }

    /**
     * How each conversion is done.
     *
     * @param options for each of the conversions, limits included
     * @return this
     */
    public Builder options(ConvertOptions options) {
      this.options = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * How the names of the converter's threads begin; {@code -job-N}, {@code -worker-N} and {@code
     * -file-N} follow.
     *
     * @param prefix such as the name of the application's part
     * @return this
     */
    public Builder threadNamePrefix(String prefix) {
      threadNamePrefix = Objects.requireNonNull(prefix, "prefix");
      return this;
    }

    /**
     * Makes the converter. Threads start with the first jobs.
     *
     * @return to be closed after use
     * @throws UnsatisfiedLinkError if the native library cannot be loaded
     */
    public AsyncConverter build() {
      return new AsyncConverter(settings());
    }

    /** With the defaults for what was not set. */
    Dispatcher.Settings settings() {
      int jobs = maxInFlight > 0 ? maxInFlight : Math.clamp(4L * parallelism, 16, 1 << 20);
      long bytes =
          maxInFlightBytes > 0 ? maxInFlightBytes : Math.max(1024, 256L * parallelism) * MIB;
      return new Dispatcher.Settings(parallelism, jobs, bytes, options, threadNamePrefix);
    }

    private static long requirePositive(long value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
      }
      return value;
    }
  }
}
