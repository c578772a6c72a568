package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.ffm.NativeLibrary;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/** Lets jobs in, gives them threads and memory, and sees them out. */
public final class Dispatcher {
  private final Admission admission;
  private final MemoryPool pool;
  private final Workers workers;
  private final ConvertOptions defaults;
  private final ThreadFactory jobThreads;
  private final Map<Thread, Job<?>> running = new ConcurrentHashMap<>();
  private volatile boolean cancelling;

  /**
   * How it works.
   *
   * @param parallelism native calls at one time
   * @param maxInFlight jobs at one time
   * @param maxInFlightBytes native memory of these together
   * @param options of every work that has none of its own
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
    this(
        settings,
        Thread.ofVirtual()
            .name(settings.threadNamePrefix() + "-job-", 0)
            .inheritInheritableThreadLocals(false)
            .factory());
  }

  Dispatcher(Settings settings, ThreadFactory jobThreads) {
    NativeLibrary.require();
    this.jobThreads = jobThreads;
    admission = new Admission(settings.maxInFlight(), settings.maxInFlightBytes());
    int blocks = (int) Math.min(3L * settings.maxInFlight(), Integer.MAX_VALUE);
    pool = MemoryPool.bounded(blocks, settings.maxInFlightBytes());
    workers = new Workers(settings.parallelism(), settings.threadNamePrefix());
    defaults = settings.options();
  }

  /**
   * Lets a work in, and begins it.
   *
   * @param <R> the work's result
   * @param work to be done
   * @param whenFull what to do then
   * @return the result; empty when full
   */
  public <R> Optional<CompletableFuture<R>> submit(Work<R> work, WhenFull whenFull) {
    StackRoom.require();
    long submittedAt = System.nanoTime();
    admission.requireOpen();
    long demand;
    try {
      demand = demand(work);
    } catch (RuntimeException | IOException e) {
      return Optional.of(CompletableFuture.failedFuture(work.explained(e)));
    }
    Admission.Place place = enter(demand, whenFull);
    if (place == null) {
      return Optional.empty();
    }
    Thread thread = null;
    boolean started = false;
    try {
      JobMemory memory = new JobMemory(pool, place);
      Job<R> job = new Job<>(work, defaults, workers, memory, submittedAt, () -> doneBy(place));
      Optional<CompletableFuture<R>> future = Optional.of(job.future());
      thread = jobThreads.newThread(job);
      running.put(thread, job);
      if (cancelling) {
        job.future().cancel(true);
      }
      thread.start();
      started = true; // from here on the job sees to everything
      return future;
    } finally {
      if (!started) {
        place.leave();
        done(thread, place);
      }
    }
  }

  private long demand(Work<?> work) throws IOException {
    Work.Demand demand = work.demand(defaults);
    return demand == null
        ? Long.MAX_VALUE
        : JobMemory.mostBytesLentFor(pool, demand.input())
            + JobMemory.mostBytesLentFor(pool, demand.output())
            + JobMemory.mostBytesLentFor(pool, demand.scratch());
  }

  private Admission.Place enter(long demand, WhenFull whenFull) {
    Job<?> own = ownJob();
    if (own != null && own.holdsPlace()) {
      return admission.enterAnyway(demand);
    }
    return whenFull == WhenFull.WAIT ? admission.enter(demand) : admission.tryEnter(demand);
  }

  /** The job of this dispatcher on whose thread a consumer, or a stage, calls; null outside. */
  private Job<?> ownJob() {
    return running.get(Thread.currentThread());
  }

  /** To be called by a job's thread, as the last thing that it does. */
  private void doneBy(Admission.Place place) {
    done(Thread.currentThread(), place);
  }

  private void done(Thread thread, Admission.Place place) {
    if (thread != null) {
      running.remove(thread);
    }
    place.done();
    endIfOver();
  }

  private void endIfOver() {
    if (admission.isOver()) {
      workers.shutdown();
      pool.releaseIdle();
    }
  }

  /**
   * Takes no more jobs, and waits until all are done, unless one of them calls this. When
   * interrupted it cancels them, still waits, and leaves the thread's interrupt status set.
   */
  public void close() {
    StackRoom.require();
    admission.close();
    boolean interrupted = false;
    while (ownJob() == null) {
      try {
        admission.awaitAllDone();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        cancelling = true;
        running.values().forEach(Dispatcher::cancel);
      }
    }
    endIfOver();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancel(Job<?> job) {
    try {
      job.future().cancel(true);
    } catch (OutOfMemoryError e) {
      return; // the job settles its future itself, and the others are to be cancelled, too
    }
  }
}
