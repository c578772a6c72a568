package io.github.lodepngffm;

import java.util.Objects;

/**
 * A PNG that cannot be converted, and why. Misuse of the library throws other exceptions, and so do
 * files that cannot be read or written ({@link java.io.IOException}).
 */
public final class PngException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What sort of reason it is. */
  public enum Kind {
    /** The bytes are not a sound PNG. */
    MALFORMED,
    /**
     * The PNG is sound, but what was asked for cannot express it: a BMP cannot exceed 4 GiB, colour
     * does not become gray, indices need a palette, and a BMP of one bit a pixel needs such pixels.
     */
    UNSUPPORTED,
    /** One of the {@link Limits} was in the way; the message says which, and how to raise it. */
    LIMIT,
    /** The system had no memory left. */
    OUT_OF_MEMORY,
    /** The caller has cancelled the conversion. */
    CANCELLED
  }

  /** The code, as {@link #errorCode()} returns it. */
  private final int errorCode;

  /** The kind, as {@link #kind()} returns it. */
  private final Kind kind;

  /**
   * An exception with all that is known of a failure.
   *
   * @param errorCode LodePNG's code, or one of this library's from 1000 on
   * @param kind what sort of reason it is
   * @param message a sentence with the numbers
   */
  public PngException(int errorCode, Kind kind, String message) {
    super(message);
    this.errorCode = errorCode;
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /**
   * The same failure, with the file that it is about before the message.
   *
   * @param source how the user knows the PNG, such as its path
   * @return a new exception with this one as its cause
   */
  public PngException in(String source) {
    PngException named = new PngException(errorCode, kind, source + ": " + getMessage());
    named.initCause(this);
    return named;
  }

  /**
   * The native library's code.
   *
   * @return 1 to 999: LodePNG's own code; from 1000: this library's, as {@code lodepng_ffm.h} lists
   *     them
   */
  public int errorCode() {
    return errorCode;
  }

  /**
   * What sort of reason it is.
   *
   * @return never null
   */
  public Kind kind() {
    return kind;
  }
}
