package io.github.lodepngffm.faults;

import java.io.IOException;

/** Counts the operations of a file system and lets something happen at one, or all from one on. */
final class Faults {
  /** What happens instead of an operation, if it throws, or before it. */
  @FunctionalInterface
  interface Event {
    void happen() throws IOException;
  }

  private final Event event;
  private final int bytesAtOnce;
  private int operations;
  private int failing;
  private boolean onwards;

  /**
   * Faults to come.
   *
   * @param bytesAtOnce how many bytes a channel takes at a time, so that an event can come between
   */
  Faults(Event event, int bytesAtOnce) {
    this.event = event;
    this.bytesAtOnce = bytesAtOnce;
  }

  int bytesAtOnce() {
    return bytesAtOnce;
  }

  /** From now on it happens at the {@code n}-th operation, counted from 1; 0 for none. */
  synchronized void failAt(int n, boolean alsoLaterOnes) {
    operations = 0;
    failing = n;
    onwards = alsoLaterOnes;
  }

  /** How many there were since {@link #failAt}. */
  synchronized int operations() {
    return operations;
  }

  /** Whether the operation that was to fail has come. */
  synchronized boolean haveHappened() {
    return failing > 0 && operations >= failing;
  }

  /** To be called by every operation before it does anything. */
  void operation() throws IOException {
    if (isTime()) {
      event.happen();
    }
  }

  private synchronized boolean isTime() {
    operations++;
    return failing > 0 && (operations == failing || (onwards && operations > failing));
  }
}
