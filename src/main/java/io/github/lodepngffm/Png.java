package io.github.lodepngffm;

import io.github.lodepngffm.internal.blocking.BmpInPieces;
import io.github.lodepngffm.internal.blocking.CallContext;
import io.github.lodepngffm.internal.blocking.PngBmpBanding;
import io.github.lodepngffm.internal.blocking.PngConversion;
import io.github.lodepngffm.internal.blocking.PngDecoding;
import io.github.lodepngffm.internal.blocking.PngEncoding;
import io.github.lodepngffm.internal.blocking.PngMetadataReading;
import io.github.lodepngffm.internal.blocking.PngReading;
import io.github.lodepngffm.internal.blocking.PngWriting;
import io.github.lodepngffm.internal.ffm.BmpBound;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.ffm.PngCalls;
import io.github.lodepngffm.internal.files.FileConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Turns PNG images into Windows bitmaps (BMP) and into pixels in memory, and pixels into PNG images.
 *
 * <p>The {@linkplain BmpFormat#CLASSIC classic} BMP, which is made unless the options say
 * otherwise, is: BITMAPFILEHEADER (14 bytes), BITMAPINFOHEADER (40 bytes), then the rows from the
 * lowest to the uppermost, each pixel as blue, green, red, each row padded with zeros to a multiple
 * of 4 bytes. Resolution (biXPelsPerMeter, biYPelsPerMeter) comes from the pHYs chunk where its
 * unit is the metre, and is 0 otherwise.
 *
 * <p>For BMP and pixels alike: samples of 16 bits give their high byte where 8 are wanted, those of
 * fewer bits are scaled to the whole range (8 to 16 bits: times 257), palettes are looked up, and
 * alpha is dropped where the result has none, which the {@linkplain ConversionReport#alphaDropped()
 * report} says. Gray becomes red = green = blue; colour does not become gray. Gamma and colour
 * profiles are not applied.
 *
 * {@snippet :
 * try (Arena arena = Arena.ofConfined();
 *     FileChannel file = FileChannel.open(Path.of("picture.png"))) {
 *   MemorySegment png = arena.allocate(file.size());
 *   ByteBuffer unread = png.asByteBuffer();
 *   while (unread.hasRemaining() && file.read(unread) > 0) {}
 *   MemorySegment bmp = Png.toBmp(png, Buffers.uninitialized(arena)); // past the Java heap
 *   Pixels pixels = Png.decode(png, PixelFormat.RGBA8, Buffers.uninitialized(arena));
 *   System.out.println(bmp.byteSize() + " bytes of BMP, " + pixels.width() + " pixels in a row");
 * }
 * }
 *
 * <p>The {@linkplain io.github.lodepngffm memory rules} hold for every method: a PNG in a native
 * segment is read where it is, one in a heap segment or a mapped file is copied to native memory
 * first. All methods are safe from any thread on distinct segments, and block until they are done:
 * on virtual threads a conversion holds its carrier thread.
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
   * The exact size of the {@linkplain BmpFormat#CLASSIC classic} BMP of an image: 54 bytes, and for
   * each row three bytes a pixel rounded up to a multiple of 4.
   *
   * @param info the header of a PNG
   * @return bytes
   * @throws PngException if that is more than the BMP format can say, 4,294,967,295 bytes (kind
   *     {@code UNSUPPORTED})
   */
  public static long bmpSize(PngInfo info) {
    long bytes = BmpBound.classicBytes(info);
    if (bytes > BMP_MAX_BYTES) {
      throw PngBmpCalls.bmpTooLarge(info);
    }
    return bytes;
  }

  /**
   * The exact size of the BMP that these options make of an image. Reads the header and, for other
   * formats than the classic one, what stands before the image data.
   *
   * @param png the bytes of a PNG
   * @param options what would be made, within which limits
   * @return bytes
   * @throws PngException if the PNG is malformed or over a limit, or cannot become such a BMP
   */
  public static long bmpSize(MemorySegment png, ConvertOptions options) {
    return PngConversion.bmpBytes(png, options);
  }

  /** The most that bfSize, a field of 32 bits, can say. */
  private static final long BMP_MAX_BYTES = 0xFFFF_FFFFL;

  /**
   * Reads what the PNG says beside its pixels, within {@link Limits#defaults()}: resolution, texts,
   * colour space and profile, camera data, time, background, palette, and whether it is animated.
   * Damaged chunks are left out with a {@linkplain PngMetadata#warnings() warning}.
   *
   * @param png the bytes of a PNG, all of them: texts may stand behind the image data
   * @return what it says
   * @throws PngException if the PNG is over a limit, or damaged in a chunk that the pixels need:
   *     one with a wrong checksum, an indexed image without palette, a file that breaks off. The
   *     image data itself is not inflated, and not missed where there is none
   */
  public static PngMetadata readMetadata(MemorySegment png) {
    return readMetadata(png, DecodeOptions.defaults());
  }

  /**
   * Reads what the PNG says beside its pixels, as {@link #readMetadata(MemorySegment)} does.
   *
   * @param png the bytes of a PNG
   * @param options the limits, of which {@link Limits#maxAncillaryBytes()} also counts what texts
   *     and profile inflate to; and what is made of damage: {@link Tolerance#STRICT} makes that of
   *     any chunk an error
   * @return what it says
   * @throws PngException if the PNG is over a limit, or damaged so that the tolerance does not let
   *     it pass
   */
  public static PngMetadata readMetadata(MemorySegment png, DecodeOptions options) {
    PngMetadataReading.Result read = PngMetadataReading.metadata(png, options);
    return read.found()
        .metadata()
        .asFound(read.found().animation(), read.warnings(), read.warningCount());
  }

  /**
   * Finds the compressed image data, within {@link Limits#defaults()}: what the IDAT chunks hold,
   * which one after the other is a zlib stream of filtered rows (PNG, 10.1). A PDF takes it as it
   * is, of an image that is not interlaced and has no alpha channel:
   *
   * {@snippet :
   * PngInfo info = Png.readInfo(png);
   * pdf.print("/Filter /FlateDecode /BitsPerComponent " + info.bitDepth());
   * pdf.print(" /DecodeParms << /Predictor 15 /Colors " + info.colorType().samplesPerPixel());
   * pdf.print(" /BitsPerComponent " + info.bitDepth() + " /Columns " + info.width() + " >>");
   * Png.imageData(png).forEach(part -> pdf.write(part.asByteBuffer()));
   * }
   *
   * @param png the bytes of a PNG
   * @return slices of {@code png}, read-only if that is, and valid as long as it is; one for each
   *     IDAT chunk, some of which may be empty
   * @throws PngException if a chunk that the pixels need is damaged or missing, or the PNG is over
   *     a limit. The stream itself is not looked at
   */
  public static List<MemorySegment> imageData(MemorySegment png) {
    return imageData(png, DecodeOptions.defaults());
  }

  /**
   * Finds the compressed image data, as {@link #imageData(MemorySegment)} does.
   *
   * @param png the bytes of a PNG
   * @param options the limits, and what is made of damage: with {@link Tolerance#TRUNCATED_DATA}
   *     the last slice is as long as what is there of its chunk
   * @return slices of {@code png}
   * @throws PngException if the PNG is over a limit, or damaged so that the tolerance does not let
   *     it pass
   */
  public static List<MemorySegment> imageData(MemorySegment png, DecodeOptions options) {
    return PngMetadataReading.imageData(png, options);
  }

  /**
   * Decodes, with the default options.
   *
   * @param png the bytes of a PNG
   * @param format what the bytes of a pixel shall be
   * @param out gives native memory for the pixels, such as an {@link Arena}. Arenas fill memory
   *     with zeros first; {@link Buffers#uninitialized} saves that
   * @return the pixels in memory of {@code out}, rows from the uppermost on, with nothing between
   * @throws PngException if the PNG is malformed or over a limit; of kind {@code UNSUPPORTED} if
   *     the format is gray and the image has colours, or the format is INDEXED8 and it has no
   *     palette
   * @throws IllegalArgumentException if {@code out} gives memory that cannot be used
   */
  public static Pixels decode(MemorySegment png, PixelFormat format, SegmentAllocator out) {
    return decode(png, format, out, DecodeOptions.defaults());
  }

  /**
   * Decodes.
   *
   * @param png the bytes of a PNG
   * @param format what the bytes of a pixel shall be
   * @param out gives native memory for the pixels. It is asked once, after the header was found to
   *     be in order and within the limits
   * @param options how it is done
   * @return the pixels in memory of {@code out}, rows from the uppermost on, with nothing between
   * @throws PngException if the PNG is malformed or over a limit; of kind {@code UNSUPPORTED} if
   *     the format is gray and the image has colours, or the format is INDEXED8 and it has no
   *     palette
   * @throws IllegalArgumentException if {@code out} gives memory that cannot be used
   */
  public static Pixels decode(
      MemorySegment png, PixelFormat format, SegmentAllocator out, DecodeOptions options) {
    Objects.requireNonNull(out, "out");
    return PngDecoding.decode(png, format, out, options, CallContext.DIRECT);
  }

  /**
   * Decodes into memory that is already there, such as a part of a larger image, and tells how that
   * went. No byte but those of the pixels is written.
   *
   * @param png the bytes of a PNG
   * @param into where the pixels go, of the size of the image: native, writable, apart from {@code
   *     png}. After a failure their content is undefined
   * @param options how it is done
   * @return what it did
   * @throws PngException if the PNG is malformed or over a limit; of kind {@code UNSUPPORTED} if
   *     the format is gray and the image has colours, or the format is INDEXED8 and it has no
   *     palette
   * @throws IllegalArgumentException if {@code into} has another size than the image, is read-only,
   *     on the heap, a mapped file, or overlaps {@code png}
   */
  public static ConversionReport decode(MemorySegment png, Pixels into, DecodeOptions options) {
    Objects.requireNonNull(into, "into");
    return PngDecoding.decode(png, into, options, CallContext.DIRECT);
  }

  /**
   * Opens a PNG that is read band by band, in memory that does not grow with its height. Reads the
   * header; all else is done when rows are asked for.
   *
   * @param png the bytes of a PNG, not to be changed, and to be kept open, until the reader is
   *     closed
   * @param options how pixels are decoded. {@link Limits#maxOutputBytes()} is about the pixels that
   *     are read in all
   * @return to be closed after use
   * @throws PngException if the header is malformed, or over a limit
   */
  public static PngReader open(MemorySegment png, DecodeOptions options) {
    return new PngReader(new PngReading(png, options));
  }

  /**
   * Opens a PNG that comes out of a channel, such as a file or an upload, and is not held in memory
   * as a whole: {@link PngReader} says when it is all the same. An {@link java.io.InputStream}
   * becomes a channel by {@link java.nio.channels.Channels#newChannel(java.io.InputStream)}.
   *
   * @param png read from where it stands, a window at a time; blocking; stays open, and is to be
   *     kept open until the reader is closed. Behind the image there may be some bytes less in it
   * @param options how pixels are decoded
   * @return to be closed after use
   * @throws IOException if the channel cannot be read
   * @throws IllegalBlockingModeException if the channel is in non-blocking mode
   * @throws PngException if the header is malformed, or over a limit
   */
  public static PngReader open(ReadableByteChannel png, DecodeOptions options) throws IOException {
    return new PngReader(new PngReading(png, options));
  }

  /**
   * Encodes, with the default options.
   *
   * @param pixels what the image shall be; any format but {@link PixelFormat#INDEXED8}, any stride.
   *     In a native segment they are read where they are, from the heap or a mapped file copied
   *     first
   * @param out gives memory for the PNG, such as an {@link Arena}. It is asked once, when the PNG
   *     is complete
   * @return exactly the PNG, in memory of {@code out}
   * @throws PngException if a limit was in the way
   */
  public static MemorySegment encode(Pixels pixels, SegmentAllocator out) {
    return encode(pixels, out, EncodeOptions.defaults());
  }

  /**
   * Encodes.
   *
   * @param pixels what the image shall be, of any format and stride. They must not change meanwhile
   * @param out gives memory for the PNG. It is asked once, when the PNG is complete
   * @param options how it is done
   * @return exactly the PNG, in memory of {@code out}
   * @throws PngException if a limit was in the way
   * @throws IllegalArgumentException if the format is INDEXED8 and the options have no palette, or
   *     an index lies beyond it; or another format, and they have one
   */
  public static MemorySegment encode(Pixels pixels, SegmentAllocator out, EncodeOptions options) {
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(out, "out");
    return PngEncoding.encode(pixels, out, options);
  }

  /**
   * Encodes into memory that is already there.
   *
   * @param pixels what the image shall be, of any format and stride. They must not change meanwhile
   * @param into where the PNG goes: native, writable, apart from {@code pixels}. With {@link
   *     #maxEncodedBytes} bytes it is always long enough, and nothing is copied. What lies behind
   *     the PNG is undefined
   * @param options how it is done
   * @return the bytes of the PNG
   * @throws PngException if a limit was in the way
   * @throws IllegalArgumentException if {@code into} is too short for the PNG, read-only, on the
   *     heap, a mapped file, or overlaps the pixels; if the format is INDEXED8 and the options have
   *     no palette, or an index lies beyond it; or another format, and they have one
   */
  public static long encode(Pixels pixels, MemorySegment into, EncodeOptions options) {
    Objects.requireNonNull(pixels, "pixels");
    return PngEncoding.encode(pixels, into, options);
  }

  /**
   * The most bytes that a PNG of these pixels can have, whatever they show: little more than the
   * pixels themselves.
   *
   * @param pixels of which the size and the format matter, not the content
   * @param options how they would be encoded
   * @return bytes
   */
  public static long maxEncodedBytes(Pixels pixels, EncodeOptions options) {
    Objects.requireNonNull(pixels, "pixels");
    return PngEncoding.bound(pixels, options);
  }

  /**
   * Begins a PNG whose rows come band by band.
   *
   * @param png where it goes; blocking; stays open
   * @param width pixels in a row, at least 1
   * @param height rows, at least 1
   * @param format what the bytes of a pixel are
   * @param options how it is encoded. Not interlaced
   * @return to be closed after use
   * @throws IOException if the channel cannot be written
   * @throws PngException if a limit is in the way
   * @throws IllegalArgumentException if a side is not positive, the options are interlaced, or
   *     format and palette do not belong together
   */
  public static PngWriter create(
      WritableByteChannel png, int width, int height, PixelFormat format, EncodeOptions options)
      throws IOException {
    Objects.requireNonNull(png, "png");
    requireRows(width, height, options);
    return new PngWriter(new PngWriting(png, null, width, height, format, options), height);
  }

  /**
   * Begins a PNG whose rows come band by band. It is written under another name in the same
   * directory, and moved to its place when its last row has been written.
   *
   * @param png the file to write, replaced if it exists
   * @param width pixels in a row, at least 1
   * @param height rows, at least 1
   * @param format what the bytes of a pixel are
   * @param options how it is encoded. Not interlaced
   * @return to be closed after use
   * @throws IOException if the file cannot be written
   * @throws PngException if a limit is in the way
   * @throws IllegalArgumentException if a side is not positive, the options are interlaced, or
   *     format and palette do not belong together
   */
  public static PngWriter create(
      Path png, int width, int height, PixelFormat format, EncodeOptions options)
      throws IOException {
    Objects.requireNonNull(png, "png");
    requireRows(width, height, options);
    return new PngWriter(PngEncoding.create(png, width, height, format, options), height);
  }

  private static void requireRows(int width, int height, EncodeOptions options) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("no image has " + width + " x " + height + " pixels");
    }
    if (options.interlaced()) {
      throw new IllegalArgumentException(
          "an interlaced PNG begins with pixels of its last rows: use Png.encode");
    }
  }

  /**
   * Converts, with the default options.
   *
   * @param png the bytes of a PNG
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
   * @param png the bytes of a PNG
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
    return PngConversion.convert(png, out, options, CallContext.DIRECT).bmp();
  }

  /**
   * Converts into memory that is already there.
   *
   * @param png the bytes of a PNG
   * @param bmp where the BMP goes: native, writable, at least {@link #bmpSize(MemorySegment,
   *     ConvertOptions)} bytes, apart from {@code png}. What lies behind the BMP is left as it is
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
   * #toBmp(MemorySegment, MemorySegment, ConvertOptions)} with more in return, such as the damage
   * that was passed over.
   *
   * @param png the bytes of a PNG
   * @param bmp where the BMP goes: native, writable, at least {@link #bmpSize(MemorySegment,
   *     ConvertOptions)} bytes, apart from {@code png}
   * @param options how it is done
   * @return what it did
   * @throws PngException if the PNG is malformed or over a limit
   * @throws IllegalArgumentException if {@code bmp} is too short, read-only, on the heap, a mapped
   *     file, or overlaps {@code png}
   */
  public static ConversionReport convert(
      MemorySegment png, MemorySegment bmp, ConvertOptions options) {
    Objects.requireNonNull(bmp, "bmp");
    return PngConversion.convert(png, bmp, options);
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
    return PngConversion.convert(
        MemorySegment.ofArray(png), ConvertOptions.defaults(), CallContext.DIRECT);
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
    try {
      Optional<ConversionReport> done = BmpInPieces.convert(png, bmp, options);
      if (done.isPresent()) {
        return done.get();
      }
      try (MemoryPool.Lease input = FileConversion.read(png, options.limits())) {
        return convert(input, bmp, options);
      }
    } catch (PngException e) {
      throw e.in(png);
    }
  }

  private static ConversionReport convert(MemoryPool.Lease png, Path bmp, ConvertOptions options)
      throws IOException {
    if (PngBmpBanding.pays(png, options) && FileConversion.takesParts(bmp)) {
      return FileConversion.writeParts(
              bmp, parts -> Optional.of(PngBmpBanding.convert(png, options, parts::write)))
          .orElseThrow();
    }
    return PngConversion.convert(png, options, output -> FileConversion.writeWhole(bmp, output));
  }

  /**
   * Converts what a channel gives until its end, such as standard input or an upload. The file is
   * written as {@link #toBmp(Path, Path)} does.
   *
   * @param png read to its end into native memory; blocking; stays open
   * @param bmp the file to write, replaced if it exists
   * @param options how it is done
   * @return what it did
   * @throws IOException if the channel cannot be read, or the file cannot be written
   * @throws IllegalBlockingModeException if the channel is in non-blocking mode
   * @throws PngException if the PNG is malformed or over a limit
   */
  public static ConversionReport convert(ReadableByteChannel png, Path bmp, ConvertOptions options)
      throws IOException {
    Objects.requireNonNull(bmp, "bmp");
    try (MemoryPool.Lease input = FileConversion.read(png, options.limits())) {
      return convert(input, bmp, options);
    }
  }

  /**
   * Converts from one channel to another, such as from standard input to standard output. Nothing
   * is written before the conversion is complete: after a {@link PngException} the output is
   * untouched.
   *
   * @param png read to its end into native memory; blocking; stays open
   * @param bmp gets the whole BMP; blocking; stays open
   * @param options how it is done
   * @return what it did
   * @throws IOException if a channel cannot be read or written
   * @throws IllegalBlockingModeException if a channel is in non-blocking mode
   * @throws PngException if the PNG is malformed or over a limit
   */
  public static ConversionReport convert(
      ReadableByteChannel png, WritableByteChannel bmp, ConvertOptions options) throws IOException {
    Objects.requireNonNull(bmp, "bmp");
    FileConversion.requireBlocking(bmp); // before anything is read from the other
    try (MemoryPool.Lease input = FileConversion.read(png, options.limits())) {
      return PngConversion.convert(input, options, output -> FileConversion.write(bmp, output));
    }
  }
}
