package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.ffm.NativeLibrary;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/** Lets jobs in, gives them threads and memory, and sees them out. */
public final class Dispatcher {
  private final Settings settings;
  private final Admission admission;
  private final Workers workers;
  private final MemoryPool pool;
  private final ThreadFactory jobThreads;
  private final Set<Job<?>> running = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelling;

  /**
   * How it works.
   *
   * @param parallelism native calls at one time
   * @param maxInFlight jobs at one time
   * @param maxInFlightBytes native memory of these together
   * @param options of every conversion
   * @param threadNamePrefix how names of its threads begin
   */
  public record Settings(
      int parallelism,
      int maxInFlight,
      long maxInFlightBytes,
      ConvertOptions options,
      String threadNamePrefix) {}

  /**
   * Whether who finds no room waits for it.
   *
   * <p>A job that submits for its own converter never waits: it holds a part of what it would wait
   * for.
   */
  public enum WhenFull {
    /** Waits in line. */
    WAIT,
    /** Returns with nothing. */
    RETURN
  }

  /**
   * A dispatcher without jobs.
   *
   * @param settings how it works
   */
  public Dispatcher(Settings settings) {
    NativeLibrary.require();
    this.settings = settings;
    String prefix = settings.threadNamePrefix();
    admission = new Admission(settings.maxInFlight(), settings.maxInFlightBytes());
    workers = new Workers(settings.parallelism(), prefix);
    pool = MemoryPool.bounded(3 * settings.maxInFlight(), settings.maxInFlightBytes());
    jobThreads =
        Thread.ofVirtual()
            .name(prefix + "-job-", 0)
            .inheritInheritableThreadLocals(false)
            .factory();
  }

  /**
   * A conversion whose BMP a function sees.
   *
   * @param <R> the function's result
   * @param png the PNG
   * @param consumer gets the BMP
   * @param whenFull what to do then
   * @return the function's result; empty when full
   */
  public <R> Optional<CompletableFuture<R>> toFunction(
      MemorySegment png, Function<? super MemorySegment, ? extends R> consumer, WhenFull whenFull) {
    return submit(new SegmentForm.ToFunction<>(png, consumer), whenFull);
  }

  /**
   * A conversion whose BMP lives in an arena.
   *
   * @param png the PNG
   * @param arena not confined
   * @param whenFull what to do then
   * @return the BMP; empty when full
   */
  public Optional<CompletableFuture<MemorySegment>> toArena(
      MemorySegment png, Arena arena, WhenFull whenFull) {
    return submit(new SegmentForm.ToArena(png, arena), whenFull);
  }

  /**
   * A conversion between arrays.
   *
   * @param png the PNG
   * @param whenFull what to do then
   * @return the BMP; empty when full
   */
  public Optional<CompletableFuture<byte[]>> toArray(byte[] png, WhenFull whenFull) {
    return submit(new SegmentForm.ToArray(png), whenFull);
  }

  /**
   * A conversion between files.
   *
   * @param <R> what becomes of the report
   * @param png the PNG
   * @param bmp the BMP
   * @param result from the report to the future's value
   * @param whenFull what to do then
   * @return the result; empty when full
   */
  public <R> Optional<CompletableFuture<R>> toFile(
      Path png, Path bmp, Function<ConversionReport, R> result, WhenFull whenFull) {
    return submit(new FileForm<>(png, bmp, result), whenFull);
  }

  private <R> Optional<CompletableFuture<R>> submit(Form<R> form, WhenFull whenFull) {
    long submittedAt = System.nanoTime();
    admission.requireOpen();
    long demand;
    try {
      demand = demand(form);
    } catch (RuntimeException | IOException e) {
      return Optional.of(CompletableFuture.failedFuture(form.explained(e)));
    }
    Admission.Place place = enter(demand, whenFull);
    if (place == null) {
      return Optional.empty();
    }
    Job<R> job = new Job<>(this, form, place, submittedAt);
    running.add(job);
    if (cancelling) {
      job.future().cancel(true);
    }
    try {
      jobThreads.newThread(job).start();
    } catch (Throwable e) {
      place.leave();
      done(job, place);
      throw e;
    }
    return Optional.of(job.future());
  }

  private <R> long demand(Form<R> form) throws IOException {
    PngBmpCalls.Plan plan = form.plan(settings.options());
    return plan == null ? Long.MAX_VALUE : demand(form.inputBytes(), plan);
  }

  /** The bytes that a job is counted with: the most that the pool may lend for them. */
  long demand(long inputBytes, PngBmpCalls.Plan plan) {
    return pool.mostBytesLentFor(inputBytes)
        + pool.mostBytesLentFor(plan.bmpBytes())
        + pool.mostBytesLentFor(plan.scratchBytes());
  }

  private Admission.Place enter(long demand, WhenFull whenFull) {
    if (isOwnJob() && Job.CURRENT.get().holdsPlace()) {
      return admission.enterAnyway(demand);
    }
    return whenFull == WhenFull.WAIT ? admission.enter(demand) : admission.tryEnter(demand);
  }

  private boolean isOwnJob() {
    return Job.CURRENT.isBound() && Job.CURRENT.get().isOf(this);
  }

  void done(Job<?> job, Admission.Place place) {
    running.remove(job);
    place.done();
    endIfOver();
  }

  private void endIfOver() {
    if (admission.isOver()) {
      workers.shutdown();
      pool.releaseIdle();
    }
  }

  MemoryPool pool() {
    return pool;
  }

  Workers workers() {
    return workers;
  }

  ConvertOptions options() {
    return settings.options();
  }

  /**
   * Takes no more jobs, and waits until all are done, unless one of them calls this. When
   * interrupted it cancels them, still waits, and leaves the thread's interrupt status set.
   */
  public void close() {
    admission.close();
    boolean interrupted = false;
    while (!isOwnJob()) {
      try {
        admission.awaitAllDone();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        cancelling = true;
        running.forEach(job -> job.future().cancel(true));
      }
    }
    endIfOver();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
