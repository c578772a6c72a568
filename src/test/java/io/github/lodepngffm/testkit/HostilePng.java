package io.github.lodepngffm.testkit;

/**
 * A small damaged or malicious file.
 *
 * @param name says what is wrong, unique among {@link HostilePngs}
 */
public record HostilePng(String name, byte[] bytes, Fate fate) {

  /** What may become of it. In either case: no crash, no leak, no endless work. */
  public enum Fate {
    /** Pixels cannot be told from it, or the specification makes the damage fatal: an error. */
    REJECTED,
    /** A decoder may forgive this: an error or an image. */
    EITHER,
    /** Strange but legal: an image. */
    DECODED
  }

  /** For the names of parameterised tests. */
  @Override
  public String toString() {
    return name;
  }
}
