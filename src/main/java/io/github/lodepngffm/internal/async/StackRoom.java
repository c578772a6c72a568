package io.github.lodepngffm.internal.async;

/**
 * Lets a stack overflow come before something begins, since in the middle of it nothing could be
 * put in order again: that takes stack, too.
 */
final class StackRoom {
  /** With the values below, 20 to 50 KiB, compiled or not. */
  private static final int FRAMES = 200;

  private StackRoom() {}

  /**
   * Returns if there is room for what a submission, a cancellation or closing needs.
   *
   * @throws StackOverflowError if not
   */
  static void require() {
    if (descend(FRAMES, 1, 2, 3, 4, 5, 6, 7) == 0) {
      throw new AssertionError("a sum of positive numbers");
    }
  }

  /** Uses its values after the call, so that they have to stay on the stack meanwhile. */
  private static long descend(int frames, long a, long b, long c, long d, long e, long f, long g) {
    if (frames == 0) {
      return 1;
    }
    long below = descend(frames - 1, b, c, d, e, f, g, a ^ frames);
    return (below ^ a ^ b ^ c ^ d ^ e ^ f ^ g) | 1;
  }
}
