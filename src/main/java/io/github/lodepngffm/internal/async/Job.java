package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.jfr.ObservedConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * One conversion on its way, in the hands of a virtual thread, which waits while platform threads
 * read, convert and write, and calls the consumer itself. Whoever abandons it before a worker has
 * begun frees its place at once; afterwards its own thread does.
 *
 * <p>Whatever is thrown, and wherever: in the end the memory is given back, the place is free, the
 * future is settled and who waits for the end of all jobs knows.
 */
final class Job<R> implements Runnable {
  private enum Stage {
    NEW,
    READING,
    QUEUED,
    CONVERTING,
    FINISHING,
    DROPPED
  }

  private final Equipment equipment;
  private final Form<R> form;
  private final Admission.Place place;
  private final long submittedAt;
  private final Consumer<Admission.Place> whenOver;
  private final JobFuture<R> future = new JobFuture<>(this::abandoned);
  private final Handover<Void> conversion = new Handover<>(this::convert);

  private Stage stage = Stage.NEW;
  private Workers.CancelFlag cancelFlag;
  private MemoryPool.Lease input;
  private MemoryPool.Lease output;
  private MemorySegment bmp;
  private ConversionReport report;

  /**
   * A job that nobody has begun.
   *
   * @param whenOver is told by the job's thread, as the last thing that it does
   */
  Job(
      Equipment equipment,
      Form<R> form,
      Admission.Place place,
      long submittedAt,
      Consumer<Admission.Place> whenOver) {
    this.equipment = equipment;
    this.form = form;
    this.place = place;
    this.submittedAt = submittedAt;
    this.whenOver = whenOver;
  }

  JobFuture<R> future() {
    return future;
  }

  /** Whether waiting for room could mean waiting for this job itself. */
  boolean holdsPlace() {
    return place.isHeld();
  }

  @Override
  public void run() {
    R result = null;
    Throwable failure = null;
    try {
      result = steps();
    } catch (Throwable e) {
      failure = explained(e);
    }
    try {
      takeBack();
      giveBack(); // before the future is done: who sees a result finds room for the next job
    } finally {
      try {
        future.settle(result, failure);
      } finally {
        whenOver.accept(place);
      }
    }
  }

  private Throwable explained(Throwable failure) {
    try {
      return form.explained(failure);
    } catch (Throwable e) {
      return failure;
    }
  }

  /** From here on only the job's thread gives memory back. */
  private synchronized void takeBack() {
    stage = Stage.FINISHING;
  }

  private R steps() throws Exception {
    advance(Stage.NEW, Stage.READING);
    if (form.usesFiles()) {
      input = new Handover<>(this::read).by(equipment.workers().forFiles());
    }
    advance(Stage.READING, Stage.QUEUED);
    conversion.by(equipment.workers().forConversions());
    advance(Stage.CONVERTING, Stage.FINISHING);
    return form.usesFiles()
        ? new Handover<>(this::finish).by(equipment.workers().forFiles())
        : finish();
  }

  private synchronized void advance(Stage from, Stage to) {
    if (stage != from || future.isAbandoned()) {
      throw new CancellationException();
    }
    stage = to;
  }

  private MemoryPool.Lease read() throws IOException {
    return form.read(equipment.pool(), equipment.options());
  }

  private R finish() throws IOException {
    return form.finish(bmp, report, future);
  }

  /** On a worker. */
  private Void convert() {
    Workers.CancelFlag flag = Workers.cancelFlag();
    synchronized (this) {
      if (stage != Stage.QUEUED) {
        return null;
      }
      stage = Stage.CONVERTING;
      flag.clear();
      cancelFlag = flag;
    }
    try {
      convert(flag);
    } finally {
      synchronized (this) {
        cancelFlag = null; // the next job of this thread has the flag now
      }
    }
    return null;
  }

  private void convert(Workers.CancelFlag flag) {
    MemoryPool pool = equipment.pool();
    ConvertOptions options = equipment.options();
    if (input == null) {
      input = form.copy(pool);
    }
    MemorySegment png = input == null ? form.source() : input.segment();
    // again, and for good: a file may have changed since its header was read
    PngBmpCalls.Plan plan = PngBmpCalls.plan(png, options);
    place.growTo(equipment.demand(png.byteSize(), plan));
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

  /** Called by who settles the future from outside. */
  private synchronized void abandoned() {
    switch (stage) {
      case NEW, QUEUED -> {
        stage = Stage.DROPPED; // a worker that begins all the same sees that
        conversion.withdraw();
        equipment.workers().remove(conversion);
        giveBack();
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

  private void giveBack() {
    try {
      close(input);
    } finally {
      try {
        close(output);
      } finally {
        place.leave();
      }
    }
  }

  private static void close(MemoryPool.Lease lease) {
    if (lease != null) {
      lease.close();
    }
  }
}
