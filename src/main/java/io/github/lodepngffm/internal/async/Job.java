package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.blocking.CallContext;
import java.io.IOException;
import java.util.concurrent.CancellationException;

/**
 * One work on its way, in the hands of a virtual thread, which waits while platform threads read,
 * call native code and write, and calls the consumer itself. Whoever abandons it before a worker
 * has begun frees its place at once; afterwards its own thread does.
 *
 * <p>Whatever is thrown, and wherever: in the end the memory is given back, the place is free, the
 * future is settled and who waits for the end of all jobs knows.
 */
final class Job<R> implements Runnable {
  private enum Stage {
    NEW,
    READING,
    QUEUED,
    WORKING,
    FINISHING,
    DROPPED
  }

  private final Work<R> work;
  private final ConvertOptions defaults;
  private final Workers workers;
  private final JobMemory memory;
  private final long submittedAt;
  private final Runnable whenOver;
  private final JobFuture<R> future = new JobFuture<>(this::abandoned);
  private final Handover<Void> turn = new Handover<>(this::work);

  private Stage stage = Stage.NEW;
  private Workers.CancelFlag cancelFlag;
  private Work.Finish<R> finish;

  /**
   * A job that nobody has begun.
   *
   * @param defaults of the converter
   * @param whenOver is called by the job's thread, as the last thing that it does
   */
  Job(
      Work<R> work,
      ConvertOptions defaults,
      Workers workers,
      JobMemory memory,
      long submittedAt,
      Runnable whenOver) {
    this.work = work;
    this.defaults = defaults;
    this.workers = workers;
    this.memory = memory;
    this.submittedAt = submittedAt;
    this.whenOver = whenOver;
  }

  JobFuture<R> future() {
    return future;
  }

  /** Whether waiting for room could mean waiting for this job itself. */
  boolean holdsPlace() {
    return memory.holdsPlace();
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
      memory.giveBack(); // before the future is done: who sees a result finds room for the next job
    } finally {
      try {
        future.settle(result, failure);
      } finally {
        whenOver.run();
      }
    }
  }

  private Throwable explained(Throwable failure) {
    try {
      return work.explained(failure);
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
    if (work.usesFiles()) {
      new Handover<>(this::read).by(workers.forFiles());
    }
    advance(Stage.READING, Stage.QUEUED);
    turn.by(workers.forNativeCalls());
    advance(Stage.WORKING, Stage.FINISHING);
    return work.usesFiles()
        ? new Handover<>(() -> finish.finish(future)).by(workers.forFiles())
        : finish.finish(future);
  }

  private synchronized void advance(Stage from, Stage to) {
    if (stage != from || future.isAbandoned()) {
      throw new CancellationException();
    }
    stage = to;
  }

  private Void read() throws IOException {
    memory.keep(work.read(defaults, memory));
    return null;
  }

  /** On a worker. */
  private Void work() throws Exception {
    Workers.CancelFlag flag = Workers.cancelFlag();
    synchronized (this) {
      if (stage != Stage.QUEUED) {
        return null;
      }
      stage = Stage.WORKING;
      flag.clear();
      cancelFlag = flag;
    }
    try {
      long waited = System.nanoTime() - submittedAt;
      finish = work.work(defaults, memory, new CallContext(memory, flag.segment(), waited));
    } finally {
      synchronized (this) {
        cancelFlag = null; // the next job of this thread has the flag now
      }
    }
    return null;
  }

  /** Called by who settles the future from outside. */
  private synchronized void abandoned() {
    switch (stage) {
      case NEW, QUEUED -> {
        stage = Stage.DROPPED; // a worker that begins all the same sees that
        turn.withdraw();
        workers.remove(turn);
        memory.giveBack();
      }
      case READING -> stage = Stage.DROPPED;
      case WORKING -> {
        if (cancelFlag != null) {
          cancelFlag.raise();
        }
      }
      case FINISHING, DROPPED -> {}
    }
  }
}
