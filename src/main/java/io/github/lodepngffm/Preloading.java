package io.github.lodepngffm;

/**
 * The thread of {@link NativeSupport#preload()}: loads and links what a first conversion waits for,
 * by converting the smallest of pictures.
 */
final class Preloading extends Thread {
  /** One gray pixel. */
  private static final byte[] PNG = {
    -119, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0,
    0, 0, 58, 126, -101, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, -38, 99, 96, 0, 0, 0, 2, 0, 1, -27,
    39, -34, -4, 0, 0, 0, 0, 73, 69, 78, 68, -82, 66, 96, -126
  };

  private static boolean begun;

  private Preloading() {
    super(null, null, "lodepng-ffm-preload", 0, false);
    setDaemon(true);
  }

  /** Only the first call does anything. */
  static synchronized void begin() {
    if (!begun) {
      begun = true;
      new Preloading().start();
    }
  }

  @Override
  public void run() {
    try {
      Png.toBmp(PNG);
    } catch (Throwable e) {
      return; // whoever needs the library is told why it is not there
    }
  }
}
