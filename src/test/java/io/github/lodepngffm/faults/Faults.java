package io.github.lodepngffm.faults;

import java.io.IOException;
import java.util.function.Supplier;

/** Counts the operations of a file system and lets one of them fail, or all from one on. */
final class Faults {
  private final Supplier<IOException> failure;
  private int operations;
  private int failing;
  private boolean onwards;

  Faults(Supplier<IOException> failure) {
    this.failure = failure;
  }

  /** From now on the {@code n}-th operation fails, counted from 1; 0 for none. */
  synchronized void failAt(int n, boolean alsoLaterOnes) {
    operations = 0;
    failing = n;
    onwards = alsoLaterOnes;
  }

  /** Whether the operation that was to fail has come. */
  synchronized boolean haveHappened() {
    return failing > 0 && operations >= failing;
  }

  /** To be called by every operation before it does anything. */
  synchronized void operation() throws IOException {
    operations++;
    if (failing > 0 && (operations == failing || (onwards && operations > failing))) {
      throw failure.get();
    }
  }
}
