package io.github.lodepngffm;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An image that cannot be read or written, and why, as data: no program needs to take the message
 * apart. Misuse of the library throws other exceptions, and so do files that cannot be read or
 * written ({@link java.io.IOException}).
 *
 * {@snippet :
 * Limits small = Limits.defaults().withMaxPixels(100);
 * try {
 *   Png.toBmp(
 *       Path.of("picture.png"),
 *       Path.of("picture.bmp"),
 *       ConvertOptions.defaults().withLimits(small));
 * } catch (ImageException e) {
 *   System.out.println(e.limit() + ": " + e.wanted() + ", at most " + e.allowed());
 * }
 * }
 */
public abstract sealed class ImageException extends RuntimeException
    permits PngException, BmpException {
  private static final long serialVersionUID = 1L;

  /** No number: what is wanted and allowed is never negative. */
  private static final long NONE = -1;

  /** The code, as {@link #errorCode()} returns it. */
  private final int errorCode;

  /** The kind, as {@link #kind()} returns it. */
  private final PngException.Kind kind;

  /** What is wrong, as {@link #reason()} returns it. */
  private final String reason;

  /** The limit, as {@link #limit()} returns it, or null. */
  private final Limit limit;

  /** What the image wanted, or {@link #NONE}. */
  private final long wanted;

  /** What it may have, or {@link #NONE}. */
  private final long allowed;

  /** The file, as {@link #file()} returns it, or null. */
  private final transient Path file;

  /** What is known of a failure that is not about numbers. */
  ImageException(int errorCode, PngException.Kind kind, String reason) {
    super(reason);
    this.errorCode = errorCode;
    this.kind = Objects.requireNonNull(kind, "kind");
    this.reason = reason;
    this.limit = null;
    this.wanted = NONE;
    this.allowed = NONE;
    this.file = null;
  }

  /** What is known of a failure for the sake of a number; the limit is null if it is no limit. */
  ImageException(
      int errorCode,
      PngException.Kind kind,
      String reason,
      Limit limit,
      long wanted,
      long allowed) {
    super(limit == null ? reason : reason + "; Limits." + limit.method() + " raises the limit");
    this.errorCode = errorCode;
    this.kind = Objects.requireNonNull(kind, "kind");
    this.reason = reason;
    this.limit = limit;
    this.wanted = requireNotNegative(wanted, "wanted");
    this.allowed = requireNotNegative(allowed, "allowed");
    this.file = null;
  }

  /** The same failure, with its source before the message; it becomes the cause. */
  ImageException(ImageException failure, String source, Path file) {
    super(source + ": " + failure.getMessage(), failure);
    this.errorCode = failure.errorCode;
    this.kind = failure.kind;
    this.reason = failure.reason;
    this.limit = failure.limit;
    this.wanted = failure.wanted;
    this.allowed = failure.allowed;
    this.file = file;
  }

  private static long requireNotNegative(long number, String name) {
    if (number < 0) {
      throw new IllegalArgumentException(name + " is " + number + ", must not be negative");
    }
    return number;
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
  public PngException.Kind kind() {
    return kind;
  }

  /**
   * What is wrong, with the numbers: the message without the name of a file, and without the method
   * that raises a limit.
   *
   * @return a sentence for people
   */
  public String reason() {
    return reason;
  }

  /**
   * Which of the {@link Limits} was in the way.
   *
   * @return empty unless the kind is {@code LIMIT}
   */
  public Optional<Limit> limit() {
    return Optional.ofNullable(limit);
  }

  /**
   * How much the image wanted, in the unit of its {@linkplain #limit() limit}, or in bytes of the
   * result that a format cannot express, or of the file where a BMP ends too early.
   *
   * @return {@link Long#MAX_VALUE} where it is more; empty where the failure is not about a number
   */
  public OptionalLong wanted() {
    return wanted == NONE ? OptionalLong.empty() : OptionalLong.of(wanted);
  }

  /**
   * How much it may have, in the same unit.
   *
   * @return present where {@link #wanted()} is
   */
  public OptionalLong allowed() {
    return allowed == NONE ? OptionalLong.empty() : OptionalLong.of(allowed);
  }

  /**
   * The file that it is about.
   *
   * @return as the caller has named it; empty where the image came out of memory or a channel, and
   *     after serialization
   */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }
}
