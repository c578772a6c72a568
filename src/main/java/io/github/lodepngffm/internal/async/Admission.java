package io.github.lodepngffm.internal.async;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may come in: so many jobs, and so many bytes, at one time. Who finds no place waits in line;
 * nobody overtakes, or a large job behind a stream of small ones would wait for ever.
 */
final class Admission {
  private final int maxJobs;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allDone = lock.newCondition();
  private final Deque<Waiter> line = new ArrayDeque<>();
  private int jobs;
  private long bytes;
  private int unfinished;
  private boolean closed;

  Admission(int maxJobs, long maxBytes) {
    this.maxJobs = maxJobs;
    this.maxBytes = maxBytes;
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
    final long wanted;
    final Condition turn = lock.newCondition();
    Place place;

    Waiter(long wanted) {
      this.wanted = wanted;
    }
  }

  /**
   * Comes in, after a wait in line where there is no room.
   *
   * @param wanted bytes; more than there may be at all means all of them, so that the job is alone
   */
  Place enter(long wanted) {
    lock.lock();
    try {
      requireOpen();
      long counted = Math.min(wanted, maxBytes);
      if (line.isEmpty() && fits(counted)) {
        return take(counted);
      }
      return waitFor(new Waiter(counted));
    } finally {
      lock.unlock();
    }
  }

  private Place waitFor(Waiter waiter) {
    line.addLast(waiter);
    try {
      while (waiter.place == null) {
        requireOpen();
        waiter.turn.await();
      }
      return waiter.place;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (waiter.place != null) {
        return waiter.place; // the turn came first
      }
      throw new RejectedExecutionException("interrupted while waiting for room", e);
    } finally {
      if (waiter.place == null) {
        line.remove(waiter);
        admitFromLine(); // it may have stood before smaller ones
      }
    }
  }

  /** Comes in if there is room and nobody waits; null otherwise. */
  Place tryEnter(long wanted) {
    lock.lock();
    try {
      requireOpen();
      long counted = Math.min(wanted, maxBytes);
      return line.isEmpty() && fits(counted) ? take(counted) : null;
    } finally {
      lock.unlock();
    }
  }

  /** Comes in over the bounds: for who holds a place that must not be waited for. */
  Place enterAnyway(long wanted) {
    lock.lock();
    try {
      requireOpen();
      return take(Math.min(wanted, maxBytes));
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

  private boolean fits(long counted) {
    return jobs < maxJobs && (jobs == 0 || counted <= maxBytes - bytes);
  }

  private Place take(long counted) {
    jobs++;
    bytes += counted;
    unfinished++;
    return new Place(counted);
  }

  private void admitFromLine() {
    while (!closed && !line.isEmpty() && fits(line.getFirst().wanted)) {
      Waiter next = line.removeFirst();
      next.place = take(next.wanted);
      next.turn.signal();
    }
  }
}
