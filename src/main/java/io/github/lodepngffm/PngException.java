package io.github.lodepngffm;

import java.nio.file.Path;

/** A PNG that cannot be converted, and why. */
public final class PngException extends ImageException {
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
    /** One of the {@link Limits} was in the way: {@link ImageException#limit()} says which. */
    LIMIT,
    /** The system had no memory left. */
    OUT_OF_MEMORY,
    /** The caller has cancelled the conversion. */
    CANCELLED
  }

  /**
   * An exception with all that is known of a failure that is not about numbers.
   *
   * @param errorCode LodePNG's code, or one of this library's from 1000 on
   * @param kind what sort of reason it is
   * @param message a sentence about what is wrong
   */
  public PngException(int errorCode, Kind kind, String message) {
    super(errorCode, kind, message);
  }

  /**
   * An exception with all that is known of a PNG that wants too much.
   *
   * @param errorCode one of this library's codes, from 1000 on
   * @param kind what sort of reason it is
   * @param reason a sentence with the numbers
   * @param limit what is in the way; null if it is not one of the {@link Limits}
   * @param wanted what the PNG wants
   * @param allowed what it may have
   * @throws IllegalArgumentException if a number is negative
   */
  public PngException(
      int errorCode, Kind kind, String reason, Limit limit, long wanted, long allowed) {
    super(errorCode, kind, reason, limit, wanted, allowed);
  }

  private PngException(PngException failure, String source, Path file) {
    super(failure, source, file);
  }

  /**
   * The same failure, with what it is about before the message.
   *
   * @param source how the user knows the PNG
   * @return a new exception with this one as its cause
   */
  public PngException in(String source) {
    return new PngException(this, source, file().orElse(null));
  }

  /**
   * The same failure, with the file that it is about before the message, and as {@link #file()}.
   *
   * @param file the PNG
   * @return a new exception with this one as its cause
   */
  public PngException in(Path file) {
    return new PngException(this, file.toString(), file);
  }
}
