package io.github.lodepngffm.internal.async;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The future that a caller holds. It is settled by its job or from outside: cancelled, completed,
 * timed out, overwritten. The job asks before it does what cannot be undone, such as giving a file
 * its name; from then on nobody else can settle this.
 *
 * <p>Every method by which a caller can settle a {@link CompletableFuture} is overridden here, or
 * goes through one that is.
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
    return owner.get() == Owner.JOB || (!isDone() && owner.compareAndSet(Owner.NOBODY, Owner.JOB));
  }

  /** Whether nobody waits for the job's result any more. */
  boolean isAbandoned() {
    Owner now = owner.get();
    return now == Owner.OUTSIDE || (now == Owner.NOBODY && isDone());
  }

  /**
   * For the job's thread, at its end. Returns when this is settled, by whomever; who has begun to
   * settle it from outside is waited for.
   */
  void settle(R result, Throwable failure) {
    boolean settled = false;
    while (!settled) {
      try {
        if (claim() || isDone()) { // settling again does nothing but tell all who wait
          settle(failure, result);
          settled = true;
        } else {
          Thread.yield();
        }
      } catch (OutOfMemoryError e) { // a future needs some bytes to hold a failure
        Thread.onSpinWait(); // timers, and with them sleeping, may not work any more
      }
    }
    whenAbandoned = null; // a future that is kept must not keep the job and its memory
  }

  private void settle(Throwable failure, R result) {
    if (failure == null) {
      super.complete(result);
    } else {
      super.completeExceptionally(failure);
    }
  }

  /**
   * Takes this away from the job. If that comes to no end, the job gets it back, and settles it.
   */
  private boolean settleFromOutside(BooleanSupplier way) {
    StackRoom.require();
    if (isDone() || !owner.compareAndSet(Owner.NOBODY, Owner.OUTSIDE)) {
      return false;
    }
    boolean settled = false;
    try {
      Runnable action = whenAbandoned;
      whenAbandoned = null;
      if (action != null) {
        action.run();
      }
      settled = way.getAsBoolean();
    } finally {
      if (!settled) {
        owner.set(Owner.NOBODY);
      }
    }
    return settled;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return settleFromOutside(() -> super.cancel(mayInterruptIfRunning)) || isCancelled();
  }

  @Override
  public boolean complete(R value) {
    return settleFromOutside(() -> super.complete(value));
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    Objects.requireNonNull(failure, "failure");
    return settleFromOutside(() -> super.completeExceptionally(failure));
  }

  @Override
  public CompletableFuture<R> completeAsync(Supplier<? extends R> supplier, Executor executor) {
    Objects.requireNonNull(supplier, "supplier");
    executor.execute(() -> completeWith(supplier));
    return this;
  }

  private void completeWith(Supplier<? extends R> supplier) {
    if (isDone()) {
      return;
    }
    R value;
    try {
      value = supplier.get();
    } catch (Throwable e) { // as the overridden method does it
      completeExceptionally(e instanceof CompletionException ? e : new CompletionException(e));
      return;
    }
    complete(value);
  }

  @Override
  public void obtrudeValue(R value) {
    if (!settleFromOutside(() -> super.complete(value))) {
      super.obtrudeValue(value);
    }
  }

  @Override
  public void obtrudeException(Throwable failure) {
    Objects.requireNonNull(failure, "failure");
    if (!settleFromOutside(() -> super.completeExceptionally(failure))) {
      super.obtrudeException(failure);
    }
  }
}
