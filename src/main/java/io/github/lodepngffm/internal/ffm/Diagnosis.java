package io.github.lodepngffm.internal.ffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * What a person needs to hear of a file that LodePNG has refused: that it is something else than a
 * PNG, or where it ends too early. Looks at the bytes only after native code has failed, at the
 * beginning of each chunk.
 */
final class Diagnosis {
  private static final int HEADER_TOO_SHORT = 27;
  private static final int NO_SIGNATURE = 28;
  private static final int BROKEN_OFF = 30;

  /** LodePNG's words for this code are about Huffman trees, of which it is the code, too. */
  private static final int DATA_BROKEN_OFF = 64;

  private static final int EMPTY = 48;

  /** PNG, 5.2. */
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** Length and type before a chunk's data, CRC behind (PNG, 5.3). */
  static final int CHUNK_HEADER_BYTES = 8;

  private static final int CHUNK_FRAME_BYTES = 12;

  private Diagnosis() {}

  /**
   * Better words for one of LodePNG's codes.
   *
   * @param code what native code returned
   * @param file the bytes that it was given, native or on the heap
   * @return null if LodePNG's words say as much
   */
  static String of(int code, MemorySegment file) {
    return switch (code) {
      case EMPTY -> "the file is empty";
      case HEADER_TOO_SHORT, NO_SIGNATURE ->
          startsWithPng(file) ? truncation(file) : OtherFormat.of(file, "PNG");
      case BROKEN_OFF, DATA_BROKEN_OFF -> truncation(file);
      default -> null;
    };
  }

  /** What a file is that was given for a BMP; null if that is not known. */
  static String otherThanBmp(MemorySegment file) {
    return OtherFormat.of(file, "BMP");
  }

  /** Whether all that is there of the first eight bytes is a PNG's. */
  private static boolean startsWithPng(MemorySegment file) {
    long bytes = Math.min(SIGNATURE.length, file.byteSize());
    return file.asSlice(0, bytes).mismatch(MemorySegment.ofArray(SIGNATURE).asSlice(0, bytes)) < 0;
  }

  /** Where the file ends, if it does before IEND. */
  private static String truncation(MemorySegment file) {
    long size = file.byteSize();
    if (size < SIGNATURE.length) {
      return "the file ends inside the signature: it has " + size + " of its 8 bytes";
    }
    long at = SIGNATURE.length;
    String type = null;
    while (at <= size - CHUNK_HEADER_BYTES) {
      long length = unsigned(file, at);
      type = letters((int) unsigned(file, at + 4));
      long missing = at + CHUNK_FRAME_BYTES + length - size;
      if (missing > 0) {
        return "the file ends inside chunk "
            + type
            + ", which begins at byte "
            + at
            + " and wants "
            + missing
            + (missing == 1 ? " more byte" : " more bytes");
      }
      if (type.equals("IEND")) {
        return null; // it is whole: something else is wrong
      }
      at += CHUNK_FRAME_BYTES + length;
    }
    if (at < size) {
      return "the file ends inside a chunk, which begins at byte "
          + at
          + ", before it says how long it is";
    }
    return "the file ends at byte "
        + size
        + (type == null ? ", behind the signature" : ", behind chunk " + type)
        + ": IEND is missing";
  }

  private static long unsigned(MemorySegment file, long at) {
    long value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | Byte.toUnsignedInt(file.get(JAVA_BYTE, at + i));
    }
    return value;
  }

  /** The four letters of a chunk's type, the first in the highest byte; ? for what is none. */
  static String letters(int chunkType) {
    StringBuilder letters = new StringBuilder(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      char letter = (char) (chunkType >>> shift & 0xff);
      boolean ascii = letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z';
      letters.append(ascii ? letter : '?');
    }
    return letters.toString();
  }

  /** Formats that are given for PNGs, by their first bytes. */
  private enum OtherFormat {
    JPEG("a JPEG", 0, "\u00ff\u00d8\u00ff"),
    GIF("a GIF", 0, "GIF8"),
    WEBP("a WebP", 8, "WEBP"),
    AVIF("an AVIF or HEIF", 4, "ftyp"),
    TIFF_LITTLE_ENDIAN("a TIFF", 0, "II*\0"),
    TIFF_BIG_ENDIAN("a TIFF", 0, "MM\0*"),
    GZIP("gzip data", 0, "\u001f\u008b"),
    ZIP("a ZIP archive", 0, "PK\u0003\u0004"),
    PDF("a PDF", 0, "%PDF-"),
    SVG("an SVG", 0, "<svg"),
    XML("XML, such as an SVG", 0, "<?xml"),
    HTML("HTML", 0, "<!DOCTYPE"),
    BMP("a BMP", 0, "BM");

    /** Long enough for every beginning. */
    private static final int BEGINNING_BYTES = 16;

    private final String name;
    private final int at;
    private final String bytes;

    OtherFormat(String name, int at, String bytes) {
      this.name = name;
      this.at = at;
      this.bytes = bytes;
    }

    static String of(MemorySegment file, String wanted) {
      long bytes = Math.min(BEGINNING_BYTES, file.byteSize());
      byte[] beginning = file.asSlice(0, bytes).toArray(JAVA_BYTE);
      String text = new String(beginning, StandardCharsets.ISO_8859_1);
      if (text.startsWith("\u0089PNG")) {
        return wanted.equals("BMP")
            ? "this is a PNG, not a BMP"
            : "this is a PNG whose signature was changed, as by a transfer as text";
      }
      for (OtherFormat format : values()) {
        if (text.startsWith(format.bytes, format.at)) {
          return "this is " + format.name + ", not a " + wanted;
        }
      }
      return null;
    }
  }
}
