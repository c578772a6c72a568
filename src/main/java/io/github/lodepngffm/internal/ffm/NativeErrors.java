package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.Limit;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngException.Kind;
import java.lang.foreign.MemorySegment;

/** From the native library's codes to exceptions whose messages have the numbers. */
public final class NativeErrors {
  /** LodePNG's code for an allocation that failed. */
  private static final int LODEPNG_OUT_OF_MEMORY = 83;

  private NativeErrors() {}

  /** Throws what a code means that a call about no PNG returned, unless it is "done". */
  static void check(int code) {
    if (code != HeaderConstants.LPF_DONE) {
      throw failure(code, 0, 0, "", MemorySegment.NULL);
    }
  }

  /**
   * What a code means that is not "done".
   *
   * @param limit the value of the limit that refused, or 0
   * @param wanted what the file wanted instead, or 0
   * @param size what is known of the image's size, such as {@code " (3 x 4)"}, or empty
   * @param png what native code was given; null where that was not all of the file, whose beginning
   *     and end then say nothing
   * @return to be thrown
   */
  static RuntimeException failure(
      int code, long limit, long wanted, String size, MemorySegment png) {
    if (code == HeaderConstants.LPF_INVALID_ARGUMENT) {
      return new IllegalArgumentException(AboutCalls.errorText(code));
    }
    if (code == HeaderConstants.LPF_OUTPUT_TOO_SMALL) {
      return new IllegalArgumentException(
          "the result has "
              + count(wanted)
              + " bytes, the output segment "
              + count(limit)
              + " bytes");
    }
    if (code < HeaderConstants.LPF_INVALID_ARGUMENT) {
      return lodepng(code, png);
    }
    if (code == HeaderConstants.LPF_CANCELLED) {
      return new PngException(code, Kind.CANCELLED, AboutCalls.errorText(code));
    }
    if (code == HeaderConstants.LPF_TOO_MANY_BLOCKS
        || code == HeaderConstants.LPF_INVALID_METADATA
        || code == HeaderConstants.LPF_NOT_IN_PIECES) {
      return new PngException(code, Kind.MALFORMED, AboutCalls.errorText(code));
    }
    if (code == HeaderConstants.LPF_INDEX_BEYOND_PALETTE
        || code == HeaderConstants.LPF_BAD_CHUNKS) {
      return new IllegalArgumentException(AboutCalls.errorText(code));
    }
    if (code == HeaderConstants.LPF_COLOR_TO_GRAY
        || code == HeaderConstants.LPF_NO_PALETTE
        || code == HeaderConstants.LPF_NOT_BILEVEL) {
      return new PngException(
          code, Kind.UNSUPPORTED, AboutCalls.errorText(code) + size + wayOut(code));
    }
    return tooMuch(code, limit, wanted, size);
  }

  private static PngException lodepng(int code, MemorySegment png) {
    String diagnosis = png == null ? null : Diagnosis.of(code, png);
    return new PngException(
        code,
        code == LODEPNG_OUT_OF_MEMORY ? Kind.OUT_OF_MEMORY : Kind.MALFORMED,
        "LodePNG error "
            + code
            + ": "
            + (diagnosis == null ? AboutCalls.errorText(code) : diagnosis));
  }

  /** For a code that is about a number. */
  static PngException tooMuch(int code, long limit, long wanted, String size) {
    boolean ofFormat = code == HeaderConstants.LPF_BMP_TOO_LARGE;
    String reason =
        AboutCalls.errorText(code)
            + ": "
            + count(wanted)
            + size
            + ", at most "
            + count(limit)
            + (ofFormat ? " bytes" : "");
    return new PngException(
        code,
        ofFormat ? Kind.UNSUPPORTED : Kind.LIMIT,
        reason,
        ofFormat ? null : limitOf(code),
        signed(wanted),
        signed(limit));
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

  /**
   * Whether a PNG may well be read as a whole, though not in pieces.
   *
   * @param e why not
   * @return whether another attempt makes sense
   */
  public static boolean asksForTheWhole(PngException e) {
    return e.errorCode() == HeaderConstants.LPF_NOT_IN_PIECES;
  }

  private static Limit limitOf(int code) {
    return switch (code) {
      case HeaderConstants.LPF_LIMIT_INPUT_BYTES -> Limit.INPUT_BYTES;
      case HeaderConstants.LPF_LIMIT_PIXELS -> Limit.PIXELS;
      case HeaderConstants.LPF_LIMIT_OUTPUT_BYTES -> Limit.OUTPUT_BYTES;
      case HeaderConstants.LPF_LIMIT_MEMORY_BYTES -> Limit.MEMORY_BYTES;
      case HeaderConstants.LPF_LIMIT_CHUNKS -> Limit.CHUNKS;
      case HeaderConstants.LPF_LIMIT_ANCILLARY_BYTES -> Limit.ANCILLARY_BYTES;
      default -> Limit.IDAT_RATIO;
    };
  }

  private static String wayOut(int code) {
    return switch (code) {
      case HeaderConstants.LPF_NOT_BILEVEL ->
          "; BmpFormat.MATCH makes the smallest BMP that keeps the pixels";
      case HeaderConstants.LPF_NO_PALETTE ->
          "; readInfo tells beforehand whether an image is INDEXED, or a BMP has a palette";
      default ->
          "; ask for RGB8 or RGBA8, or a BMP of another kind, and weigh the three samples as your"
              + " purpose wants";
    };
  }

  private static String count(long value) {
    return Long.toUnsignedString(value);
  }

  /** Of an unsigned number, as far as Java's can say it. */
  private static long signed(long value) {
    return value < 0 ? Long.MAX_VALUE : value;
  }
}
