package io.github.lodepngffm.internal.async;

import java.util.Deque;
import java.util.LinkedList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may come in: so many jobs, and so many bytes, at one time. Who finds no place waits in line;
 * nobody overtakes, or a large job behind a stream of small ones would wait for ever.
 */
final class Admission {
  /** More than a machine has, and little enough to be counted thousands of times over. */
  private static final long MOST_BYTES = 1L << 50;

  private final int maxJobs;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allDone = lock.newCondition();

  /** Not an ArrayDeque: one that finds no heap to grow loses all that it holds. */
  private final Deque<Waiter> line = new LinkedList<>();

  private int jobs;
  private long bytes;
  private int unfinished;
  private boolean closed;

  Admission(int maxJobs, long maxBytes) {
    this.maxJobs = maxJobs;
    this.maxBytes = Math.min(maxBytes, MOST_BYTES);
  }

  /** What one job may hold, from when it comes in until it leaves. */
  final class Place {
    private long held;
    private boolean left;

    private Place(long held) {
      this.held = held;
    }

    /** Counts more bytes than it came in with, at once: waiting while holding could never end. */
    void growTo(long wanted) {
      lock.lock();
      try {
        long more = Math.min(wanted, maxBytes) - held;
        if (!left && more > 0) {
          held += more;
          bytes += more;
        }
      } finally {
        lock.unlock();
      }
    }

    /** Makes room for others. Only the first call counts. */
    void leave() {
      lock.lock();
      try {
        if (!left) {
          left = true;
          jobs--;
          bytes -= held;
          admitFromLine();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Says that nothing more will happen. To be called once, after {@link #leave()}. */
    void done() {
      lock.lock();
      try {
        unfinished--;
        if (unfinished == 0) {
          allDone.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Whether it takes part in what others wait for. */
    boolean isHeld() {
      lock.lock();
      try {
        return !left;
      } finally {
        lock.unlock();
      }
    }
  }

  private final class Waiter {
    final Place place;
    final Condition turn = lock.newCondition();
    boolean admitted;

    Waiter(Place place) {
      this.place = place;
    }
  }

  /** A place that is not taken yet. Whatever needs heap is made before anything is counted. */
  private Place place(long wanted) {
    return new Place(Math.min(wanted, maxBytes));
  }

  /**
   * Comes in, after a wait in line where there is no room.
   *
   * @param wanted bytes; more than there may be at all means all of them, so that the job is alone
   */
  Place enter(long wanted) {
    Place place = place(wanted);
    lock.lock();
    try {
      requireOpen();
      if (!line.isEmpty() || !fits(place)) {
        waitFor(new Waiter(place));
      } else {
        take(place);
      }
      return place;
    } finally {
      lock.unlock();
    }
  }

  private void waitFor(Waiter waiter) {
    line.addLast(waiter);
    try {
      while (!waiter.admitted) {
        requireOpen();
        waiter.turn.await();
      }
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      if (waiter.admitted) {
        return; // the turn came first
      }
      line.remove(waiter);
      admitFromLine(); // it may have stood before smaller ones
      throw refusal(e);
    }
  }

  private static RuntimeException refusal(Throwable e) {
    return switch (e) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      default -> new RejectedExecutionException("interrupted while waiting for room", e);
    };
  }

  /** Comes in if there is room and nobody waits; null otherwise. */
  Place tryEnter(long wanted) {
    Place place = place(wanted);
    lock.lock();
    try {
      requireOpen();
      if (!line.isEmpty() || !fits(place)) {
        return null;
      }
      take(place);
      return place;
    } finally {
      lock.unlock();
    }
  }

  /** Comes in over the bounds: for who holds a place that must not be waited for. */
  Place enterAnyway(long wanted) {
    Place place = place(wanted);
    lock.lock();
    try {
      requireOpen();
      take(place);
      return place;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more, and sends away who stands in line. */
  void close() {
    lock.lock();
    try {
      closed = true;
      line.forEach(waiter -> waiter.turn.signal());
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything that came in is done. */
  void awaitAllDone() throws InterruptedException {
    lock.lock();
    try {
      while (unfinished > 0) {
        allDone.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is closed and everything is done. */
  boolean isOver() {
    lock.lock();
    try {
      return closed && unfinished == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses after {@link #close()}. */
  void requireOpen() {
    lock.lock();
    try {
      if (closed) {
        throw new RejectedExecutionException("the converter is closed");
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(Place place) {
    return jobs < maxJobs && (jobs == 0 || place.held <= maxBytes - bytes);
  }

  private void take(Place place) {
    jobs++;
    bytes += place.held;
    unfinished++;
  }

  private void admitFromLine() {
    while (!closed && !line.isEmpty() && fits(line.getFirst().place)) {
      Waiter next = line.removeFirst();
      take(next.place);
      next.admitted = true;
      next.turn.signal();
    }
  }
}
