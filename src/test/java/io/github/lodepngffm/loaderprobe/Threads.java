package io.github.lodepngffm.loaderprobe;

/** Waits for threads of the library, found by their names. */
final class Threads {
  private Threads() {}

  /** How many of that name there were, and have ended. */
  static int join(String name) throws InterruptedException {
    int count = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        thread.join();
        count++;
      }
    }
    return count;
  }
}
