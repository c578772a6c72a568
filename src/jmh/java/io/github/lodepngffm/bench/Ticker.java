package io.github.lodepngffm.bench;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** A virtual thread that wants to run every millisecond, and notes how late it does. */
final class Ticker {
  private static final long PERIOD_NANOS = 1_000_000;

  private final double[] late = new double[1 << 16];
  private final Thread thread;
  private volatile boolean stopped;
  private int ticks;

  private Ticker() {
    thread = Thread.ofVirtual().name("bench-ticker").unstarted(this::tick);
  }

  static Ticker start() {
    Ticker ticker = new Ticker();
    ticker.thread.start();
    return ticker;
  }

  private void tick() {
    long due = System.nanoTime() + PERIOD_NANOS;
    while (!stopped && ticks < late.length) {
      long now = System.nanoTime();
      if (now < due) {
        LockSupport.parkNanos(due - now);
      } else {
        late[ticks++] = (now - due) / 1e6;
        due = now + PERIOD_NANOS;
      }
    }
  }

  /** Stops it; milliseconds of each tick behind its time. */
  double[] stop() throws InterruptedException {
    stopped = true;
    thread.join();
    return Arrays.copyOf(late, ticks);
  }
}
