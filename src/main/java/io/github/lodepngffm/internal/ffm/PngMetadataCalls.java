package io.github.lodepngffm.internal.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.PngWarning;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** What a PNG says beside its pixels, and where its image data lies. */
public final class PngMetadataCalls {
  /** Enough for most files; else native code says how much it takes. */
  private static final long FIRST_BYTES = 64 << 10;

  private PngMetadataCalls() {}

  /**
   * A chunk that native code has checked.
   *
   * @param type its four letters
   * @param data of the chunk, a part of the PNG
   * @param inflated what its compressed part inflates to; null if it has none
   */
  public record Chunk(String type, MemorySegment data, MemorySegment inflated) {}

  /**
   * What a PNG says.
   *
   * @param colorType as IHDR has it
   * @param bitDepth of a sample
   * @param palette {@code 0xAARRGGBB} for each entry; empty if the image is not indexed
   * @param key the red, green and blue of the transparent colour; empty if there is none
   * @param chunks in the order of the file, views of PNG and memory
   * @param warnings damage that was passed over
   * @param warningCount how often
   */
  public record Listing(
      int colorType,
      int bitDepth,
      int[] palette,
      int[] key,
      List<Chunk> chunks,
      List<PngWarning> warnings,
      long warningCount) {}

  /**
   * Reads all chunks that say something beside the pixels.
   *
   * @param png the bytes of the PNG, native
   * @param options the limits to check, and what becomes of damage
   * @param lender gives native memory of a size; the memory before is not needed any more
   * @return views of {@code png} and of the memory that was lent last
   */
  public static Listing metadata(
      MemorySegment png, DecodeOptions options, LongFunction<MemorySegment> lender) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      MemorySegment memory = list(Functions.METADATA, png, options, lender, report, arena);
      int info = Offsets.METADATA_INFO;
      return new Listing(
          getInt(memory, info + Offsets.INFO_COLOR_TYPE),
          getInt(memory, info + Offsets.INFO_BIT_DEPTH),
          ints(memory, Offsets.METADATA_PALETTE, getInt(memory, Offsets.METADATA_PALETTE_ENTRIES)),
          ints(memory, Offsets.METADATA_KEY, 3 * getInt(memory, Offsets.METADATA_HAS_KEY)),
          chunks(memory, png),
          Warnings.of(report),
          Integer.toUnsignedLong(report.getInt(Offsets.REPORT_WARNING_COUNT)));
    }
  }

  /**
   * Finds the data of all IDAT chunks.
   *
   * @param png the bytes of the PNG, native
   * @param options the limits to check, and what becomes of damage
   * @param lender gives native memory of a size; the memory before is not needed any more
   * @param segment the bytes of the PNG, native or not
   * @return slices of {@code segment}
   */
  public static List<MemorySegment> imageData(
      MemorySegment png,
      DecodeOptions options,
      LongFunction<MemorySegment> lender,
      MemorySegment segment) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      MemorySegment memory = list(Functions.IMAGE_DATA, png, options, lender, report, arena);
      List<MemorySegment> slices = new ArrayList<>();
      long end = report.getLong(Offsets.REPORT_BYTES_WRITTEN);
      for (long at = 0; at < end; at += Offsets.SPAN_SIZE) {
        slices.add(
            segment.asSlice(
                getLong(memory, at + Offsets.SPAN_OFFSET),
                getLong(memory, at + Offsets.SPAN_LENGTH)));
      }
      return List.copyOf(slices);
    }
  }

  /** The memory that a function has written its list to. */
  private static MemorySegment list(
      CodecFunction function,
      MemorySegment png,
      DecodeOptions options,
      LongFunction<MemorySegment> lender,
      Structure report,
      Arena arena) {
    MemorySegment settings = Options.of(options, 0, arena);
    MemorySegment memory = lender.apply(FIRST_BYTES);
    while (true) {
      int code =
          function.call(
              png,
              png.byteSize(),
              settings,
              memory,
              memory.byteSize(),
              MemorySegment.NULL,
              0,
              MemorySegment.NULL,
              report.segment());
      if (code == HeaderConstants.LPF_DONE) {
        return memory;
      }
      long wanted = report.getLong(Offsets.REPORT_WANTED);
      if (code != HeaderConstants.LPF_OUTPUT_TOO_SMALL) {
        throw NativeErrors.failure(code, report.getLong(Offsets.REPORT_LIMIT), wanted, "", png);
      }
      memory = lender.apply(wanted);
    }
  }

  private static List<Chunk> chunks(MemorySegment memory, MemorySegment png) {
    List<Chunk> chunks = new ArrayList<>();
    int count = getInt(memory, Offsets.METADATA_CHUNK_COUNT);
    for (int i = 0; i < count; i++) {
      long at = Offsets.METADATA_SIZE + (long) i * Offsets.CHUNK_SIZE;
      long dataAt = getLong(memory, at + Offsets.CHUNK_OFFSET) + Diagnosis.CHUNK_HEADER_BYTES;
      boolean isInflated = getInt(memory, at + Offsets.CHUNK_IS_INFLATED) != 0;
      chunks.add(
          new Chunk(
              Diagnosis.letters(getInt(memory, at + Offsets.CHUNK_CHUNK_TYPE)),
              png.asSlice(dataAt, getLong(memory, at + Offsets.CHUNK_LENGTH)),
              isInflated
                  ? memory.asSlice(
                      getLong(memory, at + Offsets.CHUNK_INFLATED_AT),
                      getLong(memory, at + Offsets.CHUNK_INFLATED_BYTES))
                  : null));
    }
    return chunks;
  }

  private static int[] ints(MemorySegment memory, long at, int count) {
    return memory.asSlice(at, (long) count * Integer.BYTES).toArray(JAVA_INT_UNALIGNED);
  }

  private static int getInt(MemorySegment memory, long at) {
    return memory.get(JAVA_INT_UNALIGNED, at);
  }

  private static long getLong(MemorySegment memory, long at) {
    return memory.get(JAVA_LONG_UNALIGNED, at);
  }

  /** Looked up when first used, which is after the library was loaded. */
  private static final class Functions {
    static final CodecFunction METADATA = CodecFunction.of("lpf_png_metadata");
    static final CodecFunction IMAGE_DATA = CodecFunction.of("lpf_png_image_data");
  }
}
