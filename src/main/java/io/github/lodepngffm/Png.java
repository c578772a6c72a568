package io.github.lodepngffm;

import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.ffm.PngCalls;
import io.github.lodepngffm.internal.files.FileConversion;
import io.github.lodepngffm.internal.jfr.ObservedConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Converts PNG images to the classic Windows bitmap: 24 bits a pixel, uncompressed.
 *
 * <p>The BMP is: BITMAPFILEHEADER (14 bytes), BITMAPINFOHEADER (40 bytes), then the rows from the
 * lowest to the uppermost, each pixel as blue, green, red, each row padded with zeros to a multiple
 * of 4 bytes. Samples of 16 bits give their high byte, gray of fewer than 8 bits is scaled to
 * 0..255, palettes are looked up, and alpha is dropped. Resolution (biXPelsPerMeter,
 * biYPelsPerMeter) comes from the pHYs chunk where its unit is the metre, and is 0 otherwise. Gamma
 * and colour profiles are not applied.
 *
 * {@snippet :
 * try (Arena arena = Arena.ofConfined();
 *     FileChannel file = FileChannel.open(Path.of("picture.png"))) {
 *   MemorySegment png = arena.allocate(file.size());
 *   file.read(png.asByteBuffer());
 *   MemorySegment bmp = Png.toBmp(png, arena); // no byte is copied on the way
 *   System.out.println(bmp.byteSize() + " bytes, width " + bmp.get(ValueLayout.JAVA_INT_UNALIGNED, 18));
 * }
 * }
 *
 * <p>The {@linkplain io.github.lodepngffm memory rules} hold for every method. All methods are safe
 * from any thread on distinct segments, and block until they are done: on virtual threads a
 * conversion holds its carrier thread.
 *
 * <p>Every method throws {@link UnsatisfiedLinkError} if the native library cannot be loaded;
 * {@link NativeSupport} tells beforehand.
 */
public final class Png {
  private Png() {}

  /**
   * Reads the header and nothing else: no pixel work, no allocation of native memory that stays.
   *
   * @param png the first bytes of a PNG, at least 33; native or on the heap
   * @return what the header says
   * @throws PngException if these bytes are not the beginning of a PNG (kind {@code MALFORMED})
   */
  public static PngInfo readInfo(MemorySegment png) {
    Objects.requireNonNull(png, "png");
    return PngCalls.readInfo(png);
  }

  /**
   * The exact size of the BMP of an image: 54 bytes, and for each row three bytes a pixel rounded
   * up to a multiple of 4.
   *
   * @param info the header of a PNG
   * @return bytes
   * @throws PngException if that is more than the BMP format can say, 4,294,967,295 bytes (kind
   *     {@code UNSUPPORTED})
   */
  public static long bmpSize(PngInfo info) {
    long stride = (3L * info.width() + 3) / 4 * 4;
    if (stride > BMP_MAX_BYTES / info.height() || 54 + stride * info.height() > BMP_MAX_BYTES) {
      throw PngBmpCalls.bmpTooLarge(info);
    }
    return 54 + stride * info.height();
  }

  /** The most that bfSize, a field of 32 bits, can say. */
  private static final long BMP_MAX_BYTES = 0xFFFF_FFFFL;

  /**
   * Converts, with the default options.
   *
   * @param png the bytes of a PNG. A native segment is read where it is; a heap segment or a mapped
   *     file is copied to native memory first
   * @param out gives native memory for the result, such as an {@link Arena}. Arenas fill memory
   *     with zeros first; {@link Buffers#uninitialized} saves that
   * @return exactly the BMP, in memory of {@code out}
   * @throws PngException if the PNG is malformed or over a limit
   * @throws IllegalArgumentException if {@code out} gives memory that cannot be used
   */
  public static MemorySegment toBmp(MemorySegment png, SegmentAllocator out) {
    return toBmp(png, out, ConvertOptions.defaults());
  }

  /**
   * Converts.
   *
   * @param png the bytes of a PNG. A native segment is read where it is; a heap segment or a mapped
   *     file is copied to native memory first
   * @param out gives native memory for the result, such as an {@link Arena}. It is asked once,
   *     after the header was found to be in order and within the limits
   * @param options how it is done
   * @return exactly the BMP, in memory of {@code out}
   * @throws PngException if the PNG is malformed or over a limit
   * @throws IllegalArgumentException if {@code out} gives memory that cannot be used
   */
  public static MemorySegment toBmp(
      MemorySegment png, SegmentAllocator out, ConvertOptions options) {
    Objects.requireNonNull(out, "out");
    try (Segments.Input input = Segments.input(png, options)) {
      PngBmpCalls.Plan plan = PngBmpCalls.plan(input.segment(), options);
      MemorySegment bmp = out.allocate(plan.bmpBytes());
      run(input.segment(), bmp, plan, options);
      return bmp.asSlice(0, plan.bmpBytes());
    }
  }

  /**
   * Converts into memory that is already there.
   *
   * @param png the bytes of a PNG. A native segment is read where it is; a heap segment or a mapped
   *     file is copied to native memory first
   * @param bmp where the BMP goes: native, writable, at least {@link #bmpSize} bytes, apart from
   *     {@code png}. What lies behind the BMP is left as it is
   * @param options how it is done
   * @return the bytes written
   * @throws PngException if the PNG is malformed or over a limit
   * @throws IllegalArgumentException if {@code bmp} is too short, read-only, on the heap, a mapped
   *     file, or overlaps {@code png}
   */
  public static long toBmp(MemorySegment png, MemorySegment bmp, ConvertOptions options) {
    return convert(png, bmp, options).bmpBytes();
  }

  /**
   * Converts into memory that is already there, and tells how that went: {@link
   * #toBmp(MemorySegment, MemorySegment, ConvertOptions)} with more in return. With {@linkplain
   * ConvertOptions#tolerant() tolerant} options the report lists the damage that was passed over.
   *
   * @param png the bytes of a PNG. A native segment is read where it is; a heap segment or a mapped
   *     file is copied to native memory first
   * @param bmp where the BMP goes: native, writable, at least {@link #bmpSize} bytes, apart from
   *     {@code png}
   * @param options how it is done
   * @return what it did
   * @throws PngException if the PNG is malformed or over a limit
   * @throws IllegalArgumentException if {@code bmp} is too short, read-only, on the heap, a mapped
   *     file, or overlaps {@code png}
   */
  public static ConversionReport convert(
      MemorySegment png, MemorySegment bmp, ConvertOptions options) {
    Objects.requireNonNull(bmp, "bmp");
    try (Segments.Input input = Segments.input(png, options)) {
      PngBmpCalls.Plan plan = PngBmpCalls.plan(input.segment(), options);
      return run(input.segment(), bmp, plan, options);
    }
  }

  /**
   * Converts between arrays, with the default options. Copies the PNG to native memory and the BMP
   * from it.
   *
   * @param png the bytes of a PNG
   * @return the BMP
   * @throws PngException if the PNG is malformed or over a limit, or the BMP is longer than an
   *     array can be
   */
  public static byte[] toBmp(byte[] png) {
    ConvertOptions options = ConvertOptions.defaults();
    try (Segments.Input input = Segments.input(MemorySegment.ofArray(png), options)) {
      PngBmpCalls.Plan plan = PngBmpCalls.plan(input.segment(), options);
      try (MemoryPool.Lease bmp = MemoryPool.SHARED.lend(plan.bmpBytes())) {
        run(input.segment(), bmp.segment(), plan, options);
        byte[] array = new byte[Math.toIntExact(plan.bmpBytes())];
        MemorySegment.ofArray(array).copyFrom(bmp.segment());
        return array;
      }
    }
  }

  /**
   * Converts a file, with the default options. The BMP is written under another name in the same
   * directory, and moved to its place when it is complete: after a failure an existing {@code bmp}
   * is what it was, and no partial file is left.
   *
   * @param png the file to read, through native memory; not mapped
   * @param bmp the file to write, replaced if it exists
   * @throws IOException if a file cannot be read or written
   * @throws PngException if the PNG is malformed or over a limit; the message names the file
   */
  public static void toBmp(Path png, Path bmp) throws IOException {
    toBmp(png, bmp, ConvertOptions.defaults());
  }

  /**
   * Converts a file, as {@link #toBmp(Path, Path)} does.
   *
   * @param png the file to read, through native memory; not mapped
   * @param bmp the file to write, replaced if it exists
   * @param options how it is done
   * @throws IOException if a file cannot be read or written
   * @throws PngException if the PNG is malformed or over a limit; the message names the file
   */
  public static void toBmp(Path png, Path bmp, ConvertOptions options) throws IOException {
    convert(png, bmp, options);
  }

  /**
   * Converts a file, as {@link #toBmp(Path, Path)} does, and tells how that went.
   *
   * @param png the file to read, through native memory; not mapped
   * @param bmp the file to write, replaced if it exists
   * @param options how it is done
   * @return what it did
   * @throws IOException if a file cannot be read or written
   * @throws PngException if the PNG is malformed or over a limit; the message names the file
   */
  public static ConversionReport convert(Path png, Path bmp, ConvertOptions options)
      throws IOException {
    Objects.requireNonNull(bmp, "bmp");
    try (MemoryPool.Lease input = FileConversion.read(png, options.limits())) {
      return run(input, options, output -> FileConversion.writeWhole(bmp, output));
    } catch (PngException e) {
      throw e.in(png.toString());
    }
  }

  /**
   * Converts what a channel gives until its end, such as standard input or an upload. The file is
   * written as {@link #toBmp(Path, Path)} does.
   *
   * @param png read to its end into native memory; stays open
   * @param bmp the file to write, replaced if it exists
   * @param options how it is done
   * @return what it did
   * @throws IOException if the channel cannot be read, or the file cannot be written
   * @throws PngException if the PNG is malformed or over a limit
   */
  public static ConversionReport convert(ReadableByteChannel png, Path bmp, ConvertOptions options)
      throws IOException {
    Objects.requireNonNull(bmp, "bmp");
    try (MemoryPool.Lease input = FileConversion.read(png, options.limits())) {
      return run(input, options, output -> FileConversion.writeWhole(bmp, output));
    }
  }

  /**
   * Converts from one channel to another, such as from standard input to standard output. Nothing
   * is written before the conversion is complete: after a {@link PngException} the output is
   * untouched.
   *
   * @param png read to its end into native memory; stays open
   * @param bmp gets the whole BMP; blocking; stays open
   * @param options how it is done
   * @return what it did
   * @throws IOException if a channel cannot be read or written
   * @throws PngException if the PNG is malformed or over a limit
   */
  public static ConversionReport convert(
      ReadableByteChannel png, WritableByteChannel bmp, ConvertOptions options) throws IOException {
    Objects.requireNonNull(bmp, "bmp");
    try (MemoryPool.Lease input = FileConversion.read(png, options.limits())) {
      return run(input, options, output -> FileConversion.write(bmp, output));
    }
  }

  /** Where a BMP goes that was made in borrowed memory. */
  @FunctionalInterface
  private interface Sink {
    void write(MemorySegment bmp) throws IOException;
  }

  private static ConversionReport run(MemoryPool.Lease png, ConvertOptions options, Sink sink)
      throws IOException {
    PngBmpCalls.Plan plan = PngBmpCalls.plan(png.segment(), options);
    try (MemoryPool.Lease bmp = MemoryPool.SHARED.lend(plan.bmpBytes())) {
      ConversionReport report = run(png.segment(), bmp.segment(), plan, options);
      sink.write(bmp.segment());
      return report;
    }
  }

  private static ConversionReport run(
      MemorySegment png, MemorySegment bmp, PngBmpCalls.Plan plan, ConvertOptions options) {
    Segments.requireOutput(bmp, plan.bmpBytes(), png);
    try (MemoryPool.Lease scratch = MemoryPool.SHARED.lend(plan.scratchBytes())) {
      return ObservedConversion.convert(
          png, options, plan, bmp, scratch.segment(), MemorySegment.NULL, 0);
    }
  }
}
