package io.github.lodepngffm.bench;

/** One piece of {@link Work} on one picture, with everything prepared that is not to be timed. */
public interface Job extends AutoCloseable {

  /**
   * Does the work once, to the end: what a caller would have to free is freed.
   *
   * @return a number that depends on the result, so that no compiler can leave the work out
   */
  long run() throws Exception;

  /**
   * Does the work once more and keeps the result, for comparison; never timed.
   *
   * @return for {@link Work#CONVERT} the BMP, for other work an empty array
   */
  byte[] result() throws Exception;

  @Override
  default void close() {}
}
