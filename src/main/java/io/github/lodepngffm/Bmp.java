package io.github.lodepngffm;

import io.github.lodepngffm.internal.blocking.BmpDecoding;
import io.github.lodepngffm.internal.blocking.BmpEncoding;
import io.github.lodepngffm.internal.ffm.BmpCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Objects;

/**
 * Turns Windows bitmaps (BMP) into pixels in memory, and pixels into BMPs.
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
}
