package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngException.Kind;

/** From the native library's codes to exceptions whose messages have the numbers. */
public final class NativeErrors {
  /** LodePNG's code for an allocation that failed. */
  private static final int LODEPNG_OUT_OF_MEMORY = 83;

  private NativeErrors() {}

  /** Throws what a code means that a call without limits returned, unless it is "done". */
  static void check(int code) {
    if (code != HeaderConstants.LPF_DONE) {
      throw failure(code, 0, 0, "");
    }
  }

  /**
   * What a code means that is not "done".
   *
   * @param limit the value of the limit that refused, or 0
   * @param wanted what the file wanted instead, or 0
   * @param size what is known of the image's size, such as {@code " (3 x 4)"}, or empty
   * @return to be thrown
   */
  static RuntimeException failure(int code, long limit, long wanted, String size) {
    if (code == HeaderConstants.LPF_INVALID_ARGUMENT) {
      return new IllegalArgumentException(AboutCalls.errorText(code));
    }
    if (code == HeaderConstants.LPF_OUTPUT_TOO_SMALL) {
      return new IllegalArgumentException(
          "the BMP has " + bytes(wanted) + ", the output segment " + bytes(limit));
    }
    return exception(code, limit, wanted, size);
  }

  static PngException exception(int code, long limit, long wanted, String size) {
    String text = AboutCalls.errorText(code);
    if (code == LODEPNG_OUT_OF_MEMORY) {
      return new PngException(code, Kind.OUT_OF_MEMORY, lodepng(code, text));
    }
    if (code < HeaderConstants.LPF_INVALID_ARGUMENT) {
      return new PngException(code, Kind.MALFORMED, lodepng(code, text));
    }
    if (code == HeaderConstants.LPF_CANCELLED) {
      return new PngException(code, Kind.CANCELLED, text);
    }
    if (code == HeaderConstants.LPF_TOO_MANY_BLOCKS) {
      return new PngException(code, Kind.MALFORMED, text);
    }
    String numbers = ": " + count(wanted) + size + ", at most " + count(limit);
    if (code == HeaderConstants.LPF_BMP_TOO_LARGE) {
      return new PngException(code, Kind.UNSUPPORTED, text + numbers + " bytes");
    }
    return new PngException(
        code, Kind.LIMIT, text + numbers + "; Limits." + raisedBy(code) + " raises the limit");
  }

  /**
   * For memory that a conversion needs before native code could say that there is none.
   *
   * @param e the cause
   * @return to be thrown
   */
  public static PngException outOfMemory(OutOfMemoryError e) {
    PngException exception =
        new PngException(LODEPNG_OUT_OF_MEMORY, Kind.OUT_OF_MEMORY, e.getMessage());
    exception.initCause(e);
    return exception;
  }

  private static String lodepng(int code, String text) {
    return "LodePNG error " + code + ": " + text;
  }

  private static String raisedBy(int code) {
    if (code == HeaderConstants.LPF_LIMIT_INPUT_BYTES) {
      return "withMaxInputBytes";
    }
    if (code == HeaderConstants.LPF_LIMIT_PIXELS) {
      return "withMaxPixels";
    }
    if (code == HeaderConstants.LPF_LIMIT_OUTPUT_BYTES) {
      return "withMaxOutputBytes";
    }
    if (code == HeaderConstants.LPF_LIMIT_MEMORY_BYTES) {
      return "withMaxMemoryBytes";
    }
    if (code == HeaderConstants.LPF_LIMIT_CHUNKS) {
      return "withMaxChunks";
    }
    if (code == HeaderConstants.LPF_LIMIT_ANCILLARY_BYTES) {
      return "withMaxAncillaryBytes";
    }
    return "withMaxIdatRatio";
  }

  private static String bytes(long count) {
    return count(count) + " bytes";
  }

  private static String count(long value) {
    return Long.toUnsignedString(value);
  }

  /** For what a method handle's signature allows, but no call of this library's throws. */
  static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a native call threw a checked exception", e);
  }
}
