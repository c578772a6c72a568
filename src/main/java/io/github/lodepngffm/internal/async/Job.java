package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.jfr.ObservedConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;

/**
 * One conversion on its way, in the hands of a virtual thread, which waits while platform threads
 * read, convert and write, and calls the consumer itself. Whoever abandons it before a worker has
 * begun frees its place at once; afterwards its own thread does.
 */
final class Job<R> implements Runnable {
  /** The job whose thread this is, for what a consumer submits or closes. */
  static final ScopedValue<Job<?>> CURRENT = ScopedValue.newInstance();

  private enum Stage {
    NEW,
    READING,
    QUEUED,
    CONVERTING,
    FINISHING,
    DROPPED
  }

  private final Dispatcher dispatcher;
  private final Form<R> form;
  private final Admission.Place place;
  private final long submittedAt;
  private final JobFuture<R> future = new JobFuture<>(this::abandoned);
  private final Runnable conversion = this::convert;
  private final CountDownLatch converted = new CountDownLatch(1);

  private Stage stage = Stage.NEW;
  private Workers.CancelFlag cancelFlag;
  private MemoryPool.Lease input;
  private MemoryPool.Lease output;
  private MemorySegment bmp;
  private ConversionReport report;
  private Throwable failure;

  Job(Dispatcher dispatcher, Form<R> form, Admission.Place place, long submittedAt) {
    this.dispatcher = dispatcher;
    this.form = form;
    this.place = place;
    this.submittedAt = submittedAt;
  }

  JobFuture<R> future() {
    return future;
  }

  boolean isOf(Dispatcher other) {
    return dispatcher == other;
  }

  /** Whether waiting for room could mean waiting for this job itself. */
  boolean holdsPlace() {
    return place.isHeld();
  }

  @Override
  public void run() {
    ScopedValue.where(CURRENT, this).run(this::live);
  }

  private void live() {
    R result = null;
    try {
      result = steps();
    } catch (Throwable e) {
      failure = e;
    }
    takeBack();
    try {
      freeMemory();
      place.leave();
      future.settle(result, failure == null ? null : form.explained(failure));
    } finally { // whatever the heap has no room for: who closes must not wait for ever
      place.leave();
      dispatcher.done(this, place);
    }
  }

  /**
   * From here on only the job's thread frees memory. Where no worker could be started, the job
   * still counts as queued: cancelling it would free the memory a second time, at the same time.
   */
  private synchronized void takeBack() {
    stage = Stage.FINISHING;
  }

  private R steps() throws Exception {
    if (!advance(Stage.NEW, Stage.READING)) {
      return null;
    }
    if (form.usesFiles()) {
      input = dispatcher.workers().withFile(this::read);
    }
    if (!advance(Stage.READING, Stage.QUEUED)) {
      return null;
    }
    dispatcher.workers().execute(conversion);
    awaitConversion();
    if (failure != null || !advance(Stage.CONVERTING, Stage.FINISHING)) {
      return null;
    }
    return form.usesFiles() ? dispatcher.workers().withFile(this::finish) : finish();
  }

  private MemoryPool.Lease read() throws IOException {
    return form.read(dispatcher.pool(), dispatcher.options());
  }

  private R finish() throws IOException {
    return form.finish(bmp, report, future);
  }

  /** Not to be cut short by an interrupt: native code may be writing to the job's memory. */
  private void awaitConversion() {
    boolean interrupted = false;
    while (true) {
      try {
        converted.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void convert() {
    Workers.CancelFlag flag = Workers.cancelFlag();
    synchronized (this) {
      if (stage != Stage.QUEUED) {
        return;
      }
      stage = Stage.CONVERTING;
      flag.clear();
      cancelFlag = flag;
    }
    try {
      convert(flag);
    } catch (Throwable e) {
      failure = e;
    } finally {
      synchronized (this) {
        cancelFlag = null; // the next job of this thread has the flag now
      }
      converted.countDown();
    }
  }

  private void convert(Workers.CancelFlag flag) {
    MemoryPool pool = dispatcher.pool();
    ConvertOptions options = dispatcher.options();
    if (input == null) {
      input = form.copy(pool);
    }
    MemorySegment png = input == null ? form.source() : input.segment();
    // again, and for good: a file may have changed since its header was read
    PngBmpCalls.Plan plan = PngBmpCalls.plan(png, options);
    place.growTo(dispatcher.demand(png.byteSize(), plan));
    bmp = form.allocate(plan.bmpBytes());
    if (bmp == null) {
      output = pool.lend(plan.bmpBytes());
      bmp = output.segment();
    }
    Segments.requireOutput(bmp, plan.bmpBytes(), png);
    try (MemoryPool.Lease scratch = pool.lend(plan.scratchBytes())) {
      long waited = System.nanoTime() - submittedAt;
      report =
          ObservedConversion.convert(
              png, options, plan, bmp, scratch.segment(), flag.segment(), waited);
    }
    form.converted(bmp);
  }

  private synchronized boolean advance(Stage from, Stage to) {
    if (stage != from || future.isDone()) {
      return false;
    }
    stage = to;
    return true;
  }

  /** Called by whoever settled the future from outside. */
  private synchronized void abandoned() {
    switch (stage) {
      case NEW, QUEUED -> {
        stage = Stage.DROPPED;
        dispatcher.workers().remove(conversion);
        freeMemory();
        place.leave();
        converted.countDown();
      }
      case READING -> stage = Stage.DROPPED;
      case CONVERTING -> {
        if (cancelFlag != null) {
          cancelFlag.raise();
        }
      }
      case FINISHING, DROPPED -> {}
    }
  }

  private void freeMemory() {
    if (input != null) {
      input.close();
    }
    if (output != null) {
      output.close();
    }
  }
}
