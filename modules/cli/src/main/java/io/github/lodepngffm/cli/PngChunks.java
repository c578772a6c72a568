package io.github.lodepngffm.cli;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG, to be taken over into another one of the same image. What PNG 3, 14.2 asks
 * of who changes image data: chunks that do not depend on it are copied; of the others those that
 * this class knows to hold still, where they do.
 *
 * @param all in the order of the file
 */
record PngChunks(List<Chunk> all) {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int BYTES_AROUND_DATA = 12;

  /** In the chunk IHDR (PNG 3, 11.2.1). */
  private static final int BIT_DEPTH_AT = 16;

  private static final int COLOR_TYPE_AT = 17;
  private static final int INDEXED = 3;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** What an animation consists of beside the image that everybody shows. */
  private static final String ANIMATION = "acTL";

  /** Ancillary, and yet the image would look different without. */
  private static final Set<String> SHOWN = Set.of("tRNS", ANIMATION, "fcTL", "fdAT");

  /** Not marked as safe to copy, and true of the same pixels however they are stored. */
  private static final Set<String> STILL_TRUE =
      Set.of("cHRM", "gAMA", "iCCP", "sRGB", "cICP", "mDCV", "cLLI", "sPLT", "tIME");

  /** Those that have to stand before the palette. */
  private static final Set<String> BEFORE_PALETTE =
      Set.of("cHRM", "gAMA", "iCCP", "sRGB", "sBIT", "cICP", "mDCV", "cLLI");

  /**
   * One chunk.
   *
   * @param type its four letters
   * @param bytes all of it, with length, type and checksum
   */
  record Chunk(String type, MemorySegment bytes) {
    /** Whether it is about the file, not about what every decoder needs (PNG 3, 5.4). */
    boolean isAncillary() {
      return Character.isLowerCase(type.charAt(0));
    }

    boolean isSafeToCopy() {
      return Character.isLowerCase(type.charAt(3));
    }
  }

  /** Those of a PNG of ours. */
  static PngChunks of(MemorySegment png) {
    return of(png, Long.MAX_VALUE);
  }

  /**
   * Those of a PNG, as far as it goes: what comes behind damage is left out.
   *
   * @param most how many the limits allow; of more there is one too many
   */
  static PngChunks of(MemorySegment png, long most) {
    List<Chunk> chunks = new ArrayList<>();
    long at = SIGNATURE.length;
    while (chunks.size() <= most && at + BYTES_AROUND_DATA <= png.byteSize()) {
      long size = BYTES_AROUND_DATA + Integer.toUnsignedLong(png.get(INT, at));
      if (size > png.byteSize() - at) {
        break;
      }
      MemorySegment chunk = png.asSlice(at, size);
      StringBuilder type = new StringBuilder();
      for (int i = 4; i < 8; i++) {
        type.append((char) (chunk.get(ValueLayout.JAVA_BYTE, i) & 0xFF));
      }
      chunks.add(new Chunk(type.toString(), chunk));
      at += size;
    }
    return new PngChunks(chunks);
  }

  boolean isAnimated() {
    return has(ANIMATION);
  }

  boolean has(String type) {
    return all.stream().anyMatch(chunk -> chunk.type().equals(type));
  }

  /** Whether the file is there to its end. */
  boolean isComplete() {
    return !all.isEmpty() && all.getLast().type().equals("IEND");
  }

  /** Those that another PNG of the same pixels can have, too. */
  List<Chunk> transferableTo(PngChunks other) {
    return all.stream()
        .filter(Chunk::isAncillary)
        .filter(chunk -> isTrueOf(other, chunk))
        .filter(chunk -> isSound(chunk) && !other.has(chunk.type()))
        .toList();
  }

  private boolean isTrueOf(PngChunks other, Chunk chunk) {
    boolean sameSamples = samples().equals(other.samples());
    return switch (chunk.type()) {
      case "sBIT" -> sameSamples;
      case "bKGD" -> sameSamples && !isIndexed(); // of a palette in another order
      default -> chunk.isSafeToCopy() || STILL_TRUE.contains(chunk.type());
    };
  }

  /** Colour type, and bit depth, which in a palette is always 8. */
  private String samples() {
    return isIndexed() ? "palette" : colorType() + " " + header(BIT_DEPTH_AT);
  }

  private boolean isIndexed() {
    return colorType() == INDEXED;
  }

  private int colorType() {
    return header(COLOR_TYPE_AT);
  }

  private int header(int at) {
    return all.getFirst().bytes().get(ValueLayout.JAVA_BYTE, at);
  }

  /** Damage is not taken over. */
  private static boolean isSound(Chunk chunk) {
    CRC32 checksum = new CRC32();
    long data = chunk.bytes().byteSize() - 8;
    checksum.update(chunk.bytes().asSlice(4, data).asByteBuffer());
    return (int) checksum.getValue() == chunk.bytes().get(INT, 4 + data);
  }

  /**
   * Whether the colour type is 0 or 4, for which a colour profile must be one of gray; a palette
   * counts as colours (PNG 3, 11.3.2.3).
   */
  boolean isGray() {
    return colorType() % 4 == 0;
  }

  /** This PNG with more chunks, each where it may stand. */
  MemorySegment with(List<Chunk> more, SegmentAllocator out) {
    List<Chunk> result = new ArrayList<>();
    boolean dataHasBegun = false;
    for (Chunk chunk : all) {
      if (chunk.type().equals("IDAT") && !dataHasBegun) {
        dataHasBegun = true;
        more.stream().filter(each -> !isEarly(each)).forEach(result::add);
      }
      result.add(chunk);
      if (chunk.type().equals("IHDR")) {
        more.stream().filter(PngChunks::isEarly).forEach(result::add);
      }
    }
    return new PngChunks(result).png(out);
  }

  /** This PNG with nothing but what is shown. */
  MemorySegment stripped(SegmentAllocator out) {
    return new PngChunks(
            all.stream()
                .filter(chunk -> !chunk.isAncillary() || SHOWN.contains(chunk.type()))
                .toList())
        .png(out);
  }

  private MemorySegment png(SegmentAllocator out) {
    long bytes = SIGNATURE.length;
    for (Chunk chunk : all) {
      bytes += chunk.bytes().byteSize();
    }
    MemorySegment png = out.allocate(bytes);
    MemorySegment.copy(SIGNATURE, 0, png, ValueLayout.JAVA_BYTE, 0, SIGNATURE.length);
    long at = SIGNATURE.length;
    for (Chunk chunk : all) {
      MemorySegment.copy(chunk.bytes(), 0, png, at, chunk.bytes().byteSize());
      at += chunk.bytes().byteSize();
    }
    return png;
  }

  private static boolean isEarly(Chunk chunk) {
    return BEFORE_PALETTE.contains(chunk.type());
  }
}
