package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.BmpException;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngException.Kind;
import java.lang.foreign.MemorySegment;

/** From the native library's codes about a BMP to exceptions whose messages have the numbers. */
final class BmpErrors {
  private static final String TOLERANT = "; DecodeOptions.tolerant() shows what there is";

  private BmpErrors() {}

  /**
   * What a code means that is not "done".
   *
   * @param limit the first of the numbers that the code is about, as the header says, or 0
   * @param wanted the second, or 0
   * @param size what is known of the image's size, such as {@code " (3 x 4)"}, or empty
   * @param bmp what native code was given
   * @return to be thrown
   */
  static RuntimeException failure(
      int code, long limit, long wanted, String size, MemorySegment bmp) {
    return switch (code) {
      case HeaderConstants.LPF_BMP_NO_SIGNATURE -> malformed(code, unlikeBmp(code, bmp));
      case HeaderConstants.LPF_BMP_HEADER_BROKEN_OFF ->
          tooShort(code, limit, wanted, ", which end at byte ", "");
      case HeaderConstants.LPF_BMP_TRUNCATED ->
          wanted == 0
              ? malformed(code, text(code) + ", at byte " + count(limit) + TOLERANT)
              : tooShort(code, limit, wanted, ", which end at byte ", TOLERANT);
      case HeaderConstants.LPF_BMP_NO_PIXELS -> malformed(code, text(code));
      case HeaderConstants.LPF_BMP_INVALID_HEADER_SIZE,
          HeaderConstants.LPF_BMP_INVALID_BIT_COUNT,
          HeaderConstants.LPF_BMP_INVALID_PLANES ->
          malformed(code, text(code) + ": " + count(wanted));
      case HeaderConstants.LPF_BMP_INVALID_MASK ->
          malformed(code, text(code) + ": 0x" + Long.toHexString(wanted));
      case HeaderConstants.LPF_BMP_INVALID_OFFSET ->
          malformed(
              code,
              text(code) + ": at byte " + count(wanted) + ", and those end at " + count(limit));
      case HeaderConstants.LPF_BMP_INVALID_RUN ->
          malformed(code, text(code) + ", at byte " + count(wanted) + TOLERANT);
      case HeaderConstants.LPF_BMP_UNSUPPORTED_COMPRESSION ->
          new BmpException(
              code, Kind.UNSUPPORTED, text(code) + ": " + count(wanted) + nameOf(wanted));
      default -> general(code, limit, wanted, size, bmp);
    };
  }

  /** Codes that are about PNGs, too. */
  private static RuntimeException general(
      int code, long limit, long wanted, String size, MemorySegment bmp) {
    RuntimeException failure = NativeErrors.failure(code, limit, wanted, size, bmp);
    if (!(failure instanceof PngException png)) {
      return failure;
    }
    return png.wanted().isEmpty()
        ? new BmpException(code, png.kind(), png.reason())
        : new BmpException(
            code,
            png.kind(),
            png.reason(),
            png.limit().orElse(null),
            png.wanted().getAsLong(),
            png.allowed().getAsLong());
  }

  private static String unlikeBmp(int code, MemorySegment bmp) {
    String other = bmp.byteSize() == 0 ? "the file is empty" : Diagnosis.otherThanBmp(bmp);
    return other == null ? text(code) : other;
  }

  private static BmpException malformed(int code, String message) {
    return new BmpException(code, Kind.MALFORMED, message);
  }

  private static BmpException tooShort(int code, long bytes, long end, String what, String wayOut) {
    return new BmpException(
        code,
        Kind.MALFORMED,
        text(code) + what + count(end) + ": it has " + count(bytes) + " bytes" + wayOut,
        null,
        end < 0 ? Long.MAX_VALUE : end,
        bytes);
  }

  private static String nameOf(long compression) {
    return switch ((int) compression) {
      case 0 -> " with 64 bits a pixel";
      case 4 -> " (BI_JPEG)";
      case 5 -> " (BI_PNG)";
      case 11, 12, 13 -> " (CMYK)";
      default -> "";
    };
  }

  private static String text(int code) {
    return AboutCalls.errorText(code);
  }

  private static String count(long value) {
    return Long.toUnsignedString(value);
  }
}
