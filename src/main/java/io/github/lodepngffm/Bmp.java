package io.github.lodepngffm;

import io.github.lodepngffm.internal.blocking.BmpDecoding;
import io.github.lodepngffm.internal.blocking.BmpEncoding;
import io.github.lodepngffm.internal.blocking.BmpToPng;
import io.github.lodepngffm.internal.blocking.PngEncoding;
import io.github.lodepngffm.internal.ffm.BmpCalls;
import io.github.lodepngffm.internal.files.FileConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Turns Windows bitmaps (BMP) into pixels in memory and into PNGs, and pixels into BMPs.
 *
 * <p>Read are the headers from OS/2's BITMAPCOREHEADER to BITMAPV5HEADER; 1, 2, 4, 8, 16, 24 and 32
 * bits a pixel; BI_RGB, BI_BITFIELDS and BI_ALPHABITFIELDS with any masks, BI_RLE4, BI_RLE8 and
 * OS/2's RLE24; rows in either order. BMPs that hold a JPEG, a PNG, Huffman codes, CMYK or 64 bits
 * a pixel are refused as {@code UNSUPPORTED}.
 *
 * <p>Samples of fewer than 8 bits are scaled to the whole range. Only a mask makes alpha: the
 * fourth byte of 32-bit BI_RGB means nothing. Palettes are looked up, and an index that the palette
 * lacks is transparent black. Alpha is dropped where the result has none, which the {@linkplain
 * ConversionReport#alphaDropped() report} says. Colour does not become gray, but a palette of grays
 * is gray. Colour spaces and ICC profiles are not applied.
 *
 * {@snippet :
 * try (Arena arena = Arena.ofConfined()) {
 *   MemorySegment bmp = MemorySegment.ofArray(Files.readAllBytes(Path.of("picture.bmp")));
 *   Pixels pixels = Bmp.decode(bmp, PixelFormat.RGBA8, Buffers.uninitialized(arena));
 *   System.out.println(Bmp.readInfo(bmp).bitCount() + " bits, " + pixels.width() + " in a row");
 * }
 * }
 *
 * <p>The {@linkplain io.github.lodepngffm memory rules} hold for every method: a BMP in a native
 * segment is read where it is, one in a heap segment or a mapped file is copied to native memory
 * first. All methods are safe from any thread on distinct segments, and block until they are done.
 *
 * <p>Of the {@link Limits} those hold that are about input bytes, pixels, output bytes and memory.
 * Of the {@link Tolerance} {@code STRICT} refuses a biPlanes other than 1, over which the default
 * passes with a warning; {@code TRUNCATED_DATA} shows a file that ends within its pixels as far as
 * it goes, the rest black and opaque or of the index 0, and cuts off runs at the end of their row,
 * each with a {@link PngWarning} that has no chunk type.
 *
 * <p>Every method throws {@link UnsatisfiedLinkError} if the native library cannot be loaded;
 * {@link NativeSupport} tells beforehand.
 */
public final class Bmp {
  private Bmp() {}

  /**
   * Reads the headers and nothing else.
   *
   * @param bmp the first bytes of a BMP, of which 1,162 are always enough; native or on the heap
   * @return what the headers say
   * @throws BmpException if these bytes are not the beginning of a BMP (kind {@code MALFORMED}), or
   *     of one that is not read (kind {@code UNSUPPORTED})
   */
  public static BmpInfo readInfo(MemorySegment bmp) {
    Objects.requireNonNull(bmp, "bmp");
    return BmpCalls.readInfo(bmp);
  }

  /**
   * Reads the palette.
   *
   * @param bmp the first bytes of a BMP, of which 1,162 are always enough; native or on the heap
   * @return {@code 0xFFRRGGBB} for each colour that the file has, at most 256; empty above 8 bits a
   *     pixel
   * @throws BmpException as {@link #readInfo} does
   */
  public static int[] readPalette(MemorySegment bmp) {
    Objects.requireNonNull(bmp, "bmp");
    return BmpCalls.readPalette(bmp);
  }

  /**
   * Decodes, with the default options.
   *
   * @param bmp the bytes of a BMP
   * @param format what the bytes of a pixel shall be
   * @param out gives native memory for the pixels, such as an {@link Arena}. Arenas fill memory
   *     with zeros first; {@link Buffers#uninitialized} saves that
   * @return the pixels in memory of {@code out}, rows from the uppermost on, with nothing between
   * @throws BmpException if the BMP is malformed or over a limit; of kind {@code UNSUPPORTED} if it
   *     is of a kind that is not read, the format is gray and the image has colours, or the format
   *     is INDEXED8 and it has no palette
   * @throws IllegalArgumentException if {@code out} gives memory that cannot be used
   */
  public static Pixels decode(MemorySegment bmp, PixelFormat format, SegmentAllocator out) {
    return decode(bmp, format, out, DecodeOptions.defaults());
  }

  /**
   * Decodes.
   *
   * @param bmp the bytes of a BMP
   * @param format what the bytes of a pixel shall be
   * @param out gives native memory for the pixels. It is asked once, after the headers were found
   *     to be in order and within the limits
   * @param options how it is done
   * @return the pixels in memory of {@code out}, rows from the uppermost on, with nothing between
   * @throws BmpException if the BMP is malformed or over a limit; of kind {@code UNSUPPORTED} if it
   *     is of a kind that is not read, the format is gray and the image has colours, or the format
   *     is INDEXED8 and it has no palette
   * @throws IllegalArgumentException if {@code out} gives memory that cannot be used
   */
  public static Pixels decode(
      MemorySegment bmp, PixelFormat format, SegmentAllocator out, DecodeOptions options) {
    Objects.requireNonNull(out, "out");
    return BmpDecoding.decode(bmp, format, out, options);
  }

  /**
   * Decodes into memory that is already there, such as a part of a larger image, and tells how that
   * went. No byte but those of the pixels is written.
   *
   * @param bmp the bytes of a BMP
   * @param into where the pixels go, of the size of the image: native, writable, apart from {@code
   *     bmp}. After a failure their content is undefined
   * @param options how it is done
   * @return what it did
   * @throws BmpException if the BMP is malformed or over a limit; of kind {@code UNSUPPORTED} if it
   *     is of a kind that is not read, the format is gray and the image has colours, or the format
   *     is INDEXED8 and it has no palette
   * @throws IllegalArgumentException if {@code into} has another size than the image, is read-only,
   *     on the heap, a mapped file, or overlaps {@code bmp}
   */
  public static ConversionReport decode(MemorySegment bmp, Pixels into, DecodeOptions options) {
    Objects.requireNonNull(into, "into");
    return BmpDecoding.decode(bmp, into, options);
  }

  /**
   * Makes a BMP of pixels, within {@link Limits#unlimited()}.
   *
   * <p>{@link BmpFormat#MATCH} is BGRA for formats with alpha, GRAY8 for gray ones, else CLASSIC.
   * {@link BmpFormat#BILEVEL} is for GRAY8 pixels that are black, 0, or white, 255. Samples of 16
   * bits give their high byte; alpha that the BMP does not have is dropped. There is no resolution
   * and no profile.
   *
   * @param pixels any but INDEXED8, in native memory; only read
   * @param out gives native memory for the BMP. It is asked once
   * @param format what kind of BMP it shall be
   * @return exactly the BMP, in memory of {@code out}
   * @throws BmpException of kind {@code UNSUPPORTED} if such pixels cannot become such a BMP, or
   *     that would have more than 4,294,967,295 bytes
   * @throws IllegalArgumentException if the pixels are indices, on the heap, a mapped file, or
   *     {@code out} gives memory that cannot be used
   */
  public static MemorySegment encode(Pixels pixels, SegmentAllocator out, BmpFormat format) {
    if (pixels.format() == PixelFormat.INDEXED8) {
      throw new IllegalArgumentException("INDEXED8 pixels need a palette: use the form with one");
    }
    return BmpEncoding.encode(pixels, new int[0], out, format);
  }

  /**
   * Makes a BMP of indices and their palette, as {@link #encode(Pixels, SegmentAllocator,
   * BmpFormat)} does of other pixels. {@link BmpFormat#MATCH} is INDEXED8, and {@link
   * BmpFormat#BILEVEL} is for the indices 0 and 1. An INDEXED8 BMP drops the alpha of the palette; a
   * BGRA one keeps it.
   *
   * @param pixels INDEXED8, in native memory; only read
   * @param palette {@code 0xAARRGGBB} for each index, 1 to 256; what it lacks is black
   * @param out gives native memory for the BMP. It is asked once
   * @param format what kind of BMP it shall be
   * @return exactly the BMP, in memory of {@code out}
   * @throws BmpException of kind {@code UNSUPPORTED} if such pixels cannot become such a BMP, or
   *     that would have more than 4,294,967,295 bytes
   * @throws IllegalArgumentException if the pixels are no indices, on the heap, a mapped file, the
   *     palette has not 1 to 256 colours, or {@code out} gives memory that cannot be used
   */
  public static MemorySegment encode(
      Pixels pixels, int[] palette, SegmentAllocator out, BmpFormat format) {
    if (pixels.format() != PixelFormat.INDEXED8) {
      throw new IllegalArgumentException(pixels.format() + " pixels have no palette");
    }
    if (palette.length < 1 || palette.length > 256) {
      throw new IllegalArgumentException(
          "a palette has 1 to 256 colours, this one has " + palette.length);
    }
    return BmpEncoding.encode(pixels, palette, out, format);
  }

  /**
   * Converts to PNG, with the default options.
   *
   * @param bmp the bytes of a BMP
   * @param out gives memory for the PNG, such as an {@link Arena}. It is asked once, when the PNG is
   *     complete
   * @return exactly the PNG, in memory of {@code out}
   * @throws BmpException if the BMP is malformed, over a limit, or of a kind that is not read
   */
  public static MemorySegment toPng(MemorySegment bmp, SegmentAllocator out) {
    return toPng(bmp, out, EncodeOptions.defaults());
  }

  /**
   * Converts to PNG without loss. A palette is kept, or the grays that it has; alpha is kept where a
   * mask makes it, and samples of more than 8 bits become 16. Resolution and ICC profile of the BMP
   * are kept unless {@linkplain EncodeOptions#withMetadata the options} have others; with a profile
   * colours are not reduced.
   *
   * <p>The pixels are decoded into working memory, {@code width * height} of them, which the limit on
   * output bytes counts as well.
   *
   * @param bmp the bytes of a BMP
   * @param out gives memory for the PNG. It is asked once, when the PNG is complete
   * @param options how it is encoded, within which limits; a palette in them is not used
   * @return exactly the PNG, in memory of {@code out}
   * @throws BmpException if the BMP is malformed, over a limit, or of a kind that is not read
   * @throws PngException if a limit was in the way of the PNG
   */
  public static MemorySegment toPng(
      MemorySegment bmp, SegmentAllocator out, EncodeOptions options) {
    Objects.requireNonNull(out, "out");
    return BmpToPng.convert(
        bmp, options, (pixels, content) -> PngEncoding.encode(pixels, out, content));
  }

  /**
   * Converts to PNG in memory that is already there, as {@link #toPng(MemorySegment,
   * SegmentAllocator, EncodeOptions)} does.
   *
   * @param bmp the bytes of a BMP
   * @param png where the PNG goes: native, writable, long enough, apart from {@code bmp}. What lies
   *     behind the PNG is left as it is, or undefined
   * @param options how it is encoded, within which limits
   * @return the bytes written
   * @throws BmpException if the BMP is malformed, over a limit, or of a kind that is not read
   * @throws PngException if a limit was in the way of the PNG
   * @throws IllegalArgumentException if {@code png} is too short, read-only, on the heap, a mapped
   *     file, or overlaps {@code bmp}
   */
  public static long toPng(MemorySegment bmp, MemorySegment png, EncodeOptions options) {
    Objects.requireNonNull(png, "png");
    Segments.requireOutput(png, 0, bmp);
    return BmpToPng.<Long, RuntimeException>convert(
        bmp, options, (pixels, content) -> PngEncoding.encode(pixels, png, content));
  }

  /**
   * Converts between arrays, with the default options.
   *
   * @param bmp the bytes of a BMP
   * @return the PNG
   * @throws BmpException if the BMP is malformed, over a limit, or of a kind that is not read
   */
  public static byte[] toPng(byte[] bmp) {
    try (Arena arena = Arena.ofConfined()) {
      return toPng(MemorySegment.ofArray(bmp), arena).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /**
   * Converts a file, with the default options. The PNG is written under another name in the same
   * directory, and moved to its place when it is complete: after a failure an existing {@code png}
   * is what it was, and no partial file is left.
   *
   * @param bmp the file to read, through native memory; not mapped
   * @param png the file to write, replaced if it exists
   * @throws IOException if a file cannot be read or written
   * @throws BmpException if the BMP is malformed, over a limit, or of a kind that is not read; the
   *     message names the file
   */
  public static void toPng(Path bmp, Path png) throws IOException {
    toPng(bmp, png, EncodeOptions.defaults());
  }

  /**
   * Converts a file, as {@link #toPng(Path, Path)} does.
   *
   * @param bmp the file to read
   * @param png the file to write, replaced if it exists
   * @param options how it is encoded, within which limits
   * @throws IOException if a file cannot be read or written
   * @throws BmpException if the BMP is malformed, over a limit, or of a kind that is not read; the
   *     message names the file
   * @throws PngException if the BMP, or the PNG, is over a limit; the message names the file
   */
  public static void toPng(Path bmp, Path png, EncodeOptions options) throws IOException {
    Objects.requireNonNull(png, "png");
    try (MemoryPool.Lease input = FileConversion.read(bmp, options.limits());
        Arena arena = Arena.ofConfined()) {
      FileConversion.writeWhole(
          png, toPng(input.segment(), Buffers.uninitialized(arena), options));
    } catch (BmpException e) {
      throw e.in(bmp);
    } catch (PngException e) {
      throw e.file().isPresent() ? e : e.in(bmp);
    }
  }

  /**
   * Converts between channels: reads the BMP to the end, then writes the PNG.
   *
   * @param bmp gives the BMP; blocking; stays open
   * @param png gets the whole PNG; blocking; stays open
   * @param options how it is encoded, within which limits
   * @throws IOException if a channel cannot be read or written
   * @throws IllegalBlockingModeException if a channel is in non-blocking mode
   * @throws BmpException if the BMP is malformed, over a limit, or of a kind that is not read
   * @throws PngException if the BMP, or the PNG, is over a limit
   */
  public static void toPng(
      ReadableByteChannel bmp, WritableByteChannel png, EncodeOptions options) throws IOException {
    Objects.requireNonNull(png, "png");
    FileConversion.requireBlocking(png); // before anything is read from the other
    try (MemoryPool.Lease input = FileConversion.read(bmp, options.limits());
        Arena arena = Arena.ofConfined()) {
      FileConversion.write(png, toPng(input.segment(), Buffers.uninitialized(arena), options));
    }
  }
}
