package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngException.Kind;

/** From the native library's codes to exceptions whose messages have the numbers. */
public final class NativeErrors {
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
    if (code == ResultCodes.DONE) {
      return;
    }
    if (code == ResultCodes.INVALID_ARGUMENT) {
      throw new IllegalArgumentException(AboutCalls.errorText(code));
    }
    if (code == ResultCodes.OUTPUT_TOO_SMALL) {
      throw new IllegalArgumentException(
          "the result has " + bytes(wanted) + ", the output segment " + bytes(limit));
    }
    throw exception(code, limit, wanted, size);
  }

  static PngException exception(int code, long limit, long wanted, String size) {
    String text = AboutCalls.errorText(code);
    if (code == LODEPNG_OUT_OF_MEMORY) {
      return new PngException(code, Kind.OUT_OF_MEMORY, lodepng(code, text));
    }
    if (code < ResultCodes.INVALID_ARGUMENT) {
      return new PngException(code, Kind.MALFORMED, lodepng(code, text));
    }
    if (code == ResultCodes.CANCELLED) {
      return new PngException(code, Kind.CANCELLED, text);
    }
    if (code == ResultCodes.TOO_MANY_BLOCKS) {
      return new PngException(code, Kind.MALFORMED, text);
    }
    if (code == ResultCodes.COLOR_TO_GRAY
        || code == ResultCodes.NO_PALETTE
        || code == ResultCodes.NOT_BILEVEL) {
      return new PngException(code, Kind.UNSUPPORTED, text + size + wayOut(code));
    }
    String numbers =
        wanted == 0 && limit == 0 ? "" : ": " + count(wanted) + size + ", at most " + count(limit);
    if (code == ResultCodes.BMP_TOO_LARGE) {
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

  private static String wayOut(int code) {
    if (code == ResultCodes.NOT_BILEVEL) {
      return "; BmpFormat.MATCH makes the smallest BMP that keeps the pixels";
    }
    return code == ResultCodes.NO_PALETTE
        ? "; Png.readInfo tells beforehand whether an image is INDEXED"
        : "; ask for RGB8 or RGBA8, and weigh the three samples as your purpose wants";
  }

  private static String raisedBy(int code) {
    if (code == ResultCodes.LIMIT_INPUT_BYTES) {
      return "withMaxInputBytes";
    }
    if (code == ResultCodes.LIMIT_PIXELS) {
      return "withMaxPixels";
    }
    if (code == ResultCodes.LIMIT_OUTPUT_BYTES) {
      return "withMaxOutputBytes";
    }
    if (code == ResultCodes.LIMIT_MEMORY_BYTES) {
      return "withMaxMemoryBytes";
    }
    if (code == ResultCodes.LIMIT_CHUNKS) {
      return "withMaxChunks";
    }
    if (code == ResultCodes.LIMIT_ANCILLARY_BYTES) {
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
