package io.github.lodepngffm;

import java.nio.file.Path;

/**
 * A BMP that cannot be read or written, and why. Its kinds are those of a PNG that cannot: {@link
 * PngException.Kind}.
 */
public final class BmpException extends ImageException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with all that is known of a failure that is not about numbers.
   *
   * @param errorCode one of this library's codes, from 1000 on, or 83 for no memory
   * @param kind what sort of reason it is
   * @param message a sentence about what is wrong
   */
  public BmpException(int errorCode, PngException.Kind kind, String message) {
    super(errorCode, kind, message);
  }

  /**
   * An exception with all that is known of a BMP that wants too much, or has too little.
   *
   * @param errorCode one of this library's codes, from 1000 on
   * @param kind what sort of reason it is
   * @param reason a sentence with the numbers
   * @param limit what is in the way; null if it is not one of the {@link Limits}
   * @param wanted what the BMP wants
   * @param allowed what it may have
   * @throws IllegalArgumentException if a number is negative
   */
  public BmpException(
      int errorCode,
      PngException.Kind kind,
      String reason,
      Limit limit,
      long wanted,
      long allowed) {
    super(errorCode, kind, reason, limit, wanted, allowed);
  }

  private BmpException(BmpException failure, String source, Path file) {
    super(failure, source, file);
  }

  /**
   * The same failure, with what it is about before the message.
   *
   * @param source how the user knows the BMP
   * @return a new exception with this one as its cause
   */
  public BmpException in(String source) {
    return new BmpException(this, source, file().orElse(null));
  }

  /**
   * The same failure, with the file that it is about before the message, and as {@link #file()}.
   *
   * @param file the BMP
   * @return a new exception with this one as its cause
   */
  public BmpException in(Path file) {
    return new BmpException(this, file.toString(), file);
  }
}
