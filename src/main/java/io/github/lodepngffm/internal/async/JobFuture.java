package io.github.lodepngffm.internal.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The future that a caller holds. It is settled once, by its job or from outside (cancelled,
 * completed, timed out); the job asks before it does what cannot be undone, such as giving a file
 * its name, and whoever comes second is told so.
 */
final class JobFuture<R> extends CompletableFuture<R> {
  private enum Owner {
    NOBODY,
    JOB,
    OUTSIDE
  }

  private final AtomicReference<Owner> owner = new AtomicReference<>(Owner.NOBODY);
  private volatile Runnable whenAbandoned;

  JobFuture(Runnable whenAbandoned) {
    this.whenAbandoned = whenAbandoned;
  }

  /** For the job: from now on, if true, nobody else can settle this. */
  boolean claim() {
    return owner.compareAndSet(Owner.NOBODY, Owner.JOB) || owner.get() == Owner.JOB;
  }

  /** For the job's thread, at its end. Does nothing if this was settled from outside. */
  void settle(R result, Throwable failure) {
    whenAbandoned = null; // a future that is kept must not keep the job and its memory
    if (!claim()) {
      return;
    }
    if (failure == null) {
      super.complete(result);
    } else {
      super.completeExceptionally(failure);
    }
  }

  private boolean abandon() {
    if (!owner.compareAndSet(Owner.NOBODY, Owner.OUTSIDE)) {
      return false;
    }
    Runnable action = whenAbandoned;
    whenAbandoned = null;
    if (action != null) {
      action.run();
    }
    return true;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return abandon() ? super.cancel(mayInterruptIfRunning) : isCancelled();
  }

  @Override
  public boolean complete(R value) {
    return abandon() && super.complete(value);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return abandon() && super.completeExceptionally(failure);
  }
}
