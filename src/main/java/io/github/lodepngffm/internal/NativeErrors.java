package io.github.lodepngffm.internal;

import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngException.Kind;
import io.github.lodepngffm.internal.NativeCalls.Code;

/** From the native library's codes to exceptions whose messages have the numbers. */
final class NativeErrors {
  /** LodePNG's code for an allocation that failed. */
  private static final int LODEPNG_OUT_OF_MEMORY = 83;

  private NativeErrors() {}

  /**
   * Returns if the code is "done".
   *
   * @param limit the value of the limit that refused, or 0
   * @param wanted what the file wanted instead, or 0
   * @param size what is known of the image's size, such as {@code " (3 x 4)"}, or empty
   */
  static void check(int code, long limit, long wanted, String size) {
    if (code == Code.DONE) {
      return;
    }
    if (code == Code.INVALID_ARGUMENT) {
      throw new IllegalArgumentException(NativeCalls.errorText(code));
    }
    if (code == Code.OUTPUT_TOO_SMALL) {
      throw new IllegalArgumentException(
          "the BMP has " + bytes(wanted) + ", the output segment " + bytes(limit));
    }
    throw exception(code, limit, wanted, size);
  }

  static PngException exception(int code, long limit, long wanted, String size) {
    String text = NativeCalls.errorText(code);
    if (code == LODEPNG_OUT_OF_MEMORY) {
      return new PngException(code, Kind.OUT_OF_MEMORY, lodepng(code, text));
    }
    if (code < Code.INVALID_ARGUMENT) {
      return new PngException(code, Kind.MALFORMED, lodepng(code, text));
    }
    if (code == Code.CANCELLED) {
      return new PngException(code, Kind.CANCELLED, text);
    }
    if (code == Code.TOO_MANY_BLOCKS) {
      return new PngException(code, Kind.MALFORMED, text);
    }
    String numbers = ": " + count(wanted) + size + ", at most " + count(limit);
    if (code == Code.BMP_TOO_LARGE) {
      return new PngException(code, Kind.UNSUPPORTED, text + numbers + " bytes");
    }
    return new PngException(
        code, Kind.LIMIT, text + numbers + "; Limits." + raisedBy(code) + " raises the limit");
  }

  /** For memory that a conversion needs before native code could say that there is none. */
  static PngException outOfMemory(OutOfMemoryError e) {
    PngException exception =
        new PngException(LODEPNG_OUT_OF_MEMORY, Kind.OUT_OF_MEMORY, e.getMessage());
    exception.initCause(e);
    return exception;
  }

  private static String lodepng(int code, String text) {
    return "LodePNG error " + code + ": " + text;
  }

  private static String raisedBy(int code) {
    if (code == Code.LIMIT_INPUT_BYTES) {
      return "withMaxInputBytes";
    }
    if (code == Code.LIMIT_PIXELS) {
      return "withMaxPixels";
    }
    if (code == Code.LIMIT_OUTPUT_BYTES) {
      return "withMaxOutputBytes";
    }
    if (code == Code.LIMIT_MEMORY_BYTES) {
      return "withMaxMemoryBytes";
    }
    if (code == Code.LIMIT_CHUNKS) {
      return "withMaxChunks";
    }
    if (code == Code.LIMIT_ANCILLARY_BYTES) {
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
